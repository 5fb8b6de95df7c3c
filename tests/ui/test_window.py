"""The window around a session in which nothing is really dreamed."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QLineEdit
from pytestqt.qtbot import QtBot

from inceptionist_gui.media import Picture, read_picture, read_project
from inceptionist_gui.recipe import Recipe, Start
from inceptionist_gui.render.duration import clock
from inceptionist_gui.session.exchange import Before, Progress, View
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.settings import Settings
from inceptionist_gui.session.state import State
from inceptionist_gui.ui.menus import RecentMenu
from inceptionist_gui.ui.questions import Answer
from inceptionist_gui.ui.saving import KINDS, Target, kind_for, suggested
from inceptionist_gui.ui.theme import Theme
from inceptionist_gui.ui.window import FIRST_SIZE, Window, first_size

pytestmark = pytest.mark.qt
WAIT = 10_000


@pytest.fixture
def dreamed(window: Window, session: Session, photo: Picture) -> Window:
    """A window with a dream that no file holds."""
    session.adopt(photo)
    session.result = Picture(photo.pixels[::-1].copy(), name="cat.png")
    session.unsaved = True
    session.result_changed.emit(session.result)
    session.file_changed.emit()
    return window


def view(session: Session, level: int = 90, seconds: float | None = 12.0) -> View:
    pixels = np.full((60, 90, 3), level, np.uint8)
    return View(session._generation, session.recipe, Progress(4, 6, 7, 10, 0.4, seconds), pixels)


def press(window: Window, key: Qt.Key) -> None:
    """As the keyboard does it: to whichever widget has the focus."""
    QTest.keyClick(window.focusWidget(), key)


def test_at_the_first_start_it_fits_on_the_screen_with_its_frame() -> None:
    assert first_size(QSize(1280, 800)) == QSize(1264, 752)
    assert first_size(QSize(2560, 1440)) == FIRST_SIZE


class TestShowing:
    def test_an_empty_window_invites(self, window: Window) -> None:
        assert window.windowTitle() == "Inceptionist[*]"
        assert window.stage.invitation.isVisible()
        assert not window.actions_.save.isEnabled()
        assert not window.actions_.save_picture.isEnabled()
        assert not window.actions_.from_photo.isEnabled()
        assert not window.bar.compare.isEnabled()

    def test_a_view_is_painted_and_the_next_is_asked_for(
        self, window: Window, session: Session, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
    ) -> None:
        asked: list[int] = []
        monkeypatch.setattr(session._dreamer, "take_next", lambda: asked.append(1))
        session._on_viewed(view(session))
        assert not asked
        qtbot.waitUntil(lambda: asked == [1])
        assert not window.stage.invitation.isVisible()

    def test_a_hidden_window_asks_for_no_frames_and_goes_on_when_shown(
        self, window: Window, session: Session, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
    ) -> None:
        asked: list[int] = []
        monkeypatch.setattr(session._dreamer, "take_next", lambda: asked.append(1))
        window.hide()
        session._on_viewed(view(session))
        QApplication.processEvents()
        assert not asked
        window.show()
        qtbot.waitUntil(lambda: asked == [1])

    def test_the_line_says_where_the_dream_stands(self, window: Window, session: Session) -> None:
        line = window.stage.progress
        assert line.text() == ""
        session._set_state(State.WAKING)
        session.waiting_for.emit("Waking the engine")
        assert line.text() == "Waking the engine"
        session._on_viewed(view(session))
        assert line.text() == "Octave 4 of 6, iteration 7 of 10"
        session._set_state(State.PAUSED)
        assert line.text() == "Paused: octave 4 of 6, iteration 7 of 10"
        session._on_viewed(view(session))
        assert line.text() == "Paused: octave 4 of 6, iteration 7 of 10"
        assert line._left.text() == "", "nothing is left to wait for while it rests"
        session._set_state(State.IDLE)
        assert line.text() == ""

    def test_the_picture_does_not_move_when_a_dream_begins(self, window: Window, session: Session) -> None:
        before = window.canvas.geometry()
        session._set_state(State.WAKING)
        QApplication.processEvents()
        assert window.canvas.geometry() == before

    @pytest.mark.parametrize(("seconds", "shown"), [(0.4, "0:00"), (12, "0:12"), (75, "1:15"), (3700, "1:01:40")])
    def test_time_left(self, seconds: float, shown: str) -> None:
        assert clock(seconds) == shown

    def test_the_button_says_what_it_does(self, window: Window, session: Session) -> None:
        words = []
        for state in (State.IDLE, State.WAKING, State.DREAMING, State.PAUSED):
            session._set_state(state)
            window.actions_.show_state(state)
            words.append(window.actions_.dream.text())
        session._set_state(State.IDLE)
        assert words == ["Dream", "Pause", "Pause", "Resume"]

    def test_before_is_offered_once_there_is_one(self, window: Window, session: Session) -> None:
        session.began.emit(Before(0, np.zeros((60, 90, 3), np.uint8)))
        assert not window.bar.compare.isEnabled()
        session._on_viewed(view(session))
        assert window.bar.compare.isEnabled()
        QTest.mousePress(window.bar.compare, Qt.MouseButton.LeftButton)
        assert window.canvas.comparing
        QTest.mouseRelease(window.bar.compare, Qt.MouseButton.LeftButton)
        assert not window.canvas.comparing

    def test_a_demonstration_still_invites(self, window: Window, session: Session) -> None:
        session._demonstrating = True
        session._on_viewed(view(session))
        assert window.stage.invitation.isVisible()
        assert not session.unsaved


class TestKeys:
    def test_space_starts_and_pauses_from_anywhere(
        self, window: Window, session: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        toggled: list[int] = []
        monkeypatch.setattr(session, "toggle", lambda: toggled.append(1))
        window.canvas.tapped.disconnect()
        window.canvas.tapped.connect(session.toggle)
        window.canvas.setFocus()
        press(window, Qt.Key.Key_Space)
        QTest.keyClick(window, Qt.Key.Key_Space)
        assert toggled == [1, 1]

    def test_space_types_a_space_where_one_types(self, window: Window, qtbot: QtBot) -> None:
        edit = next(edit for edit in window.docks.layers.findChildren(QLineEdit) if edit.isVisible())
        with qtbot.assertNotEmitted(window.canvas.tapped):
            QTest.keyClicks(edit, "a b")
        assert edit.text() == "a b"

    def test_both_redo_keys_are_bound(self, window: Window) -> None:
        assert window.actions_.redo.shortcuts() == QKeySequence.keyBindings(QKeySequence.StandardKey.Redo)

    def test_no_two_actions_share_a_key(self, window: Window) -> None:
        keys = [key.toString() for action in window.actions_.findChildren(QAction) for key in action.shortcuts()]
        assert len(keys) == len(set(keys))
        assert "Ctrl+0" in keys


class TestUndo:
    def test_the_menu_names_the_step(self, window: Window, session: Session) -> None:
        actions = window.actions_
        assert not actions.undo.isEnabled()
        session.set_value("scale.octaves", 3)
        assert actions.undo.text() == "Undo: Octaves 3"
        actions.undo.trigger()
        assert session.recipe == Recipe()
        assert actions.redo.text() == "Redo: Octaves 3"
        actions.redo.trigger()
        assert session.recipe.scale.octaves == 3


class TestSaving:
    def test_first_it_asks_and_then_it_knows(
        self,
        dreamed: Window,
        session: Session,
        settings: Settings,
        tmp_path: Path,
        qtbot: QtBot,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        asked: list[Path] = []
        target = Target(tmp_path / "out.png", KINDS[1])

        def answer(suggestion: Path) -> Target:
            asked.append(suggestion)
            return target

        monkeypatch.setattr(dreamed.files, "ask_target", answer)
        for _ in range(2):
            session.unsaved = True
            with qtbot.waitSignal(session.saved, timeout=WAIT):
                dreamed.actions_.save_picture.trigger()
        assert [suggestion.name for suggestion in asked] == ["cat dream.png"]
        assert read_picture(target.path).pixels.dtype == np.uint16
        assert not dreamed.isWindowModified()
        assert dreamed.windowTitle() == "out.png[*] - Inceptionist"
        assert settings.save_folder == tmp_path
        assert settings.recent_files() == [target.path]

    def test_a_name_that_is_taken_is_not_suggested(self, tmp_path: Path) -> None:
        assert suggested(tmp_path, "cat.jpg").name == "cat dream.png"
        (tmp_path / "cat dream.png").touch()
        assert suggested(tmp_path, "cat.jpg").name == "cat dream 2.png"
        assert suggested(tmp_path, "").name == "Inceptionist dream.png"

    def test_the_suffix_decides_the_format(self) -> None:
        assert kind_for(Path("a.png"), KINDS[1]) is KINDS[1]
        assert kind_for(Path("a.JPG"), KINDS[1]).format == "jpeg"
        assert kind_for(Path("a.tiff")).depth == 16

    def test_recent_files_are_offered(self, window: Window, settings: Settings, tmp_path: Path) -> None:
        menu = window.findChild(RecentMenu)
        assert isinstance(menu, RecentMenu)
        menu.read()
        assert [entry.text() for entry in menu.actions()] == ["Nothing yet"]
        (tmp_path / "a&b.png").touch()
        settings.add_recent(tmp_path / "a&b.png")
        menu.read()
        assert menu.actions()[0].text() == "a&&b.png"
        assert menu.toolTipsVisible()
        assert str(tmp_path) in menu.actions()[0].toolTip()


class TestLeaving:
    def test_nothing_unsaved_nothing_asked(self, window: Window, qtbot: QtBot) -> None:
        with qtbot.waitSignal(window.left):
            window.close()
        assert not window.isVisible()

    @pytest.mark.parametrize(("answer", "stays"), [(Answer.CANCEL, True), (Answer.DISCARD, False)])
    def test_an_unsaved_dream_is_asked_about(
        self, dreamed: Window, monkeypatch: pytest.MonkeyPatch, answer: Answer, stays: bool
    ) -> None:
        monkeypatch.setattr(dreamed.files, "ask_unsaved", lambda: answer)
        dreamed.close()
        assert dreamed.isVisible() is stays

    def test_it_saves_and_then_leaves(
        self, dreamed: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
    ) -> None:
        monkeypatch.setattr(dreamed.files, "ask_unsaved", lambda: Answer.SAVE)
        monkeypatch.setattr(dreamed.files, "ask_project", lambda _: tmp_path / "out.dream")
        with qtbot.waitSignal(dreamed.left, timeout=WAIT):
            dreamed.close()
        result = read_project(tmp_path / "out.dream").result
        assert result is not None
        assert result.width == 90

    def test_what_a_picture_holds_is_saved_to_the_picture(
        self, dreamed: Window, session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
    ) -> None:
        session.path = tmp_path / "out.png"
        monkeypatch.setattr(dreamed.files, "ask_unsaved", lambda: Answer.SAVE)
        with qtbot.waitSignal(dreamed.left, timeout=WAIT):
            dreamed.close()
        assert read_picture(tmp_path / "out.png").width == 90

    def test_it_stays_when_no_file_was_chosen(self, dreamed: Window, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(dreamed.files, "ask_unsaved", lambda: Answer.SAVE)
        monkeypatch.setattr(dreamed.files, "ask_project", lambda _: None)
        dreamed.close()
        assert dreamed.isVisible()

    def test_it_stays_when_the_file_could_not_be_written(
        self, dreamed: Window, session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
    ) -> None:
        nowhere = tmp_path / "no folder" / "out.dream"
        monkeypatch.setattr(dreamed.files, "ask_unsaved", lambda: Answer.SAVE)
        monkeypatch.setattr(dreamed.files, "ask_project", lambda _: nowhere)
        with qtbot.waitSignal(session.save_failed, timeout=WAIT):
            dreamed.close()
        assert dreamed.isVisible()
        assert dreamed.stage.messages.lines()

    def test_the_layout_comes_back(self, window: Window, settings: Settings, theme: Theme, qtbot: QtBot) -> None:
        window.docks.toggles()[0].trigger()
        window.resize(780, 640)
        window.close()
        session = Session()
        again = Window(session, settings, theme)
        qtbot.addWidget(again, before_close_func=lambda _: again.leave())
        again.show()
        assert not docks(again)[0].isVisible()
        assert again.size().toTuple() == (780, 640)
        again.actions_.reset_layout.trigger()
        assert all(dock.isVisible() for dock in docks(again) if dock.objectName() != "Queue")


class TestStarting:
    def test_clouds_are_begun_from_the_menu(
        self, window: Window, session: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(session._dreamer, "dream", lambda _: None)
        window.actions_.from_clouds.trigger()
        assert session.recipe.start is Start.CLOUDS
        assert session.state is State.WAKING
        assert window.windowTitle() == "Clouds[*] - Inceptionist"

    def test_panels_are_hidden_and_come_back_as_they_were(self, window: Window) -> None:
        window.docks.toggles()[0].trigger()
        before = [dock.isVisible() for dock in docks(window)]
        window.actions_.hide_panels.trigger()
        assert not any(dock.isVisible() for dock in docks(window))
        window.actions_.hide_panels.trigger()
        assert [dock.isVisible() for dock in docks(window)] == before

    def test_full_screen_ends_in_the_window_that_was(self, window: Window) -> None:
        window.showMaximized()
        for _ in range(2):
            window.actions_.full_screen.trigger()
        assert window.isMaximized()
        assert not window.isFullScreen()

    def test_a_fault_that_nobody_foresaw_is_shown(self, window: Window) -> None:
        window.fault("Something went wrong")
        assert window.stage.messages.lines()[0].message.text == "Something went wrong"


def docks(window: Window) -> list[QDockWidget]:
    return window.findChildren(QDockWidget)
