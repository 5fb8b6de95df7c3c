"""Small buttons with a drawn sign: they follow the palette and stay sharp at every scale."""

from collections.abc import Callable
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QToolButton, QWidget

from inceptionist_gui.ui.tips import tip

Glyph = Callable[[QPainter], None]
"""Draws with the painter's pen within a square from -5 to 5."""

SIDE = 20
"""Of a button, in pixels."""


class GlyphButton(QToolButton):
    """A flat button that shows a glyph and says in words what it does."""

    def __init__(self, glyph: Glyph, name: str, tells: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._glyph = glyph
        self.setAutoRaise(True)
        self.setFixedSize(SIDE, SIDE)
        # Reached with Tab, but a click leaves the focus, and with it the space bar, where it was.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        self.setToolTip(tip(tells))

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def paintEvent(self, _: QPaintEvent) -> None:
        # A painter left open by an exception would end the process.
        with QPainter(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lively = self.isEnabled() and (self.underMouse() or self.hasFocus())
        role = QPalette.ColorRole
        quiet = role.Text if lively else role.PlaceholderText
        colour = self.palette().color(role.HighlightedText if self.isChecked() else quiet)
        if not self.isEnabled():
            colour.setAlphaF(colour.alphaF() * 0.5)
        if lively or self.isChecked():
            self._paint_ground(painter)
        painter.translate(self.width() / 2, self.height() / 2)
        painter.setPen(QPen(colour, 1.4, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        self._glyph(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        ground = self.palette().color(QPalette.ColorRole.Text)
        ground.setAlphaF(0.16 if self.isDown() else 0.08)
        if self.isChecked():
            ground = self.palette().color(QPalette.ColorRole.Highlight)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(self.rect(), 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def letter(sign: str) -> Glyph:
    """A capital, as on a mixing desk."""

    def draw(painter: QPainter) -> None:
        font = painter.font()
        font.setPixelSize(11)
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.drawText(QRectF(-8, -8, 16, 16), Qt.AlignmentFlag.AlignCenter, sign)

    return draw


def dots(painter: QPainter) -> None:
    """Where a thing is taken to be moved."""
    for x in (-2.0, 2.0):
        for y in (-4.0, 0.0, 4.0):
            painter.drawEllipse(QPointF(x, y), 0.5, 0.5)


def masked(painter: QPainter) -> None:
    """A round hole in a sheet."""
    painter.drawRoundedRect(QRectF(-5.5, -4.5, 11, 9), 1.5, 1.5)
    painter.drawEllipse(QPointF(0, 0), 2.2, 2.2)


def lock(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(-4, -0.5, 8, 5.5), 1, 1)
    painter.drawArc(QRectF(-2.5, -5, 5, 8), 0, 180 * 16)


def cross(painter: QPainter) -> None:
    painter.drawLine(QPointF(-3.5, -3.5), QPointF(3.5, 3.5))
    painter.drawLine(QPointF(-3.5, 3.5), QPointF(3.5, -3.5))


def back(painter: QPainter) -> None:
    """Most of a circle, ending in an arrow's head."""
    painter.drawArc(QRectF(-4, -4, 8, 8), 150 * 16, -290 * 16)
    tip_at = QPointF(4 * cos(150 * pi / 180), -4 * sin(150 * pi / 180))
    painter.drawLine(tip_at, tip_at + QPointF(-0.6, -3.4))
    painter.drawLine(tip_at, tip_at + QPointF(3.4, -0.6))


def dice(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(-5, -5, 10, 10), 2, 2)
    for x, y in ((-2.2, -2.2), (0.0, 0.0), (2.2, 2.2)):
        painter.drawEllipse(QPointF(x, y), 0.4, 0.4)


def grid(painter: QPainter) -> None:
    """Four tiles."""
    for x, y in ((-4.5, -4.5), (0.9, -4.5), (-4.5, 0.9), (0.9, 0.9)):
        painter.drawRoundedRect(QRectF(x, y, 3.6, 3.6), 0.8, 0.8)


def pause(painter: QPainter) -> None:
    painter.drawLine(QPointF(-2.2, -3.6), QPointF(-2.2, 3.6))
    painter.drawLine(QPointF(2.2, -3.6), QPointF(2.2, 3.6))


def onward(painter: QPainter) -> None:
    """A triangle that points to the right."""
    painter.drawPolygon([QPointF(-2.4, -3.8), QPointF(3.8, 0.0), QPointF(-2.4, 3.8)])


def outward(painter: QPainter) -> None:
    """An arrow to the upper right."""
    painter.drawLine(QPointF(-3.4, 3.4), QPointF(3.2, -3.2))
    painter.drawPolyline([QPointF(-1.8, -3.4), QPointF(3.4, -3.4), QPointF(3.4, 1.8)])
