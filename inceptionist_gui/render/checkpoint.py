"""What is kept of a long render while it goes on, so that no power cut, kill or full disk loses it."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from inceptionist_gui.errors import UserError

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_KEY, _STATE, _NEW, _DRAFT = "job", "state", "state.new", "picture"


class Checkpoint:
    """A folder beside the output: where the work stands, and the file as far as it is written.

    Each state replaces the one before when it is whole and on the disk.
    """

    def __init__(self, output: Path) -> None:
        target = output.resolve()
        self.folder = target.with_name(f".{target.name}.print")
        self.draft = self.folder / _DRAFT
        self._target = target

    @property
    def unfinished(self) -> bool:
        """Whether there is something to go on with."""
        return (self.folder / _KEY).is_file()

    def holds(self, key: str) -> bool:
        """Whether it is of the job of this key."""
        return self.unfinished and (self.folder / _KEY).read_text("ascii") == key

    def begin(self, key: str, *, resume: bool) -> None:
        """Makes the folder; what another run left there stays for `resume` alone.

        Raises UserError where that run was of another job, and OSError.
        """
        if resume and self.unfinished:
            if not self.holds(key):
                raise UserError(
                    f"{self._target.name}: the unfinished print is of another picture or size; the options that it"
                    " was begun with would do, or no --resume, which begins anew"
                )
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        _put(self.folder / _KEY, self.folder / f"{_KEY}.new", lambda file: file.write(key.encode("ascii")))

    def state(self) -> BinaryIO | None:
        """The last state, opened; None where there is none yet."""
        try:
            return (self.folder / _STATE).open("rb")
        except FileNotFoundError:
            return None

    def save(self, write: Callable[[BinaryIO], object]) -> None:
        """Puts a new state in the place of the last. Raises OSError; the last is kept then."""
        _put(self.folder / _STATE, self.folder / _NEW, write)

    def forget(self) -> None:
        """The last state is of no use."""
        (self.folder / _STATE).unlink(missing_ok=True)

    def finish(self) -> None:
        """Puts the draft in the output's place, and takes the rest away."""
        with self.draft.open("rb+") as file:
            os.fsync(file.fileno())
        if self._target.exists():
            self.draft.chmod(self._target.stat().st_mode & 0o7777)
        self.draft.replace(self._target)
        shutil.rmtree(self.folder, ignore_errors=True)


def is_full(error: BaseException) -> bool:
    """Whether a fault says that a disk is full; what wraps such a fault counts, too."""
    found: BaseException | None = error
    while found is not None:
        if isinstance(found, OSError) and found.errno in _FULL:
            return True
        found = found.__cause__
    return False


def _put(path: Path, new: Path, write: Callable[[BinaryIO], object]) -> None:
    try:
        with new.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise
