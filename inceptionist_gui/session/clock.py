"""How long a dream will take yet."""

import time
from typing import TYPE_CHECKING

from inceptionist_gui.session.exchange import Progress

if TYPE_CHECKING:
    from inceptionist_gui.engine.frame import Frame


class Clock:
    """Tells how long is left from how long it took so far."""

    _FIRST_WORD = 0.5
    """Seconds before a guess is worth showing."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._from: float | None = None

    def progress(self, frame: "Frame") -> Progress:
        left = self.left(frame.done)
        return Progress(frame.octave, frame.octaves, frame.iteration, frame.iterations, frame.done, left)

    def left(self, done: float) -> float | None:
        """Seconds, when `done` of 0 to 1 is done; None while nothing can be said yet."""
        now = time.monotonic()
        if self._from is None:
            self._began, self._from = now, done
        passed, gained = now - self._began, done - self._from
        if passed < self._FIRST_WORD or gained <= 0.0:
            return None
        return passed / gained * (1.0 - done)
