"""A picture on neutral grey: zoom and pan, what is laid over it, and what it is compared with."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from inceptionist_gui.media import Pixels, as_uint8
from inceptionist_gui.session.background import Background
from inceptionist_gui.ui.builder import Builder
from inceptionist_gui.ui.compare import Compare, Comparison
from inceptionist_gui.ui.pyramid import Pyramid
from inceptionist_gui.ui.viewpoint import Viewpoint

NOTCH = 1.25
"""Zoom per notch of the wheel, and per press of a key."""


class PictureView(QWidget):
    """Shows pixels, and what they were before while that is asked for. What hands do with it is the Canvas's."""

    painted = Signal()
    """Pixels that were handed over are now on the screen."""
    zoom_changed = Signal(float)
    """Device pixels per picture pixel."""
    comparing_changed = Signal(bool)
    """Whether the picture is shown as it was, for as long as something is held."""
    compare_changed = Signal(object)
    """The Compare that is shown."""
    changed = Signal()
    """There is another picture, or another one to compare it with."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewpoint = Viewpoint()
        self.comparison = Comparison(self.viewpoint)
        self._overlay: Pyramid | None = None
        self._opacity = 1.0
        background = Background(self)
        self._nows, self._befores, self._others = (Builder(background, self) for _ in range(3))
        self._nows.built.connect(self._show)
        self._befores.built.connect(self._set_before)
        self._others.built.connect(self._set_other)
        self._fresh = False
        self._inviting = False

    # What is shown

    @property
    def image(self) -> QImage | None:
        """The picture at full size, as it now is."""
        now = self.comparison.now
        return None if now is None else now.image

    def show_pixels(self, pixels: Pixels) -> None:
        """Any of a Picture's kinds; large ones are seen a moment later.

        What is looked at stays the same, unless the shape is another.
        """
        self._nows.build(pixels)

    def _show(self, pyramid: Pyramid) -> None:
        self.comparison.now = pyramid
        self._fresh = True
        self.viewpoint.set_picture(pyramid.image.width(), pyramid.image.height())
        self._make_room()
        self.changed.emit()

    def clear(self) -> None:
        self._nows.forget()
        self.comparison.now = None
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

    def invite(self, on: bool) -> None:
        """Shows that what is dragged over the window may be dropped."""
        self._inviting = on
        self.update()

    # Comparing

    @property
    def can_compare(self) -> bool:
        return self.comparison.possible

    @property
    def comparing(self) -> bool:
        """The picture is shown as it was, for as long as something is held."""
        return self.comparison.held

    def set_before(self, pixels: Pixels | None) -> None:
        """What the picture started from. None ends what is compared with it."""
        if pixels is None:
            self._befores.forget()
            self._set_before(None)
        else:
            self._befores.build(pixels)

    def _set_before(self, pyramid: Pyramid | None) -> None:
        self.comparison.start = pyramid
        if pyramid is None:
            self.compare_with(None)
        self._follow_comparison()

    def compare_with(self, pixels: Pixels | None) -> None:
        """Compares with these in place of what the picture started from; None is that again."""
        if pixels is None:
            self._others.forget()
            self._set_other(None)
        else:
            self._others.build(pixels)

    def _set_other(self, pyramid: Pyramid | None) -> None:
        self.comparison.other = pyramid
        if pyramid is not None and self.comparison.wanted is Compare.OFF:
            self.comparison.wanted = Compare.WIPE
        self._follow_comparison()

    def _follow_comparison(self) -> None:
        if not self.can_compare:
            self.comparison.wanted = Compare.OFF
            self.compare(False)
        self._make_room()
        self.compare_changed.emit(self.comparison.mode)
        self.changed.emit()

    def choose_compare(self, mode: Compare) -> None:
        """How it is compared from now on, where there is something to compare with."""
        if self.can_compare and mode is not self.comparison.wanted:
            self.comparison.wanted = mode
            self._make_room()
        # Also where nothing changed: whoever asked shows what is so.
        self.compare_changed.emit(self.comparison.mode)

    def toggle_compare(self, mode: Compare) -> None:
        """As `choose_compare`; what is shown so already is compared no more."""
        self.choose_compare(Compare.OFF if self.comparison.mode is mode else mode)

    def compare(self, on: bool) -> None:
        """Shows it as it was, until this is called again."""
        on = on and self.can_compare
        if on != self.comparing:
            self.comparison.held = on
            self.comparing_changed.emit(on)
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
        self.zoom_by(NOTCH)

    def zoom_out(self) -> None:
        self.zoom_by(1.0 / NOTCH)

    def _make_room(self) -> None:
        """Gives the view the room that the comparison leaves it."""
        self.viewpoint.set_view(self.comparison.pane(self.size().toSizeF()), self.devicePixelRatioF())
        self._look_changed()

    def _look_changed(self) -> None:
        self.zoom_changed.emit(self.viewpoint.zoom)
        self.update()

    # Looks

    def paintEvent(self, event: QPaintEvent) -> None:
        # A painter left open by an exception would end the process.
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Dark))
            self.comparison.paint(painter, self.palette(), self.paint_over)
            self.paint_hand(painter)
            if self._inviting:
                self._paint_border(painter)
        if self._fresh:
            self._fresh = False
            self.painted.emit()

    def paint_over(self, painter: QPainter) -> None:
        """Paints what lies over the picture and moves with it."""
        if self._overlay is not None:
            painter.setOpacity(self._opacity)
            self._overlay.paint(painter, self.viewpoint)
            painter.setOpacity(1.0)

    def paint_hand(self, painter: QPainter) -> None:
        """Paints what belongs to the pointer."""

    def _paint_border(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), 8, 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._make_room()
        return super().event(event)
