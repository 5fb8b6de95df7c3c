"""The preset shelf: looks to start from, each with its picture."""

from functools import cache

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImageReader, QPixmap, QShowEvent
from PySide6.QtWidgets import QLabel, QListWidgetItem, QVBoxLayout, QWidget

from inceptionist_gui.errors import UserError
from inceptionist_gui.recipe import Preset, Recipe, presets
from inceptionist_gui.session.session import Session
from inceptionist_gui.shipped import resource
from inceptionist_gui.ui.tiles import CHOSEN, FITS, PICTURE, Tiles
from inceptionist_gui.ui.tips import tip

LEAST = 72
"""Width of the smallest tile, in pixels."""
THUMBNAIL = QSize(240, 180)
"""Enough for a tile on a screen of twice the density."""


class PresetShelf(QWidget):
    """The shipped presets; a click applies one."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.shelf = Tiles("Presets", LEAST, THUMBNAIL.height() / THUMBNAIL.width())
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
    item.setData(CHOSEN, preset)
    item.setData(PICTURE, thumbnail(preset.name))
    item.setToolTip(tip(f"{preset.title}: {preset.tells}"))
    return item


def _preset_of(item: QListWidgetItem) -> Preset:
    preset = item.data(CHOSEN)
    assert isinstance(preset, Preset)
    return preset
