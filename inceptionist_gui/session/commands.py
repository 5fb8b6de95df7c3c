"""The undo commands."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QUndoCommand

from inceptionist_gui.media import Picture
from inceptionist_gui.recipe import Recipe
from inceptionist_gui.render.restoring import Composed


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """What is worked on."""

    photo: Picture | None
    recipe: Recipe
    result: Picture | None
    composed: Composed | None = None
    """What the result is put together of; None where it is not known."""
    state: str = ""
    """The state of the history that it is; empty for none."""


class SetRecipe(QUndoCommand):
    """Replaces the recipe; commands of one gesture, as a slider's drag, become one."""

    _ID = 1

    def __init__(
        self, before: Recipe, after: Recipe, text: str, put: Callable[[Recipe], None], gesture: int | None = None
    ) -> None:
        super().__init__(text)
        self._before = before
        self._after = after
        self._put = put
        self._gesture = gesture

    def redo(self) -> None:
        self._put(self._after)

    def undo(self) -> None:
        self._put(self._before)

    def id(self) -> int:
        return -1 if self._gesture is None else self._ID

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, SetRecipe) or other._gesture != self._gesture:
            return False
        self._after = other._after
        self.setText(other.text())
        # A slider dragged back to where it began has changed nothing.
        self.setObsolete(self._after == self._before)
        return True


class TakeUp(QUndoCommand):
    """Works on another photo or dream, with the recipe that belongs to it."""

    def __init__(self, before: Opened, after: Opened, text: str, put: Callable[[Opened], None]) -> None:
        super().__init__(text)
        self._before = before
        self._after = after
        self._put = put

    def redo(self) -> None:
        self._put(self._after)

    def undo(self) -> None:
        self._put(self._before)
