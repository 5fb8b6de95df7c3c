"""A look put together: a guide dropped in, goals in order, channels by their pictures, a preset kept and mixed."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inceptionist_gui.recipe import GuideGoal, LayerGoal, Scale, Strength, described
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import State
from inceptionist_gui.ui.layer_painter import PICTURE
from inceptionist_gui.ui.naming_popup import NamingPopup
from inceptionist_gui.ui.tiles import FITS
from inceptionist_gui.ui.window import Window
from tests.journeys.conftest import OpenStudio
from tests.ui.drops import drop, files

pytestmark = pytest.mark.qt
WAIT = 90_000
LEFT = Qt.MouseButton.LeftButton


def opened(open_studio: OpenStudio, photo: Path, qtbot: QtBot) -> tuple[Window, Session]:
    window, session = open_studio()
    with qtbot.waitSignal(session.picture_opened, timeout=WAIT):
        drop(window, files(photo))
    quick = {"size": 128, "scale": Scale(octaves=1, jitter=4), "strength": Strength(iterations=2)}
    session.apply_recipe(session.recipe.model_copy(update=quick), "Quick")
    return window, session


def test_a_guided_dream_of_goals_in_another_order(open_studio: OpenStudio, photo: Path, qtbot: QtBot) -> None:
    window, session = opened(open_studio, photo, qtbot)
    goals = window.docks.goals
    drop(goals, files(photo))
    qtbot.waitUntil(lambda: len(session.recipe.goals) == 2, timeout=WAIT)
    assert isinstance(session.recipe.goals[1], GuideGoal)
    qtbot.waitUntil(lambda: goals.rows[1].y() > goals.rows[0].y())
    grip, above = goals.rows[1].grip, goals.rows[0].mapToGlobal(QPoint(8, 2))
    QTest.mousePress(grip, LEFT)
    QTest.mouseMove(grip, grip.mapFromGlobal(above))
    QTest.mouseRelease(grip, LEFT, pos=grip.mapFromGlobal(above))
    assert isinstance(session.recipe.goals[0], GuideGoal)
    QTest.mouseClick(goals.rows[0].solo, LEFT)
    session.start()
    qtbot.waitUntil(lambda: session.state is State.IDLE and session.result is not None, timeout=WAIT)
    result = session.result
    assert result is not None
    assert result.provenance is not None
    assert result.provenance.recipe == session.recipe
    texts = [session.undo_stack.text(step) for step in range(session.undo_stack.count())]
    assert texts == ["Quick", "Guide by cat.png", "Move blocks.4, guided by cat.png", texts[3]]
    assert texts[3].startswith("Solo")


def test_the_explorer_shows_the_users_own_picture(open_studio: OpenStudio, photo: Path, qtbot: QtBot) -> None:
    window, session = opened(open_studio, photo, qtbot)
    tree = window.docks.layers.tree
    stages = [stage.name for stage in session.network.stages]
    qtbot.waitUntil(lambda: tree.item_of(stages[0]).data(0, PICTURE) is not None, timeout=WAIT)
    picture = tree.item_of(stages[0]).data(0, PICTURE)
    assert picture.width() > picture.height(), "as the photo"
    QTest.mouseClick(window.docks.layers.pictures, LEFT)
    channels = window.docks.look.channels
    channels.tiles.setFocus()
    QTest.keyClicks(channels.tiles, "7")
    QTest.keyClick(channels.number, Qt.Key.Key_Return)
    assert [described(goal) for goal in session.recipe.goals] == ["blocks.4, channel 7"]


def test_a_preset_kept_shared_and_mixed_by_keyboard(
    open_studio: OpenStudio, photo: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INCEPTIONIST_DATA", str(tmp_path / "data"))
    window, session = opened(open_studio, photo, qtbot)
    shelf = window.docks.presets
    session.set_goals((LayerGoal(layer="blocks.2"), LayerGoal(layer="blocks.5", weight=0.4)), "Two")
    window.actions_.save_look.trigger()
    popup = next(popup for popup in shelf.findChildren(NamingPopup) if popup.isVisible())
    QTest.keyClicks(popup.field, "Mine")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert shelf.shelf.at(0).data() == "Mine"
    assert shelf.shelf.at(0).data(FITS)

    path = tmp_path / "mine.dreampreset"
    monkeypatch.setattr(shelf, "ask_target", lambda _title: path)
    shelf.share(str(shelf.shelf.tiles.tile(0).key))
    drop(window, files(path))
    assert shelf.shelf.at(1).data() == "Mine 2"
    assert session.photo is not None, "a preset is not opened as a photo"

    mine = session.recipe
    window.actions_.vary.trigger()
    assert session.recipe != mine
    shelf.head.mix.click()
    shelf.mixer.second.setCurrentIndex(1)
    track = shelf.mixer.edit.track
    track.setFocus()
    QTest.keyClick(track, Qt.Key.Key_End)
    assert session.recipe == mine
    again, _ = open_studio()
    assert again.docks.presets.shelf.at(0).data() == "Mine"
