"""What was asked: frozen, validated, versioned data. No torch, no Qt."""

from inceptionist_gui.recipe.controls import (
    Choice,
    Control,
    assigned,
    choices,
    choices_of,
    control_at,
    controls,
    controls_of,
    restarts,
    value_at,
    with_value,
    word_at,
)
from inceptionist_gui.recipe.fields import Mode
from inceptionist_gui.recipe.fooling import Fool, Norm
from inceptionist_gui.recipe.goals import (
    ClassGoal,
    DirectionGoal,
    Goal,
    GuideGoal,
    LayerGoal,
    NeuronGoal,
    counting,
    described,
)
from inceptionist_gui.recipe.imagining import NO_PRIORS, Imagine, Magnitudes, NaturalPriors, Parameterization
from inceptionist_gui.recipe.mixing import between
from inceptionist_gui.recipe.packed import Guide, Mask
from inceptionist_gui.recipe.presets import Preset, preset_from_text, preset_named, preset_text, presets
from inceptionist_gui.recipe.provenance import Provenance, provenance_from_text
from inceptionist_gui.recipe.reading import RecipeError, recipe_from_data, recipe_from_text, recipe_text
from inceptionist_gui.recipe.recipe import Priors, Recipe, Scale, Start, Strength, Texture
from inceptionist_gui.recipe.taste import keeping, varied

__all__ = [
    "NO_PRIORS",
    "Choice",
    "ClassGoal",
    "Control",
    "DirectionGoal",
    "Fool",
    "Goal",
    "Guide",
    "GuideGoal",
    "Imagine",
    "LayerGoal",
    "Magnitudes",
    "Mask",
    "Mode",
    "NaturalPriors",
    "NeuronGoal",
    "Norm",
    "Parameterization",
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
    "between",
    "choices",
    "choices_of",
    "control_at",
    "controls",
    "controls_of",
    "counting",
    "described",
    "keeping",
    "preset_from_text",
    "preset_named",
    "preset_text",
    "presets",
    "provenance_from_text",
    "recipe_from_data",
    "recipe_from_text",
    "recipe_text",
    "restarts",
    "value_at",
    "varied",
    "with_value",
    "word_at",
]
