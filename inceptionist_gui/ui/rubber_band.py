"""Choosing a part of the picture by drawing a frame around it."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen

from inceptionist_gui.engine.region import WHOLE, Region
from inceptionist_gui.ui.viewpoint import Viewpoint

_LEAST = 4.0
"""Logical pixels that count as a frame; less is a click, which chooses the whole."""
_SHADE = 90
"""Of 255: how dark the rest is made."""


class RubberBand:
    """A frame that keeps its place on the picture, whatever the zoom."""

    def __init__(self, viewpoint: Viewpoint) -> None:
        self._viewpoint = viewpoint
        self.region = WHOLE
        """What was chosen last."""
        self._from: QPointF | None = None
        """Where the drag began, in the view; None while there is none."""

    @property
    def stretching(self) -> bool:
        return self._from is not None

    def begin(self, point: QPointF) -> None:
        self._from, self.region = point, WHOLE

    def stretch(self, point: QPointF) -> None:
        """Chooses what lies between the beginning and this point of the view."""
        assert self._from is not None
        drawn = QRectF(self._from, point).normalized()
        part = drawn.intersected(self._viewpoint.target())
        small = drawn.width() < _LEAST or drawn.height() < _LEAST
        self.region = WHOLE if small or part.isEmpty() else self._shares(part)

    def end(self) -> None:
        self._from = None

    def forget(self) -> None:
        self._from, self.region = None, WHOLE

    def paint(self, painter: QPainter, palette: QPalette) -> None:
        """Dims what was not chosen."""
        if self.region == WHOLE:
            return
        whole, part = self._viewpoint.target(), self._place()
        painter.save()
        painter.setClipRect(whole)
        shade = QColor(0, 0, 0, _SHADE)
        for rest in (
            QRectF(whole.topLeft(), QPointF(whole.right(), part.top())),
            QRectF(QPointF(whole.left(), part.bottom()), whole.bottomRight()),
            QRectF(QPointF(whole.left(), part.top()), part.bottomLeft()),
            QRectF(part.topRight(), QPointF(whole.right(), part.bottom())),
        ):
            painter.fillRect(rest, shade)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 1))
        painter.drawRect(part)
        painter.restore()

    def _shares(self, part: QRectF) -> Region:
        whole = self._viewpoint.target()
        across = ((edge - whole.left()) / whole.width() for edge in (part.left(), part.right()))
        down = ((edge - whole.top()) / whole.height() for edge in (part.top(), part.bottom()))
        (left, right), (top, bottom) = (sorted(map(_share, edges)) for edges in (across, down))
        return Region(left, top, right, bottom)

    def _place(self) -> QRectF:
        whole, region = self._viewpoint.target(), self.region
        return QRectF(
            QPointF(whole.left() + region.left * whole.width(), whole.top() + region.top * whole.height()),
            QPointF(whole.left() + region.right * whole.width(), whole.top() + region.bottom * whole.height()),
        )


def _share(value: float) -> float:
    return min(1.0, max(0.0, value))
