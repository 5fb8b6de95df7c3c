"""The preset shelf."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from inceptionist_gui.media import Picture
from inceptionist_gui.recipe import LayerGoal, Preset, Priors, Provenance, RecipeError, Scale, Strength, Texture
from inceptionist_gui.recipe.taste import GOALS
from inceptionist_gui.render.sheets import PresetTile
from inceptionist_gui.session.preset_library import PresetLibrary
from inceptionist_gui.session.previews import Previews
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import Message, Tone
from inceptionist_gui.ui.naming_popup import NamingPopup
from inceptionist_gui.ui.preset_tiles import thumbnail
from inceptionist_gui.ui.presets import PresetShelf
from inceptionist_gui.ui.tiles import FITS, PICTURE
from tests.ui.drops import drag_over, drop, files

pytestmark = pytest.mark.qt

SHIPPED = "inceptionist_gui.session.preset_library.presets"


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
def shelf(session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> PresetShelf:
    monkeypatch.setattr(SHIPPED, lambda: (preset("strokes", "blocks.1"), preset("fur", "blocks.5")))
    return opened(session, qtbot, tmp_path / "presets")


def opened(
    session: Session, qtbot: QtBot, folder: Path | None = None, previews: Previews | None = None
) -> PresetShelf:
    shelf = PresetShelf(session, previews, PresetLibrary(session, folder))
    shelf.resize(260, 300)
    qtbot.addWidget(shelf)
    with qtbot.waitActive(shelf):
        shelf.show()
        shelf.activateWindow()
    return shelf


def in_use(shelf: PresetShelf) -> list[str]:
    tiles = [shelf.shelf.at(row) for row in range(shelf.shelf.count())]
    return [tile.data() for tile in tiles if tile.data(FITS)]


def test_a_click_applies_and_marks(shelf: PresetShelf, session: Session) -> None:
    assert in_use(shelf) == []
    place = shelf.shelf.visualRect(shelf.shelf.at(1)).center()
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
    assert "Brings out fur." in shelf.shelf.at(1).data(Qt.ItemDataRole.ToolTipRole)
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
    monkeypatch.setattr("inceptionist_gui.ui.preset_tiles.resource", lambda *parts: tmp_path / parts[-1])
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
    assert not place.contains(shelf.shelf.visualRect(shelf.shelf.at(20)).center())
    session.apply_preset(last)
    assert place.contains(shelf.shelf.visualRect(shelf.shelf.at(20)).center())
    again = opened(session, qtbot)
    assert place.contains(again.shelf.visualRect(again.shelf.at(20)).center()), "from the start"


def titles(shelf: PresetShelf) -> list[str]:
    return [shelf.shelf.at(row).data() for row in range(shelf.shelf.count())]


def entry(menu: QMenu, text: str) -> QAction:
    return next(action for action in menu.actions() if action.text().replace("&", "").startswith(text))


def save_as(shelf: PresetShelf, title: str) -> None:
    popup = shelf.ask_title()
    QTest.keyClicks(popup.field, title)
    QTest.keyClick(popup.field, Qt.Key.Key_Return)


def make_current(shelf: PresetShelf, row: int, qtbot: QtBot) -> None:
    shelf.shelf.setFocus()
    qtbot.waitUntil(shelf.shelf.hasFocus)
    shelf.shelf.setCurrentIndex(shelf.shelf.at(row))


class TestOwn:
    def test_saved_under_a_name_it_stands_first_and_fits(
        self, shelf: PresetShelf, session: Session, said: list[Message]
    ) -> None:
        session.set_value("texture.colour", 0.9)
        QTest.mouseClick(shelf.head.save, Qt.MouseButton.LeftButton)
        save_as(shelf, "Loud")
        assert titles(shelf) == ["Loud", "Strokes", "Fur"]
        assert in_use(shelf) == ["Loud"]
        assert said[-1].text == "Saved the preset Loud"

    def test_an_empty_name_is_waited_for_and_escape_gives_up(self, shelf: PresetShelf) -> None:
        popup = shelf.ask_title()
        QTest.keyClick(popup.field, Qt.Key.Key_Return)
        assert popup.isVisible()
        QTest.keyClick(popup.field, Qt.Key.Key_Escape)
        assert titles(shelf) == ["Strokes", "Fur"]

    def test_f2_renames_and_delete_deletes_one_of_ones_own(
        self, shelf: PresetShelf, session: Session, qtbot: QtBot
    ) -> None:
        save_as(shelf, "Loud")
        make_current(shelf, 0, qtbot)
        QTest.keyClick(shelf.shelf, Qt.Key.Key_F2)
        popup = next(child for child in shelf.children() if isinstance(child, NamingPopup) and child.isVisible())
        assert popup.field.text() == "Loud"
        QTest.keyClicks(popup.field, "Quiet")
        QTest.keyClick(popup.field, Qt.Key.Key_Return)
        assert titles(shelf) == ["Quiet", "Strokes", "Fur"]
        make_current(shelf, 0, qtbot)
        QTest.keyClick(shelf.shelf, Qt.Key.Key_Delete)
        assert titles(shelf) == ["Strokes", "Fur"]
        assert session.undo_stack.undoText() == "Delete the preset Quiet"
        session.undo_stack.undo()
        assert titles(shelf) == ["Quiet", "Strokes", "Fur"]

    def test_those_shipped_stay(self, shelf: PresetShelf, qtbot: QtBot) -> None:
        make_current(shelf, 0, qtbot)
        QTest.keyClick(shelf.shelf, Qt.Key.Key_Delete)
        assert titles(shelf) == ["Strokes", "Fur"]
        assert not any("Delete" in action.text() for action in shelf.menu_of("strokes").actions())

    def test_shared_and_taken_in_again_by_a_drop(
        self, shelf: PresetShelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "fur.dreampreset"
        monkeypatch.setattr(shelf, "ask_target", lambda _title: path)
        entry(shelf.menu_of("fur"), "Share").trigger()
        assert drag_over(shelf, files(path))
        assert shelf.hint.isVisible()
        drop(shelf, files(path))
        assert titles(shelf) == ["Fur 2", "Strokes", "Fur"]

    def test_only_presets_may_be_dropped(self, shelf: PresetShelf, tmp_path: Path) -> None:
        assert not drag_over(shelf, files(tmp_path / "cat.png"))

    def test_a_file_that_is_none_is_told(
        self, shelf: PresetShelf, said: list[Message], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "bad.dreampreset"
        path.write_text("nothing")
        monkeypatch.setattr(shelf, "ask_file", lambda: path)
        shelf.head.menu.aboutToShow.emit()
        entry(shelf.head.menu, "Add from").trigger()
        assert said[-1].tone is Tone.ERROR
        assert "bad.dreampreset" in said[-1].text
        assert titles(shelf) == ["Strokes", "Fur"]

    @pytest.fixture
    def said(self, session: Session) -> list[Message]:
        messages: list[Message] = []
        session.said.connect(messages.append)
        return messages


class TestLooks:
    def test_vary_changes_the_look_but_for_what_is_locked(self, shelf: PresetShelf, session: Session) -> None:
        before = session.recipe
        shelf.head.menu.aboutToShow.emit()
        entry(shelf.head.menu, "Keep the Goals").trigger()
        assert GOALS in session.looks.locked
        QTest.mouseClick(shelf.head.vary, Qt.MouseButton.LeftButton)
        assert session.recipe.goals == before.goals
        assert session.recipe.strength != before.strength
        shelf.head.menu.aboutToShow.emit()
        entry(shelf.head.menu, "Unlock 1").trigger()
        assert not session.looks.locked

    def test_one_drag_of_the_mix_goes_from_one_to_the_other_in_one_step(
        self, shelf: PresetShelf, session: Session
    ) -> None:
        entry(shelf.menu_of("strokes"), "Mix from").trigger()
        entry(shelf.menu_of("fur"), "Mix towards").trigger()
        assert shelf.mixer.isVisible()
        track = shelf.mixer.edit.track
        places = [QPoint(track.x_of(value), track.height() // 2) for value in (0, 40, 100)]
        QTest.mousePress(track, Qt.MouseButton.LeftButton, pos=places[0])
        QTest.mouseMove(track, places[1])
        assert [goal.weight for goal in session.recipe.goals] == pytest.approx([0.6, 0.4], abs=0.02)
        QTest.mouseMove(track, places[2])
        QTest.mouseRelease(track, Qt.MouseButton.LeftButton, pos=places[2])
        assert in_use(shelf) == ["Fur"]
        assert session.undo_stack.count() == 1
        session.undo_stack.undo()
        assert in_use(shelf) == []

    def test_from_how_it_is_now_and_back(self, shelf: PresetShelf, session: Session) -> None:
        session.set_value("texture.colour", 0.9)
        now = session.recipe
        QTest.mouseClick(shelf.head.mix, Qt.MouseButton.LeftButton)
        track = shelf.mixer.edit.track
        for key in (Qt.Key.Key_End, Qt.Key.Key_Home):
            QTest.keyClick(track, key)
        assert session.recipe == now
        QTest.mouseClick(shelf.head.mix, Qt.MouseButton.LeftButton)
        assert not shelf.mixer.isVisible()

    def test_between_two_states_of_the_history(self, shelf: PresetShelf, session: Session) -> None:
        looks = [preset("a", layer).applied(session.recipe) for layer in ("blocks.2", "blocks.3")]
        states = [(look.goals[0].kind, look) for look in looks]
        shelf.mix_recipes(states)
        QTest.keyClick(shelf.mixer.edit.track, Qt.Key.Key_End)
        assert session.recipe.goals == looks[1].goals
        QTest.keyClick(shelf.mixer.edit.track, Qt.Key.Key_Home)
        assert session.recipe.goals == looks[0].goals
        shelf.mix_recipes(states[1:])
        assert shelf.mixer.first.preset.fits(session.recipe), "from how it is now"


class TestPreviews:
    def test_tiles_take_the_photos_look_and_one_of_ones_own_keeps_it(
        self,
        session: Session,
        previews: Previews,
        qtbot: QtBot,
        tmp_path: Path,
        pixels: npt.NDArray[np.uint8],
    ) -> None:
        shelf = opened(session, qtbot, tmp_path / "presets", previews)
        save_as(shelf, "Loud")
        name = next(iter(shelf._presets))
        assert shelf.shelf.at(0).data(PICTURE) is None
        previews.dressed.emit(PresetTile(name, pixels))
        previews.dressed.emit(PresetTile("gone", pixels))
        assert shelf.shelf.at(0).data(PICTURE).width() == pixels.shape[1]
        assert shelf.library.picture_file(name) is not None
        assert "<img" in shelf.shelf.at(0).data(Qt.ItemDataRole.ToolTipRole)

    def test_it_says_how_many_are_to_come(self, session: Session, previews: Previews, qtbot: QtBot) -> None:
        shelf = opened(session, qtbot, None, previews)
        previews.remaining_changed.emit(3)
        assert shelf.head.to_come.text() == "3 left"
        previews.remaining_changed.emit(0)
        assert shelf.head.to_come.text() == ""

    def test_they_are_wanted_while_the_shelf_is_seen(
        self, session: Session, previews: Previews, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wanted: list[object] = []
        monkeypatch.setattr(previews, "want_presets", wanted.append)
        shelf = opened(session, qtbot, None, previews)
        assert wanted[-1]
        shelf.hide()
        assert wanted[-1] is None


def test_the_picture_of_a_result_shows_the_preset(
    shelf: PresetShelf, session: Session, pixels: npt.NDArray[np.uint8]
) -> None:
    made = Picture(pixels, provenance=Provenance(recipe=session.recipe, source="cat.png", program="1"))
    session.result = made
    save_as(shelf, "Loud")
    assert shelf.shelf.at(0).data(PICTURE).width() == pixels.shape[1]
