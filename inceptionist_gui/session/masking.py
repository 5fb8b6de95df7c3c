"""Painting the masks of the recipe: where to dream, where a goal counts, where the photo comes back."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from inceptionist_gui.recipe import Goal, Mask, Recipe
from inceptionist_gui.session.asking import Asking
from inceptionist_gui.session.brush import FULL, Brush, Dab, Levels, Point, Shares, Stroke, Touched
from inceptionist_gui.session.mask_values import feathered, gradient, resized, selection
from inceptionist_gui.session.targets import Kind, Target
from inceptionist_gui.words import _

_EVERY = 100
"""Milliseconds between the steps in which a dream hears of a stroke under way."""
_HOT, _SOFT = 0.4, 0.3
"""What of the evidence becomes a mask: the heat at its edge's middle, and the edge's width."""


class Masking(QObject):
    """The mask that is painted, and all that may be done to it. Each stroke and each command is one undo step.

    Places are shares of the picture's width and height, from 0 to 1.
    """

    target_changed = Signal(object)
    """The Target that is painted from now on; None when painting has ended."""
    changed = Signal(object)
    """The rows and columns that may have other values now, a Touched; None when all may."""

    def __init__(self, asking: Asking, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asking = asking
        self.target: Target | None = None
        self._goal: Goal | None = None
        """The goal that is painted for, by which it is found when the list changes."""
        self._shape = (0, 0)
        self._values: Levels | None = None
        self._mask: Mask | None = None
        """What the recipe holds for the target."""
        self._stroke: Stroke | None = None
        self._base: Levels | None = None
        """What the gradient under way is drawn over."""
        self._before: Mask | None = None
        """What it held when the gesture under way began."""
        self._step = ""
        """What the undo menu calls the gesture under way."""
        self._soon = QTimer(self, singleShot=True, interval=_EVERY)
        self._soon.timeout.connect(self._commit)
        asking.recipe_changed.connect(self._on_recipe)

    # What is painted

    def begin(self, target: Target) -> None:
        """Paints this one from now on."""
        if not target.fits(self._asking.recipe):
            return
        self.release()
        self._aim_at(target)
        self._read()
        self.target_changed.emit(target)

    def end(self) -> None:
        if self.target is None:
            return
        self.release()
        self.target, self._goal, self._values, self._mask = None, None, None, None
        self.target_changed.emit(None)

    def fit(self, width: int, height: int) -> None:
        """Gives masks the shape of a picture of this size; nothing is painted on one without pixels."""
        longest = max(width, height)
        sides = (max(1, round(Mask.longest * side / longest)) if longest else 0 for side in (height, width))
        shape = next(sides), next(sides)
        if shape != self._shape:
            self._drop()
            self._shape = shape
            if self.target is not None:
                self._read()

    @property
    def values(self) -> Levels | None:
        """The mask as it now is, not to be written to; None where there is none."""
        return self._values

    @property
    def busy(self) -> bool:
        """A stroke or a gradient is under way."""
        return self._stroke is not None or self._base is not None

    # Strokes

    def press(self, brush: Brush, dab: Dab, *, erase: bool = False) -> None:
        """Begins a stroke. The brush's diameter is a share of the picture's longer side."""
        if not self._begin_gesture(_("Restore stroke") if self._restores else _("Mask stroke")):
            return
        values = self._started(FULL if erase and self._everywhere else 0)
        sized = Brush(brush.diameter * max(self._shape), brush.hardness, brush.strength)
        self._stroke = Stroke(values, sized, 0 if erase else FULL)
        self.move(dab)

    def move(self, dab: Dab) -> None:
        if self._stroke is not None:
            touched = self._stroke.to(Dab(self._point(dab.at), dab.size, dab.strength))
            self._follow(touched)

    def draw_gradient(self, start: Point, end: Point, *, radial: bool = False, strength: float = 1.0) -> None:
        """Full at the start, none at the end, over what was there; drawn anew with each call until `release`."""
        if self._base is None:
            if not self._begin_gesture(_("Restore gradient") if self._restores else _("Mask gradient")):
                return
            self._base = self._started(0).copy()
        drawn = gradient(self._shape, self._point(start), self._point(end), radial=radial) * np.float32(FULL)
        values = self._started(0)
        values[...] = np.rint(self._base + (drawn - self._base) * np.float32(strength)).astype(np.uint8)
        self._follow(None)

    def release(self) -> None:
        """Ends what is under way: it is one undo step."""
        if self.busy:
            self._drop()
            self._commit()
            self._asking.end_gesture()

    def give_up(self) -> None:
        """Takes back what is under way."""
        if not self.busy:
            return
        self._drop()
        self._take(self._before)
        self._read()
        self._asking.end_gesture()

    # Commands

    def fill(self) -> None:
        self._command(_("Fill the mask"), lambda values: np.full_like(values, FULL))

    def clear(self) -> None:
        """Without a mask: the dream is everywhere, the photo comes back nowhere."""
        if self._begin_gesture(_("Clear the mask")):
            self._take(None)
            self._read()
            self._asking.end_gesture()

    def invert(self) -> None:
        self._command(_("Invert the mask"), lambda values: FULL - values)

    def feather(self, radius: float) -> None:
        """Softens the edges; `radius` is a share of the picture's longer side."""
        if self._values is not None:
            blur = radius * max(self._shape)
            self._command(_("Feather the mask"), lambda values: feathered(values, blur))

    def take_heat(self, heat: Shares) -> None:
        """Masks what is hot: where the network found evidence. `heat` is in [0, 1] and of any size."""
        hot = np.rint(selection(heat, _HOT, _SOFT) * FULL).astype(np.uint8)
        self._command(_("Mask from the evidence"), lambda values: resized(hot, values.shape))

    # Within

    @property
    def _everywhere(self) -> bool:
        return self.target is not None and self.target.everywhere

    @property
    def _restores(self) -> bool:
        return self.target is not None and self.target.kind is Kind.PHOTO

    def _begin_gesture(self, step: str) -> bool:
        """Whether there is something to be painted on."""
        self.release()
        if self.target is None or self._shape == (0, 0):
            return False
        self._asking.end_gesture()
        self._step, self._before = step, self._mask
        return True

    def _command(self, step: str, change: Callable[[Levels], Levels]) -> None:
        if self._begin_gesture(step):
            self._values = np.array(change(self._started(FULL if self._everywhere else 0)))
            self._commit()
            self._asking.end_gesture()
            self.changed.emit(None)

    def _started(self, level: int) -> Levels:
        """The values to be painted into: where there are none yet, all are of this level."""
        if self._values is None:
            self._values = np.full(self._shape, level, np.uint8)
        return self._values

    def _point(self, at: Point) -> Point:
        height, width = self._shape
        return at[0] * width, at[1] * height

    def _follow(self, touched: Touched | None) -> None:
        self.changed.emit(touched)
        if not self._soon.isActive():
            self._soon.start()

    def _commit(self) -> None:
        """Has the recipe hold the values as they now are."""
        if self._values is not None:
            nothing = not self._everywhere and not self._values.any()
            self._take(None if nothing else Mask.of(self._values))

    def _take(self, mask: Mask | None) -> None:
        if self.target is None:
            return
        self._mask = mask
        self._asking.apply_recipe(self.target.masked(self._asking.recipe, mask), self._step, part="mask")

    def _drop(self) -> None:
        """What is under way goes no further."""
        self._stroke, self._base = None, None
        self._soon.stop()

    def _aim_at(self, target: Target) -> None:
        self.target = target
        self._goal = _bare(self._asking.recipe.goals[target.number]) if target.kind is Kind.GOAL else None

    def _read(self) -> None:
        """Has the values be those of the recipe."""
        assert self.target is not None
        self._mask = self.target.mask(self._asking.recipe)
        readable = self._mask is not None and self._shape != (0, 0)
        self._values = np.array(resized(self._mask.array(), self._shape)) if self._mask and readable else None
        self.changed.emit(None)

    def _on_recipe(self, recipe: Recipe) -> None:
        if self.target is None or not self._keep_goal(recipe):
            return
        if self.target.mask(recipe) != self._mask:
            # Undone, or another recipe: what is under way belonged to the one before.
            self._drop()
            self._read()

    def _keep_goal(self, recipe: Recipe) -> bool:
        """Follows the goal to its place in the list; where it was taken away, painting ends."""
        assert self.target is not None
        if self._goal is None or _bare_at(recipe, self.target.number) == self._goal:
            return True
        for number, goal in enumerate(recipe.goals):
            if _bare(goal) == self._goal:
                self._move_to(Target.goal(number))
                return True
        self._drop()
        self.end()
        return False

    def _move_to(self, target: Target) -> None:
        self.target = target
        self.target_changed.emit(target)


def _bare(goal: Goal) -> Goal:
    """What the goal is about, whatever its weight and place."""
    return goal.model_copy(update={"weight": 1.0, "muted": False, "solo": False, "mask": None})


def _bare_at(recipe: Recipe, number: int) -> Goal | None:
    return _bare(recipe.goals[number]) if number < len(recipe.goals) else None
