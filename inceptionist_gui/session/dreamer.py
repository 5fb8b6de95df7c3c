"""The thread that dreams."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field, replace
from threading import Condition
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QThread, Signal

from inceptionist_gui.errors import UserError
from inceptionist_gui.recipe import Mode, Recipe
from inceptionist_gui.render.restoring import restored
from inceptionist_gui.render.still import Means, composed, dreaming
from inceptionist_gui.session.clock import Clock
from inceptionist_gui.session.errands import Errand, Errands
from inceptionist_gui.session.exchange import Before, Job, Result, View
from inceptionist_gui.words import _

if TYPE_CHECKING:
    from inceptionist_gui.engine.devices import Device
    from inceptionist_gui.engine.frame import Frame


class Dreamer(QThread):
    """Runs one dream at a time and streams its frames; the newest job wins.

    Every method may be called from the window's thread and returns at once.
    """

    told = Signal(int, str)
    """A generation, and what is being waited for or how its dream goes."""
    noted = Signal(int, str)
    """A generation, and what the user should know of where its dream runs."""
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
        self._running: Job | None = None
        self._owed: Job | None = None
        """It was given up with a snapshot asked for and not made yet."""
        self._leaving = False
        self._canvas_waits = True
        self._errands = Errands()

    def dream(self, job: Job) -> None:
        """Begins a dream in place of the one under way; a snapshot asked for before still comes."""
        with self._changed:
            self._give_up()
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
        """Ends the dream under way; nothing more comes of it but a snapshot asked for before."""
        with self._changed:
            self._give_up()
            self._job = None
            self._changed.notify()

    def _give_up(self) -> None:
        if self._job is self._running and self._wishes.snapshot:
            self._owed = self._running

    def _wish(self, **wishes: Any) -> None:
        with self._changed:
            self._wishes = replace(self._wishes, **wishes)
            self._changed.notify()

    def take_next(self) -> None:
        """The canvas has shown the last frame and would like another."""
        with self._changed:
            self._canvas_waits = True

    def run_errand(self, errand: Errand) -> None:
        """Has it done beside the dream, a step between two iterations; at once while nothing is dreamed."""
        errand.leave_when_done()
        with self._changed:
            self._errands.add(errand)
            self._changed.notify()

    def leave(self) -> None:
        """Ends the thread and waits for it: at most one iteration. Errands are left undone."""
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
                self._fail(job, _("Not enough memory for a picture of this size; choose a smaller size"))
            except Exception as error:  # noqa: BLE001  A thread that dies in silence would leave a dead window.
                self._fail(
                    job, _("The dream broke off ({fault})").format(fault=f"{type(error).__name__}: {error}")
                )

    def _next_job(self) -> Job | None:
        self._wait_while(lambda: self._job is None and not self._leaving)
        with self._changed:
            self._running = self._job
            return self._job

    def _wait_while(self, idle: Callable[[], bool]) -> None:
        """Does errands, or nothing, as long as that holds."""
        while True:
            with self._changed:
                while idle() and not self._errands:
                    self._changed.wait()
                if not idle():
                    return
            self._errands.step()

    def _dream(self, job: Job) -> None:
        def note(device: "Device") -> None:
            if device.note:
                self.noted.emit(job.generation, device.note)

        def tell(line: str) -> None:
            self.told.emit(job.generation, line)

        frames = dreaming(job.recipe, job.photo, tell, Means(job.wish), note)
        try:
            self._stream(job, frames)
        finally:
            frames.close()

    def _stream(self, job: Job, frames: "Generator[Frame, Recipe | None, None]") -> None:
        run = _Run(job, job.recipe)
        frame = next(frames)
        run.before = frame.photo_pixels()
        self.began.emit(Before(job.generation, run.before))
        following: Frame | None = frame
        while following is not None:
            frame = following
            self._errands.step()
            if not self._attend(run, frame):
                return
            following = _sent(frames, self._steer(run))
            self._show_pending(run)
        self.viewed.emit(run.view(frame))
        self._forget(job)
        self.resulted.emit(run.result(frame, whole=True))

    def _attend(self, run: "_Run", frame: "Frame") -> bool:
        """Shows the frame and does what was wished for meanwhile; False when the dream is to go no further."""
        if self._claim_canvas():
            self._show(run, frame)
        if frame.note != run.note:
            # Said of a dream that can be seen.
            self._show_pending(run)
            run.note = frame.note
            self.told.emit(run.job.generation, frame.note)
        wishes = self._taken_wishes(run.job)
        if wishes.finish:
            self._forget(run.job)
        if wishes.snapshot:
            self.resulted.emit(run.result(frame, whole=False))
        if wishes.paused:
            self._show_pending(run)
            self._wait_while_paused(run.job)
            run.clock = Clock()
        return not wishes.finish and self._is_wanted(run.job)

    def _show(self, run: "_Run", frame: "Frame") -> None:
        """Shows the frame: at once, or, where it comes from a GPU, when the next iteration is under way."""
        pixels = frame.pixels_later()
        if pixels is None:
            self.viewed.emit(run.view(frame))
        else:
            run.pending = run.later(frame, pixels)

    def _show_pending(self, run: "_Run") -> None:
        pending, run.pending = run.pending, None
        if pending is not None:
            self.viewed.emit(pending())

    def _claim_canvas(self) -> bool:
        with self._changed:
            waits, self._canvas_waits = self._canvas_waits, False
            return waits

    def _taken_wishes(self, job: Job) -> "_Wishes":
        """What was wished of this job; of one that is no longer wanted at most a last snapshot."""
        with self._changed:
            if self._job is not job:
                owed, self._owed = self._owed is job, None
                return _Wishes(snapshot=owed, finish=True)
            wishes, self._wishes = self._wishes, replace(self._wishes, snapshot=False)
            return wishes

    def _is_wanted(self, job: Job) -> bool:
        with self._changed:
            return self._job is job

    def _wait_while_paused(self, job: Job) -> None:
        self._wait_while(lambda: self._wishes.paused and self._job is job and not self._wishes.finish)

    def _steer(self, run: "_Run") -> Recipe | None:
        """The recipe to go on with, where it was changed."""
        with self._changed:
            if self._job is not run.job:
                return None
            changed, self._wishes = self._wishes.recipe, replace(self._wishes, recipe=None)
        if changed is not None:
            # What comes back of the photo does so after the dream, which is the same with and without.
            run.steered |= changed.model_copy(update={"restored": run.recipe.restored}) != run.recipe
            run.recipe = changed
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
    before: npt.NDArray[np.uint8] | None = None
    """What was started from, as `frame.pixels()` has it."""
    note: str = ""
    """What the engine said last of how the dream goes."""
    clock: Clock = field(default_factory=Clock)
    pending: Callable[[], View] | None = None
    """A view whose pixels are on their way."""

    def view(self, frame: "Frame") -> View:
        return View(
            self.job.generation, self.recipe, self.clock.progress(frame), self._shown(self.recipe, frame.pixels())
        )

    def later(self, frame: "Frame", pixels: Callable[[], npt.NDArray[np.uint8]]) -> Callable[[], View]:
        recipe, progress = self.recipe, self.clock.progress(frame)
        return lambda: View(self.job.generation, recipe, progress, self._shown(recipe, pixels()))

    def _shown(self, recipe: Recipe, pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
        """The pixels with the photo brought back through them."""
        if self.before is None or recipe.mode is Mode.IMAGINE:
            return pixels
        return restored(pixels, self.before, recipe.restored)

    def result(self, frame: "Frame", *, whole: bool) -> Result:
        made = composed(frame, self.recipe, self.job.photo, steered=self.steered)
        return Result(self.job.generation, made.picture, whole, made)
