"""The photo brought back through what was dreamed: done after the dream, so that it needs no new one."""

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from PIL import Image

from inceptionist_gui.media import Picture
from inceptionist_gui.recipe import Mask

_ROWS = 2**20
"""Pixels that are worked on at once, about."""

Floats = npt.NDArray[np.float32]
Pixels = TypeVar("Pixels", npt.NDArray[np.uint8], Floats)


@dataclass(frozen=True, slots=True, eq=False)
class Composed:
    """A picture put together of what was dreamed and of its photo, and what it takes to do so anew."""

    picture: Picture
    dreamed: Floats
    photo: Floats | None
    """None where there is no photo that could come back."""

    def restoring(self, mask: Mask | None) -> "Composed":
        """With the photo brought back where the mask says; itself where it is so already."""
        made = self.picture.provenance
        if self.photo is None or made is None or made.recipe.restored == mask:
            return self
        recipe = made.recipe.model_copy(update={"restored": mask})
        pixels = restored(self.dreamed, self.photo, mask)
        return replace(
            self,
            picture=replace(self.picture, pixels=pixels, provenance=made.model_copy(update={"recipe": recipe})),
        )


def restored(dreamed: Pixels, photo: Pixels, mask: Mask | None) -> Pixels:
    """photo + (1 - mask) * (dreamed - photo), for pictures of one size and kind, of shape (height, width, 3).

    uint8, or float32 in [0, 1]. The photo to the bit where the mask is full, what was dreamed where it is 0;
    without a mask what was dreamed, itself.
    """
    weights = None if mask is None else _stretched(mask, dreamed.shape[1], dreamed.shape[0])
    if weights is None:
        return dreamed
    rows = np.flatnonzero(weights.any(1))
    result = dreamed.copy()
    step = max(1, _ROWS // dreamed.shape[1])
    for start in range(rows[0], rows[-1] + 1, step):
        part = slice(start, min(start + step, rows[-1] + 1))
        result[part] = _mixed(dreamed[part], photo[part], weights[part])
    return result


def _mixed(dreamed: Pixels, photo: Pixels, weights: npt.NDArray[np.uint8]) -> Pixels:
    share = (weights / np.float32(255.0))[..., None].astype(np.float32)
    mixed = dreamed + share * (photo.astype(np.float32) - dreamed)
    if dreamed.dtype == np.uint8:
        mixed = np.rint(mixed)
    # What is rounded off on the way to the photo is not to be seen.
    return np.where(weights[..., None] == 255, photo, mixed.astype(dreamed.dtype))


def _stretched(mask: Mask, width: int, height: int) -> npt.NDArray[np.uint8] | None:
    """The mask at the picture's size; None where it is 0 everywhere."""
    values = mask.array()
    if not values.any():
        return None
    return np.asarray(Image.fromarray(values).resize((width, height), Image.Resampling.BILINEAR))
