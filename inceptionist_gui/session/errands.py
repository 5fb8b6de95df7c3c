"""Errands: what the dreaming thread does beside the dream, such as asking a second network."""

from collections import deque
from collections.abc import Generator
from threading import Lock

from PySide6.QtCore import QObject, Signal

from inceptionist_gui.session.background import line_of

Steps = Generator[float, None, object]
"""Yields how far it is, from 0 to 1, after every step; returns what came of it."""


class Errand(QObject):
    """Work in steps. Its signals arrive on the thread that made it."""

    progressed = Signal(float)
    done = Signal(object)
    failed = Signal(str)
    """One line."""

    def __init__(self, steps: Steps, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps = steps

    def leave_when_done(self) -> None:
        """To be called when all who want to hear of it listen: who comes later finds it gone."""
        self.done.connect(self.deleteLater)
        self.failed.connect(self.deleteLater)

    def step(self) -> bool:
        """Goes one step, on the dreaming thread; False when it has ended."""
        try:
            self.progressed.emit(next(self._steps))
        except StopIteration as end:
            self.done.emit(end.value)
            return False
        except Exception as error:  # noqa: BLE001  Whoever waits for the outcome must hear of it.
            self.failed.emit(line_of(error))
            return False
        return True


class Errands:
    """Those not done yet, first come first served; may be called from any thread.

    They run on the dreaming thread, between its iterations: to trace a network elsewhere would disturb the dream.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: deque[Errand] = deque()

    def add(self, errand: Errand) -> None:
        with self._lock:
            self._waiting.append(errand)

    def __bool__(self) -> bool:
        with self._lock:
            return bool(self._waiting)

    def step(self) -> None:
        """One step of the first, if there is one."""
        with self._lock:
            first = self._waiting[0] if self._waiting else None
        if first is not None and not first.step():
            with self._lock:
                self._waiting.popleft()
