"""What a network says of a picture, where in it the evidence lies, and which channels answer to it.

All of it is seen at the scale at which the network was tested, where it knows things best.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from inceptionist_gui.engine.blocks import Block
from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.engine.octaves import Size
from inceptionist_gui.engine.raster import Held
from inceptionist_gui.engine.region import WHOLE, Region
from inceptionist_gui.engine.resample import resized
from inceptionist_gui.engine.scaling import LossScale
from inceptionist_gui.engine.taps import LOGITS

Floats = npt.NDArray[np.float32]
"""A photo: shape (height, width, 3), sRGB in [0, 1]. A map: shape (height, width), in [0, 1]."""

_CROP = 0.875
"""The share of the shorter side that was seen when the networks' accuracy was measured."""
_MOST_VIEWED = 2048
"""px; the longer side of a whole picture as it is looked at: a strip is made narrower than tested."""
_BRIGHTEST = 0.995
"""The quantile of a fine map that counts as full: single pixels would leave the rest dark."""
_GATHERED = 5
"""px, across, of the view: what gradient x input says of single pixels is gathered from so many around."""

_NOTHING = 1e-12
"""What a map is divided by at the least."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """A class and how sure the network is of it."""

    label: str
    index: int
    probability: float
    logit: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a network says of a picture, and how it stands to one class in particular."""

    network: str
    title: str
    top: tuple[Prediction, ...]
    """The likeliest classes, likeliest first."""
    wanted: Prediction
    rank: int
    """Of the wanted class among all; 1 is the first."""


@dataclass(frozen=True, slots=True)
class Response:
    """How strongly a channel answers to a picture."""

    channel: int
    strength: float
    """The mean of its outputs, which is what grows where the channel is imagined by itself."""


def predictions(photo: Floats, network: LoadedNetwork, top: int = 5) -> tuple[Prediction, ...]:
    """The classes that the network finds likeliest, likeliest first.

    The photo is seen as the network was tested: the middle square, at its input size.
    """
    logits = answers(photo, network)
    chances = logits.softmax(0)
    best = chances.topk(min(top, len(chances)))
    return tuple(_prediction(network, logits, chances, i) for i in best.indices.tolist())


def verdict(photo: Floats, network: LoadedNetwork, label: str, top: int = 5) -> Verdict:
    """As `predictions`, with how it stands to the class. Raises UnknownNameError where there is no such class."""
    description = network.description
    wanted = description.class_index(label)
    logits = answers(photo, network)
    chances = logits.softmax(0)
    best = chances.topk(min(top, len(chances))).indices.tolist()
    return Verdict(
        network=description.name,
        title=description.title,
        top=tuple(_prediction(network, logits, chances, i) for i in best),
        wanted=_prediction(network, logits, chances, wanted),
        rank=1 + int((logits > logits[wanted]).sum()),
    )


def companions(photo: Floats, network: LoadedNetwork, label: str) -> dict[str, float]:
    """What else the network sees where it sees the class: its probabilities of all others, with that left out."""
    own = network.description.class_index(label)
    logits = answers(photo, network)
    logits[own] = -torch.inf
    chances = logits.softmax(0).tolist()
    labels = network.description.classes.labels
    return {other: chances[i] for i, other in enumerate(labels) if i != own}


def answers(photo: Floats, network: LoadedNetwork) -> Tensor:
    """The logits, shape (classes,), on the CPU, of the photo seen as the network was tested."""
    side = network.description.input_size
    # Not inference mode: what it makes that is kept (the weights of a resizing) could go into no gradient after.
    with torch.no_grad():
        middle = _picture(photo)[..., *middle_square((photo.shape[0], photo.shape[1])).index]
        logits: Tensor = network.logits(resized(middle, (side, side)).clamp(0.0, 1.0))[0].cpu()
    return logits


