"""A state as the filmstrip shows it: its picture, its number and title, and from which state it was dreamed."""

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from inceptionist_gui.ui.filmstrip_model import BRANCH, FOLLOWS, PICTURE, SHOWN, STATE, Index
from inceptionist_gui.ui.icons import outline
from inceptionist_gui.ui.pixmaps import RADIUS, paint_picture

LEAST = 56
"""px, of a thumbnail's height."""
CAPTION = 12
"""px, beside the height of the words."""
_MOST = 240
_SHAPE = 4 / 3
"""Width to height of the room for a picture."""
_GAP = 8
"""Between two pictures."""
_CHIP = (4, 0)
"""Around the words of a mark."""
_PIN = 18
"""px"""
_SMALL = 0.88
"""Of the words' size, as of the titles of other tiles."""


class StripTile(QStyledItemDelegate):
    """Paints states, as high as the panel has room."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._height = LEAST

    def set_height(self, height: int) -> None:
        """Of a picture, in pixels."""
        self._height = max(LEAST, min(_MOST, height))

    def height_for(self, picture: int, words: int) -> int:
        """Of a tile whose picture and words are that high."""
        return picture + words + CAPTION

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(round(self._height * _SHAPE) + _GAP, self._height + option.fontMetrics.height() + CAPTION)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tile = option.rect
        room = QRectF(tile.left() + _GAP / 2, tile.top() + 4, tile.width() - _GAP, self._height)
        pixmap = index.data(PICTURE)
        place = _fitted(room, pixmap)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(FOLLOWS):
            _paint_connector(painter, room, place, option.palette)
        paint_picture(painter, place, pixmap, option.palette)
        _paint_frame(painter, place, option, shown=index.data(SHOWN))
        self._paint_marks(painter, place, option, index)
        words = QRect(tile.left() + 2, int(room.bottom()) + 4, tile.width() - 4, option.fontMetrics.height())
        _paint_title(painter, words, index.data(), option, shown=index.data(SHOWN))
        painter.restore()

    def _paint_marks(self, painter: QPainter, place: QRectF, option: QStyleOptionViewItem, index: Index) -> None:
        branch = index.data(BRANCH)
        if branch:
            _paint_chip(painter, place.topLeft() + QPointF(4, 4), branch, option)
        if index.data(STATE).pinned:
            _paint_pin(painter, place.topRight() + QPointF(-_PIN - 4, 4), option.palette)


def _fitted(room: QRectF, pixmap: QPixmap | None) -> QRectF:
    """The whole picture, in the middle of the room."""
    if pixmap is None or pixmap.isNull():
        return room
    size = pixmap.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(0, 0, max(1, size.width()), max(1, size.height()))
    place.moveCenter(room.center())
    return place


def _paint_connector(painter: QPainter, room: QRectF, place: QRectF, palette: QPalette) -> None:
    """A short line to the state before, of which this one was dreamed."""
    painter.setPen(QPen(palette.color(QPalette.ColorRole.PlaceholderText), 2))
    middle = room.center().y()
    painter.drawLine(QPointF(room.left() - _GAP / 2, middle), QPointF(place.left(), middle))


def _paint_frame(painter: QPainter, place: QRectF, option: QStyleOptionViewItem, *, shown: bool) -> None:
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    touched = bool(option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus))
    if not (shown or selected or touched):
        return
    role = QPalette.ColorRole.Highlight if shown else QPalette.ColorRole.Text
    tone = option.palette.color(role if shown or selected else QPalette.ColorRole.PlaceholderText)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(tone, 2 if shown or selected else 1))
    painter.drawRoundedRect(place.adjusted(-1.5, -1.5, 1.5, 1.5), RADIUS + 1, RADIUS + 1)


def _paint_chip(painter: QPainter, at: QPointF, text: str, option: QStyleOptionViewItem) -> None:
    across, down = _CHIP
    painter.setFont(_small(option))
    metrics = painter.fontMetrics()
    chip = QRectF(at.x(), at.y(), metrics.horizontalAdvance(text) + 2 * across, metrics.height() + 2 * down)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(option.palette.color(QPalette.ColorRole.ToolTipBase))
    painter.drawRoundedRect(chip, RADIUS, RADIUS)
    painter.setPen(option.palette.color(QPalette.ColorRole.ToolTipText))
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)


def _small(option: QStyleOptionViewItem) -> QFont:
    font = QFont(option.font)
    font.setPointSizeF(font.pointSizeF() * _SMALL)
    return font


def _paint_pin(painter: QPainter, at: QPointF, palette: QPalette) -> None:
    place = QRectF(at.x(), at.y(), _PIN, _PIN)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(QPalette.ColorRole.ToolTipBase))
    painter.drawEllipse(place)
    painter.save()
    painter.translate(place.center())
    painter.scale(_PIN * 0.7, _PIN * 0.7)
    painter.fillPath(outline("push-pin-fill"), palette.color(QPalette.ColorRole.ToolTipText))
    painter.restore()


def _paint_title(
    painter: QPainter, place: QRect, title: str, option: QStyleOptionViewItem, *, shown: bool
) -> None:
    painter.setFont(_small(option))
    role = QPalette.ColorRole.Text if shown else QPalette.ColorRole.PlaceholderText
    painter.setPen(option.palette.color(role))
    short = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, short)
