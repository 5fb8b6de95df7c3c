"""Pictures to choose from, in tiles that wrap."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPalette, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem

Index = QModelIndex | QPersistentModelIndex

CHOSEN = Qt.ItemDataRole.UserRole
"""What the tile stands for."""
FITS = Qt.ItemDataRole.UserRole + 1
"""Whether it is what the recipe has."""
PICTURE = Qt.ItemDataRole.UserRole + 2
"""A QPixmap; null or None while it is not there."""
GAP = 4
"""Around a picture."""


class Tiles(QListWidget):
    """A picture each, its title below it, and an accented frame around what is in use."""

    def __init__(self, name: str, least: int, shape: float) -> None:
        """`name` says what it is; `least` is the width of the smallest tile in pixels, `shape` height to width."""
        super().__init__()
        self._least, self._shape = least, shape
        self.setViewMode(QListWidget.ViewMode.IconMode)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setMovement(QListWidget.Movement.Static)
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        # A click leaves the keys, as space to dream, with the canvas.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setItemDelegate(_Tile(self))
        self.setAccessibleName(name)
        self.viewport().setAutoFillBackground(False)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)

    def set_shape(self, shape: float) -> None:
        """The pictures' height to their width."""
        if shape != self._shape:
            self._shape = shape
            self._share_width()

    def picture_height(self, tile_width: int) -> int:
        return round((tile_width - 2 * GAP) * self._shape)

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * self._least, self._least)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._share_width()
        super().resizeEvent(event)

    def _share_width(self) -> None:
        # As many columns as fit, sharing the whole width, whether or not the scroll bar is there.
        room = self.width() - self.verticalScrollBar().sizeHint().width() - 1
        wide = max(self._least, room // max(1, room // self._least))
        self.setGridSize(QSize(wide, self.picture_height(wide) + self.fontMetrics().height() + 2 * GAP))


class _Tile(QStyledItemDelegate):
    def __init__(self, tiles: Tiles) -> None:
        super().__init__(tiles)
        self._tiles = tiles

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return self._tiles.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tile, wide = option.rect, self._tiles.gridSize().width()
        picture = QRect(tile.left() + GAP, tile.top() + GAP, wide - 2 * GAP, self._tiles.picture_height(wide))
        fits = bool(index.data(FITS))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        _paint_picture(painter, picture, index.data(PICTURE), option.palette)
        _paint_frame(painter, QRectF(picture), option, fits=fits)
        words = QRect(tile.left() + 1, picture.bottom() + 3, wide - 2, option.fontMetrics.height())
        _paint_title(painter, words, index.data(), option, fits=fits)
        painter.restore()


def _paint_title(painter: QPainter, place: QRect, title: str, option: QStyleOptionViewItem, *, fits: bool) -> None:
    font = option.font
    font.setPointSizeF(font.pointSizeF() * 0.88)
    painter.setFont(font)
    role = QPalette.ColorRole.Text if fits else QPalette.ColorRole.PlaceholderText
    painter.setPen(option.palette.color(role))
    short = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, short)


def _paint_picture(painter: QPainter, place: QRect, pixmap: QPixmap | None, palette: QPalette) -> None:
    path = QPainterPath()
    path.addRoundedRect(QRectF(place), 4, 4)
    painter.save()
    painter.setClipPath(path)
    if pixmap is None or pixmap.isNull():
        painter.fillRect(place, palette.color(QPalette.ColorRole.Mid))
    else:
        painter.drawPixmap(place, pixmap)
    painter.restore()


def _paint_frame(painter: QPainter, place: QRectF, option: QStyleOptionViewItem, *, fits: bool) -> None:
    touched = option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus)
    if not (fits or touched):
        return
    role = QPalette.ColorRole.Highlight if fits else QPalette.ColorRole.PlaceholderText
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(option.palette.color(role), 2 if fits else 1))
    painter.drawRoundedRect(place.adjusted(-1.5, -1.5, 1.5, 1.5), 5, 5)
