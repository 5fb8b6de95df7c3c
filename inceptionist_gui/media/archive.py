"""Projects in one file: a zip whose first entry says what it is, as OpenDocument and Krita do it.

What is read is hostile until proven otherwise: the number of entries, their names and their sizes are judged by
the directory before anything is unpacked, and nothing is ever unpacked to disk.
"""

import struct
import zipfile
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from inceptionist_gui.errors import NotEnoughError, UserError
from inceptionist_gui.media.errors import CannotWriteError, reason, shown
from inceptionist_gui.media.limits import MOST_FILE_BYTES
from inceptionist_gui.media.project import (
    MOST_MANIFEST,
    Manifest,
    PictureEntry,
    Project,
    ProjectError,
    manifest_from,
    part_of,
    project_from,
    thumbnail_of,
)
from inceptionist_gui.media.reading import opened_file
from inceptionist_gui.media.writing import check_target, write_whole
from inceptionist_gui.words import _

PROJECT_SUFFIX = ".dream"
MIME = "application/x-inceptionist-project"

_MIME_ENTRY, _MANIFEST, _THUMBNAIL = "mimetype", "manifest.json", "thumbnail.png"
_HEAD = 30 + len(_MIME_ENTRY)
"""Bytes before the kind, which stands in the open."""
_MOST_ENTRIES = 64
_MOST_DIRECTORY = 64_000
"""Bytes."""
_MOST_RATIO = 20
"""What is packed well beforehand does not shrink much; a bomb does."""
_SMALL = 1_000_000
"""Bytes to which anything may grow."""
_END = struct.Struct("<4s4H2LH")
_LONGEST_COMMENT = 65_535
_ENCRYPTED = 0x1


def write_project(project: Project, path: Path) -> None:
    """Saves the project; it appears whole or not at all. Raises CannotWriteError and NotEnoughError."""
    check_target(path)
    try:
        data = _archived(project)
    except MemoryError as error:
        raise NotEnoughError(
            _("{path}: not enough free memory to save the project").format(path=shown(path.name))
        ) from error
    if len(data) > MOST_FILE_BYTES:
        raise CannotWriteError(
            _("{path}: {data:.1f} GB; projects up to {most:.1f} GB can be opened again").format(
                path=shown(path.name), data=len(data) / 1e9, most=MOST_FILE_BYTES / 1e9
            )
        )
    write_whole(path, data)


def read_project(path: Path) -> Project:
    """The project in a file. Raises UserError, in one line that names the file."""
    name = shown(path.name)
    with opened_file(path, _("a project")) as file:
        try:
            _check_directory(file, name)
            with zipfile.ZipFile(file) as archive:
                return _project(archive, file.seek(0, 2), name)
        except UserError:
            raise
        except MemoryError as error:
            raise NotEnoughError(
                _("{name}: there is not enough free memory to open it").format(name=name)
            ) from error
        except Exception as error:
            # zipfile fed with damaged bytes raises nearly anything.
            raise ProjectError(
                _("{name}: damaged or cut short ({error}); a whole project is expected").format(
                    name=name, error=reason(error)
                )
            ) from error


def is_project(path: Path) -> bool:
    """Whether it is to be opened as one: by its first bytes, whatever its name, else by its name."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD + len(MIME))
    except (OSError, ValueError):
        head = b""
    return head[_HEAD:] == MIME.encode() or path.suffix.lower() == PROJECT_SUFFIX


def _archived(project: Project) -> bytes:
    entries: dict[str, bytes] = {}

    def entered(role: str) -> PictureEntry | None:
        picture = getattr(project, role)
        if picture is None:
            return None
        part = part_of(picture, role)
        entries[part.name] = part.data
        return PictureEntry.of(part.name, picture)

    roles = {role: entered(role) for role in ("photo", "result", "dreamed")}
    manifest = Manifest(recipe=project.recipe, **roles)
    seen = project.result or project.photo
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED, strict_timestamps=False) as archive:
        archive.writestr(_entry(_MIME_ENTRY), MIME)
        archive.writestr(_entry(_MANIFEST), manifest.data(), zipfile.ZIP_DEFLATED)
        if seen is not None:
            archive.writestr(_entry(_THUMBNAIL), thumbnail_of(seen))
        for name, data in entries.items():
            archive.writestr(_entry(name), data)
    return content.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    """Without the time: the same work, the same bytes."""
    return zipfile.ZipInfo(name)


def _check_directory(file: BinaryIO, name: str) -> None:
    """Before zipfile reads the directory, which would take as much memory as it says. Raises ProjectError."""
    end = file.seek(0, 2)
    file.seek(max(0, end - _END.size - _LONGEST_COMMENT))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + _END.size > len(tail):
        raise ProjectError(
            _("{name}: not a project, or cut short; a file that Inceptionist saved is expected").format(name=name)
        )
    count, size = _END.unpack_from(tail, at)[4:6]
    if count > _MOST_ENTRIES or size > _MOST_DIRECTORY:
        raise ProjectError(
            _("{name}: {count} entries; a project has {most} at most").format(
                name=name, count=count, most=_MOST_ENTRIES
            )
        )


def _project(archive: zipfile.ZipFile, size: int, name: str) -> Project:
    known = _checked(archive.infolist(), size, name)

    def part(entry: str) -> bytes:
        if entry not in known:
            raise ProjectError(_("{name}: damaged; its part {entry} is missing").format(name=name, entry=entry))
        expected = known[entry].file_size
        with archive.open(known[entry]) as stream:
            # Of what would grow beyond what the directory says no more is unpacked.
            data = stream.read(expected)
        if len(data) < expected:
            raise ProjectError(_("{name}: cut short; a whole project is expected").format(name=name))
        return data

    if _MANIFEST not in known:
        raise ProjectError(_("{name}: not a project; it has no manifest").format(name=name))
    if known[_MANIFEST].file_size > MOST_MANIFEST:
        raise ProjectError(
            _("{name}: its manifest is longer than {most} MB").format(name=name, most=MOST_MANIFEST // 1_000_000)
        )
    return project_from(manifest_from(part(_MANIFEST), name), part, name)


def _checked(entries: list[zipfile.ZipInfo], size: int, name: str) -> dict[str, zipfile.ZipInfo]:
    """The entries by name. Raises ProjectError for what no project has."""
    known: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        if entry.filename in known:
            raise ProjectError(
                _("{name}: not a project; its entry {filename} is there twice").format(
                    name=name, filename=shown(entry.filename)[:80]
                )
            )
        if any(sign in entry.orig_filename for sign in "/\\\0") or entry.filename.startswith("."):
            raise ProjectError(_("{name}: not a project; it has folders in it").format(name=name))
        if entry.flag_bits & _ENCRYPTED:
            raise ProjectError(_("{name}: locked with a password; projects have none").format(name=name))
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ProjectError(_("{name}: packed in a way that projects are not").format(name=name))
        known[entry.filename] = entry
    if sum(entry.file_size for entry in entries) > _SMALL + _MOST_RATIO * size:
        raise ProjectError(
            _("{name}: not a project; it would grow to more than {most} times its size").format(
                name=name, most=_MOST_RATIO
            )
        )
    return known
