"""The canvas: the live picture, and what a pointer or a pen does with it."""

from enum import Enum, auto

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QPointingDevice, QTabletEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from inceptionist_gui.ui.easel import Easel
from inceptionist_gui.ui.painting import Pen
from inceptionist_gui.ui.picture_view import NOTCH
from inceptionist_gui.words import _

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_OTHERWISE = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
"""With one of these a brush erases, and an eraser paints; many a desktop keeps Alt for itself."""


class _Grip(Enum):
    """What the pointer holds."""

    FRAME = auto()
    DIVIDER = auto()
    BRUSH = auto()
    PICTURE = auto()


class Canvas(Easel):
    """The picture in the user's hands: moved, framed, wiped and painted on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAccessibleName(_("Canvas"))
        self.setAccessibleDescription(
            _(
                "The picture; the wheel zooms, space starts and pauses, C shows it as it was,"
                " B paints where to dream, a drag with Shift chooses a part"
            )
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(240, 160)
        self._grip: _Grip | None = None
        self._at_divider = False

    def choose_cursor(self) -> None:
        shape = self._cursor() if self.image is not None else None
        if shape is None:
            self.unsetCursor()
        else:
            self.setCursor(shape)

    def _cursor(self) -> Qt.CursorShape | None:
        if self._grip is _Grip.PICTURE:
            return Qt.CursorShape.ClosedHandCursor
        if self._grip is _Grip.DIVIDER or (self._grip is None and self._at_divider):
            return Qt.CursorShape.SplitHCursor
        if self.painting is not None and not self._hand.open:
            return self.painting.cursor
        return Qt.CursorShape.OpenHandCursor if self._hand.open or self.viewpoint.overflows else None

    # Pointer

    def event(self, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.WindowDeactivate:
            self._let_go_keys()
        elif kind == QEvent.Type.ContextMenu and self.painting is not None:
            # The right button moves the picture.
            event.accept()
            return True
        elif (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture
        ):
            self.zoom_by(1.0 + event.value(), self.comparison.within(event.position()))
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(NOTCH ** (event.angleDelta().y() / 120.0), self.comparison.within(event.position()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._grip is None and self.image is not None:
            point = self.comparison.within(event.position())
            self._grip = self._grip_for(event, point)
            self._take_hold(point, _pen(event))
            self.choose_cursor()

    def _grip_for(self, event: QMouseEvent, point: QPointF) -> _Grip | None:
        left = event.button() is Qt.MouseButton.LeftButton
        if left and event.modifiers() & _SHIFT:
            return _Grip.FRAME
        if left and not self._hand.open and self.comparison.on_divider(point):
            return _Grip.DIVIDER
        if self._hand.wants(event.button(), painting=self.painting is not None):
            return _Grip.PICTURE
        return _Grip.BRUSH if left and self.painting is not None else None

    def _take_hold(self, point: QPointF, pen: Pen) -> None:
        match self._grip:
            case _Grip.FRAME:
                self._band.begin(point)
            case _Grip.PICTURE:
                self._hand.take(point)
            case _Grip.BRUSH if self.painting is not None:
                self.painting.press(point, pen)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._drag(self.comparison.within(event.position()), _pen(event))

    def _drag(self, point: QPointF, pen: Pen) -> None:
        match self._grip:
            case _Grip.FRAME:
                self._band.stretch(point)
                self.update()
            case _Grip.DIVIDER:
                self.comparison.move_divider(point.x())
                self.update()
            case _Grip.PICTURE:
                self._hand.drag(point)
                self._look_changed()
            case _:
                self._hover(point, pen)

    def _hover(self, point: QPointF, pen: Pen) -> None:
        at_divider = self.comparison.on_divider(point)
        if at_divider is not self._at_divider:
            self._at_divider = at_divider
            self.choose_cursor()
        if self.painting is not None:
            self.painting.move(point, pen)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not event.buttons():
            self._let_go()

    def _let_go(self) -> None:
        grip, self._grip = self._grip, None
        match grip:
            case _Grip.FRAME:
                self._band.end()
                self.update()
                self.region_changed.emit(self.region)
            case _Grip.PICTURE:
                self._hand.drop()
            case _Grip.BRUSH if self.painting is not None:
                self.painting.release()
        self.choose_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.painting is not None:
            # Two quick strokes.
            self.mousePressEvent(event)
        elif event.button() is Qt.MouseButton.LeftButton and not self._hand.open:
            self._zoom_over(self.comparison.within(event.position()))

    def _zoom_over(self, point: QPointF) -> None:
        if self.viewpoint.fitted:
            self.zoom_to(1.0, point)
        else:
            self.fit()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if self._painting is not None:
            self._painting.leave()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen paints with its pressure, and with its other end it erases; all else it does as a mouse."""
        if self.painting is None or self._hand.open or self._grip not in (None, _Grip.BRUSH):
            event.ignore()
            return
        point = self.comparison.within(event.position())
        pen = Pen(event.pressure(), event.pointerType() is QPointingDevice.PointerType.Eraser)
        event.accept()
        if event.type() == QEvent.Type.TabletMove:
            self._hover(point, pen)
        elif event.type() == QEvent.Type.TabletRelease:
            self._let_go()
        elif event.button() is Qt.MouseButton.LeftButton and not self.comparison.on_divider(point):
            self._grip = _Grip.BRUSH
            self._take_hold(point, pen)
        else:
            event.ignore()


def _pen(event: QMouseEvent) -> Pen:
    return Pen(erases=bool(event.modifiers() & _OTHERWISE))
