"""A picture's pixels ready to be painted at any zoom."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter

from inceptionist_gui.ui.viewpoint import Viewpoint

_CRISP_FROM = 4.0
"""Device pixels per picture pixel from which single pixels are what one wants to see."""
_STRIP = 512
"""Rows that are halved at a time; an even number."""


class Pyramid:
    """An image with its halved sizes, each made when it is first needed.

    Halving by means first lets the painter's quick interpolation show a large picture without shimmer.
    """

    def __init__(self, pixels: npt.NDArray[np.uint8]) -> None:
        """`pixels` has shape (height, width, 3), sRGB, C-contiguous."""
        height, width = pixels.shape[:2]
        wrapped = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB888)
        # From 24 bits the painter would unpack at every painting: 19 ms against 8 ms for a view of
        # 1200 x 800, and bringing a frame to 32 bits takes 4 ms.
        self._levels = [wrapped.convertToFormat(QImage.Format.Format_RGB32)]

    @property
    def image(self) -> QImage:
        """At full size."""
        return self._levels[0]

    def halve_all(self) -> None:
        """Makes every size now, rather than when it is first painted."""
        depth = 0
        while min(self._at(depth).width(), self._at(depth).height()) > 1:
            depth += 1

    def paint(self, painter: QPainter, viewpoint: Viewpoint) -> None:
        """Paints what the view shows of it. One of another size is laid where the viewpoint's picture lies."""
        zoom = viewpoint.zoom * viewpoint.picture.width() / self.image.width()
        level = self._level(zoom)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, zoom < _CRISP_FROM)
        seen = viewpoint.visible()
        # Only what is visible: at high zoom the whole would lie beyond the painter's coordinates.
        place = QRectF(
            viewpoint.to_view(seen.topLeft().toPointF()), QSizeF(seen.size()) * (viewpoint.zoom / viewpoint.ratio)
        )
        painter.drawImage(place, level, _scaled(seen, QSizeF(level.size()), viewpoint.picture))

    def _level(self, zoom: float) -> QImage:
        """The smallest level that still has a pixel for every device pixel."""
        depth = 0
        while zoom <= 0.5 and min(self._at(depth).width(), self._at(depth).height()) > 1:
            zoom *= 2.0
            depth += 1
        return self._at(depth)

    def _at(self, depth: int) -> QImage:
        while len(self._levels) <= depth:
            self._levels.append(_halved(self._levels[-1]))
        return self._levels[depth]


def _halved(image: QImage) -> QImage:
    size = QSize((image.width() + 1) // 2, (image.height() + 1) // 2)
    if image.height() <= _STRIP:
        return _scaled_to(image, size)
    # In strips: while it scales, Qt lets no other thread run Python, and with it the window.
    halved = QImage(size, image.format())
    with QPainter(halved) as painter:
        for top in range(0, image.height(), _STRIP):
            strip = image.copy(0, top, image.width(), min(_STRIP, image.height() - top))
            lower = QSize(size.width(), (strip.height() + 1) // 2)
            painter.drawImage(0, top // 2, _scaled_to(strip, lower))
    return halved


def _scaled_to(image: QImage, size: QSize) -> QImage:
    return image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)


def _scaled(rect: QRect, to: QSizeF, of: QSizeF) -> QRectF:
    across, down = to.width() / of.width(), to.height() / of.height()
    return QRectF(rect.x() * across, rect.y() * down, rect.width() * across, rect.height() * down)
