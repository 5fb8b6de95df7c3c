"""Picture files read whole: upright, in sRGB, with the recipe they carry."""

import logging
import stat
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import numpy as np

from inceptionist_gui.errors import NotEnoughError, UserError
from inceptionist_gui.media import heif, png, shallow, tiff
from inceptionist_gui.media.embedding import provenance_inside
from inceptionist_gui.media.errors import UnreadablePictureError, reason, shown
from inceptionist_gui.media.formats import HEAD, HEIF, PNG, TIFF, Kind, kind_of
from inceptionist_gui.media.icc import to_srgb
from inceptionist_gui.media.limits import MOST_FILE_BYTES, MOST_KEPT_BYTES
from inceptionist_gui.media.picture import Picture, Pixels
from inceptionist_gui.media.raster import Raster, upright
from inceptionist_gui.recipe import Provenance, RecipeError
from inceptionist_gui.words import _

_TALKERS = tuple(logging.getLogger(name) for name in ("tifffile", "imagecodecs", "PIL"))

_one_at_a_time = threading.RLock()
"""What is silenced while decoding is the whole process's."""


def read_picture(path: Path) -> Picture:
    """The picture in a file. Raises UnreadablePictureError or NotEnoughError: one line that names the file."""
    with opened_file(path) as file:
        return _picture(file, shown(path.name))


def picture_from_bytes(data: bytes, name: str) -> Picture:
    """The picture in a file's bytes, as pasted or dropped. Raises as `read_picture`, naming `name`."""
    _refuse_size(len(data), shown(name))
    return _picture(BytesIO(data), shown(name))


def read_provenance(path: Path) -> Provenance:
    """How the picture in a file was made. Raises UserError when it does not say, or not in a usable way."""
    name = shown(path.name)
    with opened_file(path) as file, _quiet():
        kind = _kind(file, name)
        try:
            found = provenance_inside(file, kind, name)
        except RecipeError as error:
            raise RecipeError(shown(str(error))) from error
    if found is None:
        raise UserError(_("{name}: no recipe inside; pictures saved by Inceptionist carry one").format(name=name))
    return found


@contextmanager
def opened_file(path: Path, wanted: str = "a picture file") -> Iterator[BinaryIO]:
    """An ordinary file, not empty and not too large. Raises UnreadablePictureError, saying what is `wanted`."""
    name = shown(path.name or str(path))
    try:
        found = path.stat()
        # Before opening: a pipe would wait for somebody to write.
        _refuse_unusual(found.st_mode, name, wanted)
        _refuse_size(found.st_size, name)
        file = path.open("rb")
    except (OSError, ValueError) as error:
        raise UnreadablePictureError(
            _("{name}: {error}; {wanted} is expected").format(name=name, error=_why_not(error), wanted=wanted)
        ) from error
    with file:
        yield file


def _why_not(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return _("there is no such file")
    if isinstance(error, PermissionError):
        return _("no permission to read it")
    return reason(error)


def _refuse_unusual(mode: int, name: str, wanted: str) -> None:
    if stat.S_ISDIR(mode):
        raise UnreadablePictureError(_("{name}: a folder; {wanted} is expected").format(name=name, wanted=wanted))
    if not stat.S_ISREG(mode):
        raise UnreadablePictureError(
            _("{name}: a device or pipe; {wanted} is expected").format(name=name, wanted=wanted)
        )


def _refuse_size(size: int, name: str) -> None:
    if size == 0:
        raise UnreadablePictureError(_("{name}: an empty file; a picture is expected").format(name=name))
    if size > MOST_FILE_BYTES:
        raise UnreadablePictureError(
            _("{name}: {size:.1f} GB; files up to {most:.1f} GB can be opened").format(
                name=name, size=size / 1e9, most=MOST_FILE_BYTES / 1e9
            )
        )


def _kind(file: BinaryIO, name: str) -> Kind:
    file.seek(0)
    return kind_of(file.read(HEAD), name)


def _picture(file: BinaryIO, name: str) -> Picture:
    kind = _kind(file, name)
    with _quiet():
        try:
            raster = _raster(file, kind, name)
            return replace(_finished(raster, name, *_provenance(file, kind, name)), file=_kept(file))
        except UserError:
            raise
        except MemoryError as error:
            raise NotEnoughError(
                _(
                    "{name}: there is not enough free memory to open it; a smaller picture, or more memory, "
                    "would do"
                ).format(name=name)
            ) from error
        except Exception as error:
            # Decoders fed with damaged bytes raise nearly anything.
            raise UnreadablePictureError(
                _("{name}: damaged or cut short ({error}); a whole {title} file is expected").format(
                    name=name, error=reason(error), title=kind.title
                )
            ) from error


def _kept(file: BinaryIO) -> bytes | None:
    """All of the file, unless it is large."""
    if file.seek(0, 2) > MOST_KEPT_BYTES:
        return None
    file.seek(0)
    return file.read()


def _raster(file: BinaryIO, kind: Kind, name: str) -> Raster:
    if kind is PNG:
        return png.decoded(file, name)
    if kind is TIFF:
        return tiff.decoded(file, name)
    if kind is HEIF:
        return heif.decoded(file, name)
    return shallow.decoded(file, kind, name)


def _provenance(file: BinaryIO, kind: Kind, name: str) -> tuple[Provenance | None, tuple[str, ...]]:
    """A recipe that cannot be used is no reason to refuse the picture."""
    try:
        return provenance_inside(file, kind, name), ()
    except RecipeError as error:
        return None, (shown(str(error)),)


def _finished(raster: Raster, name: str, provenance: Provenance | None, notes: tuple[str, ...]) -> Picture:
    pixels, said = to_srgb(raster.samples, raster.profile)
    pixels, clipped = _within_range(pixels)
    alpha = None if raster.alpha is None else _within_range(raster.alpha)[0]
    if alpha is not None and bool(np.all(alpha == _opaque(alpha))):
        alpha = None
    return Picture(
        pixels=upright(pixels, raster.orientation),
        alpha=None if alpha is None else upright(alpha, raster.orientation),
        name=name,
        dpi=raster.dpi,
        provenance=provenance,
        notes=(*raster.notes, *said, *clipped, *notes),
    )


def _within_range(array: Pixels) -> tuple[Pixels, tuple[str, ...]]:
    if array.dtype != np.float32 or (array.min() >= 0.0 and array.max() <= 1.0):
        return array, ()
    return np.clip(array, 0.0, 1.0), (_("its values go beyond 0 to 1; what is outside was cut off"),)


def _opaque(alpha: Pixels) -> float:
    return 1.0 if alpha.dtype == np.float32 else float(np.iinfo(alpha.dtype).max)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps the decoders' warnings and log lines from the user: what matters becomes a line or a note."""
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        before = [logger.disabled for logger in _TALKERS]
        try:
            _disable([True] * len(before))
            yield
        finally:
            _disable(before)


def _disable(states: list[bool]) -> None:
    for logger, state in zip(_TALKERS, states, strict=True):
        logger.disabled = state
