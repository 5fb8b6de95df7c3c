"""A layer's outputs drawn to those of a guide picture (Mordvintsev, Olah and Tyka 2015)."""

from math import ceil
from weakref import WeakKeyDictionary

import torch
from torch import Tensor

from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.engine.resample import resized
from inceptionist_gui.engine.transforms import reflected_window
from inceptionist_gui.recipe import Guide, GuideGoal

_COMPARED = 2**22
"""Products of a place and a feature that are in memory at once."""
_LEAST_LENGTH = 1e-6
_STRENGTH = 0.5
"""The power of its strength with which a feature of the guide counts. At 1 the strongest would be the nearest to
everything; at 0 an eye would count no more than the fur around it (found by eye)."""
_FRAME = 64
"""px, at the most: around the guide it is mirrored, so that its borders are no edges to the network."""
_KEPT = 8
"""Guides whose features are kept for each network."""

_known: WeakKeyDictionary[LoadedNetwork, dict[tuple[Guide, str], Tensor]] = WeakKeyDictionary()


def guided(outputs: Tensor, goal: GuideGoal, network: LoadedNetwork) -> Tensor:
    """How far outputs (N, C, H, W) go along the guide's feature that each resembles most; shape (N, H, W)."""
    features = features_of(goal.picture, goal.layer, network)
    flat = outputs.detach().movedim(1, -1).reshape(-1, outputs.shape[1])
    step = max(1, _COMPARED // len(features))
    nearest = torch.cat([(part @ features.T).argmax(1) for part in torch.split(flat, step)])
    wanted = features[nearest].reshape(outputs.shape[0], *outputs.shape[2:], -1).movedim(-1, 1)
    likeness: Tensor = (outputs * wanted).sum(1)
    return likeness


def features_of(guide: Guide, layer: str, network: LoadedNetwork) -> Tensor:
    """The layer's outputs at every place of the guide; shape (places, channels), float32, on the device."""
    known = _known.setdefault(network, {})
    if (guide, layer) not in known:
        while len(known) >= _KEPT:
            known.pop(next(iter(known)), None)
        known[guide, layer] = _features(guide, layer, network)
    return known[guide, layer]


def _features(guide: Guide, layer: str, network: LoadedNetwork) -> Tensor:
    picture = torch.from_numpy(guide.array().copy()).permute(2, 0, 1)[None] / 255.0
    scale = max(1.0, network.description.least_size / min(guide.height, guide.width))
    height, width = round(guide.height * scale), round(guide.width * scale)
    seen = network.description.layer(layer)
    frame = ceil(min(seen.receptive_field / 2, _FRAME) / seen.stride)
    margin = frame * seen.stride
    window = reflected_window(
        resized(picture, (height, width)).clamp(0.0, 1.0),
        -margin,
        -margin,
        (height + 2 * margin, width + 2 * margin),
    )
    # Not inference mode: what is kept would be of no use to gradients.
    with torch.no_grad():
        outputs = network.compiled([layer])(network.normalised(window))[layer].float()
    inside = outputs[0, :, frame : outputs.shape[2] - frame, frame : outputs.shape[3] - frame]
    found: Tensor = inside.flatten(1).T
    lengths: Tensor = found.norm(dim=1, keepdim=True).clamp_min(_LEAST_LENGTH)
    return found * lengths ** (_STRENGTH - 1.0)
