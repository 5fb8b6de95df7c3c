"""The slider itself: a thin line that fills from where the value counts from."""

from bisect import bisect_left
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QSlider, QWidget

from inceptionist_gui.recipe import Control
from inceptionist_gui.words import _

HEIGHT = 16
RADIUS = 5.0
"""Of the handle, in pixels."""
WIDE_RANGE = 100
"""From such a ratio of most to least on, equal ways of the hand are equal ratios rather than differences."""
GROWTH = 1.04
NOTCH = 120
"""What Qt calls one notch of a wheel."""


def stops_of(control: Control) -> tuple[float, ...]:
    """The values at which a control's slider can stand, least first.

    They are one step apart; where the range is wide, the upper ones are a fixed ratio apart instead.
    """
    wide = control.minimum > 0 and control.maximum / control.minimum >= WIDE_RANGE
    stops, value = [], control.minimum
    while value < control.maximum - control.step / 2:
        stops.append(round(value, control.decimals))
        leap = ceil(value * (GROWTH - 1) / control.step) if wide else 1
        value += max(1, leap) * control.step
    return (*stops, control.maximum)


class Track(QSlider):
    """A slider over a control's stops. The wheel moves it only while it has the focus."""

    moved = Signal(float)
    """By hand, to this value."""
    reset_wanted = Signal()
    left = Signal()
    """The focus went elsewhere."""

    def __init__(self, control: Control, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._stops = stops_of(control)
        self._origin = self._nearest(0.0)
        self._default = self._nearest(control.default)
        self._grip = 0.0
        self._turned = 0
        self.setRange(0, len(self._stops) - 1)
        self.setPageStep(max(1, len(self._stops) // 10))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumWidth(48)
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(_(control.title))
        self.setAccessibleDescription(_(control.tells))
        self.valueChanged.connect(lambda index: self.moved.emit(self._stops[index]))

    def show_value(self, value: float) -> None:
        """Stands at the stop nearest to the value; nothing is emitted."""
        with QSignalBlocker(self):
            self.setValue(self._nearest(value))

    def x_of(self, value: float) -> int:
        """Where the handle's middle is when the slider shows this value."""
        return round(self._x(self._nearest(value)))

    def _nearest(self, value: float) -> int:
        at = bisect_left(self._stops, value)
        around = range(max(0, at - 1), min(len(self._stops), at + 1))
        return min(around, key=lambda index: abs(self._stops[index] - value))

    def sizeHint(self) -> QSize:
        return QSize(120, HEIGHT)

    # Mouse, wheel, focus

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.setSliderDown(True)
        # Taken by its handle it does not jump; elsewhere the handle comes to the pointer.
        away = event.position().x() - self._x(self.value())
        self._grip = away if abs(away) <= RADIUS + 1 else 0.0
        self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._follow(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(False)
            self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.reset_wanted.emit()

    def _follow(self, event: QMouseEvent) -> None:
        share = (event.position().x() - self._grip - RADIUS - 1) / max(1.0, self._length())
        self.setSliderPosition(round(share * self.maximum()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.hasFocus():
            event.ignore()
            return
        self._turned += event.angleDelta().y()
        notches, self._turned = int(self._turned / NOTCH), self._turned - int(self._turned / NOTCH) * NOTCH
        self.setValue(self.value() + notches)
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    # Looks

    def _length(self) -> float:
        return self.width() - 2 * RADIUS - 2

    def _x(self, index: int) -> float:
        return RADIUS + 1 + self._length() * index / max(1, self.maximum())

    def paintEvent(self, _: QPaintEvent) -> None:
        # A painter left open by an exception would end the process.
        with QPainter(self) as painter:
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        groove, filled = self._colours()
        middle, here = self.height() / 2, self._x(self.value())
        self._paint_line(painter, groove, 0, self.width())
        self._paint_line(painter, filled, self._x(self._origin) if self._origin else 0, here)
        painter.setBrush(self._mixed(0.45))
        painter.drawRect(QRectF(self._x(self._default) - 0.5, middle - 3, 1, 6))
        self._paint_handle(painter, QPointF(here, middle), filled)

    def _colours(self) -> tuple[QColor, QColor]:
        """Of the line, and of its filled part."""
        # Fifteen bright ones would outshine the picture: only the one that is touched is.
        touched = self.isEnabled() and (self.underMouse() or self.isSliderDown() or self.hasFocus())
        accent = self.palette().color(QPalette.ColorRole.Highlight)
        return self._mixed(0.22), accent if touched else self._mixed(0.62)

    def _mixed(self, share: float) -> QColor:
        """A grey with this share of the text's and the rest of the ground's."""
        text = self.palette().color(QPalette.ColorRole.WindowText).value()
        ground = self.palette().color(QPalette.ColorRole.Window).value()
        grey = round(share * text + (1 - share) * ground)
        return QColor(grey, grey, grey)

    def _paint_line(self, painter: QPainter, colour: QColor, start: float, end: float) -> None:
        painter.setBrush(colour)
        left, right = min(start, end), max(start, end)
        painter.drawRoundedRect(QRectF(left, self.height() / 2 - 1, right - left, 2), 1, 1)

    def _paint_handle(self, painter: QPainter, middle: QPointF, colour: QColor) -> None:
        if self.hasFocus():
            ring = QColor(colour)
            ring.setAlphaF(0.35)
            painter.setBrush(ring)
            painter.drawEllipse(middle, RADIUS + 2.5, RADIUS + 2.5)
        painter.setBrush(colour)
        painter.drawEllipse(middle, RADIUS, RADIUS)
