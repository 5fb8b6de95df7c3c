"""From an opened photo to what the network sees in it, where it sees that, and to one of its stages."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inceptionist_gui.media import read_picture
from inceptionist_gui.recipe import Scale, Strength, described
from inceptionist_gui.session.state import State
from inceptionist_gui.ui.saving import KINDS, Target
from inceptionist_gui.ui.tiles import CHOSEN, PICTURE
from inceptionist_gui.ui.window import Window
from tests.journeys.conftest import OpenStudio
from tests.ui.drops import drop, files

pytestmark = pytest.mark.qt
WAIT = 90_000
LEFT = Qt.MouseButton.LeftButton


def overlaid(window: Window) -> bool:
    return window.canvas.overlaid


def test_look(
    open_studio: OpenStudio, photo: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, session = open_studio()
    look = window.docks.look
    with qtbot.waitSignal(session.picture_opened, timeout=WAIT):
        drop(window, files(photo))
    quick = {"size": 128, "scale": Scale(octaves=1, jitter=4), "strength": Strength(iterations=2)}
    session.apply_recipe(session.recipe.model_copy(update=quick), "Quick")
    qtbot.waitUntil(lambda: look.classes.likeliest != "", timeout=WAIT)

    row = look.classes.standings.rows[0]
    before = window.canvas.grab().toImage()
    QTest.mouseClick(row, LEFT)
    qtbot.waitUntil(lambda: overlaid(window), timeout=WAIT)
    assert window.canvas.grab().toImage() != before

    session.start()
    qtbot.waitUntil(lambda: session.state is State.IDLE and session.result is not None, timeout=WAIT)
    assert overlaid(window), "the evidence follows the picture"
    target = Target(tmp_path / "cat dream.png", KINDS[0])
    monkeypatch.setattr(window.files, "ask_target", lambda _: target)
    with qtbot.waitSignal(session.saved, timeout=WAIT):
        window.actions_.save_picture.trigger()
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert not overlaid(window)
    saved = read_picture(target.path).pixels
    shown = window.canvas.image
    assert shown is not None
    middle = shown.pixelColor(64, 42)
    assert tuple(saved[42, 64]) == (middle.red(), middle.green(), middle.blue())

    QTest.mouseClick(look.tabs, LEFT, pos=look.tabs.tabRect(1).center())
    tiles = look.stages.tiles
    qtbot.waitUntil(lambda: tiles.count() > 2 and tiles.at(2).data(PICTURE) is not None, timeout=WAIT)
    item = tiles.at(2)
    QTest.mouseClick(tiles.viewport(), LEFT, pos=tiles.visualRect(item).center())
    assert [described(goal) for goal in session.recipe.goals] == [item.data(CHOSEN)]
    window.actions_.undo.trigger()
    assert [described(goal) for goal in session.recipe.goals] == ["blocks.4"]
