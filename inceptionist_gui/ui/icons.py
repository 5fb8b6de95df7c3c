"""Icons in the colours of the theme, drawn from the shipped icon font."""

import json
from functools import cache
from typing import Protocol

from PySide6.QtCore import QObject, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPainterPath, QPixmap, QRawFont, QTransform

from inceptionist_gui.shipped import resource
from inceptionist_gui.ui.theme import Theme
from inceptionist_gui.ui.tones import Tones

_SHARE = 0.875
"""Of an icon's square that its drawing takes."""


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
    """One of Phosphor's icons, in the text's colour if no other is named. Raises KeyError where there is none."""
    return QIcon(_Drawing(outline(name), QColor(colour or tones.text), QColor(tones.disabled)))


class _Drawing(QIconEngine):
    """Fills an outline, sharp at every size and density."""

    def __init__(self, outline: QPainterPath, colour: QColor, disabled: QColor) -> None:
        super().__init__()
        self._outline, self._colour, self._disabled = outline, colour, disabled

    def clone(self) -> QIconEngine:
        return _Drawing(self._outline, self._colour, self._disabled)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _: QIcon.State) -> None:
        side = min(rect.width(), rect.height()) * _SHARE
        middle = QPointF(rect.x() + rect.width() / 2, rect.y() + rect.height() / 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(middle)
        painter.scale(side, side)
        painter.fillPath(self._outline, self._disabled if mode is QIcon.Mode.Disabled else self._colour)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        drawn = QPixmap(size)
        drawn.fill(Qt.GlobalColor.transparent)
        with QPainter(drawn) as painter:
            self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        return drawn


@cache
def outline(name: str) -> QPainterPath:
    """An icon's shape in a square of side 1 around the origin. Raises KeyError where there is no such icon."""
    font = _font()
    path = font.pathForGlyph(font.glyphIndexesForString(chr(int(_letters()[name], 16)))[0])
    em = font.pixelSize()
    rise = font.ascent() - font.descent()
    return QTransform().scale(1 / em, 1 / em).translate(-em / 2, rise / 2).map(path)


@cache
def _font() -> QRawFont:
    # Large, since the outline is scaled down from here.
    return QRawFont(str(resource("icons", "phosphor.ttf")), 1024)


@cache
def _letters() -> dict[str, str]:
    """Each icon's letter in the font, as a hexadecimal number."""
    letters: dict[str, str] = json.loads(resource("icons", "phosphor.json").read_text("utf-8"))
    return letters
