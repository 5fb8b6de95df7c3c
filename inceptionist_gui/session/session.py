"""The session: the open picture, its recipe and the dream, and all that may be done to them."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.engine.networks import Network, check
from inceptionist_gui.errors import UserError
from inceptionist_gui.media import Picture, picture_from_bytes, read_picture
from inceptionist_gui.recipe import DirectionGoal, Magnitudes, Mode, Recipe, Start, described, restarts
from inceptionist_gui.session.asking import Asking
from inceptionist_gui.session.background import Background
from inceptionist_gui.session.commands import Opened, TakeUp
from inceptionist_gui.session.dreamer import Dreamer
from inceptionist_gui.session.exchange import Before, Job, Result, View
from inceptionist_gui.session.judging import Case, Judging
from inceptionist_gui.session.likenesses import Likenesses
from inceptionist_gui.session.naming import name_of
from inceptionist_gui.session.saves import Saves, Writing
from inceptionist_gui.session.state import Message, State


class Session(Asking):
    """The open picture, its recipe and its dream. The window calls the verbs and listens to the signals.

    Changes of the recipe are undoable. While it dreams, a change acts at the next iteration, or begins the
    dream anew where it must.
    """

    picture_opened = Signal(object)
    """The Picture that the dream starts from; None when it is generated."""
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
    saved = Signal(object)
    """The Path of a file that was just written."""
    save_failed = Signal()
    """Nothing was written; why, was said."""
    file_changed = Signal()
    """`path` or `unsaved` is another."""
    waiting_for = Signal(str)
    """What a waking dream is waiting for."""

    def __init__(self, parent: QObject | None = None, *, device: DeviceName = DeviceName.AUTO) -> None:
        super().__init__(parent)
        self.device = device
        """What dreams are to run on."""
        self.state = State.IDLE
        self.photo: Picture | None = None
        self.result: Picture | None = None
        self.path: Path | None = None
        """Where the result was saved, or from where a dreamed picture was opened."""
        self.unsaved = False
        """There is a dream of the user's asking that no file holds."""
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
        self._opened = 0
        """Counts what was opened."""
        self._background = Background(self)
        self._saves = Saves(self._background, self._on_written, self._on_unwritten)
        self._dreamer = Dreamer(self)
        self._dreamer.told.connect(self._on_told)
        self._dreamer.noted.connect(self._on_noted)
        self._dreamer.began.connect(self._on_began)
        self._dreamer.viewed.connect(self._on_viewed)
        self._dreamer.resulted.connect(self._on_resulted)
        self._dreamer.failed.connect(self._on_failed)
        self._take_up_due = False
        """The next Result is to be dreamed on."""
        self.judging = Judging(self._dreamer.run_errand, self)
        self.judging.failed.connect(self._complain)
        self.judging.compared.connect(self._on_compared)
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
        self.said.emit(Message(f"Looking at {paths[0].name if len(paths) == 1 else f'{len(paths)} pictures'}"))
        self._likenesses.look(paths, self.network, self.device)

    def _put(self, recipe: Recipe) -> None:
        before = self.recipe
        if (recipe.start, recipe.mode) != (before.start, before.mode):
            # Saved from now on, it would take the place of another picture's dream.
            self.path = None
        super()._put(recipe)
        self.file_changed.emit()
        if recipe.mode is not before.mode:
            # What is wanted of the other way of working is yet to be said.
            self.stop()
        if self.state is State.IDLE:
            return
        self._demonstrating = False
        if self.state is not State.PAUSED and restarts(before, recipe):
            self._begin()
            return
        self._dreamer.change(recipe)

    # The device

    def choose_device(self, name: DeviceName) -> None:
        """Has dreams run on this device. One under way begins anew there; a paused one does when it goes on."""
        if name is self.device:
            return
        self.device, self._noted = name, ""
        if self.state in (State.WAKING, State.DREAMING):
            self._begin()

    # Pictures in

    def open(self, path: Path) -> None:
        """Reads a picture in the background; a recipe inside it is taken up."""
        self._background.run(lambda: read_picture(path), self.adopt, self._complain)

    def open_bytes(self, data: bytes, name: str) -> None:
        """As `open`, from a picture file's content."""
        self._background.run(lambda: picture_from_bytes(data, name), self.adopt, self._complain)

    def adopt(self, picture: Picture) -> None:
        """Makes the picture the one to dream on; what was dreamed before is let go.

        A recipe inside it is taken up as an undoable step, so that a dream opened by mistake costs nobody theirs.
        """
        self.stop()
        self._forget_result()
        self.photo = picture
        self.undo_stack.clear()
        self.recipe = self.recipe.model_copy(update={"start": Start.PHOTO, "mode": self._mode_for_photo()})
        self.recipe_changed.emit(self.recipe)
        if picture.provenance is not None:
            self._restore(picture.provenance.recipe, picture.name)
        self.picture_opened.emit(picture)
        for note in picture.notes:
            self.said.emit(Message(note))

    def _mode_for_photo(self) -> Mode:
        """To imagine, a photo is of use for its contrasts alone."""
        wants_contrasts = self.recipe.imagine.magnitudes is Magnitudes.PHOTOS
        return Mode.DREAM if self.recipe.mode is Mode.IMAGINE and not wants_contrasts else self.recipe.mode

    def _restore(self, recipe: Recipe, name: str) -> None:
        try:
            check(recipe)
        except UserError as error:
            self._complain(f"{name}: its recipe does not fit: {error}")
            return
        self.apply_recipe(recipe, f"Recipe of {name}")
        self.said.emit(Message("Recipe restored from the picture"))

    def dream_on_result(self) -> None:
        """Makes the picture that was dreamed, imagined or fooled with the photo of a dream: an undoable step."""
        if self.state is not State.IDLE:
            self.stop()
        if self._result_due:
            self._take_up_due = True
        elif self.result is not None:
            self._take_up(self.result)

    def _take_up(self, result: Picture) -> None:
        self._take_up_due = False
        made = result.provenance
        photo = replace(result, name=result.name or (name_of(made) if made else ""))
        recipe = self.recipe.model_copy(update={"mode": Mode.DREAM, "start": Start.PHOTO})
        before, after = (self.photo, self.recipe), (photo, recipe)
        self.undo_stack.push(TakeUp(before, after, "Dream on this", self._put_opened))

    def _put_opened(self, opened: Opened) -> None:
        self.stop()
        self.photo, recipe = opened
        # What is being saved is another picture's from now on.
        self._opened += 1
        self.path = None
        self._put(recipe)
        self.picture_opened.emit(self.photo)
        self.file_changed.emit()
        if self.result is not None:
            self.result_changed.emit(self.result)

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

    def take_next(self) -> None:
        """The canvas has painted the last view."""
        self._dreamer.take_next()

    def close(self) -> None:
        """Ends the threads; files being written are finished first."""
        self._dreamer.leave()
        self._background.finish()

    def _begin(self) -> None:
        self._result_due, self._take_up_due = False, False
        self._supersede()
        self.judging.forget()
        self._begun_with, self._begun_on, self._begun_photo = self.recipe, self.device, self.photo
        self._dreamer.dream(Job(self._generation, self.recipe, self.photo, self.device))
        self._set_state(State.WAKING)

    def _supersede(self) -> None:
        """What comes of the dream under way, if anything, is no longer shown."""
        if self._begun != self._generation:
            self._saves.hand_over(self._generation, None)
        self._generation += 1

    def _set_state(self, state: State) -> None:
        if state is not self.state:
            self.state = state
            self.state_changed.emit(state)

    # Pictures out

    def save(self, path: Path, *, depth: int = 8, quality: int = 92) -> None:
        """Writes the dream in the background, as it stands at this moment."""
        writing = Writing(path, depth, quality, self._generation, self._opened)
        if self.state is not State.DREAMING and not self._result_due:
            self._saves.write(writing, self.result)
            return
        self._saves.wait(writing)
        if self.state is State.DREAMING:
            self._dreamer.snapshot()

    def _on_unwritten(self, line: str) -> None:
        self._complain(line)
        self.save_failed.emit()

    def _on_written(self, writing: Writing, picture: Picture) -> None:
        if writing.opened == self._opened:
            self.path = writing.path
            self.unsaved = self.unsaved and picture is not self.result
            self.file_changed.emit()
        self.said.emit(Message(f"Saved {writing.path.name}"))
        self.saved.emit(writing.path)

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
        self._note_unsaved()
        self.progressed.emit(view.progress)
        self.viewed.emit(view)

    def _on_resulted(self, result: Result) -> None:
        self._saves.hand_over(result.generation, result.picture)
        if result.generation != self._generation:
            return
        self._result_due = False
        self.result = result.picture
        self._note_unsaved()
        self.result_changed.emit(result.picture)
        if result.whole:
            self._set_state(State.IDLE)
        self._judge(result.picture)
        if self._take_up_due:
            self._take_up(result.picture)

    def _judge(self, picture: Picture) -> None:
        made = picture.provenance
        if made is not None and made.recipe.mode is Mode.FOOL:
            self.judging.judge(Case(self._begun_photo, picture, made.recipe, self.device))

    def _on_compared(self, path: Path) -> None:
        self.said.emit(Message(f"Saved {path.name}"))

    def _on_likeness(self, network: Network, goal: DirectionGoal) -> None:
        if network != self.network:
            self._complain("The network was changed meanwhile: add the pictures once more")
        else:
            self.set_goals((*self.recipe.goals, goal), f"Add {described(goal)}")

    def _on_failed(self, generation: int, line: str) -> None:
        if generation == self._generation:
            self._result_due = False
            self._set_state(State.IDLE)
            self._complain(line)
        # A save that waited for this dream gets what there is.
        self._saves.hand_over(generation, self.result if generation == self._generation else None)

    def _note_unsaved(self) -> None:
        if not self.unsaved and not self._demonstrating:
            self.unsaved = True
            self.file_changed.emit()

    def _forget_result(self) -> None:
        self._supersede()
        self.result, self.path, self.unsaved = None, None, False
        self._result_due, self._take_up_due = False, False
        self._opened += 1
        self.judging.forget()
        self.result_changed.emit(None)
        self.file_changed.emit()


def _lack_of_photo(recipe: Recipe) -> str:
    """What to say where there is no photo; empty where none is needed."""
    if recipe.mode is Mode.IMAGINE:
        wants_contrasts = recipe.imagine.magnitudes is Magnitudes.PHOTOS and not recipe.imagine.profile
        return "There is no photo whose contrasts could be had: drop one anywhere" if wants_contrasts else ""
    if recipe.start is Start.PHOTO:
        return "There is no photo yet: drop one anywhere, or start from clouds or noise"
    return ""
