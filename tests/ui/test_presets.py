"""The preset shelf."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inceptionist_gui.recipe import LayerGoal, Preset, Priors, RecipeError, Scale, Strength, Texture
from inceptionist_gui.session.session import Session
from inceptionist_gui.ui.presets import PresetShelf, thumbnail
from inceptionist_gui.ui.tiles import FITS

pytestmark = pytest.mark.qt

SHIPPED = "inceptionist_gui.ui.presets.presets"


def preset(name: str, layer: str) -> Preset:
    return Preset(
        name=name,
        title=name.title(),
        tells=f"Brings out {name}.",
        network="lite0",
        goals=(LayerGoal(layer=layer),),
        strength=Strength(step_size=0.02),
        scale=Scale(),
        texture=Texture(),
        priors=Priors(),
    )


@pytest.fixture
def shelf(session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> PresetShelf:
    monkeypatch.setattr(SHIPPED, lambda: (preset("strokes", "blocks.1"), preset("fur", "blocks.5")))
    return opened(session, qtbot)


def opened(session: Session, qtbot: QtBot) -> PresetShelf:
    shelf = PresetShelf(session)
    shelf.resize(260, 300)
    qtbot.addWidget(shelf)
    with qtbot.waitActive(shelf):
        shelf.show()
        shelf.activateWindow()
    return shelf


def in_use(shelf: PresetShelf) -> list[str]:
    items = [shelf.shelf.item(row) for row in range(shelf.shelf.count())]
    return [item.text() for item in items if item.data(FITS)]


def test_a_click_applies_and_marks(shelf: PresetShelf, session: Session) -> None:
    assert in_use(shelf) == []
    place = shelf.shelf.visualItemRect(shelf.shelf.item(1)).center()
    QTest.mouseClick(shelf.shelf.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.recipe.goals == (LayerGoal(layer="blocks.5"),)
    assert session.undo_stack.count() == 1
    assert in_use(shelf) == ["Fur"]
    session.undo_stack.undo()
    assert in_use(shelf) == []


def test_a_moved_slider_ends_the_fit(shelf: PresetShelf, session: Session) -> None:
    session.apply_preset(preset("fur", "blocks.5"))
    assert in_use(shelf) == ["Fur"]
    session.set_value("strength.settle", 0.1)
    assert in_use(shelf) == []


def test_by_keyboard(shelf: PresetShelf, session: Session, qtbot: QtBot) -> None:
    shelf.shelf.setFocus()
    qtbot.waitUntil(shelf.shelf.hasFocus)
    QTest.keyClick(shelf.shelf, Qt.Key.Key_Home)
    QTest.keyClick(shelf.shelf, Qt.Key.Key_Right)
    assert session.undo_stack.count() == 0, "the arrows only look"
    QTest.keyClick(shelf.shelf, Qt.Key.Key_Return)
    assert in_use(shelf) == ["Fur"]


def test_a_tile_tells_what_it_is(shelf: PresetShelf) -> None:
    assert "Brings out fur." in shelf.shelf.item(1).toolTip()
    assert shelf.grab().width() >= 260


def test_an_empty_shelf_says_so(session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SHIPPED, tuple)
    shelf = opened(session, qtbot)
    assert shelf.nothing.isVisible()
    assert shelf.shelf.isHidden()


def test_presets_that_cannot_be_read(session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> tuple[Preset, ...]:
        raise RecipeError("fur.json: not JSON")

    monkeypatch.setattr(SHIPPED, broken)
    assert "fur.json" in opened(session, qtbot).nothing.text()


def test_a_missing_or_broken_picture_leaves_a_plain_tile(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8 no picture")
    monkeypatch.setattr("inceptionist_gui.ui.presets.resource", lambda *parts: tmp_path / parts[-1])
    assert thumbnail("broken").isNull()
    assert thumbnail("missing").isNull()


def test_the_one_in_use_is_scrolled_into_view(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = tuple(preset(f"look {number}", f"blocks.{number % 7}") for number in range(20))
    last = preset("fur", "blocks.5.1")
    monkeypatch.setattr(SHIPPED, lambda: (*many, last))
    shelf = opened(session, qtbot)
    place = shelf.shelf.viewport().rect()
    assert not place.contains(shelf.shelf.visualItemRect(shelf.shelf.item(20)).center())
    session.apply_preset(last)
    assert place.contains(shelf.shelf.visualItemRect(shelf.shelf.item(20)).center())
    again = opened(session, qtbot)
    assert place.contains(again.shelf.visualItemRect(again.shelf.item(20)).center()), "from the start"
