"""Whole looks at once: presets, mixes of two, looks by chance, and what is locked against them."""

from random import randrange
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from inceptionist_gui.recipe import Preset, Recipe, between, keeping, varied
from inceptionist_gui.words import _

if TYPE_CHECKING:
    from inceptionist_gui.session.asking import Asking

_SEEDS = 1_000_000
_MIX = "mix"
"""The part of the recipe that all values of a mix's slider belong to: they are one undo step."""


class Looks(QObject):
    """Changes the look as a whole, each time as one undoable step. Locked fields stay as they are."""

    locks_changed = Signal()

    def __init__(self, asking: "Asking") -> None:
        super().__init__(asking)
        self._asking = asking
        self.locked: frozenset[str] = frozenset()
        """Dotted paths of controls, and `goals`."""

    def lock(self, path: str, on: bool) -> None:
        self.restore_locks(self.locked | {path} if on else self.locked - {path})

    def restore_locks(self, paths: frozenset[str]) -> None:
        """These, and no others, are locked."""
        if paths != self.locked:
            self.locked = paths
            self.locks_changed.emit()

    def apply(self, preset: Preset) -> None:
        self._put(preset, _("Preset {title}").format(title=_(preset.title)))

    def fits(self, preset: Preset) -> bool:
        """Whether to apply it would change nothing."""
        return self._dressed(preset) == self._asking.recipe

    def vary(self, seed: int | None = None) -> None:
        """Another look by chance; by the same seed, if one is given, the same."""
        # The first stage answers to grain, which makes no picture.
        layers = [stage.name for stage in self._asking.network.stages[1:]]
        drawn = randrange(_SEEDS) if seed is None else seed
        after = varied(self._asking.recipe, drawn, layers, self.locked)
        self._asking.apply_recipe(after, _("Vary the look"))

    def mix(self, first: Preset, second: Preset, share: float) -> None:
        """Between two looks, at 0 the first and at 1 the second; all up to `end_gesture` is one undo step."""
        told = _("Mix {first} and {second} {share} %")
        text = told.format(first=_(first.title), second=_(second.title), share=round(100 * share))
        self._put(between(first, second, share), text, _MIX)

    def _put(self, preset: Preset, text: str, part: str = "") -> None:
        self._asking.apply_recipe(self._dressed(preset), text, part)

    def _dressed(self, preset: Preset) -> Recipe:
        recipe = self._asking.recipe
        return keeping(recipe, preset.applied(recipe), self.locked)
