"""Looks by chance, within taste: every number stays where good pictures were found."""

from collections.abc import Sequence, Set
from random import Random

from inceptionist_gui.recipe.controls import Control, value_at, with_value
from inceptionist_gui.recipe.goals import Goal, LayerGoal
from inceptionist_gui.recipe.mixing import look_controls
from inceptionist_gui.recipe.recipe import Recipe

GOALS = "goals"
"""The path under which the goals are kept from change."""
TASTE: dict[str, tuple[float, float]] = {
    "strength.step_size": (0.006, 0.014),
    "strength.iterations": (8, 16),
    "strength.momentum": (0.2, 0.8),
    "strength.settle": (0.3, 0.7),
    "scale.octaves": (4, 8),
    "scale.octave_scale": (1.3, 1.5),
    "scale.jitter": (8, 32),
    "texture.detail_balance": (0.3, 0.9),
    "texture.colour": (0.0, 0.5),
    "priors.total_variation": (0.0, 0.3),
    "priors.smoothness": (0.02, 0.2),
    "priors.keep_photo": (0.002, 0.01),
    "priors.keep_colours": (0.0, 0.6),
    "priors.gamut": (0.4, 0.8),
}
"""From where to where: somewhat beyond what the shipped presets use, short of harsh and of nothing at all."""
LOCKABLE = frozenset(TASTE) | {GOALS}
"""What may be kept from change."""
_SECOND = 0.45
"""How often two goals are mixed."""


def varied(recipe: Recipe, seed: int, layers: Sequence[str], kept: Set[str] = frozenset()) -> Recipe:
    """The recipe with another look; the same seed gives the same one.

    `layers` are those that may become goals; `kept` are the dotted paths, and `goals`, that stay as they are.
    """
    chance = Random(seed)
    for control in look_controls():
        # Drawn in any case: what is kept must not change what comes of the rest.
        value = _drawn(control, chance)
        if control.path not in kept:
            recipe = with_value(recipe, control.path, value)
    goals = _goals(chance, layers)
    return recipe if GOALS in kept or not goals else recipe.model_copy(update={"goals": goals})


def keeping(before: Recipe, after: Recipe, kept: Set[str]) -> Recipe:
    """What comes after, but for the paths that are kept from change."""
    for path in sorted(kept):
        if path == GOALS:
            # Goals are one network's: what keeps them keeps it.
            after = after.model_copy(update={"goals": before.goals, "network": before.network})
        else:
            after = with_value(after, path, value_at(before, path))
    return after


def _drawn(control: Control, chance: Random) -> float:
    least, most = TASTE[control.path]
    # Near the middle more often than at the edges.
    value = chance.triangular(least, most)
    return round(value) if control.whole else round(value, control.decimals)


def _goals(chance: Random, layers: Sequence[str]) -> tuple[Goal, ...]:
    first, second = chance.choices(range(len(layers)), k=2) if layers else (0, 0)
    weight, mixes = round(chance.uniform(0.3, 0.9), 2), chance.random() < _SECOND
    if not layers:
        return ()
    goals: tuple[Goal, ...] = (LayerGoal(layer=layers[first]),)
    return (*goals, LayerGoal(layer=layers[second], weight=weight)) if mixes and second != first else goals
