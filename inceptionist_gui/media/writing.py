"""Files written whole or not at all."""

import errno
import os
import stat
from pathlib import Path

from inceptionist_gui.errors import NotEnoughError
from inceptionist_gui.media.encoding import DPI, QUALITY, encoded
from inceptionist_gui.media.errors import CannotWriteError, reason, shown
from inceptionist_gui.media.formats import format_for
from inceptionist_gui.media.picture import Picture
from inceptionist_gui.words import _

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_NEW_FILE = 0o666
"""Less what the user's umask takes away."""
_ENCODING_BYTES = 24
"""Per pixel: three copies at 16 bits with alpha."""


def write_picture(
    picture: Picture, path: Path, *, depth: int = 8, quality: int = QUALITY, dpi: float = DPI
) -> None:
    """Saves the picture in the format that the path's suffix names, with sRGB profile, dpi and recipe.

    The file appears whole or not at all; until then an older one of that name stays. JPEG holds no
    alpha: the picture is laid on white. Raises CannotWriteError, and NotEnoughError when disk or
    memory is full.
    """
    form = format_for(path)
    check_target(path)
    try:
        data = encoded(picture, form, depth=depth, quality=quality, dpi=dpi)
    except CannotWriteError as error:
        raise CannotWriteError(f"{shown(path.name)}: {error}") from error
    except MemoryError as error:
        needed = picture.width * picture.height * _ENCODING_BYTES
        raise NotEnoughError(
            _("{path}: not enough free memory to save it; {needed} would do").format(
                path=shown(path.name), needed=_amount(needed)
            )
        ) from error
    write_whole(path, data)


def write_whole(path: Path, data: bytes) -> None:
    """Any file's bytes, written beside it and then put in its place; a link's target is replaced.

    Raises CannotWriteError, and NotEnoughError when the disk is full.
    """
    check_target(path)
    target = path.resolve()
    draft = target.with_name(f".inceptionist-{os.urandom(8).hex()}.part")
    try:
        _write_draft(draft, data, _mode_of(target))
        draft.replace(target)
    except BaseException as error:
        draft.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _told(error, path, len(data)) from error
        raise


def check_target(path: Path) -> None:
    """Raises CannotWriteError where no file can be put; cheap, so to be asked before long work."""
    name = shown(path.name)
    try:
        target = path.resolve()
        mode = _mode_of(target)
        if not target.parent.is_dir():
            raise CannotWriteError(
                _("{name}: there is no folder {parent}; make it first").format(
                    name=name, parent=shown(str(target.parent))
                )
            )
    except (OSError, ValueError, RuntimeError) as error:
        raise CannotWriteError(
            _("{name}: cannot be saved here ({error}); another name would do").format(
                name=name, error=reason(error)
            )
        ) from error
    if mode is not None and not stat.S_ISREG(mode):
        raise CannotWriteError(_("{name}: a folder or device; the name of a file is expected").format(name=name))
    if not os.access(target if mode is not None else target.parent, os.W_OK):
        raise CannotWriteError(_("{name}: no permission to write it; another folder would do").format(name=name))


def _mode_of(target: Path) -> int | None:
    try:
        return target.stat().st_mode
    except FileNotFoundError:
        return None


def _write_draft(draft: Path, data: bytes, mode: int | None) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(draft, flags, _NEW_FILE), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if mode is not None:
        draft.chmod(stat.S_IMODE(mode))


def _told(error: OSError, path: Path, size: int) -> CannotWriteError | NotEnoughError:
    name = shown(path.name)
    if error.errno in _FULL:
        return NotEnoughError(
            _("{name}: the disk is full; {size} free would do").format(name=name, size=_amount(size))
        )
    if isinstance(error, PermissionError):
        return CannotWriteError(_("{name}: no permission to write it; another folder would do").format(name=name))
    return CannotWriteError(
        _("{name}: cannot be saved ({error}); another folder would do").format(name=name, error=reason(error))
    )


def _amount(size: int) -> str:
    return _("{size} MB").format(size=max(1, -(-size // 1_000_000)))
