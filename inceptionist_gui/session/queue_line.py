"""The line of the queue: its jobs in their order, kept on disk."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from inceptionist_gui.errors import UserError
from inceptionist_gui.media import Picture, read_picture, write_picture, write_whole
from inceptionist_gui.recipe import Mode
from inceptionist_gui.render.job import RenderJob, keep_photo
from inceptionist_gui.render.still import starting_picture
from inceptionist_gui.render.thumbnail import LONGEST, thumbnail
from inceptionist_gui.session.background import Background
from inceptionist_gui.session.queue_entry import Entry, Standing, Tally, tally
from inceptionist_gui.session.queue_store import QueueStore, TakenError
from inceptionist_gui.session.state import Message, Tone


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Pictures asked for in one go."""

    jobs: tuple[RenderJob, ...]
    photo: Picture | None = None
    """What the jobs without a file of their own are made of; it is kept for them."""


class Line(QObject):
    """The part of the queue that is remembered. Every change goes to disk at once, off the window's thread."""

    changed = Signal()
    """Jobs came, went or moved."""
    entry_changed = Signal(str)
    """The key of a job that stands otherwise."""
    going_changed = Signal(bool)
    said = Signal(object)
    """A Message."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []
        self.going = True
        """Jobs have their turns."""
        self._store = QueueStore(folder)
        self._ready: set[str] = set()
        """The keys of jobs whose files are written."""
        self._awake = False
        """What is on disk is read, and ours."""
        self._background = Background(self)

    # Looking

    def entry(self, key: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.key == key), None)

    @property
    def running(self) -> Entry | None:
        return next((entry for entry in self.entries if entry.standing is Standing.RUNNING), None)

    @property
    def tally(self) -> Tally:
        return tally(self.entries)

    def thumbnail_path(self, key: str) -> Path:
        return self._store.thumbnail_path(key)

    # Jobs in

    def _possess(self, *, quietly: bool = False) -> bool:
        """Opens and reads what is on disk; says so where that cannot be.

        `quietly` says nothing of another studio that has it: to look was nobody's wish.
        """
        if self._awake:
            return True
        try:
            self._store.open()
        except UserError as error:
            if not (quietly and isinstance(error, TakenError)):
                self._complain(str(error))
            return False
        return self._read()

    def _read(self) -> bool:
        try:
            self.entries, self.going, lines = self._store.read()
        except UserError as error:
            self._store.close()
            self._complain(str(error))
            return False
        self._awake = True
        self._ready.update(entry.key for entry in self.entries)
        for line in lines:
            self._complain(line)
        self._store.sweep(self.entries)
        self.going_changed.emit(self.going)
        self.changed.emit()
        return True

    def add(self, asked: Asked) -> bool:
        """Puts the jobs at the end of the line; False, with a line said, where there can be no queue."""
        if not asked.jobs or not self._possess():
            return False
        kept = self._store.photo_path(uuid4().hex) if asked.photo else None
        jobs = [job if job.photo or kept is None else replace(job, photo=kept) for job in asked.jobs]
        entries = [Entry(uuid4().hex, job) for job in jobs]
        self.entries = [*self.entries, *entries]
        if kept is not None and asked.photo is not None:
            self._keep_photo(asked.photo, kept, [entry.key for entry in entries])
        for entry in entries:
            self._keep_job(entry)
        for entry in entries:
            self._keep_thumbnail(entry, asked.photo if entry.job.photo == kept else None)
        self._note_line()
        return True

    def _keep_photo(self, photo: Picture, path: Path, keys: Sequence[str]) -> None:
        def fail(line: str) -> None:
            for key in keys:
                self._fail(key, line)

        self._background.run(lambda: keep_photo(photo, path), lambda _: None, fail)

    def _keep_job(self, entry: Entry) -> None:
        store, key = self._store, entry.key
        self._background.run(
            lambda: write_whole(store.job_path(key), entry.job.text().encode()),
            lambda _: self._on_ready(key),
            lambda line: self._fail(key, line),
        )

    def _keep_thumbnail(self, entry: Entry, photo: Picture | None) -> None:
        path = self._store.thumbnail_path(entry.key)

        def write() -> None:
            # At the end nobody wants to wait for them.
            if self._awake:
                _write_thumbnail(entry.job, photo, path)

        # What cannot be shown small may still be dreamed; what cannot be dreamed says so itself.
        self._background.run(write, lambda _: self.entry_changed.emit(entry.key), lambda _: None)

    def _on_ready(self, key: str) -> None:
        self._ready.add(key)
        self._look_on()

    def _fail(self, key: str, line: str) -> None:
        self._set(key, standing=Standing.FAILED, line=line, done=0.0, stage="", seconds_left=None)
        self._write()
        self._look_on()

    def _look_on(self) -> None:
        """Something changed that may let a job have its turn."""
        raise NotImplementedError

    # Order

    def move(self, key: str, to: int) -> None:
        """Puts it at that place of the list; places beyond the ends are the ends."""
        entry = self.entry(key)
        if entry is None:
            return
        others = [each for each in self.entries if each.key != key]
        to = max(0, min(to, len(others)))
        moved = [*others[:to], entry, *others[to:]]
        if moved != self.entries:
            self.entries = moved
            self._note_line()

    def _forget(self, keys: Sequence[str]) -> None:
        """After the list was written: who is cut short then finds files too many, and none too few."""
        store, entries = self._store, list(self.entries)

        def forget() -> None:
            for key in keys:
                store.forget(key)
            store.sweep(entries)

        self._background.run(forget, lambda _: None, self._complain)

    # The list

    def _set(self, key: str, **changes: Any) -> None:
        entry = self.entry(key)
        if entry is not None:
            self._replace(replace(entry, **changes))

    def _replace(self, entry: Entry) -> None:
        self.entries = [entry if each.key == entry.key else each for each in self.entries]
        self.entry_changed.emit(entry.key)

    def _note_line(self) -> None:
        self._write()
        self.changed.emit()

    def _write(self) -> None:
        store, entries, going = self._store, list(self.entries), self.going
        self._background.run(lambda: store.write(entries, going=going), lambda _: None, self._complain)

    def _say(self, line: str, tone: Tone = Tone.INFO) -> None:
        self.said.emit(Message(line, tone))

    def _complain(self, line: str) -> None:
        self._say(line, Tone.ERROR)


def _write_thumbnail(job: RenderJob, photo: Picture | None, path: Path) -> None:
    """What the job starts from, small; to imagine, that is nothing. Raises UserError."""
    if job.recipe.mode is Mode.IMAGINE:
        return
    if job.photo is not None and photo is None:
        photo = read_picture(job.photo)
    small = job.recipe.model_copy(update={"size": LONGEST})
    write_picture(thumbnail(starting_picture(small, photo)), path)
