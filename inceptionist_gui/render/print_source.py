"""What a print is made of: the finished picture, what it was dreamed from, and how."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from PIL import Image

from inceptionist_gui.engine.octaves import Size
from inceptionist_gui.errors import UserError
from inceptionist_gui.media import (
    Picture,
    Pixels,
    as_float32,
    is_project,
    read_picture,
    read_project,
)
from inceptionist_gui.media.errors import shown
from inceptionist_gui.recipe import Goal, Mask, Mode, NeuronGoal, Provenance, Recipe, Start, counting
from inceptionist_gui.render.print_job import Layout, PrintJob

_ALIKE = 0.02
"""How far the photo's shape may be from the picture's."""
_FULL = 255


@dataclass(frozen=True, slots=True, eq=False)
class Original:
    """A finished picture that is to be printed."""

    preview: Pixels
    """Shape (height, width, 3), sRGB: uint8, uint16, or float32 in [0, 1]; as the photo."""
    photo: Pixels | None
    provenance: Provenance

    @property
    def recipe(self) -> Recipe:
        return self.provenance.recipe

    @property
    def size(self) -> Size:
        return self.preview.shape[0], self.preview.shape[1]


def original_of(job: PrintJob) -> Original:
    """Raises UserError for a source that says nothing of how it was made."""
    original = _from_project(job) if is_project(job.source) else _from_picture(job)
    if job.photo is None:
        return original
    photo = read_picture(job.photo)
    if not _alike(photo, original.size):
        raise UserError(
            f"{shown(job.photo.name)}: of another shape than the picture; the photo it was made of is expected"
        )
    return replace(original, photo=_opaque(photo))


def _from_picture(job: PrintJob) -> Original:
    picture = read_picture(job.source)
    if picture.provenance is None:
        raise UserError(
            f"{shown(job.source.name)}: no recipe inside; a picture that Inceptionist saved, or a project,"
            " is expected"
        )
    return Original(_opaque(picture), None, picture.provenance)


def _from_project(job: PrintJob) -> Original:
    project = read_project(job.source)
    if project.result is None:
        raise UserError(f"{shown(job.source.name)}: nothing is dreamed in this project yet")
    made = project.result.provenance or Provenance(recipe=project.recipe)
    preview = _opaque(project.result)
    photo = project.photo if made.recipe.mode is Mode.DREAM and made.recipe.start is Start.PHOTO else None
    usable = photo is not None and _alike(photo, (preview.shape[0], preview.shape[1]))
    return Original(preview, _opaque(photo) if photo is not None and usable else None, made)


def _alike(photo: Picture, size: Size) -> bool:
    return abs(photo.width / photo.height * size[0] / size[1] - 1.0) < _ALIKE


def _opaque(picture: Picture) -> Pixels:
    """On paper there is nothing to see through to but the paper."""
    if picture.alpha is None:
        return picture.pixels
    alpha = as_float32(picture.alpha)[..., None]
    return (1.0 - alpha * (1.0 - as_float32(picture.pixels))).astype(np.float32)


def cut(original: Original, layout: Layout) -> Original:
    """The part of it that is printed, with the recipe's places moved along."""
    left, top, right, bottom = layout.part
    height, width = original.size
    return part_of(original, (left / width, top / height, right / width, bottom / height))


def part_of(original: Original, box: tuple[float, float, float, float]) -> Original:
    """The part between left, top, right and bottom, in shares of the whole."""
    if box == (0.0, 0.0, 1.0, 1.0):
        return original
    recipe = original.recipe.model_copy(
        update={
            "goals": tuple(moved for goal in original.recipe.goals if (moved := _goal_cut(goal, box))),
            "mask": _mask_cut(original.recipe.mask, box),
            "restored": _mask_cut(original.recipe.restored, box),
        }
    )
    return Original(
        _pixels_cut(original.preview, box),
        None if original.photo is None else _pixels_cut(original.photo, box),
        original.provenance.model_copy(update={"recipe": recipe}),
    )


def drawing(original: Original, job: PrintJob) -> Recipe | None:
    """The recipe that draws what the preview is too small to show; None where nothing does."""
    recipe = original.recipe
    if job.goals is not None:
        recipe = recipe.model_copy(update={"goals": _chosen(recipe.goals, job.goals)})
    if job.detail <= 0.0 or recipe.mode is Mode.FOOL or not counting(recipe.goals):
        return None
    if recipe.mode is Mode.IMAGINE:
        # Here and not above: torch takes seconds to load.
        from inceptionist_gui.engine.imagine import growing

        recipe = growing(recipe, 1)
    strength = recipe.strength.model_copy(update={"step_size": recipe.strength.step_size * job.detail})
    return recipe.model_copy(update={"strength": strength, "mask": _dreamed(recipe), "restored": None})


def _chosen(goals: tuple[Goal, ...], wanted: tuple[int, ...]) -> tuple[Goal, ...]:
    if wanted and max(wanted) >= len(goals):
        raise UserError(f"goals: there are {len(goals)} goals, and no number {max(wanted) + 1}")
    return tuple(goals[number] for number in sorted(set(wanted)))


def _dreamed(recipe: Recipe) -> Mask | None:
    """Where the picture is dreamed: the mask without where the photo came back."""
    if recipe.restored is None or recipe.mode is not Mode.DREAM:
        return recipe.mask
    left = _FULL - recipe.restored.array()
    if recipe.mask is None:
        return Mask.of(left)
    height, width = max(left.shape, recipe.mask.array().shape)
    weights = [
        np.asarray(Image.fromarray(values).resize((width, height), Image.Resampling.BILINEAR), np.float32)
        for values in (left, recipe.mask.array())
    ]
    return Mask.of(np.rint(weights[0] * weights[1] / _FULL).astype(np.uint8))


def _pixels_cut(pixels: Pixels, box: tuple[float, float, float, float]) -> Pixels:
    height, width = pixels.shape[:2]
    left, top, right, bottom = box
    return np.ascontiguousarray(
        pixels[round(top * height) : round(bottom * height), round(left * width) : round(right * width)]
    )


def _mask_cut(mask: Mask | None, box: tuple[float, float, float, float]) -> Mask | None:
    if mask is None:
        return None
    sides: Any = tuple(share * side for share, side in zip(box, (mask.width, mask.height) * 2, strict=True))
    size = max(1, round(sides[2] - sides[0])), max(1, round(sides[3] - sides[1]))
    image = Image.fromarray(mask.array().copy()).resize(size, Image.Resampling.BILINEAR, box=sides)
    return Mask.of(np.asarray(image))


def _goal_cut(goal: Goal, box: tuple[float, float, float, float]) -> Goal | None:
    """None for a neuron whose place is left out."""
    left, top, right, bottom = box
    changes: dict[str, Any] = {"mask": _mask_cut(goal.mask, box)}
    if isinstance(goal, NeuronGoal):
        changes |= {"x": (goal.x - left) / (right - left), "y": (goal.y - top) / (bottom - top)}
        if not (0.0 <= changes["x"] <= 1.0 and 0.0 <= changes["y"] <= 1.0):
            return None
    return goal.model_copy(update=changes)
