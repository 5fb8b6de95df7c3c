"""What a network says of a picture."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.engine.resample import resized

_CROP = 0.875
"""The share of the shorter side that was seen when the networks' accuracy was measured."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """A class and how sure the network is of it."""

    label: str
    index: int
    probability: float
    logit: float


def predictions(photo: npt.NDArray[np.float32], network: LoadedNetwork, top: int = 5) -> tuple[Prediction, ...]:
    """The classes that the network finds likeliest, likeliest first.

    `photo` has shape (height, width, 3), sRGB in [0, 1]. It is seen as the network was tested: the middle
    square, at its input size.
    """
    picture = torch.from_numpy(np.ascontiguousarray(photo)).permute(2, 0, 1)[None]
    side = network.description.input_size
    with torch.inference_mode():
        logits = network.logits(resized(_middle(picture), (side, side)).clamp(0.0, 1.0))[0].cpu()
    chances = logits.softmax(0)
    best = chances.topk(min(top, len(chances)))
    labels = network.description.classes.labels
    return tuple(
        Prediction(labels[i], i, chance, float(logits[i]))
        for chance, i in zip(best.values.tolist(), best.indices.tolist(), strict=True)
    )


def _middle(picture: torch.Tensor) -> torch.Tensor:
    height, width = picture.shape[-2:]
    side = max(1, round(min(height, width) * _CROP))
    top, left = (height - side) // 2, (width - side) // 2
    return picture[..., top : top + side, left : left + side]
