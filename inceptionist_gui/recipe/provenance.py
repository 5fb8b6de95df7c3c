"""What a finished picture carries inside it: how it was made."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from inceptionist_gui import __version__
from inceptionist_gui.recipe.reading import (
    RecipeError,
    data_from_text,
    explained,
    recipe_from_data,
    refuse_newer,
)
from inceptionist_gui.recipe.recipe import Recipe

VERSION = 1
LONGEST_NAME = 400
"""Characters; a picture dropped from a browser may have a longer one."""


class Provenance(BaseModel):
    """How a picture was made. It names the photo but not its folder, which is nobody else's business."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    version: Annotated[int, Field(ge=1)] = VERSION
    program: str = f"Inceptionist {__version__}"
    recipe: Recipe
    source: Annotated[str, Field(max_length=LONGEST_NAME)] = ""
    """The photo's file name; empty for a generated start."""
    steered: bool = False
    """A control was moved in mid-run: the recipe is the last one, and alone does not give the same bytes."""

    def text(self) -> str:
        return self.model_dump_json()


def provenance_from_text(text: str | bytes, origin: str) -> Provenance:
    """What a picture says of itself; a bare recipe will do too. Raises RecipeError, naming `origin`."""
    data = data_from_text(text, origin)
    if not isinstance(data, dict) or "recipe" not in data:
        return Provenance(recipe=recipe_from_data(data, origin))
    refuse_newer(data, VERSION, origin)
    recipe = recipe_from_data(data["recipe"], origin)
    try:
        return Provenance.model_validate({**data, "recipe": recipe})
    except ValidationError as error:
        raise RecipeError(f"{origin}: {explained(error)}") from error
