"""A mask as it is seen over the picture."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QColor, QImage, QPainter

from inceptionist_gui.session.brush import Levels
from inceptionist_gui.ui.viewpoint import Viewpoint

_VEIL = QColor(112, 112, 112)
"""Neutral, and between light and dark: it is seen on both, and colours keep theirs beside it."""
_VEILED, _TINTED = 0.6, 0.3
"""How much of the picture is hidden at most."""


class Tint:
    """Veils what a mask leaves out, or tints what it holds.

    Where to dream, what is left out is veiled: the dream itself is seen as it is, whatever its colours. Where the
    photo comes back, a light tint is enough, for the picture shows it.
    """

    def __init__(self) -> None:
        self._values: Levels | None = None
        self._image: QImage | None = None
        self._veils = False
        self._colour = QColor()

    def show(self, values: Levels | None, *, veils: bool) -> None:
        """These values from now on; call it again when some of them have changed."""
        self._values, self._veils, self._image = values, veils, None

    def paint(self, painter: QPainter, viewpoint: Viewpoint, accent: QColor) -> None:
        if self._values is None:
            return
        if self._image is None or accent != self._colour:
            self._image, self._colour = self._made(self._values, accent), accent
        seen, picture = viewpoint.visible(), viewpoint.picture
        place = QRectF(
            viewpoint.to_view(seen.topLeft().toPointF()), QSizeF(seen.size()) * (viewpoint.zoom / viewpoint.ratio)
        )
        across, down = self._image.width() / picture.width(), self._image.height() / picture.height()
        part = QRectF(seen.x() * across, seen.y() * down, seen.width() * across, seen.height() * down)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._image, part)

    def _made(self, values: Levels, accent: QColor) -> QImage:
        held = np.arange(256) / 255.0
        shades = _shades(_VEIL, _VEILED * (1.0 - held)) if self._veils else _shades(accent, _TINTED * held)
        return _image(shades[values])


def _image(pixels: npt.NDArray[np.uint32]) -> QImage:
    height, width = pixels.shape
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    # Of its own: the array is gone after this.
    return image.copy()


def _shades(colour: QColor, alpha: npt.NDArray[np.float64]) -> npt.NDArray[np.uint32]:
    """The colour at each alpha, premultiplied."""
    parts = (255, colour.red(), colour.green(), colour.blue())
    shades = np.zeros(256, np.uint32)
    for part in parts:
        shades = (shades << np.uint32(8)) + np.rint(alpha * part).astype(np.uint32)
    return shades
