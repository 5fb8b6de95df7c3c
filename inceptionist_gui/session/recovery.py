"""Work that survives a crash: a folder for each open studio, which a clean end takes away."""

import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from PySide6.QtCore import QLockFile

from inceptionist_gui.errors import UserError
from inceptionist_gui.media import Picture, Project, ProjectError, write_whole
from inceptionist_gui.media.errors import reason
from inceptionist_gui.media.project import (
    Manifest,
    PictureEntry,
    manifest_from,
    part_of,
    project_from,
    thumbnail_of,
)
from inceptionist_gui.words import _

_MANIFEST, _NOTE, _THUMBNAIL = "manifest.json", "note.json", "thumbnail.png"
_MOST_NOTE = 20_000
"""Bytes."""
_ROLES = ("photo", "result", "dreamed")


class Note(BaseModel):
    """What is told of the work before it is read."""

    model_config = ConfigDict(frozen=True)
    name: Annotated[str, Field(max_length=1000)] = ""
    time: Annotated[float, Field(ge=0.0, allow_inf_nan=False)] = 0.0
    project: Annotated[str, Field(max_length=5000)] = ""
    """The file of the project that was open; empty for none."""


class Berth:
    """Where one studio keeps its work; nobody else's as long as that studio runs."""

    def __init__(self, folder: Path, lock: QLockFile) -> None:
        self.folder = folder
        self._lock = lock
        self._written: dict[str, tuple[Picture, PictureEntry]] = {}
        """What the folder holds, by its part in the work: it need not be written again."""

    def write(self, work: Project, note: Note) -> None:
        """Keeps the work in place of what was kept before; whenever it breaks off, one of both is there whole.

        Raises UserError.
        """
        try:
            self._write(work, note)
        except OSError as error:
            raise UserError(
                _("The work cannot be kept safe from a crash ({reason})").format(reason=reason(error))
            ) from error

    def _write(self, work: Project, note: Note) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        seen = work.result or work.photo
        fresh = seen is not None and all(seen is not picture for picture, _ in self._written.values())
        pictures = {role: self._entered(role, getattr(work, role)) for role in _ROLES}
        write_whole(self.folder / _NOTE, note.model_dump_json().encode())
        write_whole(self.folder / _MANIFEST, Manifest(recipe=work.recipe, **pictures).data())
        if seen is not None and fresh:
            write_whole(self.folder / _THUMBNAIL, thumbnail_of(seen))
        self._sweep({entry.part for entry in pictures.values() if entry is not None})

    def _entered(self, role: str, picture: Picture | None) -> PictureEntry | None:
        if picture is None:
            self._written.pop(role, None)
            return None
        before = self._written.get(role)
        if before is None or before[0] is not picture:
            part = part_of(picture, role)
            if not (self.folder / part.name).is_file():
                write_whole(self.folder / part.name, part.data)
            self._written[role] = picture, PictureEntry.of(part.name, picture)
        return self._written[role][1]

    def _sweep(self, needed: set[str]) -> None:
        for path in self.folder.iterdir():
            if path.name not in needed and path.name not in (_MANIFEST, _NOTE, _THUMBNAIL):
                path.unlink(missing_ok=True)

    def read(self) -> Project:
        """Raises UserError where it is damaged or gone."""
        name = _("The work that was left behind")
        try:
            manifest = manifest_from((self.folder / _MANIFEST).read_bytes(), name)
            return project_from(manifest, lambda part: (self.folder / part).read_bytes(), name)
        except OSError as error:
            raise ProjectError(_("{name} is gone or damaged").format(name=name)) from error

    def clear(self) -> None:
        """There is nothing to be kept."""
        self._written = {}
        shutil.rmtree(self.folder, ignore_errors=True)

    def leave(self) -> None:
        """Whoever comes next may have what is kept here."""
        self._lock.unlock()


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """Work of a studio that did not come to a clean end."""

    berth: Berth
    note: Note

    @property
    def thumbnail(self) -> Path:
        """A PNG, where there is one."""
        return self.berth.folder / _THUMBNAIL


def berth_in(root: Path) -> Berth:
    """A new one. Raises UserError where none can be made."""
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            _("The work cannot be kept safe from a crash ({reason})").format(reason=reason(error))
        ) from error
    folder = root / f"{int(time.time())}-{os.urandom(4).hex()}"
    lock = _lock_of(folder)
    lock.tryLock(0)
    return Berth(folder, lock)


def left_behind(root: Path) -> Iterator[LeftBehind]:
    """The work of studios that no longer run, the newest first; each is taken, so that nobody else offers it."""
    with suppress(OSError):
        for folder in sorted((path for path in root.iterdir() if path.is_dir()), reverse=True):
            lock = _lock_of(folder)
            if lock.tryLock(0):
                note = _note_in(folder)
                if note is None:
                    lock.unlock()
                else:
                    yield LeftBehind(Berth(folder, lock), note)


def _lock_of(folder: Path) -> QLockFile:
    lock = QLockFile(f"{folder}.lock")
    # However long it stands: only that its studio is no longer running tells that it is left behind.
    lock.setStaleLockTime(0)
    return lock


def _note_in(folder: Path) -> Note | None:
    """None where there is no work, or none that can be told."""
    try:
        with (folder / _NOTE).open("rb") as file:
            note = Note.model_validate(json.loads(file.read(_MOST_NOTE)))
    except (OSError, ValueError, RecursionError, ValidationError):
        return None
    return note if (folder / _MANIFEST).is_file() else None
