"""The preset shelf: looks to start from, each with its picture."""

from functools import cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QImageReader,
    QPainter,
    QPainterPath,
    QPalette,
    QPen,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from inceptionist_gui.errors import UserError
from inceptionist_gui.recipe import Preset, Recipe, presets
from inceptionist_gui.session.session import Session
from inceptionist_gui.shipped import resource
from inceptionist_gui.ui.tips import tip

Index = QModelIndex | QPersistentModelIndex

PRESET = Qt.ItemDataRole.UserRole
"""The item's Preset."""
FITS = Qt.ItemDataRole.UserRole + 1
"""Whether the recipe has exactly this look."""
LEAST = 72
"""Width of the smallest tile, in pixels."""
GAP = 4
"""Around a picture."""
THUMBNAIL = QSize(240, 180)
"""Enough for a tile on a screen of twice the density."""


class PresetShelf(QWidget):
    """The shipped presets; a click applies one."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.shelf = _Shelf()
        self.nothing = QLabel()
        self.nothing.setProperty("role", "quiet")
        self.nothing.setWordWrap(True)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(8, 4, 8, 8)
        lines.addWidget(self.nothing)
        lines.addWidget(self.shelf, stretch=1)
        lines.addStretch(0)
        self._fill()
        # Some styles activate with a click, too; a preset that already fits changes nothing.
        self.shelf.itemClicked.connect(self._apply)
        self.shelf.itemActivated.connect(self._apply)
        session.recipe_changed.connect(self._show)
        self._show(session.recipe)

    def _fill(self) -> None:
        try:
            found, line = presets(), "There are no presets yet"
        except UserError as error:
            found, line = (), f"The presets cannot be read: {error}"
        for preset in found:
            self.shelf.addItem(_item(preset))
        self.nothing.setText(line)
        self.nothing.setVisible(not found)
        self.shelf.setVisible(bool(found))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        for row in range(self.shelf.count()):
            if self.shelf.item(row).data(FITS):
                self.shelf.scrollToItem(self.shelf.item(row))

    def _apply(self, item: QListWidgetItem) -> None:
        self._session.apply_preset(_preset_of(item))

    def _show(self, recipe: Recipe) -> None:
        for row in range(self.shelf.count()):
            item = self.shelf.item(row)
            fits = _preset_of(item).fits(recipe)
            newly = fits and not item.data(FITS)
            item.setData(FITS, fits)
            if newly:
                self.shelf.scrollToItem(item)
            title = _preset_of(item).title
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, in use" if fits else title)


class _Shelf(QListWidget):
    """Tiles that wrap."""

    def __init__(self) -> None:
        super().__init__()
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
        self.setAccessibleName("Presets")
        self.viewport().setAutoFillBackground(False)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * LEAST, LEAST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # As many columns as fit, sharing the whole width, whether or not the scroll bar is there.
        room = self.width() - self.verticalScrollBar().sizeHint().width() - 1
        wide = max(LEAST, room // max(1, room // LEAST))
        self.setGridSize(QSize(wide, picture_height(wide) + self.fontMetrics().height() + 2 * GAP))
        super().resizeEvent(event)


class _Tile(QStyledItemDelegate):
    """A picture, its title below it, and an accented frame around the one in use."""

    def __init__(self, shelf: _Shelf) -> None:
        super().__init__(shelf)
        self._shelf = shelf

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return self._shelf.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        preset: Preset = index.data(PRESET)
        tile, wide = option.rect, self._shelf.gridSize().width()
        picture = QRect(tile.left() + GAP, tile.top() + GAP, wide - 2 * GAP, picture_height(wide))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        _paint_picture(painter, picture, preset, option.palette)
        _paint_frame(painter, QRectF(picture), option, fits=bool(index.data(FITS)))
        words = QRect(tile.left() + 1, picture.bottom() + 3, wide - 2, option.fontMetrics.height())
        _paint_title(painter, words, preset.title, option, fits=bool(index.data(FITS)))
        painter.restore()


def picture_height(tile_width: int) -> int:
    return (tile_width - 2 * GAP) * THUMBNAIL.height() // THUMBNAIL.width()


def _paint_title(painter: QPainter, place: QRect, title: str, option: QStyleOptionViewItem, *, fits: bool) -> None:
    font = option.font
    font.setPointSizeF(font.pointSizeF() * 0.88)
    painter.setFont(font)
    role = QPalette.ColorRole.Text if fits else QPalette.ColorRole.PlaceholderText
    painter.setPen(option.palette.color(role))
    short = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, short)


def _paint_picture(painter: QPainter, place: QRect, preset: Preset, palette: QPalette) -> None:
    path = QPainterPath()
    path.addRoundedRect(QRectF(place), 4, 4)
    painter.save()
    painter.setClipPath(path)
    pixmap = thumbnail(preset.name)
    if pixmap.isNull():
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


@cache
def thumbnail(name: str) -> QPixmap:
    """The preset's picture, cut to a tile's proportions; null where it ships none."""
    reader = QImageReader(str(resource("presets", f"{name}.jpg")))
    image = reader.read()
    if image.isNull():
        return QPixmap()
    wanted = THUMBNAIL
    scaled = image.scaled(
        wanted, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    left, top = (scaled.width() - wanted.width()) // 2, (scaled.height() - wanted.height()) // 2
    return QPixmap.fromImage(scaled.copy(left, top, wanted.width(), wanted.height()))


def _item(preset: Preset) -> QListWidgetItem:
    item = QListWidgetItem(preset.title)
    item.setData(PRESET, preset)
    item.setToolTip(tip(f"{preset.title}: {preset.tells}"))
    return item


def _preset_of(item: QListWidgetItem) -> Preset:
    preset = item.data(PRESET)
    assert isinstance(preset, Preset)
    return preset
