"""Pictures to choose from, in tiles that wrap."""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPalette, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from inceptionist_gui.ui.pixmaps import paint_picture, picture_tip
from inceptionist_gui.words import _

Index = QModelIndex | QPersistentModelIndex

CHOSEN = int(Qt.ItemDataRole.UserRole)
"""What the tile stands for."""
FITS = CHOSEN + 1
"""Whether it is what the recipe has."""
PICTURE = CHOSEN + 2
"""A QPixmap; None while it is not there."""
GAP = 4
"""Around a picture."""
MOST_PICTURES = 600
"""That are kept; of more, those that came first are let go, and may be asked for again."""
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(slots=True)
class Tile:
    """What stands in one place."""

    key: Hashable
    """What it stands for."""
    title: str
    tells: str
    """One sentence."""
    term: str = ""
    name: str = ""
    """What a reader that cannot see it is told; the title, if nothing else."""


class TileModel(QAbstractListModel):
    """Tiles in their order, and their pictures as these arrive."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tiles: list[Tile] = []
        self._rows: dict[Hashable, int] = {}
        self._pictures: dict[Hashable, QPixmap] = {}
        self._fitting: frozenset[Hashable] = frozenset()

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """In place of those before; pictures of what is still there stay."""
        self.beginResetModel()
        self._tiles = list(tiles)
        self._rows = {tile.key: row for row, tile in enumerate(self._tiles)}
        self._pictures = {key: picture for key, picture in self._pictures.items() if key in self._rows}
        self.endResetModel()

    def forget_pictures(self) -> None:
        self._pictures.clear()
        self._tell(0, len(self._tiles) - 1)

    def show_picture(self, key: Hashable, picture: QPixmap) -> None:
        """A key that is not there is passed over."""
        row = self._rows.get(key)
        if row is None:
            return
        self._pictures.pop(key, None)
        self._pictures[key] = picture
        if len(self._pictures) > MOST_PICTURES:
            del self._pictures[next(iter(self._pictures))]
        self._tell(row, row)

    def mark(self, keys: Collection[Hashable]) -> None:
        """These are what the recipe has."""
        before, self._fitting = self._fitting, frozenset(keys)
        for key in before ^ self._fitting:
            if key in self._rows:
                self._tell(self._rows[key], self._rows[key])

    def is_marked(self, key: Hashable) -> bool:
        return key in self._fitting

    def tile(self, row: int) -> Tile:
        return self._tiles[row]

    def row_of(self, key: Hashable) -> int | None:
        return self._rows.get(key)

    def picture_of(self, key: Hashable) -> QPixmap | None:
        return self._pictures.get(key)

    @property
    def complete(self) -> bool:
        """Every tile has its picture."""
        return len(self._pictures) == len(self._tiles)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  As Qt has it.
        return 0 if parent.isValid() else len(self._tiles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        tile = self._tiles[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return tile.title
            case Qt.ItemDataRole.ToolTipRole:
                return picture_tip(self._pictures.get(tile.key), tile.tells, tile.term)
            case Qt.ItemDataRole.AccessibleTextRole:
                name = tile.name or tile.title
                return _("{name}, in use").format(name=name) if tile.key in self._fitting else name
        own = {CHOSEN: tile.key, FITS: tile.key in self._fitting, PICTURE: self._pictures.get(tile.key)}
        return own.get(role)

    def _tell(self, first: int, last: int) -> None:
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first), self.index(last))


class Tiles(QListView):
    """A picture each, its title below it, and an accented frame around what is in use."""

    chosen = Signal(object)
    """By a click: what the tile stands for."""
    mixed = Signal(object)
    """By a click with Ctrl."""
    entered = Signal(object)
    """By a key: Enter, and the space bar where `takes_space`."""
    takes_space = False

    def __init__(self, name: str, least: int, shape: float) -> None:
        """`name` says what it is; `least` is the width of the smallest tile in pixels, `shape` height to width."""
        super().__init__()
        self._least, self._shape = least, shape
        self._mixes = False
        """The last press was with Ctrl."""
        self.tiles = TileModel(self)
        self.setModel(self.tiles)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        # A click leaves the keys, as space to dream, with the canvas.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(name)
        self.viewport().setAutoFillBackground(False)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(lambda index: (self.mixed if self._mixes else self.chosen).emit(index.data(CHOSEN)))

    def count(self) -> int:
        return self.tiles.rowCount()

    def at(self, row: int) -> QModelIndex:
        return self.tiles.index(row)

    def current(self) -> Hashable | None:
        """What the keys are at."""
        index = self.currentIndex()
        return self.tiles.tile(index.row()).key if index.isValid() else None

    def make_current(self, key: Hashable | None) -> None:
        row = None if key is None else self.tiles.row_of(key)
        self.setCurrentIndex(QModelIndex() if row is None else self.at(row))

    def show_tile(self, key: Hashable) -> None:
        """Scrolls to it."""
        row = self.tiles.row_of(key)
        if row is not None:
            self.scrollTo(self.at(row))

    def in_sight(self) -> range:
        """The rows of which something is to be seen, and perhaps a few next to them."""
        tile, seen = self.gridSize(), self.viewport().rect()
        columns = max(1, seen.width() // max(1, tile.width()))
        above = self.verticalScrollBar().value()
        first, last = above // max(1, tile.height()), (above + seen.height()) // max(1, tile.height())
        return range(min(self.count(), first * columns), min(self.count(), (last + 1) * columns))

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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._mixes = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        enters = event.key() in ENTER or (event.key() == Qt.Key.Key_Space and self.takes_space)
        if enters and current.isValid():
            self.entered.emit(current.data(CHOSEN))
        elif event.key() == Qt.Key.Key_Space or enters:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _share_width(self) -> None:
        # As many columns as fit, sharing the whole width, whether or not the scroll bar is there.
        room = self.width() - self.verticalScrollBar().sizeHint().width() - 1
        wide = max(self._least, room // max(1, room // self._least))
        self.setGridSize(QSize(wide, self.picture_height(wide) + self.fontMetrics().height() + 2 * GAP))


class _Painter(QStyledItemDelegate):
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
        paint_picture(painter, QRectF(picture), index.data(PICTURE), option.palette)
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


def _paint_frame(painter: QPainter, place: QRectF, option: QStyleOptionViewItem, *, fits: bool) -> None:
    touched = option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus)
    if not (fits or touched):
        return
    role = QPalette.ColorRole.Highlight if fits else QPalette.ColorRole.PlaceholderText
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(option.palette.color(role), 2 if fits else 1))
    painter.drawRoundedRect(place.adjusted(-1.5, -1.5, 1.5, 1.5), 5, 5)
