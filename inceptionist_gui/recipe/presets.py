"""Presets: looks to start from. They leave the picture's start, size and seed as they are."""

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from inceptionist_gui.recipe.goals import Goal
from inceptionist_gui.recipe.reading import RecipeError, data_from_text, explained
from inceptionist_gui.recipe.recipe import Priors, Recipe, Scale, Strength, Texture
from inceptionist_gui.shipped import resource


class Preset(BaseModel):
    """A look: the network, the goals and every slider."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    """What the command line calls it."""
    title: str
    tells: str
    """One sentence of what it brings out."""
    network: str
    goals: tuple[Goal, ...]
    strength: Strength
    scale: Scale
    texture: Texture
    priors: Priors

    def applied(self, recipe: Recipe) -> Recipe:
        """The recipe with this look."""
        look = {
            name: getattr(self, name) for name in ("network", "goals", "strength", "scale", "texture", "priors")
        }
        return recipe.model_copy(update=look)

    def fits(self, recipe: Recipe) -> bool:
        """Whether the recipe has exactly this look."""
        return self.applied(recipe) == recipe


@cache
def presets() -> tuple[Preset, ...]:
    """The shipped presets, from strokes to animals."""
    files = sorted(resource("presets").glob("*.json"))
    return tuple(preset_from_file(file) for file in files)


def preset_named(name: str) -> Preset:
    """Raises RecipeError with the names there are."""
    for preset in presets():
        if name.casefold() in (preset.name.casefold(), preset.title.casefold()):
            return preset
    raise RecipeError(f"{name}: no such preset; there are {', '.join(p.name for p in presets())}")


def preset_from_file(path: Path) -> Preset:
    """Raises RecipeError."""
    data = data_from_text(path.read_text("utf-8"), path.name)
    try:
        return Preset.model_validate(data)
    except ValidationError as error:
        raise RecipeError(f"{path.name}: {explained(error)}") from error
