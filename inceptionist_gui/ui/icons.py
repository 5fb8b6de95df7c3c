"""Icons in the colours of the theme."""

from typing import Protocol

import qtawesome
from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon

from inceptionist_gui.ui.theme import Theme
from inceptionist_gui.ui.tones import Tones


class Iconed(Protocol):
    """A button or an action."""

    def setIcon(self, icon: QIcon, /) -> None: ...


class Icons(QObject):
    """Gives icons and paints them anew when the theme changes."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._given: dict[Iconed, tuple[str, bool]] = {}
        theme.changed.connect(self._repaint)

    def give(self, target: Iconed, name: str, *, on_accent: bool = False) -> None:
        """`name` is one of Phosphor's; `on_accent` is for a ground of the accent colour."""
        self._given[target] = (name, on_accent)
        self._paint(target, self._theme.tones)

    def _repaint(self, tones: Tones) -> None:
        for target in self._given:
            self._paint(target, tones)

    def _paint(self, target: Iconed, tones: Tones) -> None:
        name, on_accent = self._given[target]
        target.setIcon(icon(name, tones, tones.on_accent if on_accent else ""))


def icon(name: str, tones: Tones, colour: str = "") -> QIcon:
    """One of Phosphor's icons, in the text's colour if no other is named."""
    drawn: QIcon = qtawesome.icon(f"ph.{name}", color=colour or tones.text, color_disabled=tones.disabled)
    return drawn
