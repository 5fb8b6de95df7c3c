"""What differs between two pictures, as the view shows it."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter

from inceptionist_gui.ui.pyramid import Pyramid
from inceptionist_gui.ui.viewpoint import Viewpoint

GAIN = 2
"""How many times larger a difference is shown than it is."""
SAME = 128
"""The grey of what is the same."""

_LEVELS = 256


class Difference:
    """Grey where both pictures are the same, lighter or darker in each colour where the first is.

    It is computed at the resolution of the screen, whatever the pictures' sizes, and only when something changed.
    """

    def __init__(self, viewpoint: Viewpoint) -> None:
        self._viewpoint = viewpoint
        self._of: tuple[object, ...] = ()
        self._image = QImage()

    def paint(self, painter: QPainter, now: Pyramid, before: Pyramid) -> None:
        viewpoint = self._viewpoint
        of = now, before, viewpoint.target(), viewpoint.view, viewpoint.ratio
        if of != self._of:
            self._image = _differing(_seen(now, viewpoint), _seen(before, viewpoint))
            self._image.setDevicePixelRatio(viewpoint.ratio)
            self._of = of
        painter.save()
        painter.setClipRect(viewpoint.target())
        painter.drawImage(QPointF(0.0, 0.0), self._image)
        painter.restore()


def _seen(pyramid: Pyramid, viewpoint: Viewpoint) -> QImage:
    """What the view shows of a picture, in device pixels."""
    image = QImage((viewpoint.view * viewpoint.ratio).toSize(), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(viewpoint.ratio)
    image.fill(0)
    with QPainter(image) as painter:
        pyramid.paint(painter, viewpoint)
    return image


def _differing(now: QImage, before: QImage) -> QImage:
    # Both have four bytes a pixel, of which the last is no colour and the same in both.
    gaps = np.subtract(_bytes(now), _bytes(before), dtype=np.int16)
    gaps += _LEVELS - 1
    shown = _MAGNIFIED.take(gaps)
    size = now.size()
    image = QImage(shown.data, size.width(), size.height(), 4 * size.width(), QImage.Format.Format_RGB32)
    # Of its own: the array is gone after this.
    return image.copy()


def _bytes(image: QImage) -> npt.NDArray[np.uint8]:
    return np.frombuffer(image.constBits(), np.uint8)


def _magnified() -> npt.NDArray[np.uint8]:
    gaps = np.arange(1 - _LEVELS, _LEVELS)
    levels: npt.NDArray[np.uint8] = np.clip(SAME + GAIN * gaps, 0, _LEVELS - 1).astype(np.uint8)
    return levels


_MAGNIFIED = _magnified()
