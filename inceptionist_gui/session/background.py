"""Work off the window's thread, such as reading and writing files."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from inceptionist_gui.errors import UserError, lacks_memory
from inceptionist_gui.words import _

T = TypeVar("T")


class _Outcome(QObject):
    done = Signal(object)
    failed = Signal(str)


class _Task(QRunnable):
    def __init__(self, work: Callable[[], object], outcome: _Outcome) -> None:
        super().__init__()
        self._work = work
        self._outcome = outcome

    def run(self) -> None:
        try:
            self._outcome.done.emit(self._work())
        except Exception as error:  # noqa: BLE001  Whoever waits for the outcome must hear of it.
            self._outcome.failed.emit(line_of(error))


def line_of(error: Exception) -> str:
    """What the user is told of it."""
    if isinstance(error, UserError):
        return str(error)
    if lacks_memory(error):
        return _("Not enough memory for this picture")
    return _("Something went wrong ({fault})").format(fault=f"{type(error).__name__}: {error}")


class Background(QObject):
    """Runs work on other threads and hands the outcome back to the window's thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        # Files are read and written one after another: two at once would only contend for memory.
        self._pool.setMaxThreadCount(1)

    def run(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[str], None]) -> None:
        """Calls `work` elsewhere, then `done` with what it returned or `failed` with one line, here."""
        outcome = _Outcome(self)
        outcome.done.connect(done)
        outcome.failed.connect(failed)
        outcome.done.connect(outcome.deleteLater)
        outcome.failed.connect(outcome.deleteLater)
        self._pool.start(_Task(work, outcome))

    def finish(self) -> None:
        """Waits until everything begun has ended."""
        self._pool.waitForDone()
