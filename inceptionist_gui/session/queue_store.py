"""The queue on disk: a list, and beside it a file for each job, its thumbnail, and the photos kept for them."""

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLockFile

from inceptionist_gui.errors import UserError
from inceptionist_gui.media import write_whole
from inceptionist_gui.media.errors import reason
from inceptionist_gui.recipe.reading import refuse_newer
from inceptionist_gui.render.job import KEPT_SUFFIX, job_from_text
from inceptionist_gui.session.queue_entry import Entry, Standing
from inceptionist_gui.words import _

VERSION = 1
_LIST, _LOCK, _SET_ASIDE = "queue.json", "lock", "queue.damaged"
_JOB, _THUMBNAIL = ".job", ".png"


class TakenError(UserError):
    """Another running studio has the queue."""


class QueueStore:
    """A folder that one running studio has to itself."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock: QLockFile | None = None

    def exists(self) -> bool:
        return (self._folder / _LIST).is_file()

    def open(self) -> None:
        """Takes possession of the folder, making it if need be. Raises UserError, TakenError if it is one."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            told = _("The queue cannot be kept in {folder} ({reason})")
            raise UserError(told.format(folder=self._folder, reason=reason(error))) from error
        lock = QLockFile(str(self._folder / _LOCK))
        # Stale is what a process left that is no more, however long a living one has been there.
        lock.setStaleLockTime(0)
        if not lock.tryLock(0):
            raise TakenError(
                _("The queue belongs to another window of Inceptionist; add it there, or close that one")
            )
        self._lock = lock

    def close(self) -> None:
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def job_path(self, key: str) -> Path:
        return self._folder / f"{key}{_JOB}"

    def thumbnail_path(self, key: str) -> Path:
        return self._folder / f"{key}{_THUMBNAIL}"

    def photo_path(self, key: str) -> Path:
        """For a photo that is kept for the jobs of one asking."""
        return self._folder / f"{key}{KEPT_SUFFIX}"

    # The list

    def write(self, entries: list[Entry], *, going: bool) -> None:
        """Raises UserError."""
        data = {"version": VERSION, "going": going, "jobs": [_line_of(entry) for entry in entries]}
        write_whole(self._folder / _LIST, json.dumps(data).encode())

    def read(self) -> tuple[list[Entry], bool, list[str]]:
        """The jobs in their order, whether the queue was going, and what could not be read.

        Raises UserError where a newer program wrote the list: that is left as it is.
        """
        lines: list[str] = []
        data = self._list(lines)
        entries = [entry for each in data["jobs"] if (entry := self._entry(each, lines))]
        entries += self._unlisted({entry.key for entry in entries}, lines)
        return entries, bool(data.get("going", True)), lines

    def _list(self, lines: list[str]) -> dict[str, Any]:
        path = self._folder / _LIST
        try:
            data = json.loads(path.read_bytes())
            if isinstance(data, dict):
                refuse_newer(data, VERSION, _("The queue"))
            if not isinstance(data["jobs"], list):
                raise ValueError("no list of jobs")
        except FileNotFoundError:
            return {"jobs": []}
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            lines.append(_("The list of the queue was damaged; its jobs are paused until you resume them"))
            path.replace(self._folder / _SET_ASIDE)
            return {"jobs": []}
        assert isinstance(data, dict)
        return data

    def _entry(self, data: object, lines: list[str]) -> Entry | None:
        try:
            if not isinstance(data, dict):
                raise TypeError("no job")
            key, standing = str(data["key"]), Standing(data["standing"])
            if standing is Standing.RUNNING:
                standing = Standing.WAITING
            job = job_from_text(self.job_path(key).read_bytes(), _("A job of the queue"))
            output = Path(data["output"]) if data["output"] else None
            line, seconds = str(data["line"]), float(data["seconds"])
        except UserError as error:
            lines.append(str(error))
            return None
        except (OSError, KeyError, TypeError, ValueError):
            lines.append(_("A job of the queue was damaged and is left out; add it once more"))
            return None
        done = 1.0 if standing is Standing.DONE else 0.0
        return Entry(key, job, standing, done=done, line=line, output=output, seconds=seconds)

    def _unlisted(self, listed: set[str], lines: list[str]) -> list[Entry]:
        """Jobs that were kept a moment before the end, or whose list was damaged: paused, as no one knows."""
        keys = sorted(path.stem for path in self._folder.glob(f"*{_JOB}") if path.stem not in listed)
        found = []
        for key in keys:
            entry = self._entry(_line(key, Standing.PAUSED), lines)
            if entry is None:
                self.forget(key)
            else:
                found.append(entry)
        return found

    # What belongs to a job

    def forget(self, key: str) -> None:
        """Deletes a job's files."""
        for path in (self.job_path(key), self.thumbnail_path(key)):
            _delete(path)

    def sweep(self, entries: list[Entry]) -> None:
        """Deletes the kept photos that none of these jobs wants."""
        wanted = {entry.job.photo for entry in entries}
        for path in self._folder.glob(f"*{KEPT_SUFFIX}"):
            if path not in wanted:
                _delete(path)


def _line_of(entry: Entry) -> dict[str, Any]:
    output = str(entry.output) if entry.output else ""
    return _line(entry.key, entry.standing, entry.line, output, entry.seconds)


def _line(key: str, standing: Standing, line: str = "", output: str = "", seconds: float = 0.0) -> dict[str, Any]:
    return {"key": key, "standing": standing.value, "line": line, "output": output, "seconds": seconds}


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        # It lies in nobody's way.
        return
