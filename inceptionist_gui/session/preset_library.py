"""The presets there are: those shipped, and the user's own, which lie as files in a folder."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand

from inceptionist_gui.errors import UserError
from inceptionist_gui.media import Picture, as_uint8, encoded, format_named, write_whole
from inceptionist_gui.places import data_folder
from inceptionist_gui.recipe import Preset, Recipe, preset_from_text, preset_text, presets
from inceptionist_gui.recipe.presets import LONGEST_TITLE
from inceptionist_gui.words import _

SHARED = ".dreampreset"
"""The suffix of a preset that is passed on."""
READABLE = (SHARED, ".json")
_FOLDER = "presets"
_THUMBNAIL = (240, 180)
"""px; a preset's picture is at most so large."""
_MOST_BYTES = 4_000_000
"""Of a file that may be a preset."""


class PresetLibrary(QObject):
    """Presets by name. The user's own are saved, renamed, removed and passed on; a damaged file is left out."""

    changed = Signal()
    failed = Signal(str)
    """One line."""

    def __init__(self, parent: QObject | None = None, folder: Path | None = None) -> None:
        """Without a folder, that of the user's data."""
        super().__init__(parent)
        self._folder = folder or data_folder() / _FOLDER
        self._own: dict[str, Preset] | None = None
        self.faults: list[str] = []
        """What was wrong with files that were left out, one line each."""

    def every(self) -> tuple[Preset, ...]:
        """The user's own, in the order of their titles, then the shipped ones. Raises UserError."""
        own = sorted(self._owned().values(), key=lambda preset: preset.title.casefold())
        return (*own, *presets())

    def is_own(self, name: str) -> bool:
        return name in self._owned()

    def picture_file(self, name: str) -> Path | None:
        """Where the picture of one of the user's own lies, if it has one."""
        path = self._folder / f"{name}.png"
        return path if self.is_own(name) and path.is_file() else None

    def save(self, title: str, recipe: Recipe, picture: Picture | None = None) -> Preset | None:
        """Keeps the recipe's look under this title; the picture shows it. None where it failed, which is told."""
        preset = Preset.of(recipe, "", title).without_masks()
        return self._add(preset, picture)

    def keep_picture(self, name: str, picture: Picture) -> None:
        """Shows one of the user's own from now on, if nothing does yet."""
        if self.is_own(name) and self.picture_file(name) is None:
            self._try(lambda: self._write_picture(name, picture))

    def rename(self, name: str, title: str) -> None:
        """Only its title: files and recipes know it by its name."""
        preset, title = self._owned()[name], self._free_title(title, but=name)
        renamed = preset.model_copy(update={"title": title})
        if title != preset.title and self._try(lambda: self._write(renamed)):
            self._owned()[name] = renamed
            self.changed.emit()

    def removal(self, name: str) -> QUndoCommand:
        """The command that removes one of the user's own, and brings it back."""
        return _Remove(self, self._owned()[name])

    def share(self, preset: Preset, path: Path) -> bool:
        """Writes a file that another studio can take in; False where it failed, which is told."""
        return self._try(lambda: write_whole(path, preset_text(preset.without_masks()).encode()))

    def take_in(self, path: Path) -> Preset | None:
        """Keeps the preset of a file; None where it is none, which is told."""
        found: list[Preset] = []
        if not self._try(lambda: found.append(_read(path))):
            return None
        return self._add(found[0].without_masks(), None)

    def _add(self, preset: Preset, picture: Picture | None) -> Preset | None:
        title = self._free_title(preset.title)
        added = preset.model_copy(update={"title": title, "name": self._free_name(title)})

        def write() -> None:
            self._write(added)
            if picture is not None:
                self._write_picture(added.name, picture)

        if not self._try(write):
            return None
        self._owned()[added.name] = added
        self.changed.emit()
        return added

    def put_back(self, preset: Preset, picture: bytes | None) -> None:
        """As it was before `discard`."""

        def write() -> None:
            self._write(preset)
            if picture is not None:
                write_whole(self._folder / f"{preset.name}.png", picture)

        if self._try(write):
            self._owned()[preset.name] = preset
            self.changed.emit()

    def discard(self, preset: Preset) -> bytes | None:
        """Removes it; its picture."""
        path = self.picture_file(preset.name)
        picture = path.read_bytes() if path else None
        if self._try(lambda: self._unlink(preset.name)):
            self._owned().pop(preset.name, None)
            self.changed.emit()
        return picture

    # Files

    def _owned(self) -> dict[str, Preset]:
        if self._own is None:
            self._own = {}
            for path in sorted(self._folder.glob("*.json")):
                self._load(path)
        return self._own

    def _load(self, path: Path) -> None:
        assert self._own is not None
        try:
            preset = _read(path)
        except (OSError, UserError) as error:
            self.faults.append(str(error))
            return
        # What the file is called counts: two of one name would be one.
        self._own[path.stem] = preset.model_copy(update={"name": path.stem})

    def _write(self, preset: Preset) -> None:
        # They may show the user's pictures, which are nobody else's business.
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(self._folder / f"{preset.name}.json", preset_text(preset).encode())

    def _write_picture(self, name: str, picture: Picture) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        image = Image.fromarray(as_uint8(picture.pixels))
        image.thumbnail(_THUMBNAIL, Image.Resampling.LANCZOS, reducing_gap=3.0)
        data = encoded(Picture(np.asarray(image)), format_named("png"), depth=8)
        write_whole(self._folder / f"{name}.png", data)

    def _unlink(self, name: str) -> None:
        for suffix in (".json", ".png"):
            (self._folder / f"{name}{suffix}").unlink(missing_ok=True)

    def _try(self, work: Callable[[], object]) -> bool:
        try:
            work()
        except UserError as error:
            self.failed.emit(str(error))
        except OSError as error:
            self.failed.emit(_("{file}: {fault}").format(file=error.filename, fault=error.strerror))
        else:
            return True
        return False

    # Names

    def _free_title(self, title: str, but: str = "") -> str:
        """The title, with a number behind it if another preset has it."""
        wanted = " ".join(title.split())[:LONGEST_TITLE] or _("Untitled")
        taken = {preset.title.casefold() for preset in self.every() if preset.name != but}
        return _free(wanted, " ", taken)

    def _free_name(self, title: str) -> str:
        # Not the title alone: a file may not be called con or nul everywhere.
        plain = f"my-{'-'.join(re.findall(r'[a-z0-9]+', title.casefold()))[:40] or 'preset'}"
        return _free(plain, "-", {preset.name for preset in self.every()})


class _Remove(QUndoCommand):
    def __init__(self, library: PresetLibrary, preset: Preset) -> None:
        super().__init__(_("Delete the preset {title}").format(title=preset.title))
        self._library = library
        self._preset = preset
        self._picture: bytes | None = None

    def redo(self) -> None:
        self._picture = self._library.discard(self._preset)

    def undo(self) -> None:
        self._library.put_back(self._preset, self._picture)


def _free(wanted: str, joint: str, taken: set[str]) -> str:
    number, free = 1, wanted
    while free.casefold() in taken:
        number += 1
        free = f"{wanted}{joint}{number}"
    return free


def _read(path: Path) -> Preset:
    """Raises UserError or OSError."""
    if path.stat().st_size > _MOST_BYTES:
        raise UserError(_("{name}: too large to be a preset").format(name=path.name))
    return preset_from_text(path.read_bytes(), path.name)
