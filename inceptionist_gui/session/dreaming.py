"""The recipe's dream: begun, paused, ended, and what comes of it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.engine.networks import Network
from inceptionist_gui.media import Picture
from inceptionist_gui.recipe import DirectionGoal, Magnitudes, Mode, Recipe, Start, described, restarts
from inceptionist_gui.render.restoring import Composed
from inceptionist_gui.session.asking import Asking
from inceptionist_gui.session.dreamer import Dreamer
from inceptionist_gui.session.exchange import Before, Job, Result, View
from inceptionist_gui.session.judging import Case, Judging
from inceptionist_gui.session.likenesses import Likenesses
from inceptionist_gui.session.live import shows
from inceptionist_gui.session.state import Message, State
from inceptionist_gui.words import _, n_


class Dreaming(Asking):
    """The part of a session that dreams what is asked for.

    While it dreams, a change of the recipe acts at the next iteration, or begins the dream anew where it must.
    """

    began = Signal(object)
    """A Before: what the dream under way started from."""
    viewed = Signal(object)
    """A View to be painted; call `take_next` when it is."""
    progressed = Signal(object)
    """A Progress."""
    state_changed = Signal(object)
    """The State."""
    result_changed = Signal(object)
    """The dreamed Picture in full; None when it no longer belongs to what is open."""
    glimpsed = Signal(object)
    """A Picture of the dream as it stood when `glimpse` was called."""
    waiting_for = Signal(str)
    """What a waking dream is waiting for."""
    handed_over = Signal(int, object)
    """The number of a dream, and a Picture of it; None where none will come."""

    def __init__(self, parent: QObject | None = None, *, device: DeviceName = DeviceName.AUTO) -> None:
        super().__init__(parent)
        self.device = device
        """What dreams are to run on."""
        self.state = State.IDLE
        self.photo: Picture | None = None
        self.result: Picture | None = None
        self.live = False
        """A change that shows in the picture begins the dream by itself."""
        self._still = False
        """For now it does not."""
        self._generation = 0
        self._demonstrating = False
        self._begun = 0
        """The generation that had its first frame last."""
        self._begun_with = self.recipe
        """The recipe at the beginning of the dream under way."""
        self._begun_on = device
        """The device that was wished for at its beginning."""
        self._begun_photo: Picture | None = None
        self._noted = ""
        """What was said of the device: once is enough."""
        self._result_due = False
        """The dreamer was asked for a Result that is not here yet."""
        self._composed: Composed | None = None
        """What the result of the last dream is put together of."""
        self._glimpse_due = False
        """It was asked for a Result of which the window is not to hear."""
        self._dreamer = Dreamer(self)
        self._dreamer.told.connect(self._on_told)
        self._dreamer.noted.connect(self._on_noted)
        self._dreamer.began.connect(self._on_began)
        self._dreamer.viewed.connect(self._on_viewed)
        self._dreamer.resulted.connect(self._on_resulted)
        self._dreamer.failed.connect(self._on_failed)
        self.judging = Judging(self._dreamer.run_errand, self)
        self.judging.failed.connect(self._complain)
        self._likenesses = Likenesses(self._dreamer.run_errand, self)
        self._likenesses.found.connect(self._on_likeness)
        self._likenesses.failed.connect(self._complain)
        self._dreamer.start()

    @property
    def demonstrating(self) -> bool:
        """What is dreamed is a demonstration, not the user's work."""
        return self._demonstrating

    # The recipe

    def add_likeness(self, paths: Sequence[Path]) -> None:
        """Adds a goal that is what the pictures call up, once they were looked at."""
        self.said.emit(
            Message(
                n_("Looking at {name}", "Looking at {count} pictures", len(paths)).format(
                    name=paths[0].name, count=len(paths)
                )
            )
        )
        self._likenesses.look(paths, self.network, self.device)

    def _put(self, recipe: Recipe) -> None:
        before = self.recipe
        super()._put(recipe)
        if recipe.mode is not before.mode:
            # What is wanted of the other way of working is yet to be said.
            self.stop()
        if self.state is State.IDLE:
            self._follow(before)
            return
        self._demonstrating = False
        if self.state is State.PAUSED and before.restored != recipe.restored:
            self.recompose()
        if self.state is not State.PAUSED and restarts(before, recipe):
            self._begin()
            return
        self._dreamer.change(recipe)

    def recompose(self) -> bool:
        """Has the photo come back through the result where the recipe says; False where that takes a new dream."""
        composed = self._composed
        if composed is None or composed.picture is not self.result:
            return self.result is None
        self._composed = composed.restoring(self.recipe.restored)
        if self._composed is not composed:
            self.result = self._composed.picture
            self.result_changed.emit(self.result)
        return True

    def _follow(self, before: Recipe) -> None:
        """Has the picture follow the recipe where nothing is under way."""
        ready = self.photo is not None or not _lack_of_photo(self.recipe)
        due = before.restored != self.recipe.restored and not self.recompose()
        if self.live and not self._still and ready and (due or shows(before, self.recipe)):
            self.start()

    @contextmanager
    def still(self) -> Iterator[None]:
        """Within it, a change of the recipe is no reason to dream."""
        before, self._still = self._still, True
        try:
            yield
        finally:
            self._still = before

    # The device

    def choose_device(self, name: DeviceName) -> None:
        """Has dreams run on this device. One under way begins anew there; a paused one does when it goes on."""
        if name is self.device:
            return
        self.device, self._noted = name, ""
        if self.state in (State.WAKING, State.DREAMING):
            self._begin()

    # The dream

    def start(self, *, demonstration: bool = False) -> None:
        """Begins the dream anew. A demonstration is nobody's work: no one is asked to save it."""
        lack = "" if self.photo else _lack_of_photo(self.recipe)
        if lack:
            self._complain(lack)
            return
        self._demonstrating = demonstration
        self._begin()

    def pause(self) -> None:
        if self.state in (State.WAKING, State.DREAMING):
            self._result_due = True
            self._dreamer.pause()
            self._set_state(State.PAUSED)

    def resume(self) -> None:
        if self.state is not State.PAUSED:
            return
        # What was changed back meanwhile need not begin it anew.
        if restarts(self._begun_with, self.recipe) or self._begun_on is not self.device:
            self._begin()
        else:
            self._dreamer.resume()
            self._set_state(State.DREAMING)

    def toggle(self) -> None:
        """Starts, pauses or resumes: what the space bar does."""
        match self.state:
            case State.IDLE:
                self.start()
            case State.PAUSED:
                self.resume()
            case _:
                self.pause()

    def stop(self) -> None:
        """Ends the dream; what was dreamed so far stays as the result."""
        if self.state is State.DREAMING or self._result_due:
            self._result_due = True
            self._dreamer.finish()
        else:
            self._dreamer.abandon()
        if self.state is State.WAKING:
            # A first frame may be on its way, of a dream of which no result will come.
            self._generation += 1
        self._set_state(State.IDLE)

    def glimpse(self) -> None:
        """Has `glimpsed` come of the dream under way, which goes on as if nothing had been asked."""
        if self.state is State.DREAMING and not self._glimpse_due:
            self._glimpse_due = True
            self._dreamer.snapshot()

    def take_next(self) -> None:
        """The canvas has painted the last view."""
        self._dreamer.take_next()

    def close(self) -> None:
        """Ends the thread."""
        self._dreamer.leave()

    def _begin(self) -> None:
        self._result_due, self._glimpse_due = False, False
        self._supersede()
        self.judging.forget()
        self._begun_with, self._begun_on, self._begun_photo = self.recipe, self.device, self.photo
        self._dreamer.dream(Job(self._generation, self.recipe, self.photo, self.device))
        self._set_state(State.WAKING)

    def _supersede(self) -> None:
        """What comes of the dream under way, if anything, is no longer shown."""
        if self._begun != self._generation:
            self.handed_over.emit(self._generation, None)
        self._generation += 1

    def _set_state(self, state: State) -> None:
        if state is not self.state:
            self.state = state
            self.state_changed.emit(state)

    # What the dreamer says

    def _on_told(self, generation: int, line: str) -> None:
        if generation != self._generation:
            return
        if self.state is State.WAKING:
            self.waiting_for.emit(line)
        else:
            self.said.emit(Message(line))

    def _on_noted(self, generation: int, line: str) -> None:
        if generation == self._generation and line != self._noted:
            self._noted = line
            self.said.emit(Message(line))

    def _on_began(self, before: Before) -> None:
        self._begun = before.generation
        if before.generation == self._generation:
            self.began.emit(before)

    def _on_viewed(self, view: View) -> None:
        if view.generation != self._generation:
            self._dreamer.take_next()
            return
        if self.state is State.WAKING:
            self._set_state(State.DREAMING)
        self.progressed.emit(view.progress)
        self.viewed.emit(view)

    def _on_resulted(self, result: Result) -> None:
        self.handed_over.emit(result.generation, result.picture)
        if result.generation != self._generation:
            return
        glimpsed, self._glimpse_due = self._glimpse_due, False
        if glimpsed:
            self.glimpsed.emit(result.picture)
        if glimpsed and not self._result_due and not result.whole:
            return
        self._result_due = False
        self.result, self._composed = result.picture, result.composed
        self.result_changed.emit(result.picture)
        if result.whole:
            self._set_state(State.IDLE)
        if self.state is not State.DREAMING:
            # What is to come back may have changed on its way.
            self.recompose()
        self._judge(result.picture)

    def _judge(self, picture: Picture) -> None:
        made = picture.provenance
        if made is not None and made.recipe.mode is Mode.FOOL:
            self.judging.judge(Case(self._begun_photo, picture, made.recipe, self.device))

    def _on_likeness(self, network: Network, goal: DirectionGoal) -> None:
        if network != self.network:
            self._complain(_("The network was changed meanwhile: add the pictures once more"))
        else:
            self.set_goals((*self.recipe.goals, goal), _("Add {goal}").format(goal=described(goal)))

    def _on_failed(self, generation: int, line: str) -> None:
        counts = generation == self._generation
        if counts:
            self._result_due = False
            self._set_state(State.IDLE)
            self._complain(line)
        # A save that waited for this dream gets what there is.
        self.handed_over.emit(generation, self.result if counts else None)


def _lack_of_photo(recipe: Recipe) -> str:
    """What to say where there is no photo; empty where none is needed."""
    if recipe.mode is Mode.IMAGINE:
        wants_contrasts = recipe.imagine.magnitudes is Magnitudes.PHOTOS and not recipe.imagine.profile
        return _("There is no photo whose contrasts could be had: drop one anywhere") if wants_contrasts else ""
    if recipe.start is Start.PHOTO:
        return _("There is no photo yet: drop one anywhere, or start from clouds or noise")
    return ""
