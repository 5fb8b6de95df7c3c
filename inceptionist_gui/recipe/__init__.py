"""What was asked: frozen, validated, versioned data. No torch, no Qt."""

from inceptionist_gui.recipe.controls import (
    Control,
    assigned,
    control_at,
    controls,
    restarts,
    value_at,
    with_value,
)
from inceptionist_gui.recipe.goals import ClassGoal, Goal, LayerGoal, NeuronGoal, described
from inceptionist_gui.recipe.presets import Preset, preset_named, presets
from inceptionist_gui.recipe.provenance import Provenance, provenance_from_text
from inceptionist_gui.recipe.reading import RecipeError, recipe_from_data, recipe_from_text, recipe_text
from inceptionist_gui.recipe.recipe import Priors, Recipe, Scale, Start, Strength, Texture

__all__ = [
    "ClassGoal",
    "Control",
    "Goal",
    "LayerGoal",
    "NeuronGoal",
    "Preset",
    "Priors",
    "Provenance",
    "Recipe",
    "RecipeError",
    "Scale",
    "Start",
    "Strength",
    "Texture",
    "assigned",
    "control_at",
    "controls",
    "described",
    "preset_named",
    "presets",
    "provenance_from_text",
    "recipe_from_data",
    "recipe_from_text",
    "recipe_text",
    "restarts",
    "value_at",
    "with_value",
]
