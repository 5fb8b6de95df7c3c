"""Where the picture lies in the view: arithmetic without widgets."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF

MARGIN = 16.0
"""Logical pixels left free around a fitted picture."""
_MOST = 32.0
"""Device pixels per picture pixel."""
_LEAST = 0.02


class Viewpoint:
    """The zoom and the part of the picture that is looked at.

    Points and sizes of the view are logical pixels; those of the picture are its own pixels.
    """

    def __init__(self) -> None:
        self.picture = QSizeF(0.0, 0.0)
        self.view = QSizeF(0.0, 0.0)
        self.ratio = 1.0
        """Device pixels per logical pixel."""
        self.fitted = True
        """The picture follows the view's size."""
        self._scale = 1.0
        self._centre = QPointF(0.0, 0.0)
        """The point of the picture in the middle of the view."""

    @property
    def zoom(self) -> float:
        """Device pixels per picture pixel; 1 is 100 %."""
        return self._scale * self.ratio

    @property
    def overflows(self) -> bool:
        """Whether the picture is larger than the view, so that dragging it makes sense."""
        shown = self.picture * self._scale
        return shown.width() > self.view.width() + 0.5 or shown.height() > self.view.height() + 0.5

    def set_picture(self, width: int, height: int) -> None:
        """A picture of the same shape is seen as the last one was, at whatever size; another is fitted."""
        before, self.picture = self.picture, QSizeF(width, height)
        if self.fitted or not _alike(before, self.picture):
            self.fit()
        elif before != self.picture:
            grown = self.picture.width() / before.width()
            self._scale /= grown
            self._centre *= grown

    def set_view(self, size: QSizeF, ratio: float) -> None:
        self.view, self.ratio = size, ratio
        if self.fitted:
            self.fit()

    def fit(self) -> None:
        self.fitted = True
        self._centre = QPointF(self.picture.width() / 2.0, self.picture.height() / 2.0)
        if self.picture.isEmpty():
            return
        across = (self.view.width() - 2.0 * MARGIN) / self.picture.width()
        down = (self.view.height() - 2.0 * MARGIN) / self.picture.height()
        self._scale = _within(min(across, down), _LEAST / self.ratio, _MOST / self.ratio)

    def zoom_to(self, zoom: float, about: QPointF | None = None) -> None:
        """Sets device pixels per picture pixel; the picture's point under `about` stays there."""
        about = about if about is not None else self._middle()
        held = self.to_picture(about)
        self.fitted = False
        self._scale = _within(zoom, _LEAST, _MOST) / self.ratio
        self._look_at(held - (about - self._middle()) / self._scale)

    def zoom_by(self, factor: float, about: QPointF | None = None) -> None:
        self.zoom_to(self.zoom * factor, about)

    def pan(self, by: QPointF) -> None:
        """Moves the picture by so much of the view."""
        self.fitted = False
        self._look_at(self._centre - by / self._scale)

    def to_picture(self, point: QPointF) -> QPointF:
        return (point - self._corner()) / self._scale

    def to_view(self, point: QPointF) -> QPointF:
        return point * self._scale + self._corner()

    def target(self) -> QRectF:
        """The whole picture's place in the view."""
        return QRectF(self._corner(), self.picture * self._scale)

    def visible(self) -> QRect:
        """The whole pixels of the picture that the view shows a part of."""
        seen = QRectF(self.to_picture(QPointF(0.0, 0.0)), self.view / self._scale)
        whole = QRectF(QPointF(0.0, 0.0), self.picture)
        return seen.intersected(whole).toAlignedRect()

    def _corner(self) -> QPointF:
        # On whole device pixels, or at 100 % every pixel would be blurred into its neighbours.
        corner = self._middle() - self._centre * self._scale
        return QPointF(round(corner.x() * self.ratio), round(corner.y() * self.ratio)) / self.ratio

    def _middle(self) -> QPointF:
        return QPointF(self.view.width() / 2.0, self.view.height() / 2.0)

    def _look_at(self, point: QPointF) -> None:
        # The middle of the view stays on the picture, so that it cannot be lost.
        self._centre = QPointF(
            _within(point.x(), 0.0, self.picture.width()), _within(point.y(), 0.0, self.picture.height())
        )


def _alike(one: QSizeF, other: QSizeF) -> bool:
    """Whether the shapes differ by no more than a rounded pixel."""
    longest = max(one.width(), one.height(), other.width(), other.height())
    return not one.isEmpty() and abs(one.width() * other.height() - other.width() * one.height()) <= longest


def _within(value: float, least: float, most: float) -> float:
    return max(least, min(most, value))
