"""Comparing the picture with what it was, or with another one."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen

from inceptionist_gui.ui.difference import GAIN, Difference
from inceptionist_gui.ui.pyramid import Pyramid
from inceptionist_gui.ui.viewpoint import Viewpoint
from inceptionist_gui.words import _

Draw = Callable[[QPainter], None]

GAP = 8.0
"""Pixels between two pictures side by side."""
_REACH = 8.0
"""Pixels from the divider within which it is taken hold of."""
_GRIP = 11.0
"""Radius of its handle."""
_PAD = 8.0
_DARK, _BRIGHT = QColor(0, 0, 0, 140), QColor(255, 255, 255, 230)


class Compare(StrEnum):
    """How two pictures are compared."""

    OFF = "off"
    WIPE = "wipe"
    """One left, the other right of a divider."""
    SIDE = "side"
    """Side by side, both from one viewpoint."""
    DIFFERENCE = "difference"


class Comparison:
    """The picture, what it is compared with, and how."""

    def __init__(self, viewpoint: Viewpoint) -> None:
        self._viewpoint = viewpoint
        self._difference = Difference(viewpoint)
        self.now: Pyramid | None = None
        self.start: Pyramid | None = None
        """What the dream started from."""
        self.other: Pyramid | None = None
        """What was chosen to compare with in its place."""
        self.wanted = Compare.OFF
        self.held = False
        """The picture is shown as it was, for as long as something is held."""
        self.share = 0.5
        """Where the divider stands across what is seen of the picture, from 0 to 1."""

    @property
    def before(self) -> Pyramid | None:
        return self.other or self.start

    @property
    def possible(self) -> bool:
        return self.before is not None and self.now is not None

    @property
    def mode(self) -> Compare:
        """As it is shown."""
        return self.wanted if self.possible else Compare.OFF

    # Places

    def pane(self, size: QSizeF) -> QSizeF:
        """The room that one picture has in a widget of this size."""
        if self.mode is not Compare.SIDE:
            return size
        return QSizeF(max(1.0, (size.width() - GAP) / 2.0), size.height())

    def within(self, point: QPointF) -> QPointF:
        """A point of the widget as one of the view: side by side, both pictures are the same place."""
        across = self._viewpoint.view.width() + GAP
        beyond = self.mode is Compare.SIDE and point.x() >= across - GAP / 2.0
        return point - QPointF(across, 0.0) if beyond else point

    @property
    def divider(self) -> float:
        """Where it stands across the view."""
        seen = self._seen()
        return seen.left() + self.share * seen.width()

    def on_divider(self, point: QPointF) -> bool:
        return self.mode is Compare.WIPE and abs(point.x() - self.divider) <= _REACH

    def move_divider(self, to: float) -> None:
        """To this place across the view, and no further than the picture is seen."""
        seen = self._seen()
        self.share = min(1.0, max(0.0, (to - seen.left()) / max(1.0, seen.width())))

    def nudge_divider(self, by: float) -> None:
        """By this share of what is seen of the picture."""
        self.share = min(1.0, max(0.0, self.share + by))

    def _seen(self) -> QRectF:
        return self._viewpoint.target().intersected(QRectF(QPointF(0.0, 0.0), self._viewpoint.view))

    # Looks

    def paint(self, painter: QPainter, palette: QPalette, over: Draw) -> None:
        """Paints what is to be seen; `over` is called to paint what lies over the picture of now."""
        if self.now is None:
            return
        before = self.before
        if before is None or (self.mode is Compare.OFF and not self.held):
            self._paint_now(painter, over)
        elif self.held:
            self._paint_held(painter, palette, before)
        elif self.mode is Compare.WIPE:
            self._paint_wipe(painter, palette, before, over)
        elif self.mode is Compare.SIDE:
            self._paint_side(painter, palette, before, over)
        else:
            self._difference.paint(painter, self.now, before)
            self._tag(painter, palette, _("Difference x {gain}").format(gain=GAIN))

    def _paint_now(self, painter: QPainter, over: Draw) -> None:
        assert self.now is not None
        self.now.paint(painter, self._viewpoint)
        over(painter)

    def _paint_held(self, painter: QPainter, palette: QPalette, before: Pyramid) -> None:
        before.paint(painter, self._viewpoint)
        self._tag(painter, palette, self._name())
        if self.mode is Compare.SIDE:
            self._in_second(painter, lambda: before.paint(painter, self._viewpoint))

    def _paint_wipe(self, painter: QPainter, palette: QPalette, before: Pyramid, over: Draw) -> None:
        across, view = self.divider, QRectF(QPointF(0.0, 0.0), self._viewpoint.view)
        with _Clipped(painter, QRectF(view.topLeft(), QPointF(across, view.bottom()))):
            before.paint(painter, self._viewpoint)
            self._tag(painter, palette, self._name())
        with _Clipped(painter, QRectF(QPointF(across, view.top()), view.bottomRight())):
            self._paint_now(painter, over)
            self._tag(painter, palette, _("Now"), right=True)
        self._paint_divider(painter, across)

    def _paint_side(self, painter: QPainter, palette: QPalette, before: Pyramid, over: Draw) -> None:
        pane = QRectF(QPointF(0.0, 0.0), self._viewpoint.view)
        with _Clipped(painter, pane):
            before.paint(painter, self._viewpoint)
            self._tag(painter, palette, self._name())

        def second() -> None:
            with _Clipped(painter, pane):
                self._paint_now(painter, over)
                self._tag(painter, palette, _("Now"))

        self._in_second(painter, second)

    def _in_second(self, painter: QPainter, paint: Callable[[], None]) -> None:
        across = self._viewpoint.view.width() + GAP
        painter.translate(across, 0.0)
        paint()
        painter.translate(-across, 0.0)

    def _paint_divider(self, painter: QPainter, across: float) -> None:
        seen = self._seen()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in ((_DARK, 3.0), (_BRIGHT, 1.0)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(QPointF(across, seen.top()), QPointF(across, seen.bottom()))
        middle = QPointF(across, seen.center().y())
        painter.setPen(QPen(_DARK, 1.0))
        painter.setBrush(_BRIGHT)
        painter.drawEllipse(middle, _GRIP, _GRIP)
        painter.setPen(QPen(QColor(0, 0, 0, 200), 1.6, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        for way in (-1.0, 1.0):
            tip = middle + QPointF(6.0 * way, 0.0)
            painter.drawPolyline([tip + QPointF(-3.0 * way, -3.0), tip, tip + QPointF(-3.0 * way, 3.0)])

    def _name(self) -> str:
        return _("Before") if self.other is None else _("The other")

    def _tag(self, painter: QPainter, palette: QPalette, text: str, *, right: bool = False) -> None:
        """A word in the picture's upper corner."""
        room = QRectF(painter.fontMetrics().boundingRect(text)).adjusted(-_PAD, -_PAD / 2, _PAD, _PAD / 2)
        seen = self._seen()
        room.moveTop(max(_PAD, seen.top() + _PAD))
        if right:
            room.moveRight(min(self._viewpoint.view.width() - _PAD, seen.right() - _PAD))
        else:
            room.moveLeft(max(_PAD, seen.left() + _PAD))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.ToolTipBase))
        painter.drawRoundedRect(room, 4, 4)
        painter.setPen(palette.color(QPalette.ColorRole.ToolTipText))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)


class _Clipped:
    """Keeps a painter within a rectangle for a while."""

    def __init__(self, painter: QPainter, rect: QRectF) -> None:
        self._painter, self._rect = painter, rect

    def __enter__(self) -> None:
        self._painter.save()
        self._painter.setClipRect(self._rect, Qt.ClipOperation.IntersectClip)

    def __exit__(self, *_fault: object) -> None:
        self._painter.restore()
