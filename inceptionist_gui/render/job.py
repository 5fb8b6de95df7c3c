"""A picture to be made while nobody watches: how, of which photo, and into which file."""

import json
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.errors import UserError
from inceptionist_gui.media import Picture, read_picture, write_whole
from inceptionist_gui.media.errors import reason, shown
from inceptionist_gui.recipe import Magnitudes, Mode, Recipe, Start, recipe_from_data
from inceptionist_gui.recipe.reading import refuse_newer
from inceptionist_gui.words import _

VERSION = 1
KEPT_SUFFIX = ".npz"
"""Of a photo that was kept for its jobs: what is open may lie in no file, or in another by then."""
_MOST_NAMES = 10_000


@dataclass(frozen=True, slots=True)
class RenderJob:
    """All that a process of its own needs to know to make one picture."""

    recipe: Recipe
    output: Path
    """Where the picture is to go; another name beside it where this one is taken by then."""
    photo: Path | None = None
    """A picture file, or a photo as `keep_photo` wrote it; None where the recipe wants none."""
    source: str = ""
    """The photo's own name."""
    depth: int = 8
    """Bits per channel."""
    quality: int = 92
    device: DeviceName = DeviceName.AUTO

    def text(self) -> str:
        """As JSON. File names that are no text are written as numbers, and come back as they were."""
        return json.dumps(
            {
                "version": VERSION,
                "recipe": self.recipe.model_dump(mode="json"),
                "output": str(self.output),
                "photo": str(self.photo) if self.photo else None,
                "source": self.source,
                "depth": self.depth,
                "quality": self.quality,
                "device": self.device.value,
            }
        )


def job_from_text(text: str | bytes, origin: str) -> RenderJob:
    """The job that `text` wrote. Raises UserError, naming `origin`."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UserError(
            _("{origin}: damaged ({error}); add the picture to the queue once more").format(
                origin=origin, error=reason(error)
            )
        ) from error
    if not isinstance(data, dict):
        raise UserError(_("{origin}: not a job; add the picture to the queue once more").format(origin=origin))
    refuse_newer(data, VERSION, origin)
    recipe = recipe_from_data(data.get("recipe"), origin)
    try:
        return _job(recipe, data)
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(
            _("{origin}: damaged; add the picture to the queue once more").format(origin=origin)
        ) from error


def _job(recipe: Recipe, data: dict[str, Any]) -> RenderJob:
    photo = data["photo"]
    return RenderJob(
        recipe=recipe,
        output=Path(data["output"]),
        photo=None if photo is None else Path(photo),
        source=str(data["source"]),
        depth=int(data["depth"]),
        quality=int(data["quality"]),
        device=DeviceName(data["device"]),
    )


def wants_photo(recipe: Recipe) -> bool:
    """Whether the recipe cannot be followed without a photo."""
    if recipe.mode is Mode.IMAGINE:
        return recipe.imagine.magnitudes is Magnitudes.PHOTOS and not recipe.imagine.profile
    return recipe.start is Start.PHOTO


def keep_photo(photo: Picture, path: Path) -> None:
    """Writes the photo's values as they are, to be read by `photo_of`. Raises UserError."""
    content = BytesIO()
    arrays: dict[str, Any] = {"pixels": photo.pixels}
    if photo.alpha is not None:
        arrays["alpha"] = photo.alpha
    np.savez(content, **arrays)
    write_whole(path, content.getvalue())


def photo_of(job: RenderJob) -> Picture | None:
    """The job's photo. Raises UserError where there is none any more."""
    if job.photo is None:
        return None
    if job.photo.suffix != KEPT_SUFFIX:
        return read_picture(job.photo)
    try:
        # Opened here: what numpy opens itself it leaves open where it cannot read it.
        with job.photo.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            return Picture(kept["pixels"], kept.get("alpha"), name=job.source)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise UserError(
            _("{source}: its kept copy is gone or damaged; add it to the queue once more").format(
                source=shown(job.source)
            )
        ) from error


def unused(path: Path, taken: Collection[Path] = ()) -> Path:
    """The path, or one beside it with a number, that is no file's and not among the `taken`."""
    names = (path.stem, *(f"{path.stem} {number}" for number in range(2, _MOST_NAMES)))
    paths = (path.with_name(f"{name}{path.suffix}") for name in names)
    return next((each for each in paths if each not in taken and not _is_there(each)), path)


def _is_there(path: Path) -> bool:
    try:
        # A link that leads nowhere is somebody's, too.
        return path.is_symlink() or path.exists()
    except OSError:
        return False
