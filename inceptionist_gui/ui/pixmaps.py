"""Small pictures as Qt paints them, and as a tooltip shows them."""

import base64

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QWidget

from inceptionist_gui.media import Pixels
from inceptionist_gui.ui.tips import tip

RADIUS = 4.0
LARGE = 240
"""px; the longer side of a picture in a tooltip."""


def pixmap_of(pixels: Pixels) -> QPixmap:
    """Of 8 bits, shape (height, width, 3), or (height, width) for greys."""
    height, width = pixels.shape[:2]
    kind = QImage.Format.Format_RGB888 if pixels.ndim == 3 else QImage.Format.Format_Grayscale8
    # The conversion copies: the pixels may go.
    return QPixmap.fromImage(QImage(pixels.tobytes(), width, height, pixels.strides[0], kind))


def paint_picture(painter: QPainter, place: QRectF, pixmap: QPixmap | None, palette: QPalette) -> None:
    """Fills the place with the middle of the picture, its corners rounded; with a quiet tone if there is none."""
    path = QPainterPath()
    path.addRoundedRect(place, RADIUS, RADIUS)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setClipPath(path)
    if pixmap is None or pixmap.isNull():
        painter.fillRect(place, palette.color(QPalette.ColorRole.Mid))
    else:
        painter.drawPixmap(place, pixmap, _middle(pixmap, place))
    painter.restore()


def _middle(pixmap: QPixmap, place: QRectF) -> QRectF:
    """The largest part of the picture that has the place's proportions."""
    scale = min(pixmap.width() / place.width(), pixmap.height() / place.height())
    width, height = place.width() * scale, place.height() * scale
    return QRectF((pixmap.width() - width) / 2, (pixmap.height() - height) / 2, width, height)


def picture_tip(pixmap: QPixmap | None, tells: str, term: str = "") -> str:
    """A tooltip with the picture, large, above its words."""
    words = tip(tells, term)
    if pixmap is None or pixmap.isNull():
        return words
    scale = LARGE / max(pixmap.width(), pixmap.height())
    size = f"width='{round(pixmap.width() * scale)}' height='{round(pixmap.height() * scale)}'"
    return f"<p style='margin: 2px'><img src='data:image/png;base64,{_png(pixmap)}' {size}></p>{words}"


def _png(pixmap: QPixmap) -> str:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    pixmap.save(buffer, "PNG")
    return base64.b64encode(content.data()).decode("ascii")


class Thumb(QWidget):
    """A small picture with rounded corners."""

    def __init__(self, size: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmap: QPixmap | None = None
        self.setFixedSize(size)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_picture(self, pixmap: QPixmap | None) -> None:
        self._pixmap = pixmap
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_picture(painter, QRectF(self.rect()), self._pixmap, self.palette())
