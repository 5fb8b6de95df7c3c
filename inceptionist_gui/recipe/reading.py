"""Recipes as text, and what is wrong with a recipe said in one line."""

import json
from typing import Any

from pydantic import ValidationError

from inceptionist_gui.errors import UserError
from inceptionist_gui.recipe.recipe import VERSION, Recipe
from inceptionist_gui.words import _

LONGEST_TEXT = 8_000_000
"""Characters: several masks as large as they may be, though they were noise. No honest recipe comes near it."""


class RecipeError(UserError):
    """A recipe, or one field of it, that cannot be used."""


def recipe_from_text(text: str | bytes, origin: str = "recipe") -> Recipe:
    """The recipe written in JSON; `origin` names its source in the message of a RecipeError."""
    return recipe_from_data(data_from_text(text, origin), origin)


def recipe_from_data(data: object, origin: str = "recipe") -> Recipe:
    """The recipe in a parsed JSON value; `origin` names its source in the message of a RecipeError."""
    if not isinstance(data, dict):
        raise RecipeError(_("{origin}: not a recipe; a JSON object is expected").format(origin=origin))
    refuse_newer(data, VERSION, origin)
    if data.get("version") in range(1, VERSION):
        # What older versions lack has a default that makes the same picture.
        data = {**data, "version": VERSION}
    try:
        # Strictness on JSON text lets lists stand for tuples but takes no word for a number.
        return Recipe.model_validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        raise RecipeError(f"{origin}: {explained(error)}") from error


def recipe_text(recipe: Recipe) -> str:
    """The recipe as JSON to be read by people too."""
    return recipe.model_dump_json(indent=2)


def data_from_text(text: str | bytes, origin: str) -> Any:
    """A parsed JSON value. Raises RecipeError."""
    if len(text) > LONGEST_TEXT:
        raise RecipeError(
            _("{origin}: {text} characters; at most {most} can be a recipe").format(
                origin=origin, text=len(text), most=LONGEST_TEXT
            )
        )
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RecipeError(
            _("{origin}: not JSON ({error}); a recipe is expected").format(origin=origin, error=error)
        ) from error


def refuse_newer(data: dict[str, Any], newest: int, origin: str) -> None:
    """Raises RecipeError when the data says that it is of a version after `newest`."""
    version = data.get("version")
    if isinstance(version, int) and version > newest:
        raise RecipeError(
            _(
                "{origin}: written by a newer Inceptionist (version {version}, this one reads up to {newest}); "
                "update the program to open it"
            ).format(origin=origin, version=version, newest=newest)
        )


def explained(error: ValidationError, within: str = "") -> str:
    """The first fault of a validation, as `field: what is wrong`."""
    fault = error.errors(include_url=False, include_context=False)[0]
    # The name of a goal's kind stands in the location as if it were a field.
    steps = [str(step) for step in fault["loc"] if step not in ("layer", "neuron", "class", "direction", "guide")]
    field = ".".join([within, *steps] if within else steps) or "recipe"
    told = _("{field}: {lower}{msg}, not {input}").format(
        field=field, lower=fault["msg"][:1].lower(), msg=fault["msg"][1:], input=_short(fault["input"])
    )
    # A forbidden field's name may be anything.
    return " ".join(told.split())


def _short(value: object) -> str:
    text = json.dumps(value, default=str)
    return text if len(text) <= 60 else f"{text[:57]}..."
