"""Between two looks: numbers go from one to the other, and their goals cross-fade."""

from inceptionist_gui.recipe.controls import Control, controls, value_at, with_value
from inceptionist_gui.recipe.goals import MOST_GOALS, Goal, counting
from inceptionist_gui.recipe.presets import LOOK, Preset
from inceptionist_gui.recipe.recipe import Recipe

Goals = tuple[Goal, ...]

_DIGITS = 3
"""Of a weight, behind the point."""


def look_controls() -> tuple[Control, ...]:
    """The controls that a preset decides."""
    return tuple(control for control in controls() if control.path.partition(".")[0] in LOOK)


def between(first: Preset, second: Preset, share: float) -> Preset:
    """The look so far on the way; at 0 exactly the first, at 1 exactly the second.

    Goals that both have keep their place and change their weight; the others fade. Two networks have no goals in
    common: they change places half-way.
    """
    if share <= 0.0 or share >= 1.0:
        return second if share > 0.5 else first
    nearer = first if share < 0.5 else second
    mixed = nearer.applied(Recipe())
    ends = first.applied(mixed), second.applied(mixed)
    for control in look_controls():
        mixed = with_value(mixed, control.path, _number(control, ends, share))
    if first.network == second.network:
        mixed = mixed.model_copy(update={"goals": cross_faded(first.goals, second.goals, share)})
    return Preset.of(mixed, nearer.name, nearer.title, nearer.tells)


def cross_faded(first: Goals, second: Goals, share: float) -> Goals:
    """The goals that count of either, those of the first at 1 - share of their weight, the second's at share.

    Where that were more than a recipe holds, the faintest are left out.
    """
    weights: dict[Goal, float] = {}
    for goals, part in ((first, 1.0 - share), (second, share)):
        for goal in counting(goals):
            alike = _unweighted(goal)
            weights[alike] = weights.get(alike, 0.0) + part * goal.weight
    strongest = sorted(weights, key=lambda goal: abs(weights[goal]), reverse=True)[:MOST_GOALS]
    kept = (goal for goal in weights if goal in strongest)
    mix = tuple(goal.model_copy(update={"weight": _weight(weights[goal])}) for goal in kept)
    # None of them may count: then there is nothing to fade.
    return mix or (first if share < 0.5 else second)


def _number(control: Control, ends: tuple[Recipe, Recipe], share: float) -> float:
    before, after = (value_at(end, control.path) for end in ends)
    value = before + (after - before) * share
    return round(value) if control.whole else round(value, control.decimals)


def _unweighted(goal: Goal) -> Goal:
    return goal.model_copy(update={"weight": 1.0, "muted": False, "solo": False})


def _weight(weight: float) -> float:
    return max(-2.0, min(2.0, round(weight, _DIGITS)))
