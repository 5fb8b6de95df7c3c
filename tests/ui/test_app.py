"""The wiring, and what must not be loaded by it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inceptionist_gui import app
from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.errors import UserError
from inceptionist_gui.media import Picture, write_picture
from inceptionist_gui.recipe import Start
from inceptionist_gui.session.exchange import Job
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.settings import Settings
from inceptionist_gui.session.state import State
from inceptionist_gui.ui.window import Window

pytestmark = pytest.mark.qt
WAIT = 10_000

STUDIO = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from inceptionist_gui import app
from inceptionist_gui.session.settings import Settings
app.begin = lambda *_: (sys.stdout.write("shown\\n"), sys.stdout.flush())
sys.exit(app.open_studio(None, Settings(Path(sys.argv[1]))))
"""


def test_the_window_needs_no_torch() -> None:
    asked = "import sys, inceptionist_gui.app; print([name for name in ('torch', 'timm') if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a screen")
def test_without_a_screen_one_line_says_what_works(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(UserError, match="inceptionist dream"):
        app.open_studio()


def test_torch_will_find_its_surroundings_set(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_application() -> None:
        raise UserError("not now")

    monkeypatch.setattr(app, "make_application", no_application)
    monkeypatch.setenv("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "7")
    for name in ("OMP_WAIT_POLICY", "PYTORCH_ENABLE_MPS_FALLBACK"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(UserError, match="not now"):
        app.open_studio(None, settings)
    assert (os.environ["OMP_WAIT_POLICY"], os.environ["PYTORCH_ENABLE_MPS_FALLBACK"]) == ("PASSIVE", "1")
    assert os.environ["ONEDNN_PRIMITIVE_CACHE_CAPACITY"] == "7"


def test_dreams_run_where_the_settings_say(
    qapp: QApplication, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_session(*, device: DeviceName) -> None:
        raise UserError(device)

    monkeypatch.setattr(app, "make_application", lambda: qapp)
    monkeypatch.setattr(app, "Theme", lambda *_: None)
    monkeypatch.setattr(app, "Session", no_session)
    settings.device = DeviceName.MPS
    with pytest.raises(UserError, match="mps"):
        app.open_studio(None, settings)


def test_without_a_file_clouds_dream_as_a_demonstration(
    window: Window, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs: list[Job] = []
    monkeypatch.setattr(session._dreamer, "dream", jobs.append)
    app.begin(session, window, None)
    assert [job.recipe.start for job in jobs] == [Start.CLOUDS]
    assert session.state is State.WAKING
    assert session.demonstrating
    assert not session.undo_stack.canUndo()


def test_a_file_is_opened(window: Window, session: Session, photo: Picture, tmp_path: Path, qtbot: QtBot) -> None:
    write_picture(photo, tmp_path / "cat.png")
    with qtbot.waitSignal(session.picture_opened, timeout=WAIT):
        app.begin(session, window, tmp_path / "cat.png")
    assert session.state is State.IDLE


def test_an_unforeseen_fault_is_said_and_the_studio_stays(
    window: Window, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    app.tell_faults(window)
    fault = ValueError("seven")
    sys.excepthook(ValueError, fault, None)
    line = window.stage.messages.lines()[0].message.text
    assert line == "Something went wrong (ValueError: seven); your picture is still here"
    assert "unforeseen" in caplog.text
    assert window.isVisible()


@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
@pytest.mark.parametrize("wish", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_or_kill_ends_it(tmp_path: Path, wish: signal.Signals) -> None:
    studio = subprocess.Popen(
        [sys.executable, "-c", STUDIO, str(tmp_path / "settings.ini")], stdout=subprocess.PIPE, text=True
    )
    with studio:
        assert studio.stdout is not None
        assert studio.stdout.readline() == "shown\n"
        studio.send_signal(wish)
        assert studio.wait(timeout=20) == app.INTERRUPTED
