"""A piece of work as it is kept: the recipe, the photo and what was dreamed so far.

It is kept as parts: a manifest, which is JSON, and the picture files that the manifest names. A `.dream` file
holds them in a zip (`archive`); other keepers may lay them in a folder.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Annotated, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from inceptionist_gui import __version__
from inceptionist_gui.errors import UserError
from inceptionist_gui.media.encoding import lossless
from inceptionist_gui.media.formats import HEAD, kind_of
from inceptionist_gui.media.picture import Picture, as_uint8
from inceptionist_gui.media.reading import picture_from_bytes
from inceptionist_gui.recipe import Recipe, RecipeError, recipe_from_data
from inceptionist_gui.recipe.provenance import LONGEST_NAME
from inceptionist_gui.recipe.reading import explained, refuse_newer
from inceptionist_gui.words import _

VERSION = 1
MOST_MANIFEST = 64_000_000
"""Bytes; a recipe with a mask to every goal comes to a third of it."""
THUMBNAIL = 320
"""px, of its longer side: a tile on a screen of twice the density."""

PartName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*(\.[a-z0-9]+)?$", max_length=100)]


class ProjectError(UserError):
    """A file that is no project, or none that can be used."""


@dataclass(frozen=True, eq=False)
class Project:
    """A piece of work."""

    recipe: Recipe
    photo: Picture | None = None
    result: Picture | None = None
    """What was dreamed so far, with its provenance."""
    dreamed: Picture | None = None
    """The result before the photo came back through it; None where it did not."""


class PictureEntry(BaseModel):
    """A picture of a project, and the part that holds it."""

    model_config = ConfigDict(frozen=True)
    part: PartName
    name: Annotated[str, Field(max_length=LONGEST_NAME)] = ""
    """What it is called in the studio."""

    @classmethod
    def of(cls, part: str, picture: Picture) -> Self:
        return cls(part=part, name=picture.name[:LONGEST_NAME])


class Manifest(BaseModel):
    """What the parts are."""

    model_config = ConfigDict(frozen=True)
    version: Annotated[int, Field(ge=1)] = VERSION
    program: str = f"Inceptionist {__version__}"
    recipe: Recipe
    photo: PictureEntry | None = None
    result: PictureEntry | None = None
    dreamed: PictureEntry | None = None

    def data(self) -> bytes:
        return self.model_dump_json(indent=1).encode()


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a project."""

    name: str
    """Follows from the content: the same name, the same bytes."""
    data: bytes


def part_of(picture: Picture, role: str) -> Part:
    """The picture as a file: its own where it was read from one, else one that loses nothing of it."""
    data = picture.file if picture.file is not None else lossless(picture)
    suffix = kind_of(data[:HEAD], picture.name).suffixes[0]
    return Part(f"{role}-{hashlib.sha256(data).hexdigest()[:24]}{suffix}", data)


def manifest_from(data: bytes, origin: str) -> Manifest:
    """Raises ProjectError, and RecipeError for a recipe that cannot be used; both name `origin`."""
    if len(data) > MOST_MANIFEST:
        raise ProjectError(
            _("{origin}: its manifest is longer than {most} MB").format(
                origin=origin, most=MOST_MANIFEST // 1_000_000
            )
        )
    try:
        told = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ProjectError(_("{origin}: damaged; its manifest is not JSON").format(origin=origin)) from error
    if not isinstance(told, dict):
        raise ProjectError(_("{origin}: not a project; its manifest is not a JSON object").format(origin=origin))
    try:
        refuse_newer(told, VERSION, origin)
    except RecipeError as error:
        raise ProjectError(str(error)) from error
    recipe = recipe_from_data(told.get("recipe"), origin)
    try:
        return Manifest.model_validate({**told, "recipe": recipe})
    except ValidationError as error:
        raise ProjectError(
            _("{origin}: damaged manifest: {error}").format(origin=origin, error=explained(error))
        ) from error


def project_from(manifest: Manifest, part: Callable[[str], bytes], origin: str) -> Project:
    """The work of which `part` gives the files. Raises UserError, naming `origin`, as reading a picture does."""

    def picture(entry: PictureEntry | None) -> Picture | None:
        return None if entry is None else replace(picture_from_bytes(part(entry.part), origin), name=entry.name)

    pictures = (picture(entry) for entry in (manifest.photo, manifest.result, manifest.dreamed))
    return Project(manifest.recipe, *pictures)


def thumbnail_of(picture: Picture) -> bytes:
    """A small PNG of it."""
    from PIL import Image

    # Every so many pixels, before anything is converted: a print is not held in memory twice.
    step = max(1, max(picture.width, picture.height) // (2 * THUMBNAIL))
    image = Image.fromarray(np.ascontiguousarray(as_uint8(picture.pixels[::step, ::step])))
    image.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS)
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
