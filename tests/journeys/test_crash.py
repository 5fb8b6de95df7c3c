"""A studio killed in mid-dream, and the work that the next one gives back."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inceptionist_gui import app
from inceptionist_gui.recipe import LayerGoal
from inceptionist_gui.session.state import State
from inceptionist_gui.ui.recovery_bar import RecoveryBar
from tests.journeys.conftest import OpenStudio

pytestmark = [pytest.mark.qt, pytest.mark.skipif(os.name != "posix", reason="kills with a signal")]
WAIT = 60_000

STUDIO = """
import sys
from pathlib import Path
from inceptionist_gui import app
from inceptionist_gui.recipe import LayerGoal, Scale, Strength
from inceptionist_gui.session import autosave
from inceptionist_gui.session.settings import Settings

autosave.Autosave.__init__.__kwdefaults__.update(soon=0.1, glimpse=0.2)
look = autosave.Autosave.look

def told(self):
    look(self)
    def tell():
        if self._newest is not None:
            print("kept", flush=True)
    self.written.connect(tell)

autosave.Autosave.look = told

def begin(session, window, path):
    def dream():
        small = {"size": 160, "seed": 41, "goals": (LayerGoal(layer="blocks.1"),)}
        endless = {"scale": Scale(octaves=2, jitter=4), "strength": Strength(iterations=100)}
        session.apply_recipe(session.recipe.model_copy(update={**small, **endless}), "Small")
        session.start()
    session.picture_opened.connect(dream)
    window.files.open(path)

app.begin = begin
sys.exit(app.open_studio(Path(sys.argv[1]), Settings(Path(sys.argv[2]))))
"""


def test_killed_in_mid_dream_the_work_comes_back(
    open_studio: OpenStudio, photo: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INCEPTIONIST_DATA", str(tmp_path / "data"))
    crash(photo, tmp_path)

    window, session = open_studio()
    app.keep_safe(session, window)
    bar = window.canvas.findChild(RecoveryBar)
    assert isinstance(bar, RecoveryBar)
    assert bar.isVisible()
    assert "cat.png" in bar.accessibleName()
    with qtbot.waitSignal(session.picture_opened, timeout=WAIT):
        QTest.mouseClick(bar.bring_back, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    assert session.recipe.seed == 41
    assert session.recipe.goals == (LayerGoal(layer="blocks.1"),)
    assert session.photo is not None
    assert session.photo.name == "cat.png"
    assert session.result is not None
    assert (session.result.width, session.result.height) == (160, 106)
    assert session.state is State.IDLE
    assert window.isWindowModified()
    assert window.canvas.image is not None
    assert window.canvas.image.width() == 160


def crash(photo: Path, folder: Path) -> None:
    """Kills a studio when the dream under way was kept at least once."""
    studio = subprocess.Popen(
        [sys.executable, "-c", STUDIO, str(photo), str(folder / "settings.ini")], stdout=subprocess.PIPE, text=True
    )
    with studio:
        assert studio.stdout is not None
        assert studio.stdout.readline() == "kept\n"
        studio.send_signal(signal.SIGKILL)
        assert studio.wait(timeout=20) == -signal.SIGKILL
