"""A flat button with a word on it, for panels."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from inceptionist_gui.ui.tips import tip


def quiet_button(text: str, tells: str) -> QToolButton:
    """Reached with Tab; a click leaves the focus, and with it the space bar, where it was."""
    button = QToolButton()
    button.setText(text)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setToolTip(tip(tells))
    return button
