"""The undo commands."""

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from inceptionist_gui.media import Picture
from inceptionist_gui.recipe import Recipe

Opened = tuple[Picture | None, Recipe]
"""What is dreamed on, and how."""


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
    """Makes another picture the photo, with a recipe for it."""

    def __init__(self, before: Opened, after: Opened, text: str, put: Callable[[Opened], None]) -> None:
        super().__init__(text)
        self._before = before
        self._after = after
        self._put = put

    def redo(self) -> None:
        self._put(self._after)

    def undo(self) -> None:
        self._put(self._before)
