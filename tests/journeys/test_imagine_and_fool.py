"""From a typed word to an imagined picture on disk, and from a photo to a fooled network and its comparison."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inceptionist_gui.media import read_picture
from inceptionist_gui.recipe import ClassGoal, Fool, Imagine, Mode, Start
from inceptionist_gui.session.exchange import View
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import State
from inceptionist_gui.ui.classes import ClassPicker
from inceptionist_gui.ui.saving import KINDS, Target
from inceptionist_gui.ui.window import Window
from tests.journeys.conftest import OpenStudio
from tests.journeys.test_photo_to_picture import LEFT, WAIT, primary_button, slider_row
from tests.ui.drops import drop, files

pytestmark = pytest.mark.qt


def test_a_typed_class_is_imagined_saved_and_dreamed_on(
    open_studio: OpenStudio, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, session = open_studio()
    QTest.mouseClick(window.bar.modes.buttons[1], LEFT)
    QTest.mouseClick(window.docks.goals.add_class, LEFT)
    pick(window, "banana", qtbot)
    assert session.recipe.goals == (ClassGoal(label="banana"),)
    make_quick(session)

    views: list[View] = []
    session.viewed.connect(views.append)
    QTest.mouseClick(primary_button(window), LEFT)
    qtbot.waitUntil(lambda: len(views) > 2, timeout=WAIT)
    qtbot.waitUntil(lambda: session.state is State.IDLE and session.result is not None, timeout=WAIT)
    assert window.windowTitle() == "banana[*] - Inceptionist"

    target = Target(tmp_path / "banana.png", KINDS[0])
    monkeypatch.setattr(window.files, "ask_target", lambda _: target)
    with qtbot.waitSignal(session.saved, timeout=WAIT):
        window.actions_.save_picture.trigger()
    provenance = read_picture(target.path).provenance
    assert provenance is not None
    assert provenance.recipe == session.recipe
    assert provenance.recipe.mode is Mode.IMAGINE

    window.actions_.dream_on.trigger()
    assert (session.recipe.mode, session.recipe.start) == (Mode.DREAM, Start.PHOTO)
    views.clear()
    QTest.mouseClick(primary_button(window), LEFT)
    qtbot.waitUntil(lambda: bool(views), timeout=WAIT)
    assert session.state is State.DREAMING
    assert window.canvas.can_compare
    session.stop()

    again, other = open_studio()
    with qtbot.waitSignal(other.picture_opened, timeout=WAIT):
        drop(again, files(target.path))
    assert other.recipe == provenance.recipe
    assert again.actions_.dream.text() == "Imagine"
    assert [row.title.text() for row in again.docks.goals.rows] == ["banana"]
    assert slider_row(again, "imagine.steps").number.value() == 20


def test_a_photo_fools_one_network_and_the_other_is_asked(
    open_studio: OpenStudio, photo: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, session = open_studio()
    with qtbot.waitSignal(session.picture_opened, timeout=WAIT):
        drop(window, files(photo))
    window.actions_.modes[Mode.FOOL].trigger()
    panel = window.docks.fooling
    QTest.mouseClick(panel.chooser, LEFT)
    pick(window, "espresso", qtbot)
    session.apply_recipe(
        session.recipe.model_copy(update={"fool": Fool(label="espresso", bound=16.0, steps=8)}), "Quick"
    )
    QTest.mouseClick(primary_button(window), LEFT)
    qtbot.waitUntil(panel.compare.isVisible, timeout=WAIT)
    assert window.canvas.can_compare
    assert [row.said.partition(":")[0] for row in panel.result.rows] == [
        "EfficientNet-Lite0",
        "EfficientNet-Lite2",
    ]
    assert panel.result.rows[0].said.startswith("EfficientNet-Lite0: espresso")
    assert any(cat in panel.photo.rows[0].said for cat in ("tabby", "tiger cat", "Egyptian cat"))

    sheet = tmp_path / "comparison.png"
    monkeypatch.setattr(panel, "ask_sheet", lambda: sheet)
    quick = session.recipe.model_copy(
        update={"mode": Mode.IMAGINE, "goals": (ClassGoal(label="espresso"),), "size": 96, "imagine": QUICK}
    )
    monkeypatch.setattr("inceptionist_gui.render.fooling.with_priors", lambda _: quick)
    with qtbot.waitSignal(session.judging.compared, timeout=WAIT):
        QTest.mouseClick(panel.compare, LEFT)
    assert read_picture(sheet).width > 1000


QUICK = Imagine(steps=20, crops=1, octaves=1, working_size=96)


def make_quick(session: Session) -> None:
    small = session.recipe.model_copy(update={"size": 96, "imagine": QUICK})
    session.apply_recipe(small, "Quick")


def pick(window: Window, word: str, qtbot: QtBot) -> None:
    """Types the word into the class picker that is open, and takes the first that is found."""
    picker = next(each for each in window.findChildren(ClassPicker) if each.isVisible())
    qtbot.waitExposed(picker)
    QTest.keyClicks(picker.search, word)
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
