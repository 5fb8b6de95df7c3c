"""The thread that dreams."""

import time
from collections.abc import Generator
from dataclasses import dataclass, field, replace
from threading import Condition
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QThread, Signal

from inceptionist_gui.errors import UserError
from inceptionist_gui.media import Picture
from inceptionist_gui.recipe import Recipe
from inceptionist_gui.render.still import dreaming, finished

if TYPE_CHECKING:
    from inceptionist_gui.engine.frame import Frame


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """A dream that was asked for."""

    generation: int
    """Counts the dreams of a session; what comes from an older one than the newest is dropped."""
    recipe: Recipe
    photo: Picture | None


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a dream stands."""

    octave: int
    octaves: int
    iteration: int
    iterations: int
    done: float
    """From 0 to 1."""
    seconds_left: float | None
    """None while nothing can be said yet."""


@dataclass(frozen=True, slots=True, eq=False)
class Before:
    """What a dream started from, at the size of its views."""

    generation: int
    pixels: npt.NDArray[np.uint8]
    """Shape (height, width, 3), sRGB."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A frame as the canvas shows it."""

    generation: int
    recipe: Recipe
    """With which this frame was made."""
    progress: Progress
    pixels: npt.NDArray[np.uint8]
    """Shape (height, width, 3), sRGB."""


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """The picture of a dream as it stood when it was asked for, or at its end."""

    generation: int
    picture: Picture
    whole: bool
    """The dream went to its end."""


