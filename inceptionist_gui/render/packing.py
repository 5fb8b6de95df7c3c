"""Pictures made small enough for a recipe: masks and guides."""

import numpy as np
import numpy.typing as npt
from PIL import Image

from inceptionist_gui.engine.networks import Network
from inceptionist_gui.media import Picture, as_uint8
from inceptionist_gui.recipe import Guide, Mask, Recipe

_WHITE, _BLACK = 255.0, 0.0
_FIRST_CHOICE = 0.5
"""How deep in the network a guide is looked at where no goal says otherwise: ornament."""


def mask_of(picture: Picture) -> Mask:
    """The picture's light and dark, white being in full; what lets through is black."""
    grey = Image.fromarray(_laid_on(_BLACK, picture)).convert("L")
    return Mask.of(np.asarray(_reduced(grey, Mask.longest)))


def guide_of(picture: Picture) -> Guide:
    """The picture on white where it lets through."""
    return Guide.of(np.asarray(_reduced(Image.fromarray(_laid_on(_WHITE, picture)), Guide.longest)))


def layer_for_guide(recipe: Recipe, network: Network) -> str:
    """That of the first goal that has one; else one whose forms most pictures have."""
    layers = [goal.layer for goal in recipe.goals if goal.kind != "class"]
    return layers[0] if layers else network.stages[int(len(network.stages) * _FIRST_CHOICE)].name


def _laid_on(ground: float, picture: Picture) -> npt.NDArray[np.uint8]:
    levels = as_uint8(picture.pixels)
    if picture.alpha is None:
        return levels
    cover = as_uint8(picture.alpha)[..., None] / np.float32(255.0)
    return np.rint(levels * cover + np.float32(ground) * (1.0 - cover)).astype(np.uint8)


def _reduced(image: Image.Image, longest: int) -> Image.Image:
    scale = min(1.0, longest / max(image.size))
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image if scale == 1.0 else image.resize(size, Image.Resampling.BOX)
