"""The session: the open picture, its recipe and the dream, and all that may be done to them."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.engine.networks import Network, check, network_named
from inceptionist_gui.errors import UserError
from inceptionist_gui.media import Picture, picture_from_bytes, read_picture
from inceptionist_gui.recipe import Goal, Preset, Recipe, Start, control_at, restarts, with_value
from inceptionist_gui.session.background import Background
from inceptionist_gui.session.commands import SetRecipe
from inceptionist_gui.session.dreamer import Dreamer
from inceptionist_gui.session.exchange import Before, Job, Result, View
from inceptionist_gui.session.saves import Saves, Writing
from inceptionist_gui.session.state import Message, State, Tone


class Session(QObject):
    """The open picture, its recipe and its dream. The window calls the verbs and listens to the signals.

    Changes of the recipe are undoable. While it dreams, a change acts at the next iteration, or begins the
    dream anew where it must.
    """

    recipe_changed = Signal(object)
    """The Recipe."""
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
    said = Signal(object)
    """A Message."""
    waiting_for = Signal(str)
    """What a waking dream is waiting for."""

    def __init__(self, parent: QObject | None = None, *, device: DeviceName = DeviceName.AUTO) -> None:
        super().__init__(parent)
        self.device = device
        """What dreams are to run on."""
        self.undo_stack = QUndoStack(self)
        self.recipe = Recipe()
        self.state = State.IDLE
        self.photo: Picture | None = None
        self.result: Picture | None = None
        self.path: Path | None = None
        """Where the result was saved, or from where a dreamed picture was opened."""
        self.unsaved = False
        """There is a dream of the user's asking that no file holds."""
        self._generation = 0
        self._gesture = 0
        self._demonstrating = False
        self._begun = 0
        """The generation that had its first frame last."""
        self._begun_with = self.recipe
        """The recipe at the beginning of the dream under way."""
        self._begun_on = device
        """The device that was wished for at its beginning."""
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
        self._dreamer.start()

    @property
    def demonstrating(self) -> bool:
        """What is dreamed is a demonstration, not the user's work."""
        return self._demonstrating

    # The recipe

    @property
    def network(self) -> Network:
        """The description of the recipe's network."""
        return network_named(self.recipe.network)

    def set_value(self, path: str, value: float) -> None:
        """Sets the control at a dotted path; all sets of one path up to `end_gesture` are one undo step."""
        control = control_at(path)
        after = with_value(self.recipe, path, int(value) if control.whole else value)
        self._change(after, f"{control.title} {control.shown(value)}", gesture=hash((self._gesture, path)))

    def end_gesture(self) -> None:
        """A slider was let go: what comes next is another undo step."""
        self._gesture += 1

    def set_goals(self, goals: tuple[Goal, ...], text: str, part: str = "") -> None:
        """`text` is what the undo menu calls it. Sets of one `part` up to `end_gesture` are one undo step."""
        gesture = hash((self._gesture, "goals", part)) if part else None
        self._change(self.recipe.model_copy(update={"goals": goals}), text, gesture)

    def set_start(self, start: Start) -> None:
        self._change(self.recipe.model_copy(update={"start": start}), f"Start from {start.value}")

    def set_network(self, name: str) -> None:
        """Goals that the new network does not know give way to its own first choice."""
        after = self.recipe.model_copy(update={"network": name})
        known = tuple(goal for goal in after.goals if _fits(after.model_copy(update={"goals": (goal,)})))
        self._change(
            after.model_copy(update={"goals": known or Recipe().goals}), f"See through {network_named(name).title}"
        )

    def apply_preset(self, preset: Preset) -> None:
        self.apply_recipe(preset.applied(self.recipe), f"Preset {preset.title}")

    def reset(self) -> None:
        """Every control and goal as at the first start; the start, its size and its seed stay."""
        kept = self.recipe.model_dump(include={"start", "size", "seed"})
        self.apply_recipe(Recipe(**kept), "Reset the controls")

    def apply_recipe(self, recipe: Recipe, text: str) -> None:
        self._change(recipe, text)

    def _change(self, after: Recipe, text: str, gesture: int | None = None) -> None:
        if after == self.recipe:
            return
        try:
            check(after)
        except UserError as error:
            self._complain(str(error))
            return
        self.undo_stack.push(SetRecipe(self.recipe, after, text, self._put, gesture))

    def _put(self, recipe: Recipe) -> None:
        before, self.recipe = self.recipe, recipe
        if recipe.start is not before.start:
            # Saved from now on, it would take the place of another picture's dream.
            self.path = None
            self.file_changed.emit()
        self.recipe_changed.emit(recipe)
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
        self.recipe = self.recipe.model_copy(update={"start": Start.PHOTO})
        self.recipe_changed.emit(self.recipe)
        if picture.provenance is not None:
            self._restore(picture.provenance.recipe, picture.name)
        self.picture_opened.emit(picture)
        for note in picture.notes:
            self.said.emit(Message(note))

    def _restore(self, recipe: Recipe, name: str) -> None:
        try:
            check(recipe)
        except UserError as error:
            self._complain(f"{name}: its recipe does not fit: {error}")
            return
        self.apply_recipe(recipe, f"Recipe of {name}")
        self.said.emit(Message("Recipe restored from the picture"))

    # The dream

    def start(self, *, demonstration: bool = False) -> None:
        """Begins the dream anew. A demonstration is nobody's work: no one is asked to save it."""
        if self.recipe.start is Start.PHOTO and self.photo is None:
            self._complain("There is no photo yet: drop one anywhere, or start from clouds or noise")
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
        self._result_due = False
        self._supersede()
        self._begun_with, self._begun_on = self.recipe, self.device
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
        self._result_due = False
        self._opened += 1
        self.result_changed.emit(None)
        self.file_changed.emit()

    def _complain(self, line: str) -> None:
        self.said.emit(Message(line, Tone.ERROR))


def _fits(recipe: Recipe) -> bool:
    try:
        check(recipe)
    except UserError:
        return False
    return True
