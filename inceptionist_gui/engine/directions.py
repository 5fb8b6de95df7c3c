"""The direction in which a few pictures lead a layer's outputs."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.engine.parameterization import Phases
from inceptionist_gui.engine.resample import resized
from inceptionist_gui.engine.spectrum import natural

_REFERENCES = 4
"""Pictures of no content."""
_DIGITS = 5
"""Of each number: the recipe stays legible."""


def direction_of(
    pictures: Sequence[npt.NDArray[np.float32]], layer: str, network: LoadedNetwork
) -> tuple[float, ...]:
    """The layer's mean activation over the pictures, less that over pictures of no content; of unit length.

    Each picture has shape (height, width, 3), sRGB in [0, 1]. What any picture calls up, one of natural contrasts
    and random phases does too. Raises UnknownNameError for a layer that the network does not have.
    """
    network.description.layer(layer)
    side = network.description.input_size
    chance = torch.Generator().manual_seed(0)
    # Not inference mode: what the network keeps for later would be of no use to gradients.
    with torch.no_grad():
        wanted = _mean([_seen(picture, side) for picture in pictures], layer, network)
        plain = [Phases((side, side), natural(), chance).picture((side, side)) for _ in range(_REFERENCES)]
        apart = wanted - _mean(plain, layer, network)
    unit = apart / apart.norm().clamp_min(1e-12)
    return tuple(round(number, _DIGITS) for number in unit.tolist())


def _mean(pictures: Sequence[Tensor], layer: str, network: LoadedNetwork) -> Tensor:
    run = network.compiled([layer])
    outputs = (run(network.normalised(picture))[layer].float() for picture in pictures)
    return torch.stack([output.mean((0, 2, 3)).cpu() for output in outputs]).mean(0)


def _seen(picture: npt.NDArray[np.float32], side: int) -> Tensor:
    """The picture with its shorter side as long as the network's input."""
    tensor = torch.from_numpy(np.ascontiguousarray(picture)).permute(2, 0, 1)[None]
    scale = side / min(tensor.shape[-2:])
    return resized(tensor, (round(tensor.shape[-2] * scale), round(tensor.shape[-1] * scale))).clamp(0.0, 1.0)
