"""Presets: looks to start from. They leave the picture's start, size and seed as they are."""

from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from inceptionist_gui.recipe.goals import MOST_GOALS, Goal
from inceptionist_gui.recipe.reading import RecipeError, data_from_text, explained, refuse_newer
from inceptionist_gui.recipe.recipe import VERSION, Priors, Recipe, Scale, Strength, Texture
from inceptionist_gui.shipped import resource
from inceptionist_gui.words import _

LOOK = ("network", "goals", "strength", "scale", "texture", "priors")
"""The fields of a recipe that a preset decides."""
LONGEST_TITLE = 60
"""Characters."""


class Preset(BaseModel):
    """A look: the network, the goals and every slider."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Annotated[int, Field(ge=1, le=VERSION)] = VERSION
    """Of the recipe that it is a part of."""
    name: Annotated[str, Field(max_length=200)]
    """What the command line calls it."""
    title: Annotated[str, Field(max_length=200)]
    tells: Annotated[str, Field(max_length=1000)]
    """One sentence of what it brings out."""
    network: Annotated[str, Field(min_length=1, max_length=200)]
    goals: Annotated[tuple[Goal, ...], Field(min_length=1, max_length=MOST_GOALS)]
    strength: Strength
    scale: Scale
    texture: Texture
    priors: Priors

    @classmethod
    def of(cls, recipe: Recipe, name: str, title: str, tells: str = "") -> Self:
        """The recipe's look."""
        look = {field: getattr(recipe, field) for field in LOOK}
        return cls(name=name, title=title, tells=tells, **look)

    def applied(self, recipe: Recipe) -> Recipe:
        """The recipe with this look."""
        return recipe.model_copy(update={field: getattr(self, field) for field in LOOK})

    def without_masks(self) -> Self:
        """The look for any picture: a mask is one picture's."""
        return self.model_copy(update={"goals": tuple(g.model_copy(update={"mask": None}) for g in self.goals)})

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
    raise RecipeError(
        _("{name}: no such preset; there are {presets}").format(
            name=name, presets=", ".join(p.name for p in presets())
        )
    )


def preset_from_file(path: Path) -> Preset:
    """Raises RecipeError."""
    return preset_from_text(path.read_text("utf-8"), path.name)


def preset_from_text(text: str | bytes, origin: str) -> Preset:
    """The preset written in JSON; `origin` names its source in the message of a RecipeError."""
    data = data_from_text(text, origin)
    if isinstance(data, dict):
        refuse_newer(data, VERSION, origin)
    try:
        return Preset.model_validate(data)
    except ValidationError as error:
        raise RecipeError(f"{origin}: {explained(error)}") from error


def preset_text(preset: Preset) -> str:
    """The preset as JSON to be read by people too."""
    return preset.model_dump_json(indent=2)
