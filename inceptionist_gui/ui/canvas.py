"""The canvas: the live picture on neutral grey."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from inceptionist_gui.engine.region import WHOLE, Region
from inceptionist_gui.media import Pixels, as_uint8
from inceptionist_gui.session.background import Background
from inceptionist_gui.ui.builder import Builder
from inceptionist_gui.ui.pyramid import Pyramid
from inceptionist_gui.ui.rubber_band import RubberBand
from inceptionist_gui.ui.viewpoint import Viewpoint

_NOTCH = 1.25
"""Zoom per notch of the wheel, and per press of a key."""
_BEFORE_KEYS = (Qt.Key.Key_B, Qt.Key.Key_Backslash)
_TAG_PAD = 8


class Canvas(QWidget):
    """Shows pixels with zoom and pan, and what they were before while that is asked for."""

    painted = Signal()
    """Pixels that were handed over are now on the screen."""
    zoom_changed = Signal(float)
    """Device pixels per picture pixel."""
    tapped = Signal()
    """The space bar was pressed and let go without a drag."""
    comparing_changed = Signal(bool)
    changed = Signal()
    """There is another picture, or another one to compare it with."""
    region_changed = Signal(object)
    """The Region that was chosen; WHOLE when none is."""
    overlay_dismissed = Signal()
    """By hand: what is laid over the picture is to go."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAccessibleName("Canvas")
        self.setAccessibleDescription(
            "The picture; the wheel zooms, space starts and pauses, B shows it as it was,"
            " a drag with Shift chooses a part"
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(240, 160)
        self.viewpoint = Viewpoint()
        self._now: Pyramid | None = None
        self._before: Pyramid | None = None
        self._overlay: Pyramid | None = None
        self._opacity = 1.0
        self._band = RubberBand(self.viewpoint)
        background = Background(self)
        self._nows, self._befores = Builder(background, self), Builder(background, self)
        self._nows.built.connect(self._show)
        self._befores.built.connect(self._set_before)
        self._fresh = False
        self._comparing = False
        self._inviting = False
        self._hand = False
        """Space is held."""
        self._dragged = False
        self._drag_from: QPointF | None = None

    # What is shown

    @property
    def image(self) -> QImage | None:
        """The picture at full size, as it now is."""
        return None if self._now is None else self._now.image

    @property
    def can_compare(self) -> bool:
        return self._before is not None and self._now is not None

    @property
    def comparing(self) -> bool:
        """The picture is shown as it was before the dream."""
        return self._comparing

    def show_pixels(self, pixels: Pixels) -> None:
        """Any of a Picture's kinds; large ones are seen a moment later.

        Zoom and place stay unless the size is another.
        """
        self._nows.build(pixels)

    def _show(self, pyramid: Pyramid) -> None:
        self._now = pyramid
        self._fresh = True
        self.viewpoint.set_picture(pyramid.image.width(), pyramid.image.height())
        self._look_changed()
        self.changed.emit()

    def set_before(self, pixels: Pixels | None) -> None:
        if pixels is None:
            self._befores.forget()
            self._set_before(None)
        else:
            self._befores.build(pixels)

    def _set_before(self, pyramid: Pyramid | None) -> None:
        self._before = pyramid
        if pyramid is None:
            self.compare(False)
        self.update()
        self.changed.emit()

    def clear(self) -> None:
        self._nows.forget()
        self._now = None
        self.set_before(None)

    def lay_over(self, pixels: Pixels | None) -> None:
        """Shows this over the picture, which stays as it is; None takes it away."""
        self._overlay = None if pixels is None else Pyramid(as_uint8(pixels))
        self.update()

    def set_opacity(self, opacity: float) -> None:
        """How much what is laid over hides of the picture, from 0 to 1."""
        self._opacity = opacity
        self.update()

    @property
    def overlaid(self) -> bool:
        return self._overlay is not None

    @property
    def region(self) -> Region:
        """The part of the picture that was chosen."""
        return self._band.region

    def forget_region(self) -> None:
        if self.region != WHOLE:
            self._band.forget()
            self.update()
            self.region_changed.emit(WHOLE)

    def compare(self, on: bool) -> None:
        on = on and self.can_compare
        if on != self._comparing:
            self._comparing = on
            self.comparing_changed.emit(on)
            self.update()

    def invite(self, on: bool) -> None:
        """Shows that what is dragged over the window may be dropped."""
        self._inviting = on
        self.update()

    # Zoom and pan

    def fit(self) -> None:
        self.viewpoint.fit()
        self._look_changed()

    def zoom_to(self, zoom: float, about: QPointF | None = None) -> None:
        self.viewpoint.zoom_to(zoom, about)
        self._look_changed()

    def zoom_by(self, factor: float, about: QPointF | None = None) -> None:
        self.viewpoint.zoom_by(factor, about)
        self._look_changed()

    def zoom_in(self) -> None:
        self.zoom_by(_NOTCH)

    def zoom_out(self) -> None:
        self.zoom_by(1.0 / _NOTCH)

    def _look_changed(self) -> None:
        self._choose_cursor()
        self.zoom_changed.emit(self.viewpoint.zoom)
        self.update()

    def _choose_cursor(self) -> None:
        if self._drag_from is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._now is not None and (self._hand or self.viewpoint.overflows):
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        # A painter left open by an exception would end the process.
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Dark))
            self._paint(painter)
        if self._fresh:
            self._fresh = False
            self.painted.emit()

    def _paint(self, painter: QPainter) -> None:
        shown = self._before if self._comparing else self._now
        if shown is not None:
            shown.paint(painter, self.viewpoint)
        if self._comparing:
            self._paint_tag(painter, "Before")
        elif shown is not None:
            self._paint_over(painter)
        if self._inviting:
            self._paint_border(painter)

    def _paint_over(self, painter: QPainter) -> None:
        if self._overlay is not None:
            painter.setOpacity(self._opacity)
            self._overlay.paint(painter, self.viewpoint)
            painter.setOpacity(1.0)
        self._band.paint(painter, self.palette())

    def _paint_tag(self, painter: QPainter, text: str) -> None:
        room = QRectF(self.fontMetrics().boundingRect(text)).adjusted(
            -_TAG_PAD, -_TAG_PAD / 2, _TAG_PAD, _TAG_PAD / 2
        )
        room.moveTopLeft(self.viewpoint.target().topLeft() + QPointF(_TAG_PAD, _TAG_PAD))
        room.moveLeft(max(_TAG_PAD, room.left()))
        room.moveTop(max(_TAG_PAD, room.top()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.ToolTipBase))
        painter.drawRoundedRect(room, 4, 4)
        painter.setPen(self.palette().color(QPalette.ColorRole.ToolTipText))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_border(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), 8, 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._follow_size(event.size().toSizeF())

    def _follow_size(self, size: QSizeF) -> None:
        self.viewpoint.set_view(size, self.devicePixelRatioF())
        self._look_changed()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._follow_size(self.size().toSizeF())
        elif event.type() == QEvent.Type.WindowDeactivate:
            self._let_go_keys()
        elif (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture
        ):
            self.zoom_by(1.0 + event.value(), event.position())
            return True
        return super().event(event)

    # Mouse

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(_NOTCH ** (event.angleDelta().y() / 120.0), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        left = event.button() is Qt.MouseButton.LeftButton
        if left and event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._now is not None:
            self._band.begin(event.position())
        elif event.button() is Qt.MouseButton.MiddleButton or (left and (self._hand or self.viewpoint.overflows)):
            self._drag_from = event.position()
            self._dragged = True
            self._choose_cursor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._band.stretching:
            self._band.stretch(event.position())
            self.update()
        elif self._drag_from is not None:
            self.viewpoint.pan(event.position() - self._drag_from)
            self._drag_from = event.position()
            self._look_changed()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._band.stretching and not event.buttons():
            self._band.end()
            self.update()
            self.region_changed.emit(self.region)
        elif self._drag_from is not None and not event.buttons():
            self._drag_from = None
            self._choose_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._hand:
            return
        if self.viewpoint.fitted:
            self.zoom_to(1.0, event.position())
        else:
            self.fit()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.take_press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.take_release(event):
            super().keyReleaseEvent(event)

    def take_press(self, event: QKeyEvent) -> bool:
        """Whether the key means something here; the window passes on what no other widget wanted."""
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            return False
        match event.key():
            case Qt.Key.Key_Space:
                self._hold_hand(event)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_in()
            case Qt.Key.Key_Minus:
                self.zoom_out()
            case Qt.Key.Key_1 | Qt.Key.Key_2:
                self.zoom_to(float(event.text() or "1"))
            case key if key in _BEFORE_KEYS:
                self.compare(True)
            case Qt.Key.Key_Escape if self.region != WHOLE:
                self.forget_region()
            case Qt.Key.Key_Escape if self.overlaid:
                self.overlay_dismissed.emit()
            case _:
                return False
        return True

    def take_release(self, event: QKeyEvent) -> bool:
        """As `take_press`."""
        if event.key() == Qt.Key.Key_Space and self._hand:
            if not event.isAutoRepeat():
                self._let_go_hand()
            return True
        if event.key() in _BEFORE_KEYS:
            if not event.isAutoRepeat():
                self.compare(False)
            return True
        return False

    def _hold_hand(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat():
            self._hand, self._dragged = True, False
            self._choose_cursor()

    def _let_go_keys(self) -> None:
        # Their release will go to another window.
        self._hand = False
        self._choose_cursor()
        self.compare(False)

    def _let_go_hand(self) -> None:
        self._hand = False
        self._choose_cursor()
        if not self._dragged:
            self.tapped.emit()
