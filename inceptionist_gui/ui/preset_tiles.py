"""The presets as tiles, each with a menu and keys of its own."""

from functools import cache

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QImageReader, QKeyEvent, QPixmap

from inceptionist_gui.recipe import Preset
from inceptionist_gui.shipped import resource
from inceptionist_gui.ui.tiles import Tile, Tiles
from inceptionist_gui.words import _

LEAST = 72
"""Width of the smallest tile, in pixels."""
THUMBNAIL = QSize(240, 180)
"""Enough for a tile on a screen of twice the density."""
_KEYS = (Qt.Key.Key_F2, Qt.Key.Key_Delete)


class PresetTiles(Tiles):
    """Tiles by the presets' names."""

    menu_wanted = Signal(str, QPoint)
    """Of this preset, there on the screen."""
    rename_wanted = Signal(str)
    delete_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Presets"), LEAST, THUMBNAIL.height() / THUMBNAIL.width())

    def place_of(self, key: str) -> QPoint:
        """Its lower left corner on the screen."""
        row = self.tiles.row_of(key)
        place = self.visualRect(self.at(row)) if row is not None else self.viewport().rect()
        return self.viewport().mapToGlobal(place.bottomLeft())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            name = str(self.tiles.tile(index.row()).key)
            self.menu_wanted.emit(name, self.place_of(name) if by_key else event.globalPos())

    def event(self, event: QEvent) -> bool:
        # Keys that are another's shortcut elsewhere are this list's while it has the focus.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.current()
        if current is None or event.key() not in _KEYS:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_F2:
            self.rename_wanted.emit(str(current))
        else:
            self.delete_wanted.emit(str(current))


@cache
def thumbnail(name: str) -> QPixmap:
    """A shipped preset's picture; null where it ships none."""
    reader = QImageReader(str(resource("presets", f"{name}.jpg")))
    image = reader.read()
    if image.isNull():
        return QPixmap()
    scaled = image.scaled(
        THUMBNAIL, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    return QPixmap.fromImage(scaled)


def tile_of(preset: Preset) -> Tile:
    """How a preset stands on the shelf."""
    title, tells = _(preset.title), _(preset.tells) if preset.tells else _("A look of yours")
    return Tile(preset.name, title, f"{title}: {tells}")
