"""Locks on controls, by the row's menu and by the sign."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from inceptionist_gui.recipe import control_at, preset_named
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.settings import Settings
from inceptionist_gui.ui.controls import ControlsPanel
from inceptionist_gui.ui.glyphs import GlyphButton
from inceptionist_gui.ui.locking import menu_of
from inceptionist_gui.ui.slider import ControlRow
from inceptionist_gui.ui.window import Window

pytestmark = pytest.mark.qt

COLOUR = control_at("texture.colour")


@pytest.fixture
def row(session: Session, qtbot: QtBot) -> ControlRow:
    panel = ControlsPanel(session)
    qtbot.addWidget(panel)
    panel.show()
    row = panel.row(COLOUR.path)
    assert isinstance(row, ControlRow)
    return row


def sign(row: ControlRow) -> GlyphButton:
    (found,) = (each for each in row.findChildren(GlyphButton) if each.accessibleName() == "Unlock Colour")
    return found


def entry(menu: QMenu, text: str) -> QAction:
    return next(action for action in menu.actions() if action.text().replace("&", "") == text)


def test_locked_by_the_menu_and_unlocked_by_the_sign(row: ControlRow, session: Session) -> None:
    assert sign(row).isHidden()
    entry(menu_of(row, COLOUR, session.looks), "Lock Colour").trigger()
    assert not sign(row).isHidden()
    session.set_value(COLOUR.path, 0.9)
    session.apply_preset(preset_named("strokes"))
    assert session.recipe.texture.colour == 0.9
    QTest.mouseClick(sign(row), Qt.MouseButton.LeftButton)
    assert session.looks.locked == frozenset()
    assert sign(row).isHidden()
    assert session.undo_stack.count() == 2, "a lock is no part of the recipe"


def test_the_menu_comes_by_a_right_click_and_by_its_key(row: ControlRow, qtbot: QtBot) -> None:
    reasons = QContextMenuEvent.Reason
    for reason, place in ((reasons.Mouse, QPoint(3, 3)), (reasons.Keyboard, QPoint(-40, 900))):
        event = QContextMenuEvent(reason, place, row.mapToGlobal(place))
        QApplication.sendEvent(row, event)
        qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        menu.close()


def test_the_menu_resets(row: ControlRow, session: Session) -> None:
    session.set_value(COLOUR.path, 0.9)
    entry(menu_of(row, COLOUR, session.looks), "Reset Colour").trigger()
    assert session.recipe.texture.colour == COLOUR.default


def test_locks_are_kept_from_start_to_start(window: Window, session: Session, settings: Settings) -> None:
    assert window.isVisible()
    session.looks.lock(COLOUR.path, True)
    assert settings.locks == {COLOUR.path}


def test_what_is_no_lock_is_passed_over(settings: Settings) -> None:
    settings.locks = frozenset({COLOUR.path, "of.another.version"})
    assert settings.locks == {COLOUR.path}
