"""Two pictures in the queue, made while the studio goes on."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inceptionist_gui.cli import main
from inceptionist_gui.places import OVERRIDE
from inceptionist_gui.recipe import LayerGoal, Scale, Strength, recipe_text
from inceptionist_gui.session.queue_entry import Standing
from inceptionist_gui.session.session import Session
from inceptionist_gui.ui.queue import QueuePanel
from inceptionist_gui.ui.window import Window
from tests.journeys.conftest import OpenStudio
from tests.ui.drops import drop, files

pytestmark = pytest.mark.qt
WAIT = 120_000
S = Standing


@pytest.fixture
def studio(
    open_studio: OpenStudio, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> tuple[Window, Session]:
    """A window with a photo and a recipe of a second, and a data folder of its own."""
    monkeypatch.setenv(OVERRIDE, str(tmp_path / "data"))
    window, session = open_studio()
    window._settings.queue_folder = tmp_path
    with qtbot.waitSignal(session.picture_opened, timeout=WAIT):
        drop(window, files(photo))
    session.apply_recipe(
        session.recipe.model_copy(
            update={
                "size": 160,
                "goals": (LayerGoal(layer="blocks.1"),),
                "scale": Scale(octaves=2, jitter=4),
                "strength": Strength(iterations=8),
            }
        ),
        "Small",
    )
    return window, session


def panel_of(window: Window) -> QueuePanel:
    panel = window.findChild(QueuePanel)
    assert isinstance(panel, QueuePanel)
    return panel


def test_queue_two_reorder_pause_and_cancel_one(
    studio: tuple[Window, Session], photo: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window, session = studio
    queue = window.queue.queue
    queue.pause()
    window.actions_.enqueue.trigger()
    session.set_value("seed", 7)
    window.actions_.enqueue.trigger()
    first, second = (entry.key for entry in queue.entries)
    jobs = panel_of(window).list
    jobs.show_current(second)
    QTest.keyClick(jobs, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert [entry.key for entry in queue.entries] == [second, first]

    QTest.mouseClick(panel_of(window).toggle, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: queue.running is not None and bool(queue.running.stage), timeout=WAIT)
    QTest.keyClick(jobs, Qt.Key.Key_Space)
    entry = queue.entry(second)
    assert entry is not None
    assert entry.standing is S.PAUSED
    jobs.show_current(first)
    QTest.keyClick(jobs, Qt.Key.Key_Delete)
    jobs.show_current(second)
    QTest.keyClick(jobs, Qt.Key.Key_Space)
    with qtbot.waitSignal(queue.ended, timeout=WAIT):
        pass
    assert [entry.standing for entry in queue.entries] == [S.DONE, S.CANCELLED]

    made = tmp_path / "cat dream 2.png"
    assert queue.entries[0].output == made
    assert not (tmp_path / "cat dream.png").exists()
    (tmp_path / "recipe.json").write_text(recipe_text(session.recipe))
    by_hand = tmp_path / "by hand.png"
    arguments = ["dream", str(photo), "-o", str(by_hand), "--recipe", str(tmp_path / "recipe.json"), "--quiet"]
    assert main(arguments) == 0
    assert made.read_bytes() == by_hand.read_bytes()

    with qtbot.waitSignal(session.picture_opened, timeout=WAIT):
        QTest.keyClick(jobs, Qt.Key.Key_Return)
    assert session.photo is not None
    assert session.photo.name == made.name
    assert session.recipe.seed == 7


def test_closing_puts_off_what_is_under_way(
    studio: tuple[Window, Session], open_studio: OpenStudio, qtbot: QtBot, tmp_path: Path
) -> None:
    window, session = studio
    session.set_value("strength.iterations", 100)
    window.actions_.enqueue.trigger()
    queue = window.queue.queue
    qtbot.waitUntil(lambda: queue.running is not None and bool(queue.running.stage), timeout=WAIT)
    (process,) = (worker._process for worker in queue._workers.values())
    window.leave()
    assert process.processId() == 0
    assert not list(tmp_path.glob("cat dream*"))

    again, _ = open_studio()
    again.queue.wake()
    assert [entry.standing for entry in again.queue.queue.entries] == [S.WAITING]
    assert again.stage.messages.lines()[-1].message.text == "The queue goes on: 1 picture to make"
    assert panel_of(again).list.isVisible()
