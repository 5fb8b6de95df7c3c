"""The preset shelf: looks to start from, each with its picture, and what an artist does with looks."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QHideEvent,
    QPixmap,
    QShowEvent,
)
from PySide6.QtWidgets import QFileDialog, QLabel, QMenu, QVBoxLayout, QWidget

from inceptionist_gui.errors import UserError
from inceptionist_gui.media import Picture
from inceptionist_gui.recipe import Preset, Recipe
from inceptionist_gui.recipe.presets import LONGEST_TITLE
from inceptionist_gui.render.sheets import PresetTile
from inceptionist_gui.session.preset_library import READABLE, SHARED, PresetLibrary
from inceptionist_gui.session.previews import Previews
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import Message, Tone
from inceptionist_gui.ui.drop_hint import DropHint
from inceptionist_gui.ui.incoming import local_files
from inceptionist_gui.ui.naming_popup import NamingPopup
from inceptionist_gui.ui.pixmaps import pixmap_of
from inceptionist_gui.ui.preset_head import PresetHead
from inceptionist_gui.ui.preset_mixer import PresetMixer
from inceptionist_gui.ui.preset_tiles import PresetTiles, thumbnail, tile_of
from inceptionist_gui.words import _


class PresetShelf(QWidget):
    """The presets; a click applies one. They can be saved, mixed, varied and passed on.

    Where there are previews, each shows what it makes of the photo that is open. `ask_file` and `ask_target`
    put up a dialog; tests answer in their place.
    """

    def __init__(
        self,
        session: Session,
        previews: Previews | None = None,
        library: PresetLibrary | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._previews = previews
        self.library = library or PresetLibrary(self)
        self._presets: dict[str, Preset] = {}
        self.shelf = PresetTiles()
        self.nothing = QLabel()
        self.nothing.setProperty("role", "quiet")
        self.nothing.setWordWrap(True)
        self.head = PresetHead(session.looks)
        """The verbs, in a row that may stand beside a heading."""
        self.mixer = PresetMixer(session)
        self.hint = DropHint(self)
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self._fill()

    def _lay_out(self) -> None:
        self.mixer.hide()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(8, 4, 8, 8)
        lines.setSpacing(4)
        lines.addWidget(self.head)
        lines.addWidget(self.mixer)
        lines.addWidget(self.nothing)
        lines.addWidget(self.shelf, stretch=1)
        lines.addStretch(0)

    def _connect(self) -> None:
        session, library = self._session, self.library
        self.shelf.chosen.connect(self._apply)
        self.shelf.mixed.connect(self._apply)
        self.shelf.entered.connect(self._apply)
        self.shelf.menu_wanted.connect(lambda name, place: self.menu_of(name).popup(place))
        self.shelf.rename_wanted.connect(self._rename)
        self.shelf.delete_wanted.connect(self._delete)
        self.head.save.clicked.connect(lambda: self.ask_title())
        self.head.vary.clicked.connect(lambda: session.looks.vary())
        self.head.mix.toggled.connect(self._show_mixer)
        self.head.adding_wanted.connect(self._pick_file)
        session.recipe_changed.connect(self._show)
        session.looks.locks_changed.connect(self._on_locks)
        library.changed.connect(self._fill)
        library.failed.connect(self._complain)
        if self._previews is not None:
            self._previews.presets_begun.connect(self._show_usual_pictures)
            self._previews.dressed.connect(self._show_dressed)
            self._previews.remaining_changed.connect(self.head.show_remaining)

    # What is shown

    def _fill(self) -> None:
        try:
            found, line = self.library.every(), _("There are no presets yet")
        except UserError as error:
            found, line = (), _("The presets cannot be read: {fault}").format(fault=error)
        self._presets = {preset.name: preset for preset in found}
        self.shelf.tiles.show_tiles([tile_of(preset) for preset in found])
        for preset in found:
            if self.shelf.tiles.picture_of(preset.name) is None:
                self._show_usual_picture(preset.name)
        self.nothing.setText("\n".join((*(() if found else (line,)), *self.library.faults)))
        self.nothing.setVisible(bool(self.nothing.text()))
        self.shelf.setVisible(bool(found))
        if self.mixer.isVisible():
            self.mixer.offer(found)
        self._want_previews()
        self._show(self._session.recipe)

    def _show(self, recipe: Recipe) -> None:
        fitting = [name for name, preset in self._presets.items() if self._fits(preset, recipe)]
        newly = [name for name in fitting if not self.shelf.tiles.is_marked(name)]
        self.shelf.tiles.mark(fitting)
        for name in newly:
            self.shelf.show_tile(name)

    def _fits(self, preset: Preset, recipe: Recipe) -> bool:
        # Most differ in the first thing that is compared.
        return preset.network == recipe.network and self._session.looks.fits(preset)

    def _show_usual_pictures(self) -> None:
        for name in self._presets:
            self._show_usual_picture(name)

    def _show_usual_picture(self, name: str) -> None:
        own = self.library.picture_file(name)
        picture = QPixmap(str(own)) if own is not None else thumbnail(name)
        if not picture.isNull():
            self.shelf.tiles.show_picture(name, picture)

    def _show_dressed(self, tile: PresetTile) -> None:
        self.shelf.tiles.show_picture(tile.name, pixmap_of(tile.pixels))
        self.library.keep_picture(tile.name, Picture(tile.pixels))

    def _on_locks(self) -> None:
        self._show(self._session.recipe)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._want_previews()
        for name in self._presets:
            if self.shelf.tiles.is_marked(name):
                self.shelf.show_tile(name)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._want_previews()

    def _want_previews(self) -> None:
        if self._previews is not None:
            self._previews.want_presets(tuple(self._presets.values()) if self.isVisible() else None)

    def _show_mixer(self, shown: bool) -> None:
        if shown:
            self.mixer.offer(tuple(self._presets.values()))
        self.mixer.setVisible(shown)

    # By hand

    def _apply(self, name: str) -> None:
        self._session.looks.apply(self._presets[name])

    def ask_title(self, name: str = "") -> NamingPopup:
        """Asks what to call this look, or how to call a preset from now on."""
        title, known = (_("Rename the preset"), self._presets[name].title) if name else (_("Save as preset"), "")
        popup = NamingPopup(title, known, LONGEST_TITLE, self)
        popup.named.connect(lambda text: self.library.rename(name, text) if name else self._save(text))
        button = self.head.save
        below = button.mapToGlobal(button.rect().bottomLeft())
        popup.open_at(self.shelf.place_of(name) if name else below)
        return popup

    def _save(self, title: str) -> None:
        preset = self.library.save(title, self._session.recipe, self._picture())
        if preset is not None:
            self.shelf.show_tile(preset.name)
            self._say(_("Saved the preset {title}").format(title=preset.title))

    def _picture(self) -> Picture | None:
        """What was made with the look as it is now."""
        result = self._session.result
        made = result.provenance if result is not None else None
        return result if made is not None and made.recipe == self._session.recipe else None

    def _rename(self, name: str) -> None:
        if self.library.is_own(name):
            self.ask_title(name)

    def _delete(self, name: str) -> None:
        if self.library.is_own(name):
            self._session.undo_stack.push(self.library.removal(name))

    def share(self, name: str) -> None:
        """Writes one as a file that another studio takes in."""
        path = self.ask_target(self._presets[name].title)
        if path is not None and self.library.share(self._presets[name], path):
            self._say(_("Saved {name}").format(name=path.name))

    def take_in(self, path: Path) -> None:
        """Keeps the preset of a file."""
        preset = self.library.take_in(path)
        if preset is not None:
            self.shelf.show_tile(preset.name)
            self._say(_("Added the preset {title}").format(title=preset.title))

    def ask_file(self) -> Path | None:
        every = " ".join(f"*{suffix}" for suffix in READABLE)
        kinds = _("Presets ({every});;All files (*)").format(every=every)
        name, _kind = QFileDialog.getOpenFileName(self, _("Add a preset"), "", kinds)
        return Path(name) if name else None

    def ask_target(self, title: str) -> Path | None:
        kinds = _("Presets ({every})").format(every=f"*{SHARED}")
        name, _kind = QFileDialog.getSaveFileName(self, _("Share a preset"), f"{title}{SHARED}", kinds)
        return Path(name).with_suffix(SHARED) if name else None

    def mix_between(self, first: Preset | None, second: Preset | None) -> None:
        """Opens the slider between two looks; None leaves an end as it is."""
        self.head.mix.setChecked(True)
        self.mixer.set_ends(first, second)

    def mix_recipes(self, recipes: Sequence[tuple[str, Recipe]]) -> None:
        """Opens the slider towards the last, from the first or, where it is alone, from how it is now.

        Each comes with its title.
        """
        ends = [Preset.of(recipe, f"state {place}", title) for place, (title, recipe) in enumerate(recipes)]
        now = Preset.of(self._session.recipe, "", _("As it is now"))
        self.mix_between(ends[0] if len(ends) > 1 else now, ends[-1])

    # Menus

    def _pick_file(self) -> None:
        path = self.ask_file()
        if path is not None:
            self.take_in(path)

    def menu_of(self, name: str) -> QMenu:
        """What may be done to a preset."""
        menu, preset, own = QMenu(self), self._presets[name], self.library.is_own(name)
        menu.aboutToHide.connect(menu.deleteLater)
        _entry(menu, _("&Apply"), lambda: self._apply(name))
        _entry(menu, _("Mix &from This"), lambda: self.mix_between(preset, None))
        _entry(menu, _("Mix &towards This"), lambda: self.mix_between(None, preset))
        menu.addSeparator()
        _entry(menu, _("&Share as a File…"), lambda: self.share(name))
        if own:
            _entry(menu, _("&Rename…"), lambda: self.ask_title(name), "F2")
            _entry(menu, _("&Delete"), lambda: self._delete(name), "Del")
        return menu

    # Drops

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not preset_files(event.mimeData()):
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.hint.show_text(_("Drop it here to keep the preset"))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.hint.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.hint.hide()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.take_dropped(event.mimeData())

    def take_dropped(self, mime: QMimeData) -> bool:
        """Keeps the presets in it; False where there are none."""
        paths = preset_files(mime)
        for path in paths:
            self.take_in(path)
        return bool(paths)

    def _say(self, line: str) -> None:
        self._session.said.emit(Message(line))

    def _complain(self, line: str) -> None:
        self._session.said.emit(Message(line, Tone.ERROR))


def preset_files(mime: QMimeData) -> list[Path]:
    """The files of this machine that may be presets."""
    return [path for path in local_files(mime) if path.suffix.lower() in READABLE]


def _entry(menu: QMenu, text: str, verb: Callable[[], object], keys: str = "") -> QAction:
    action = menu.addAction(f"{text}\t{keys}" if keys else text)
    action.triggered.connect(lambda: verb())
    return action