class Dreamer(QThread):
    """Runs one dream at a time and streams its frames; the newest job wins.

    Every method may be called from the window's thread and returns at once.
    """

    told = Signal(int, str)
    """What is being waited for, with the generation."""
    began = Signal(object)
    """A Before: the first frame is there."""
    viewed = Signal(object)
    """A View. The next one is made only after `take_next`."""
    resulted = Signal(object)
    """A Result: the dream ended or paused, or a snapshot was asked for."""
    failed = Signal(int, str)
    """The generation, and one line."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._changed = Condition()
        self._wishes = _Wishes()
        self._job: Job | None = None
        self._leaving = False
        self._canvas_waits = True

    def dream(self, job: Job) -> None:
        """Begins a dream in place of the one under way, if there is one."""
        with self._changed:
            self._job, self._wishes, self._canvas_waits = job, _Wishes(), True
            self._changed.notify()

    def change(self, recipe: Recipe) -> None:
        """Has the dream under way go on with this recipe from its next iteration."""
        self._wish(recipe=recipe)

    def pause(self) -> None:
        """Halts after the iteration under way; its Result comes, too."""
        self._wish(paused=True, snapshot=True)

    def resume(self) -> None:
        self._wish(paused=False)

    def snapshot(self) -> None:
        """Has a Result come of the iteration under way, and goes on."""
        self._wish(snapshot=True)

    def finish(self) -> None:
        """Ends the dream after the iteration under way, with a Result."""
        self._wish(finish=True, snapshot=True)

    def abandon(self) -> None:
        """Ends the dream under way; nothing more comes of it."""
        with self._changed:
            self._job = None
            self._changed.notify()

    def _wish(self, **wishes: Any) -> None:
        with self._changed:
            self._wishes = replace(self._wishes, **wishes)
            self._changed.notify()

    def take_next(self) -> None:
        """The canvas has shown the last frame and would like another."""
        with self._changed:
            self._canvas_waits = True

    def leave(self) -> None:
        """Ends the thread and waits for it: at most one iteration."""
        with self._changed:
            self._leaving = True
            self._job = None
            self._changed.notify()
        self.wait()

    def run(self) -> None:
        while (job := self._next_job()) is not None:
            try:
                self._dream(job)
            except UserError as error:
                self._fail(job, str(error))
            except MemoryError:
                self._fail(job, "Not enough memory for a picture of this size; choose a smaller size")
            except Exception as error:  # noqa: BLE001  A thread that dies in silence would leave a dead window.
                self._fail(job, f"The dream broke off ({type(error).__name__}: {error})")

    def _next_job(self) -> Job | None:
        with self._changed:
            while self._job is None and not self._leaving:
                self._changed.wait()
            return self._job

    def _dream(self, job: Job) -> None:
        frames = dreaming(job.recipe, job.photo, lambda line: self.told.emit(job.generation, line))
        try:
            self._stream(job, frames)
        finally:
            frames.close()

    def _stream(self, job: Job, frames: "Generator[Frame, Recipe | None, None]") -> None:
        run = _Run(job, job.recipe)
        frame = next(frames)
        self.began.emit(Before(job.generation, frame.photo_pixels()))
        following: Frame | None = frame
        while following is not None:
            frame = following
            if not self._attend(run, frame):
                return
            following = _sent(frames, self._steer(run))
        self.viewed.emit(run.view(frame))
        self._forget(job)
        self.resulted.emit(run.result(frame, whole=True))

    def _attend(self, run: "_Run", frame: "Frame") -> bool:
        """Shows the frame and does what was wished for meanwhile; False when the dream is to go no further."""
        if self._claim_canvas():
            self.viewed.emit(run.view(frame))
        wishes = self._taken_wishes(run.job)
        if wishes is None:
            return False
        if wishes.finish:
            self._forget(run.job)
        if wishes.snapshot:
            self.resulted.emit(run.result(frame, whole=False))
        if wishes.paused:
            self._wait_while_paused(run.job)
            run.clock = _Clock()
        return not wishes.finish

    def _claim_canvas(self) -> bool:
        with self._changed:
            waits, self._canvas_waits = self._canvas_waits, False
            return waits

    def _taken_wishes(self, job: Job) -> "_Wishes | None":
        """What was wished for; None when the job is no longer wanted at all."""
        with self._changed:
            wishes, self._wishes = self._wishes, replace(self._wishes, snapshot=False)
            return wishes if self._job is job else None

    def _wait_while_paused(self, job: Job) -> None:
        with self._changed:
            while self._wishes.paused and self._job is job and not self._wishes.finish:
                self._changed.wait()

    def _steer(self, run: "_Run") -> Recipe | None:
        """The recipe to go on with, where it was changed."""
        with self._changed:
            changed, self._wishes = self._wishes.recipe, replace(self._wishes, recipe=None)
        if changed is not None and changed != run.recipe:
            run.recipe, run.steered = changed, True
        return changed

    def _fail(self, job: Job, line: str) -> None:
        self._forget(job)
        self.failed.emit(job.generation, line)

    def _forget(self, job: Job) -> None:
        with self._changed:
            if self._job is job:
                self._job = None


def _sent(frames: "Generator[Frame, Recipe | None, None]", recipe: Recipe | None) -> "Frame | None":
    try:
        return frames.send(recipe)
    except StopIteration:
        return None


@dataclass(frozen=True, slots=True)
class _Wishes:
    """What the window asked of the dream under way."""

    recipe: Recipe | None = None
    paused: bool = False
    snapshot: bool = False
    finish: bool = False


@dataclass(slots=True, eq=False)
class _Run:
    """A dream under way, as the thread knows it."""

    job: Job
    recipe: Recipe
    steered: bool = False
    clock: "_Clock" = field(default_factory=lambda: _Clock())

    def view(self, frame: "Frame") -> View:
        return View(self.job.generation, self.recipe, self.clock.progress(frame), frame.pixels())

    def result(self, frame: "Frame", *, whole: bool) -> Result:
        picture = finished(frame.floats(), self.recipe, self.job.photo, steered=self.steered)
        return Result(self.job.generation, picture, whole)


class _Clock:
    """Tells how long is left from how long it took so far."""

    _FIRST_WORD = 0.5
    """Seconds before a guess is worth showing."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._from: float | None = None

    def progress(self, frame: "Frame") -> Progress:
        left = self._left(frame.done)
        return Progress(frame.octave, frame.octaves, frame.iteration, frame.iterations, frame.done, left)

    def _left(self, done: float) -> float | None:
        now = time.monotonic()
        if self._from is None:
            self._began, self._from = now, done
        passed, gained = now - self._began, done - self._from
        if passed < self._FIRST_WORD or gained <= 0.0:
            return None
        return passed / gained * (1.0 - done)