def grad_cam(photo: Floats, network: LoadedNetwork, label: str) -> Floats:
    """Where the evidence for a class lies, by the last convolution (Grad-CAM; Selvaraju et al. 2017).

    A map of the whole photo, coarse as that layer is; all 0 where nothing speaks for the class. Each channel
    counts by the mean gradient of the class's logit with respect to it.
    """
    index = network.description.class_index(label)
    layer = network.description.stages[-1].name
    with torch.enable_grad():
        outputs = network.compiled([layer, LOGITS])(_view(photo, network).requires_grad_())
        logit = outputs[LOGITS].float()[0, index]
        gradient = LossScale().gradient(logit, outputs[layer])
    weights = gradient.mean((2, 3), keepdim=True)
    heat = (weights * outputs[layer].detach().float()).sum(1, keepdim=True).relu()
    return _spread(heat / heat.amax().clamp_min(_NOTHING), photo, "bicubic")


def gradient_times_input(photo: Floats, network: LoadedNetwork, label: str) -> Floats:
    """Where the evidence for a class lies, by each pixel (gradient x input; Shrikumar et al. 2016).

    A map of the whole photo, as fine as what the network sees of it. What speaks against the class is left out.
    """
    index = network.description.class_index(label)
    leaf = _view(photo, network).requires_grad_()
    with torch.enable_grad():
        logit = network.compiled([LOGITS])(leaf)[LOGITS].float()[0, index]
        gradient = LossScale().gradient(logit, leaf)
    products = (gradient * leaf.detach().float()).sum(1, keepdim=True)
    heat = F.avg_pool2d(products, _GATHERED, 1, _GATHERED // 2, count_include_pad=False).relu()
    full = heat.flatten().quantile(_BRIGHTEST).clamp_min(_NOTHING)
    return _spread((heat / full).clamp_max(1.0), photo, "bilinear")


def responses(photo: Floats, network: LoadedNetwork, layer: str, region: Region = WHOLE) -> tuple[Response, ...]:
    """How strongly each of a layer's channels answers to a region of the photo, strongest first.

    Raises UnknownNameError where there is no such layer.
    """
    network.description.layer(layer)
    with torch.no_grad():
        outputs = network.compiled([layer])(_view(photo, network))[layer].float().cpu()
    part = outputs[0, :, *region.cells(outputs.shape[-2], outputs.shape[-1])]
    strengths = part.mean((1, 2))
    order = strengths.argsort(descending=True, stable=True).tolist()
    return tuple(Response(channel, float(strengths[channel])) for channel in order)


def middle_square(size: Size) -> Block:
    """What the network is shown of a picture of this size when it is asked for its class."""
    height, width = size
    side = max(1, round(min(height, width) * _CROP))
    top, left = (height - side) // 2, (width - side) // 2
    return Block(slice(top, top + side), slice(left, left + side))


def view_size(size: Size, network: LoadedNetwork) -> Size:
    """The size at which the whole of a picture is looked at: at the scale at which its middle square is."""
    description = network.description
    scale = min(description.input_size / _CROP / min(size), _MOST_VIEWED / max(size))
    height, width = (max(description.least_size, round(side * scale)) for side in size)
    return height, width


def _view(photo: Floats, network: LoadedNetwork) -> Tensor:
    """The whole photo as the network's module takes it."""
    picture = _picture(photo)
    seen = resized(picture, view_size(Held(picture).size, network))
    return network.normalised(seen.clamp(0.0, 1.0))


def _spread(heat: Tensor, photo: Floats, by: str) -> Floats:
    """A map of shape (1, 1, h, w) at the size of the photo."""
    whole = F.interpolate(heat.cpu(), (photo.shape[0], photo.shape[1]), mode=by, align_corners=False)
    spread: Floats = whole[0, 0].clamp_(0.0, 1.0).numpy()
    return spread


def _prediction(network: LoadedNetwork, logits: Tensor, chances: Tensor, index: int) -> Prediction:
    label = network.description.classes.labels[index]
    return Prediction(label, index, float(chances[index]), float(logits[index]))


def _picture(photo: Floats) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(photo)).permute(2, 0, 1)[None]
