"""The queue: pictures that are made one after another in the background."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from inceptionist_gui.session.queue_entry import Entry, Standing, tally
from inceptionist_gui.session.queue_line import Line
from inceptionist_gui.session.queue_worker import Worker
from inceptionist_gui.words import n_

GRACE = 4000
"""Milliseconds after a start in which the studio has the machine to itself."""


class Queue(Line):
    """Gives each job its turn, one at a time, in a process of its own; nothing here waits for anything.

    What was under way when the program ended, in whatever way, begins again at the next start.
    """

    ended = Signal(object)
    """A Tally of the jobs of one stretch: nothing is left to be done."""

    def __init__(
        self, folder: Path, parent: QObject | None = None, *, make: Callable[..., Worker] = Worker
    ) -> None:
        super().__init__(folder, parent)
        self._make = make
        self._workers: dict[str, Worker] = {}
        """Processes at work, and those that are held."""
        self._stretch: set[str] = set()
        """The keys of jobs that came to something since nothing was left to be done."""
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._give_turn)

    def wake(self) -> None:
        """Takes up what an earlier session left, if there is anything; the work begins a moment later."""
        if self._awake or not self._store.exists() or not self._possess(quietly=True):
            return
        waiting = sum(entry.standing is Standing.WAITING for entry in self.entries)
        if waiting and self.going:
            text = n_(
                "The queue goes on: {count} picture to make",
                "The queue goes on: {count} pictures to make",
                waiting,
            )
            self._say(text.format(count=waiting))
            QTimer.singleShot(GRACE, self, self._give_turn)

    # The queue as a whole

    def start(self) -> None:
        """Gives turns from now on."""
        self._set_going(True)

    def pause(self) -> None:
        """Holds what runs, and gives no more turns."""
        self._set_going(False)

    def _set_going(self, going: bool) -> None:
        if not self._possess() or going is self.going:
            return
        self.going = going
        self.going_changed.emit(going)
        running = self.running
        if running is not None and not going:
            self._hold(running.key, Standing.WAITING)
        self._write()
        self._look_on()

    def clear_finished(self) -> None:
        """Takes out what is done, failed or cancelled; the pictures stay where they are."""
        self._take_out([entry.key for entry in self.entries if entry.settled])

    # One job

    def pause_job(self, key: str) -> None:
        """Holds it; others have their turns meanwhile."""
        entry = self.entry(key)
        if entry is not None and entry.standing in (Standing.WAITING, Standing.RUNNING):
            self._hold(key, Standing.PAUSED)
            self._write()
            self._look_on()

    def resume_job(self, key: str) -> None:
        """Has it wait for its turn, and go on where it was."""
        entry = self.entry(key)
        if entry is not None and entry.standing is Standing.PAUSED:
            self._set(key, standing=Standing.WAITING)
            self._write()
            self._look_on()

    def cancel(self, key: str) -> None:
        """Gives it up; it stays in the list and can be retried."""
        entry = self.entry(key)
        if entry is not None and not entry.settled:
            self._dismiss(key)
            self._set(key, standing=Standing.CANCELLED, done=0.0, stage="", seconds_left=None)
            self._write()
            self._look_on()

    def retry(self, key: str) -> None:
        """Has what failed, was cancelled or is done be made once more, from the beginning."""
        entry = self.entry(key)
        if entry is not None and entry.settled:
            self._replace(Entry(key, entry.job))
            if key in self._ready:
                self._look_on()
            else:
                self._keep_job(entry)
            self._write()

    def remove(self, key: str) -> None:
        """Takes it out of the list, whatever it does; a finished picture stays where it is."""
        self._take_out([key])

    def _take_out(self, keys: Sequence[str]) -> None:
        gone = [key for key in keys if self.entry(key) is not None]
        if not gone:
            return
        for key in gone:
            self._dismiss(key)
        self.entries = [entry for entry in self.entries if entry.key not in gone]
        self._stretch.difference_update(gone)
        self._note_line()
        self._forget(gone)
        self._look_on()

    # The end

    def close(self) -> None:
        """Ends what runs; it begins again at the next start."""
        self._awake = False
        self._turn.stop()
        for worker in self._workers.values():
            worker.leave()
        for worker in self._workers.values():
            worker.wait()
        self._workers.clear()
        # Nobody is there any more to hear how the writing went.
        self._background.finish()
        self._store.close()

    # Turns

    def _look_on(self) -> None:
        self._turn.start()

    def _give_turn(self) -> None:
        """Has the first that waits be worked on, if nothing is."""
        if not self.going or self.running is not None or not self._awake:
            return
        entry = next((entry for entry in self.entries if entry.standing is Standing.WAITING), None)
        if entry is None:
            self._end_stretch()
        elif entry.key in self._ready:
            self._run(entry.key)

    def _run(self, key: str) -> None:
        self._stretch.add(key)
        self._set(key, standing=Standing.RUNNING)
        worker = self._workers.get(key)
        if worker is not None:
            worker.go_on()
            return
        worker = self._make(self._store.job_path(key), self)
        self._workers[key] = worker
        worker.progressed.connect(lambda done, stage, left: self._on_progress(key, done, stage, left))
        worker.done.connect(lambda output, seconds: self._on_done(key, output, seconds))
        worker.failed.connect(lambda line: self._fail(key, line))
        self._write()
        worker.start()

    def _end_stretch(self) -> None:
        had = [entry for entry in self.entries if entry.key in self._stretch]
        self._stretch.clear()
        if any(entry.standing in (Standing.DONE, Standing.FAILED) for entry in had):
            self.ended.emit(tally(had))

    def _hold(self, key: str, standing: Standing) -> None:
        worker = self._workers.get(key)
        if worker is not None:
            worker.hold()
        self._set(key, standing=standing, seconds_left=None)

    def _dismiss(self, key: str) -> None:
        worker = self._workers.pop(key, None)
        if worker is not None:
            worker.leave()

    # What workers say

    def _on_progress(self, key: str, done: float, stage: str, left: float | None) -> None:
        self._set(key, done=done, stage=stage, seconds_left=left)

    def _on_done(self, key: str, output: Path, seconds: float) -> None:
        self._dismiss(key)
        self._set(
            key, standing=Standing.DONE, done=1.0, stage="", seconds_left=None, output=output, seconds=seconds
        )
        self._write()
        self._look_on()

    def _fail(self, key: str, line: str) -> None:
        self._dismiss(key)
        self._stretch.add(key)
        super()._fail(key, line)
