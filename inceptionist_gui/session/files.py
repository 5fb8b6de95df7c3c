"""What a file holds, read for the session."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from inceptionist_gui.media import (
    Picture,
    Project,
    as_float32,
    as_uint8,
    is_project,
    read_picture,
    read_project,
)
from inceptionist_gui.recipe import Mode, Recipe, Start
from inceptionist_gui.render.restoring import Composed
from inceptionist_gui.render.still import starting_picture


@dataclass(frozen=True, eq=False)
class Found:
    """A piece of work that was read."""

    project: Project
    composed: Composed | None
    """What its result is put together of; None where there is no result."""


def read(path: Path) -> Picture | Found:
    """A picture, or a project by its content or its name. Raises UserError."""
    return found(read_project(path)) if is_project(path) else read_picture(path)


def found(project: Project) -> Found:
    """With all that the canvas shows of it: to be called where time may pass."""
    result = project.result
    if result is None:
        return Found(project, None)
    dreamed = as_float32((project.dreamed or result).pixels)
    return Found(project, Composed(result, dreamed, _before(project, result)))


def _before(project: Project, result: Picture) -> npt.NDArray[np.float32] | None:
    """What the result was dreamed of, at its size."""
    recipe = result.provenance.recipe if result.provenance else project.recipe
    if not _starts_from_something(recipe, project.photo):
        return None
    # Here and not above: what the window needs first is not kept waiting for it.
    from PIL import Image

    start = as_uint8(starting_picture(recipe, project.photo).pixels)
    size = (result.width, result.height)
    return as_float32(np.asarray(Image.fromarray(start).resize(size, Image.Resampling.BICUBIC)))


def _starts_from_something(recipe: Recipe, photo: Picture | None) -> bool:
    return recipe.mode is not Mode.IMAGINE and (photo is not None or recipe.start is not Start.PHOTO)
