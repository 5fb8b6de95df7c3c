"""How a row of the layer tree looks."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from inceptionist_gui.ui.pixmaps import paint_picture

Index = QModelIndex | QPersistentModelIndex

LAYER = Qt.ItemDataRole.UserRole
"""The item's Layer."""
MARK = Qt.ItemDataRole.UserRole + 1
"""Whether the layer is among the goals, as a Qt.CheckState; partially when one of its neurons or layers is."""
PICTURE = Qt.ItemDataRole.UserRole + 2
"""Of a stage, the photo as it dreams it, a QPixmap; None while it is not there."""
ROW = 24
THUMB = QSize(33, 22)
LEAST_NAME = 4
"""Characters of a layer's name, with the ellipsis, for which it is worth a place."""
BOX = 12
"""Side of the tick box, in pixels."""


class LayerPainter(QStyledItemDelegate):
    """Paints a tick box, a stage's picture, what the layer brings out, and its name quietly at the right."""

    def __init__(self, tree: QTreeView) -> None:
        super().__init__(tree)
        self.pictured = False
        """The stages have pictures, or will have."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        least = THUMB.height() + 5 if self._pictured(index) else ROW
        return QSize(super().sizeHint(option, index).width(), max(least, option.fontMetrics.height() + 6))

    def _pictured(self, index: Index) -> bool:
        """A stage is pictured, what lies within it is not."""
        return self.pictured and not index.parent().isValid()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = option.rect.center().y() + 1
        box = QRectF(option.rect.left() + 2.5, middle - BOX / 2 - 0.5, BOX, BOX)
        _paint_box(painter, box, index.data(MARK), option.palette)
        words = option.rect.adjusted(BOX + 10, 0, -8, 0)
        if self._pictured(index):
            top = middle - THUMB.height() // 2 - 1
            place = QRectF(QRect(words.left(), top, THUMB.width(), THUMB.height()))
            paint_picture(painter, place, index.data(PICTURE), option.palette)
            words.setLeft(words.left() + THUMB.width() + 8)
        _paint_words(painter, words, index, option)
        painter.restore()


def _paint_box(painter: QPainter, box: QRectF, mark: Qt.CheckState, palette: QPalette) -> None:
    accent = palette.color(QPalette.ColorRole.Highlight)
    outline = QColor(palette.color(QPalette.ColorRole.PlaceholderText))
    outline.setAlphaF(0.5)
    ticked = mark == Qt.CheckState.Checked
    painter.setPen(QPen(outline if mark == Qt.CheckState.Unchecked else accent, 1))
    painter.setBrush(accent if ticked else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 3, 3)
    if ticked:
        painter.setPen(QPen(palette.color(QPalette.ColorRole.HighlightedText), 1.6))
        left, top = box.left(), box.top()
        painter.drawPolyline([QPointF(left + x, top + y) for x, y in ((3, 6.2), (5.2, 8.6), (9.2, 3.6))])
    elif mark == Qt.CheckState.PartiallyChecked:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawEllipse(box.center(), 2, 2)


def _paint_words(painter: QPainter, rect: QRect, index: Index, option: QStyleOptionViewItem) -> None:
    metrics, palette = option.fontMetrics, option.palette
    tells, name = index.data(), index.data(LAYER).name
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, tells)
    rest = rect.adjusted(metrics.horizontalAdvance(tells) + 12, 0, 0, 0)
    painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
    short = metrics.elidedText(name, Qt.TextElideMode.ElideLeft, rest.width())
    if len(short) < min(len(name), LEAST_NAME):
        # An ellipsis alone tells nothing; the tooltip has the name.
        return
    painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, short)
