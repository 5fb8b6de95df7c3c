"""Small results kept on disk so that they need not be made twice: bounded in size, and lost without harm."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from inceptionist_gui import __version__
from inceptionist_gui.errors import UserError
from inceptionist_gui.media import write_whole
from inceptionist_gui.places import cache_folder

LIMIT = 200_000_000
"""Bytes, on disk."""
_KEPT = 0.9
"""The share of the limit that is left once the oldest had to go."""


def key_of(*parts: str | bytes) -> str:
    """The name under which a result is kept that follows from these parts and this version of the program."""
    digest = hashlib.sha256()
    for part in (__version__, *parts):
        data = part.encode() if isinstance(part, str) else part
        # With their lengths: else "ab" and "c" were "a" and "bc".
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.hexdigest()


class Cache:
    """Bytes by key, in a folder. What cannot be read or written is as if it had never been kept."""

    def __init__(self, folder: Path | None = None, limit: int = LIMIT) -> None:
        """Without a folder, the user's own."""
        self._folder = folder or cache_folder()
        self._limit = limit
        self._taken: int | None = None
        """Bytes, about; None until it was counted."""

    def get(self, key: str) -> bytes | None:
        path = self._folder / key
        try:
            data = path.read_bytes()
            # The oldest go first: what is used is young again.
            os.utime(path)
        except OSError:
            return None
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keeps the bytes, whole or not at all; of what was kept before, the oldest go where room is short."""
        with suppress(OSError, RuntimeError, UserError):
            # They show the user's pictures, which are nobody else's business.
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self._folder / key, data)
            self._taken = self._counted() if self._taken is None else self._taken + len(data)
            if self._taken > self._limit:
                self._taken = self._thinned()

    def _counted(self) -> int:
        return sum(size for _, size, _ in self._files())

    def _thinned(self) -> int:
        """Removes the oldest; the bytes that are left."""
        files = sorted(self._files())
        left = sum(size for _, size, _ in files)
        for _, size, path in files:
            if left <= self._limit * _KEPT:
                break
            path.unlink(missing_ok=True)
            left -= size
        return left

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        """When each was used last, its bytes, and where it is."""
        for path in self._folder.iterdir():
            with suppress(OSError):
                known = path.stat()
                yield known.st_mtime, known.st_size, path
