"""Every command by keyboard: menus, letters, keys, and what goes round."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget, QMenu
from pytestqt.qtbot import QtBot

from inceptionist_gui.session.settings import Settings
from inceptionist_gui.ui.commands import commands, menu_of, plain, submenus
from inceptionist_gui.ui.mnemonics import letter_of, lettered
from inceptionist_gui.ui.shortcuts import ShortcutsDialog
from inceptionist_gui.ui.window import Window

pytestmark = pytest.mark.qt


def entries(menu: QMenu) -> list[QAction]:
    return [action for action in menu.actions() if action.isVisible() and not action.isSeparator()]


class TestLetters:
    def test_every_entry_has_one_of_its_own_while_its_menu_is_open(self, window: Window) -> None:
        bar = window.menuBar()
        tops = Counter(letter_of(action.text()) for action in bar.actions())
        assert "" not in tops
        assert max(tops.values()) == 1
        for menu in submenus(bar):
            menu.aboutToShow.emit()
            letters = Counter(letter_of(action.text()) for action in entries(menu))
            assert "" not in letters, menu.title()
            assert max(letters.values()) == 1, (menu.title(), letters)
            menu.aboutToHide.emit()

    def test_texts_are_as_they_were_when_it_is_closed(self, window: Window) -> None:
        menu = submenus(window.menuBar())[0]
        before = [action.text() for action in menu.actions()]
        menu.aboutToShow.emit()
        assert [action.text() for action in menu.actions()] != before
        menu.aboutToHide.emit()
        assert [action.text() for action in menu.actions()] == before

    def test_a_text_that_changed_meanwhile_stays(self, window: Window) -> None:
        menu = next(menu for menu in submenus(window.menuBar()) if window.actions_.dream in menu.actions())
        menu.aboutToShow.emit()
        window.actions_.dream.setText("Pause")
        menu.aboutToHide.emit()
        assert window.actions_.dream.text() == "Pause"

    @given(st.lists(st.text("abAB &\t", max_size=6), max_size=8))
    def test_no_letter_is_given_twice(self, texts: list[str]) -> None:
        actions = [QAction(text.replace("&", "&&")) for text in texts]
        given_letters = [letter_of(text) for _, text in lettered(actions)]
        assert all(letter in "ab" and letter for letter in given_letters)
        assert len(given_letters) == len(set(given_letters))
        for action, text in lettered(actions):
            assert plain(text) == plain(action.text())


class TestCommands:
    def test_everything_the_window_can_do_is_in_a_menu(self, window: Window) -> None:
        offered = {command.action for command in commands(window.menuBar())}
        for action in window.actions_.findChildren(QAction):
            assert action in offered, action.text()

    def test_every_menu_is_walked_by_keyboard(self, window: Window, qtbot: QtBot) -> None:
        window.activateWindow()
        for top in window.menuBar().actions():
            menu = menu_of(top)
            assert menu is not None
            QTest.keyClick(window, Qt.Key(ord(letter_of(top.text()).upper())), Qt.KeyboardModifier.AltModifier)
            qtbot.waitUntil(menu.isVisible)
            for _step in range(len(entries(menu)) + 1):
                QTest.keyClick(menu, Qt.Key.Key_Down)
                assert menu.activeAction() in entries(menu)
            QTest.keyClick(menu, Qt.Key.Key_Escape)
            qtbot.waitUntil(lambda menu=menu: not menu.isVisible())  # type: ignore[misc]
            QTest.keyClick(window.menuBar(), Qt.Key.Key_Escape)

    def test_standard_keys_are_the_platforms(self, window: Window) -> None:
        key, actions = QKeySequence.StandardKey, window.actions_
        for action, standard in ((actions.open, key.Open), (actions.undo, key.Undo), (actions.copy, key.Copy)):
            assert action.shortcuts() == QKeySequence.keyBindings(standard)

    def test_a_language_is_chosen_for_the_next_start(self, window: Window, settings: Settings) -> None:
        assert window.actions_.languages[""].isChecked()
        window.actions_.languages["en"].trigger()
        assert settings.language == "en"
        assert "next start" in window.stage.messages.lines()[-1].message.text


class TestShortcutsDialog:
    @pytest.fixture
    def dialog(self, window: Window, qtbot: QtBot) -> ShortcutsDialog:
        window.actions_.shortcuts.trigger()
        found = window.findChild(ShortcutsDialog)
        assert isinstance(found, ShortcutsDialog)
        qtbot.addWidget(found)
        return found

    def test_all_keys_are_told(self, dialog: ShortcutsDialog, window: Window) -> None:
        told = dict(dialog.shown())
        assert told["Full Screen"].startswith("F11")
        assert told["Find a Command…"] == "Ctrl+K, Ctrl+Shift+P"
        for command in commands(window.menuBar()):
            if command.keys:
                assert command.title in told

    def test_it_is_searched_by_word_and_by_key(self, dialog: ShortcutsDialog) -> None:
        QTest.keyClicks(dialog.search, "f11")
        assert [words for words, _keys in dialog.shown()] == ["Full Screen"]
        dialog.search.setText("panels hide")
        assert "Hide the Panels" in dict(dialog.shown())


class TestGoingRound:
    def test_tab_on_the_canvas_hides_the_panels_and_brings_them_back(self, window: Window, qtbot: QtBot) -> None:
        window.activateWindow()
        window.canvas.setFocus()
        qtbot.waitUntil(window.canvas.hasFocus)
        docks = [dock for dock in window.findChildren(QDockWidget) if dock.isVisible()]
        QTest.keyClick(window.canvas, Qt.Key.Key_Tab)
        assert not any(dock.isVisible() for dock in docks)
        QTest.keyClick(window.canvas, Qt.Key.Key_Tab)
        assert all(dock.isVisible() for dock in docks)

    def test_elsewhere_tab_leads_on(self, window: Window, qtbot: QtBot) -> None:
        window.activateWindow()
        row = window.docks.controls.row("scale.octaves")
        row.number.setFocus()
        qtbot.waitUntil(row.number.hasFocus)
        QTest.keyClick(row.number, Qt.Key.Key_Tab)
        assert not window.actions_.hide_panels.isChecked()
        assert not row.number.hasFocus()

    def test_f6_visits_every_part_and_comes_back(self, window: Window, qtbot: QtBot) -> None:
        window.activateWindow()
        window.canvas.setFocus()
        qtbot.waitUntil(window.canvas.hasFocus)
        visited = []
        for _step in range(12):
            window.actions_.next_part.trigger()
            visited.append(window.focusWidget())
        assert window.canvas in visited
        assert any(window.docks.controls.isAncestorOf(widget) for widget in visited)
        assert any(window.docks.layers.isAncestorOf(widget) for widget in visited)
        here = window.focusWidget()
        window.actions_.next_part.trigger()
        window.actions_.previous_part.trigger()
        assert window.focusWidget() is here
