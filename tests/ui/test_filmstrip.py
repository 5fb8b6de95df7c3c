"""The filmstrip, with real clicks and keys, on states that were never really dreamed."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inceptionist_gui.media import Picture, Project
from inceptionist_gui.recipe import Provenance, Recipe, recipe_from_text
from inceptionist_gui.session.session import Session
from inceptionist_gui.ui.filmstrip import Filmstrip
from inceptionist_gui.ui.filmstrip_model import BRANCH, FOLLOWS, PICTURE, SHOWN
from inceptionist_gui.ui.saving import KINDS, Target
from inceptionist_gui.ui.window import Window

pytestmark = pytest.mark.qt
WAIT = 10_000
LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCEPTIONIST_DATA", str(tmp_path / "data"))


def work(seed: int) -> Project:
    recipe = Recipe(seed=seed)
    pixels = np.full((30, 40, 3), seed / 10, np.float32)
    made = Provenance(recipe=recipe, source="cat.png")
    photo = Picture(np.full((30, 40, 3), 9, np.uint8), name="cat.png")
    return Project(recipe, photo, Picture(pixels, name="cat.png", provenance=made))


def keep(qtbot: QtBot, session: Session, seed: int, parent: str = "") -> str:
    count = len(session.history.states())
    session.history.keep(work(seed), parent)
    qtbot.waitUntil(lambda: len(session.history.states()) == count + 1, timeout=WAIT)
    return session.history.states()[-1].id


@pytest.fixture
def strip(window: Window, session: Session, qtbot: QtBot) -> Filmstrip:
    """Three states: the second dreamed from the first, the third from the first, too."""
    first = keep(qtbot, session, 1)
    keep(qtbot, session, 2, first)
    keep(qtbot, session, 3, first)
    return window.docks.history


def place(strip: Filmstrip, row: int) -> QPoint:
    return strip.strip.visualRect(strip.model.index(row)).center()


def click(strip: Filmstrip, row: int, *, ctrl: bool = False) -> None:
    keys = CTRL if ctrl else Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(strip.strip.viewport(), LEFT, keys, place(strip, row))


def said(window: Window) -> list[str]:
    return [line.message.text for line in window.stage.messages.lines()]


class TestShowing:
    def test_an_empty_history_says_what_gathers_here(self, window: Window) -> None:
        assert window.docks.history.nothing.isVisible()
        assert not window.docks.history.strip.isVisible()

    def test_the_first_state_leaves_the_canvas_where_it_is(
        self, window: Window, session: Session, qtbot: QtBot
    ) -> None:
        before = window.canvas.geometry()
        keep(qtbot, session, 1)
        QApplication.processEvents()
        assert window.docks.history.strip.isVisible()
        assert window.canvas.geometry() == before

    def test_states_stand_in_order_with_what_they_came_from(self, strip: Filmstrip) -> None:
        rows = [strip.model.index(row) for row in range(strip.model.rowCount())]
        assert [row.data() for row in rows] == [f"{n}  eyes and dogs" for n in (1, 2, 3)]
        assert [row.data(BRANCH) for row in rows] == ["", "", "from 1"]
        assert [row.data(FOLLOWS) for row in rows] == [False, True, False]
        assert [row.data(SHOWN) for row in rows] == [False, False, True]
        assert rows[2].data(Qt.ItemDataRole.AccessibleTextRole) == "State 3, eyes and dogs, cat.png, from 1, shown"

    def test_thumbnails_come_when_they_are_seen(self, strip: Filmstrip, qtbot: QtBot) -> None:
        qtbot.waitUntil(lambda: strip.model.index(0).data(PICTURE) is not None, timeout=WAIT)
        assert strip.model.index(0).data(PICTURE).width() == 40

    @pytest.mark.usefixtures("strip")
    def test_a_damaged_thumbnail_leaves_an_empty_place(self, session: Session) -> None:
        state = session.history.states()[0]
        state.thumbnail.write_bytes(b"nothing")
        fresh = Filmstrip(session.history)
        assert fresh.model.index(0).data(PICTURE) is None
        fresh.model.finish()
        fresh.deleteLater()


class TestReturning:
    def test_a_click_shows_the_state_and_undo_takes_it_back(
        self, window: Window, strip: Filmstrip, session: Session, qtbot: QtBot
    ) -> None:
        before = session.recipe
        with qtbot.waitSignal(session.picture_opened, timeout=WAIT):
            click(strip, 0)
        assert session.recipe.seed == 1
        assert window.canvas.image is not None
        assert window.canvas.image.pixelColor(5, 5).red() == round(0.1 * 255)
        assert strip.model.index(0).data(SHOWN)
        assert window.actions_.undo.text() == "Undo: State 1"
        window.actions_.undo.trigger()
        assert session.recipe == before
        assert strip.model.index(2).data(SHOWN)

    def test_enter_does_so_too(self, strip: Filmstrip, session: Session, qtbot: QtBot) -> None:
        strip.strip.setFocus()
        for _ in range(2):
            QTest.keyClick(strip.strip, Qt.Key.Key_Left)
        with qtbot.waitSignal(session.picture_opened, timeout=WAIT):
            QTest.keyClick(strip.strip, Qt.Key.Key_Return)
        assert session.recipe.seed == 1

    def test_what_is_shown_already_is_no_step(self, strip: Filmstrip, session: Session, qtbot: QtBot) -> None:
        with qtbot.waitSignal(session.picture_opened, timeout=WAIT):
            click(strip, 1)
        steps = session.undo_stack.count()
        with qtbot.waitSignal(session.history.opened, timeout=WAIT):
            click(strip, 1)
        assert session.undo_stack.count() == steps

    def test_space_stays_the_canvas_s(self, window: Window, strip: Filmstrip, qtbot: QtBot) -> None:
        window.canvas.tapped.disconnect()
        with qtbot.waitSignal(window.canvas.tapped):
            QTest.keyClick(strip.strip, Qt.Key.Key_Space)


class TestMenu:
    def choose(self, strip: Filmstrip, text: str) -> None:
        menu = strip.menu()
        (action,) = (action for action in menu.actions() if action.text() == text)
        assert action.isEnabled()
        action.trigger()
        menu.deleteLater()

    def test_two_are_compared(self, window: Window, strip: Filmstrip, session: Session, qtbot: QtBot) -> None:
        click(strip, 0, ctrl=True)
        assert [state.number for state in strip.chosen()] == [1, 3]
        with qtbot.waitSignal(strip.compare_wanted, timeout=WAIT) as wanted:
            self.choose(strip, "Compare the Two")
        assert wanted.args is not None
        np.testing.assert_allclose(wanted.args[0], 0.1)
        assert session.recipe.seed != 1
        assert window.isVisible()

    def test_two_are_mixed(self, window: Window, strip: Filmstrip) -> None:
        click(strip, 0, ctrl=True)
        self.choose(strip, "Mix the Two")
        mixer = window.docks.presets.mixer
        assert mixer.isVisible()
        assert (mixer.first.currentText(), mixer.second.currentText()) == ("1  eyes and dogs", "3  eyes and dogs")

    def test_a_pinned_one_is_not_deleted(
        self, window: Window, strip: Filmstrip, session: Session, qtbot: QtBot
    ) -> None:
        with qtbot.waitSignal(session.history.changed, timeout=WAIT):
            self.choose(strip, "Keep for Good")
        assert session.history.states()[2].pinned
        QTest.keyClick(strip.strip, Qt.Key.Key_Delete)
        assert said(window) == ["State 3 is kept for good: untick that first, then delete it"]
        with qtbot.waitSignal(session.history.changed, timeout=WAIT):
            self.choose(strip, "Keep for Good")
        with qtbot.waitSignal(session.history.changed, timeout=WAIT):
            QTest.keyClick(strip.strip, Qt.Key.Key_Delete)
        assert [state.number for state in session.history.states()] == [1, 2]

    def test_it_is_renamed(
        self, strip: Filmstrip, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(strip, "ask_title", lambda _: "Fur " * 100)
        with qtbot.waitSignal(session.history.changed, timeout=WAIT):
            QTest.keyClick(strip.strip, Qt.Key.Key_F2)
        assert strip.model.index(2).data().startswith("3  Fur Fur")

    def test_less_room_on_disk_is_made_at_once(
        self, window: Window, strip: Filmstrip, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(strip, "ask_room", lambda _: 0)
        self.choose(strip, "Room on Disk…")
        monkeypatch.setattr(strip, "ask_room", lambda _: 60)
        with qtbot.waitSignal(session.history.changed, timeout=WAIT):
            self.choose(strip, "Room on Disk…")
        assert session.history.budget == 60_000_000
        assert window._settings.history_megabytes == 60
        with qtbot.waitSignal(session.history.changed, timeout=WAIT):
            session.history.give(1)
        assert [state.number for state in session.history.states()] == [3], "what is shown stays"

    def test_its_recipe_is_copied(self, window: Window, strip: Filmstrip) -> None:
        self.choose(strip, "Copy the Recipe")
        assert recipe_from_text(QGuiApplication.clipboard().text()) == Recipe(seed=3)
        assert said(window) == ["Copied the recipe"]

    def test_it_is_saved_as_a_picture(
        self, window: Window, strip: Filmstrip, session: Session, tmp_path: Path, qtbot: QtBot,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        asked: list[Path] = []

        def answer(suggestion: Path) -> Target:
            asked.append(suggestion)
            return Target(tmp_path / "third.png", KINDS[0])

        monkeypatch.setattr(window.files, "ask_target", answer)
        with qtbot.waitSignal(session.saved, timeout=WAIT):
            self.choose(strip, "Save as a Picture…")
        assert asked[0].name == "cat dream.png"
        assert (tmp_path / "third.png").is_file()
        assert session.path is None, "what is on the canvas was not saved by it"
