"""Help where things stand: every thing in the window has a name and says what it does."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QWhatsThis,
    QWidget,
)

from inceptionist_gui.recipe import Mode
from inceptionist_gui.session.session import Session
from inceptionist_gui.ui.help import explain
from inceptionist_gui.ui.window import Window

pytestmark = pytest.mark.qt
INTERACTIVE = (QAbstractButton, QAbstractSlider, QLineEdit, QComboBox, QAbstractSpinBox, QAbstractItemView)


def used(window: Window) -> list[QWidget]:
    """What one can use, of what the window made itself."""
    found = [widget for kind in INTERACTIVE for widget in window.findChildren(kind)]
    return [widget for widget in found if not isinstance(widget, QScrollBar) and not _inner(widget)]


def _inner(widget: QWidget) -> bool:
    """A part that Qt gave to another widget, or that is not to be seen at all."""
    parent = widget.parentWidget()
    own = widget.objectName().startswith("qt_") or isinstance(parent, QLineEdit | QAbstractSpinBox | QComboBox)
    return own or (parent is not None and "Private" in type(parent).__name__)


def name_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


@pytest.mark.parametrize("mode", list(Mode))
def test_every_thing_has_a_name_and_is_told_of(window: Window, session: Session, mode: Mode) -> None:
    session.set_mode(mode)
    explain(window)
    for widget in used(window):
        if widget.isVisible():
            path = f"{type(widget).__name__} {widget.objectName()} in {type(widget.parentWidget()).__name__}"
            assert name_of(widget), path
            assert widget.whatsThis() or name_of(widget), path


def test_buttons_without_words_have_a_tooltip(window: Window) -> None:
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and not button.text() and not _inner(button):
            assert button.toolTip(), button.accessibleName()


def test_what_is_this_tells_what_the_tooltip_does(window: Window) -> None:
    row = window.docks.controls.row("scale.octaves")
    explain(window)
    assert "How many sizes" in row.whatsThis()
    assert row.number.whatsThis() == row.number.toolTip()
    title = row.findChild(QWidget)
    assert title is not None
    for action in window.actions_.findChildren(QAction):
        assert action.whatsThis()


def test_the_command_has_the_next_click_answered(window: Window) -> None:
    window.actions_.what_is_this.trigger()
    assert QWhatsThis.inWhatsThisMode()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    QWhatsThis.leaveWhatsThisMode()
