"""The recipe, and all that may be done to it: the part of a session that is undone and redone."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from inceptionist_gui.engine.networks import Network, check, network_named
from inceptionist_gui.errors import UserError
from inceptionist_gui.recipe import (
    DirectionGoal,
    Goal,
    Mode,
    Preset,
    Recipe,
    Start,
    control_at,
    with_value,
)
from inceptionist_gui.session import wording
from inceptionist_gui.session.commands import SetRecipe
from inceptionist_gui.session.looks import Looks
from inceptionist_gui.session.state import Message, Tone
from inceptionist_gui.words import _


class Asking(QObject):
    """What is asked for. Every change is an undoable step; one that fits no network is refused with a line."""

    recipe_changed = Signal(object)
    """The Recipe."""
    said = Signal(object)
    """A Message."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self.recipe = Recipe()
        self.looks = Looks(self)
        self._gesture = 0

    @property
    def network(self) -> Network:
        """The description of the recipe's network."""
        return network_named(self.recipe.network)

    def set_value(self, path: str, value: float) -> None:
        """Sets the control at a dotted path; all sets of one path up to `end_gesture` are one undo step."""
        control = control_at(path)
        after = with_value(self.recipe, path, int(value) if control.whole else value)
        self._change(after, f"{_(control.title)} {control.shown(value)}", gesture=hash((self._gesture, path)))

    def end_gesture(self) -> None:
        """A slider was let go: what comes next is another undo step."""
        self._gesture += 1

    def set_goals(self, goals: tuple[Goal, ...], text: str, part: str = "") -> None:
        """`text` is what the undo menu calls it. Sets of one `part` up to `end_gesture` are one undo step."""
        gesture = hash((self._gesture, "goals", part)) if part else None
        self._change(self.recipe.model_copy(update={"goals": goals}), text, gesture)

    def set_mode(self, mode: Mode) -> None:
        """Another way of working; what is under way ends, and its picture stays."""
        self._change(
            self.recipe.model_copy(update={"mode": mode}), _("Mode {name}").format(name=_(wording.MODES[mode]))
        )

    def set_word(self, path: str, word: str, text: str) -> None:
        """Sets the field at a dotted path that holds a word; `text` is what the undo menu calls it."""
        self._change(with_value(self.recipe, path, word), text)

    def set_start(self, start: Start) -> None:
        """Nothing is imagined from a picture: to start from one is to dream."""
        mode = Mode.DREAM if self.recipe.mode is Mode.IMAGINE else self.recipe.mode
        after = self.recipe.model_copy(update={"start": start, "mode": mode})
        self._change(after, _("Start from {what}").format(what=_(wording.STARTS[start])))

    def set_network(self, name: str) -> None:
        """Goals that the new network does not know give way to its own first choice.

        A direction is one network's alone, though another's layer may have as many channels.
        """
        after = self.recipe.model_copy(update={"network": name})
        kept = [goal for goal in after.goals if not isinstance(goal, DirectionGoal)]
        known = tuple(goal for goal in kept if _fits(after.model_copy(update={"goals": (goal,)})))
        self._change(
            after.model_copy(update={"goals": known or Recipe().goals}),
            _("See through {network}").format(network=network_named(name).title),
        )

    def apply_preset(self, preset: Preset) -> None:
        self.looks.apply(preset)

    def reset(self) -> None:
        """Every control and goal as at the first start; the mode, the start, its size, seed and masks stay."""
        kept = self.recipe.model_dump(include={"mode", "start", "size", "seed", "mask", "restored"})
        self.apply_recipe(Recipe(**kept), _("Reset the controls"))

    def apply_recipe(self, recipe: Recipe, text: str, part: str = "") -> None:
        """As `set_goals`: all that is applied to one `part` up to `end_gesture` is one undo step."""
        self._change(recipe, text, hash((self._gesture, "recipe", part)) if part else None)

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
        """Has it count from now on."""
        self.recipe = recipe
        self.recipe_changed.emit(recipe)

    def _complain(self, line: str) -> None:
        self.said.emit(Message(line, Tone.ERROR))


def _fits(recipe: Recipe) -> bool:
    try:
        check(recipe)
    except UserError:
        return False
    return True
