"""The session: the open piece of work and its dream, and all that may be done to them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.engine.networks import check
from inceptionist_gui.errors import UserError
from inceptionist_gui.media import Picture, Project, as_uint8, picture_from_bytes
from inceptionist_gui.recipe import Magnitudes, Mode, Recipe, Start
from inceptionist_gui.session.background import Background
from inceptionist_gui.session.commands import Opened, TakeUp
from inceptionist_gui.session.dreaming import Dreaming
from inceptionist_gui.session.exchange import Before, Result, View
from inceptionist_gui.session.files import Found, read
from inceptionist_gui.session.guides import Guides
from inceptionist_gui.session.history import History, Reopened
from inceptionist_gui.session.masking import Masking
from inceptionist_gui.session.naming import name_of
from inceptionist_gui.session.saves import Saves, Writing
from inceptionist_gui.session.state import Message, State
from inceptionist_gui.session.targets import unmasked
from inceptionist_gui.words import _

_ELSEWHERE = -1
"""The count of what was never open."""


class Session(Dreaming):
    """The open picture, its recipe and its dream. The window calls the verbs and listens to the signals.

    Changes of the recipe are undoable. What is open is a picture or a project; the history keeps what was dreamed.
    """

    picture_opened = Signal(object)
    """The Picture that the dream starts from; None when it is generated."""
    project_opened = Signal(object)
    """The Path of a project that was opened."""
    saved = Signal(object)
    """The Path of a file that was just written."""
    save_failed = Signal()
    """Nothing was written; why, was said."""
    file_changed = Signal()
    """`path`, `project` or `unsaved` is another."""

    def __init__(self, parent: QObject | None = None, *, device: DeviceName = DeviceName.AUTO) -> None:
        super().__init__(parent, device=device)
        self.path: Path | None = None
        """Where the result was saved, or from where a dreamed picture was opened."""
        self.project: Path | None = None
        """The file of the open project."""
        self.unsaved = False
        """There is a dream of the user's asking that no file holds, or the open project's file holds another."""
        self._in_file: Project | None = None
        """What the open project's file holds."""
        self._opened = 0
        """Counts what was opened."""
        self._when_ended: Callable[[], None] | None = None
        """What waits for the last picture of a dream that was ended for it."""
        self._keep_due = False
        """The next Result is to be kept, though it dreams on."""
        self._background = Background(self)
        self.guides = Guides(self, self._background)
        self._saves = Saves(self._background, self._on_written, self._on_unwritten)
        self.handed_over.connect(self._saves.hand_over)
        self.history = History(self)
        self.history.said.connect(self.said)
        self.history.opened.connect(self._return_to)
        self._begun_from = ""
        """The state of the history that was shown when the dream began."""
        self.masking = Masking(self, self)
        self.judging.compared.connect(self._on_compared)

    def _put(self, recipe: Recipe) -> None:
        if (recipe.start, recipe.mode) != (self.recipe.start, self.recipe.mode):
            # Saved from now on, it would take the place of another picture's dream.
            self.path = None
        if self.project is not None:
            self.unsaved = self._differs(recipe)
        super()._put(recipe)
        self.file_changed.emit()

    def work(self) -> Project:
        """All that a project holds, as it now is."""
        return Project(self.recipe, self.photo, self.result, self._dreamed(self.result))

    def _dreamed(self, picture: Picture | None) -> Picture | None:
        """The picture before the photo came back through it; None where it did not."""
        composed = self._composed
        if composed is None or picture is None or composed.picture is not picture:
            return None
        return None if composed.dreamed is picture.pixels else Picture(composed.dreamed)

    # In

    def open(self, path: Path) -> None:
        """Reads a picture or a project in the background; a recipe inside it is taken up."""
        self._background.run(lambda: read(path), lambda found: self._adopt_found(found, path), self._complain)

    def open_bytes(self, data: bytes, name: str) -> None:
        """As `open`, from a picture file's content."""
        self._background.run(lambda: picture_from_bytes(data, name), self.adopt, self._complain)

    def _adopt_found(self, found: Picture | Found, path: Path) -> None:
        if isinstance(found, Picture):
            self.adopt(found)
        elif self.adopt_work(found, path):
            self.project_opened.emit(path)

    def adopt(self, picture: Picture) -> None:
        """Makes the picture the one to dream on; what was dreamed before is let go.

        A recipe inside it is taken up as an undoable step, so that a dream opened by mistake costs nobody theirs.
        """
        self._forget()
        self.photo = picture
        recipe = self.recipe.model_copy(update={"start": Start.PHOTO, "mode": self._mode_for_photo()})
        self._renew(unmasked(recipe))
        if picture.provenance is not None:
            self._restore(picture.provenance.recipe, picture.name)
        self.picture_opened.emit(picture)
        for note in picture.notes:
            self.said.emit(Message(note))

    def adopt_work(self, found: Found, path: Path | None = None, *, in_file: bool = True) -> bool:
        """Makes this the open piece of work; False where it does not fit.

        `path` is its project, if it has one; `in_file` says whether that is as it is here.
        """
        project = found.project
        try:
            check(project.recipe)
        except UserError as error:
            self._complain(f"{path.name}: {error}" if path else str(error))
            return False
        self._forget()
        held = path is not None and in_file
        self.project, self._in_file = path, project if held else None
        self.unsaved = not held and (path is not None or project.result is not None)
        self._show(Opened(project.photo, project.recipe, project.result, found.composed))
        self.file_changed.emit()
        return True

    def _forget(self) -> None:
        """What is open is let go, with its undo steps."""
        self.stop()
        self._supersede()
        self.result, self.path, self.project, self._in_file, self.unsaved = None, None, None, None, False
        self._result_due, self._when_ended, self._composed = False, None, None
        self._demonstrating = False
        self._opened += 1
        self.history.leave()
        self.judging.forget()
        self.undo_stack.clear()
        self.result_changed.emit(None)
        self.file_changed.emit()

    def _renew(self, recipe: Recipe) -> None:
        """A recipe that belongs to what was opened: neither a step nor a reason to dream."""
        self.recipe = recipe
        self.recipe_changed.emit(recipe)

    def _mode_for_photo(self) -> Mode:
        """To imagine, a photo is of use for its contrasts alone."""
        wants_contrasts = self.recipe.imagine.magnitudes is Magnitudes.PHOTOS
        return Mode.DREAM if self.recipe.mode is Mode.IMAGINE and not wants_contrasts else self.recipe.mode

    def _restore(self, recipe: Recipe, name: str) -> None:
        try:
            check(recipe)
        except UserError as error:
            self._complain(_("{name}: its recipe does not fit: {error}").format(name=name, error=error))
            return
        with self.still():
            self.apply_recipe(recipe, _("Recipe of {name}").format(name=name))
        self.said.emit(Message(_("Recipe restored from the picture")))

    # From one piece of work to another

    def dream_on_result(self) -> None:
        """Makes the picture that was dreamed, imagined or fooled with the photo of a dream: an undoable step."""
        self._once_ended(self._take_up)

    def _take_up(self) -> None:
        if self.result is None:
            return
        made = self.result.provenance
        photo = replace(self.result, name=self.result.name or (name_of(made) if made else ""))
        recipe = self.recipe.model_copy(update={"mode": Mode.DREAM, "start": Start.PHOTO})
        self._push(Opened(photo, recipe, self.result, self._composed, self.history.current), _("Dream on this"))

    def _return_to(self, reopened: Reopened) -> None:
        """Shows a state of the history: an undoable step, from which one may dream on."""
        self._once_ended(lambda: self._take_back(reopened))

    def _take_back(self, reopened: Reopened) -> None:
        work, state = reopened.found.project, reopened.state
        if state.id == self.history.current and work.recipe == self.recipe:
            return
        try:
            check(work.recipe)
        except UserError as error:
            self._complain(str(error))
            return
        opened = Opened(work.photo, work.recipe, work.result, reopened.found.composed, state.id)
        self._push(opened, _("State {number}").format(number=state.number))

    def _push(self, opened: Opened, text: str) -> None:
        now = Opened(self.photo, self.recipe, self.result, self._composed, self.history.current)
        self.undo_stack.push(TakeUp(now, opened, text, self._put_opened))

    def _once_ended(self, then: Callable[[], None]) -> None:
        """Ends the dream and calls `then` when its last picture is there; at once where none is to come."""
        if self.state is not State.IDLE:
            self.stop()
        self._when_ended = then
        if not self._result_due:
            self._go_on()

    def _go_on(self) -> None:
        then, self._when_ended = self._when_ended, None
        if then is not None:
            then()

    def _put_opened(self, opened: Opened) -> None:
        self.stop()
        self._supersede()
        self._result_due, self._demonstrating = False, False
        # What is being saved is another picture's from now on.
        self._opened += 1
        self.path = None
        if self.project is None and opened.result is not self.result:
            self.unsaved = opened.result is not None
        self._show(opened)
        if self.project is not None:
            self.unsaved = self._differs(self.recipe)
        self.file_changed.emit()

    def _show(self, opened: Opened) -> None:
        self.photo, self.result = opened.photo, opened.result
        self._begun_photo = opened.photo
        self.history.enter(opened.state)
        self.judging.forget()
        self._renew(opened.recipe)
        self.picture_opened.emit(opened.photo)
        self._composed = opened.composed
        if self._composed is not None and self._composed.photo is not None:
            self.began.emit(Before(self._generation, as_uint8(self._composed.photo)))
        if opened.result is not None:
            self.result_changed.emit(opened.result)
            self._judge(opened.result)

    # Out

    def save(self, path: Path, *, depth: int = 8, quality: int = 92) -> None:
        """Writes the dream in the background, as it stands at this moment."""
        self._write(Writing(path, self._generation, self._opened, depth, quality))

    def save_other(self, picture: Picture, path: Path, *, depth: int = 8, quality: int = 92) -> None:
        """Writes a picture that is not what is worked on."""
        self._saves.write(Writing(path, self._generation, _ELSEWHERE, depth, quality), picture)

    def save_project(self, path: Path) -> None:
        """Writes the recipe, the photo and the dream so far into one file, in the background."""
        self._write(Writing(path, self._generation, self._opened, project=self.work()))

    def keep_state(self) -> None:
        """Puts what is shown into the history, to stay there."""
        if self.state is State.DREAMING:
            self._keep_due, self._result_due = True, True
            self._dreamer.snapshot()
        elif self.result is not None:
            self._keep(self.result, pinned=True)
        else:
            self._complain(_("There is nothing to keep yet: dream first"))

    def close(self) -> None:
        """Ends the threads; files being written are finished first."""
        super().close()
        self._background.finish()
        self.history.finish()

    def _write(self, writing: Writing) -> None:
        if self.state is not State.DREAMING and not self._result_due:
            self._saves.write(writing, self.result)
            return
        self._saves.wait(writing)
        if self.state is State.DREAMING:
            self._result_due = True
            self._dreamer.snapshot()

    def _on_unwritten(self, line: str) -> None:
        self._complain(line)
        self.save_failed.emit()

    def _on_written(self, writing: Writing, picture: Picture | None) -> None:
        if writing.opened == self._opened:
            self._note_written(writing, picture)
            self.file_changed.emit()
        self.said.emit(Message(_("Saved {name}").format(name=writing.path.name)))
        self.saved.emit(writing.path)

    def _note_written(self, writing: Writing, picture: Picture | None) -> None:
        if writing.project is not None:
            self.project, self._in_file = writing.path, writing.of(picture)
            self.unsaved = self._differs(self.recipe)
            return
        self.path = writing.path
        if self.project is None:
            self.unsaved = self.unsaved and picture is not self.result
        if picture is not None:
            self._keep(picture)

    def _on_compared(self, path: Path) -> None:
        self.said.emit(Message(_("Saved {name}").format(name=path.name)))

    def _differs(self, recipe: Recipe) -> bool:
        """Whether the open project's file holds something else."""
        held = self._in_file
        if held is None:
            return True
        return held.recipe != recipe or held.photo is not self.photo or held.result is not self.result

    # What the dreamer says

    def _begin(self) -> None:
        self._when_ended, self._keep_due = None, False
        self._begun_from = self.history.current
        super()._begin()

    def _on_viewed(self, view: View) -> None:
        if view.generation == self._generation:
            self._note_unsaved()
        super()._on_viewed(view)

    def _on_resulted(self, result: Result) -> None:
        keep, self._keep_due = self._keep_due, False
        before = self.result
        super()._on_resulted(result)
        if self.result is before:
            return
        self._note_unsaved()
        if keep or (not self._demonstrating and self.state is not State.DREAMING):
            self._keep(result.picture, pinned=keep)
        self._go_on()

    def recompose(self) -> bool:
        before = self.result
        composed = super().recompose()
        if self.result is not before:
            self._note_unsaved()
        return composed

    def _on_failed(self, generation: int, line: str) -> None:
        super()._on_failed(generation, line)
        if generation == self._generation:
            self._go_on()

    def _keep(self, picture: Picture, *, pinned: bool = False) -> None:
        """Has the history keep the picture with all that it was made of."""
        made = picture.provenance
        recipe = made.recipe if made is not None else self.recipe
        work = Project(recipe, self._begun_photo, picture, self._dreamed(picture))
        self.history.keep(work, self._begun_from, pinned=pinned)

    def _note_unsaved(self) -> None:
        if not self.unsaved and not self._demonstrating:
            self.unsaved = True
            self.file_changed.emit()
