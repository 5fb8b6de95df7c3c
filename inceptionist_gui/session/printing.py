"""A print of what is open: its file, what it would take, and spots of it, each made in a process of its own."""

import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from inceptionist_gui.errors import UserError
from inceptionist_gui.media import Project, write_project, write_whole
from inceptionist_gui.render.print_forecast import Forecast, Needs
from inceptionist_gui.render.print_job import PrintJob
from inceptionist_gui.render.print_loupe import Spot
from inceptionist_gui.session.background import Background
from inceptionist_gui.session.queue_worker import Worker, command

_SOURCE = "source.dream"


class Printing(QObject):
    """Prints one piece of work, as it was when this was made.

    A print that is broken off leaves its state beside its file; the same print, begun again, goes on from there.
    """

    progressed = Signal(float, str, object)
    """How much of the print is done, from 0 to 1, what is being done, and the seconds left, or None."""
    printed = Signal(object)
    """The Path of the file."""
    foretold = Signal(object)
    """A Forecast."""
    looked = Signal(object)
    """The Path of a picture of the spot."""
    failed = Signal(str)
    """One line; nothing is under way any more."""
    changed = Signal()
    """`busy` or `held` is another."""

    def __init__(self, work: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.held = False
        self._work = work
        self._folder = Path(tempfile.mkdtemp(prefix="inceptionist-print-"))
        self._background = Background(self)
        self._worker: Worker | None = None
        self._printing = False
        self._number = 0
        """Counts what was asked for: what comes of older wishes is dropped."""
        self._written = False

    @property
    def busy(self) -> bool:
        """The print itself is under way."""
        return self._printing

    @property
    def source(self) -> Path:
        return self._folder / _SOURCE

    def start(self, job: PrintJob) -> None:
        """Begins the print, or goes on with it."""
        self._printing, self.held = True, False
        self.changed.emit()
        self._ask(job, (), lambda path: self.printed.emit(path))

    def foretell(self, job: PrintJob) -> None:
        """Tries what the print would take; not while it is under way."""
        self._ask(job, ("--forecast",), self._tell_forecast)

    def look(self, job: PrintJob, spot: Spot) -> None:
        """Draws a spot of the print; not while it is under way."""
        self._ask(job, ("--spot", ",".join(map(str, spot))), lambda path: self.looked.emit(path))

    def hold(self) -> None:
        if self._worker is not None:
            self.held = True
            self._worker.hold()
            self.changed.emit()

    def go_on(self) -> None:
        if self._worker is not None:
            self.held = False
            self._worker.go_on()
            self.changed.emit()

    def cancel(self) -> None:
        """Breaks off what is under way; what of the print is done is kept."""
        self._number += 1
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.leave()
        self._printing, self.held = False, False
        self.changed.emit()

    def close(self) -> None:
        """As `cancel`, and takes away what was made for this."""
        worker = self._worker
        self.cancel()
        if worker is not None:
            worker.wait()
        self._background.finish()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _ask(self, job: PrintJob, how: tuple[str, ...], then: Callable[[Path], None]) -> None:
        self._number += 1
        number = self._number
        if self._worker is not None:
            self._worker.leave()
            self._worker = None
        file = self._folder / f"{number}.print"

        def write() -> Path:
            if not self._written:
                write_project(self._work, self.source)
                self._written = True
            write_whole(file, job.model_copy(update={"source": self.source}).text().encode())
            return file

        def fail(line: str) -> None:
            if number == self._number:
                self._fail(line)

        def begin(file: Path) -> None:
            if number == self._number:
                self._run(file, how, then)

        self._background.run(write, begin, fail)

    def _run(self, file: Path, how: tuple[str, ...], then: Callable[[Path], None]) -> None:
        worker = Worker(file, self, command(file, "print-job", *how))
        self._worker = worker
        worker.progressed.connect(self.progressed)
        worker.done.connect(lambda path, _seconds: self._end(lambda: then(path)))
        worker.failed.connect(self._fail)
        worker.start()
        if self.held:
            worker.hold()

    def _end(self, then: Callable[[], None]) -> None:
        if self._worker is not None:
            self._worker.deleteLater()
        self._worker, self._printing, self.held = None, False, False
        then()
        self.changed.emit()

    def _fail(self, line: str) -> None:
        self._end(lambda: self.failed.emit(line))

    def _tell_forecast(self, path: Path) -> None:
        try:
            told = json.loads(path.read_text("utf-8"))
            found = Forecast(float(told["seconds"]), Needs(**told["needs"]))
        except (OSError, ValueError, KeyError, TypeError, UserError):
            return
        self.foretold.emit(found)
