"""What each thing in the window is, told where it stands: Qt's What's This, from the tooltips."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWhatsThis, QWidget


def ask_what_is_this(window: QWidget) -> None:
    """The next click on anything says what it is."""
    explain(window)
    QWhatsThis.enterWhatsThisMode()


def explain(window: QWidget) -> None:
    """Gives every widget and action of the window its tooltip as the answer; what has none, that of what holds it.

    Asked for at that moment, because tooltips change with what goes on.
    """
    for action in window.findChildren(QAction):
        action.setWhatsThis(action.toolTip())
    for widget in window.findChildren(QWidget):
        told = widget.toolTip() or _told_around(widget)
        if told:
            widget.setWhatsThis(told)


def _told_around(widget: QWidget) -> str:
    around = widget.parentWidget()
    while around is not None and not around.isWindow():
        if around.toolTip():
            return around.toolTip()
        around = around.parentWidget()
    return ""
