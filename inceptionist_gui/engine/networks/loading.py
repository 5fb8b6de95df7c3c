"""A network brought into memory, ready to be looked through."""

import hashlib
import pickle
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import torch
from torch import Tensor, nn

from inceptionist_gui.engine.compile import Compiled, compiled
from inceptionist_gui.engine.networks.catalogue import WEIGHTS, LiteWeights
from inceptionist_gui.engine.networks.description import Network
from inceptionist_gui.engine.networks.lite import EfficientNetLite
from inceptionist_gui.errors import UserError


class BadWeightsError(UserError):
    """A file of weights that is missing, altered or of another network."""


@dataclass(frozen=True, eq=False)
class LoadedNetwork:
    """A network's module beside its description. Its weights want no gradients."""

    description: Network
    module: nn.Module
    mean: Tensor
    """Shape (1, 3, 1, 1), as is `deviation`."""
    deviation: Tensor
    _compiled: dict[frozenset[str], Compiled] = field(default_factory=dict)

    @classmethod
    def of(cls, description: Network, module: nn.Module) -> "LoadedNetwork":
        """Freezes the module and lays it out for convolutions over pictures."""
        module.eval().requires_grad_(False)
        # Channels-last halves the time of depthwise and pooled layers on the CPU and suits GPUs too.
        module.to(memory_format=torch.channels_last)
        mean, deviation = (
            torch.tensor(values).reshape(1, 3, 1, 1) for values in (description.mean, description.deviation)
        )
        return cls(description, module, mean, deviation)

    def compiled(self, names: Iterable[str]) -> Compiled:
        """What gives the outputs of the named layers, or of `LOGITS`; nothing deeper is computed.

        Tracing a network patches torch for the whole process for a moment: get this before threads run networks.
        """
        taps = frozenset(names)
        if taps not in self._compiled:
            self._compiled[taps] = compiled(self.module, taps)
        return self._compiled[taps]

    def normalised(self, pictures: Tensor) -> Tensor:
        """What the module takes, from sRGB in [0, 1] of shape (N, 3, H, W)."""
        scaled = (pictures - self.mean) / self.deviation
        return scaled.contiguous(memory_format=torch.channels_last)

    def logits(self, pictures: Tensor) -> Tensor:
        """Shape (N, classes), from sRGB in [0, 1] of shape (N, 3, H, W)."""
        logits: Tensor = self.module(self.normalised(pictures))
        return logits


@lru_cache(maxsize=2)
def load(description: Network) -> LoadedNetwork:
    """The network with its weights. Raises BadWeightsError."""
    weights = WEIGHTS[description.name]
    module = EfficientNetLite(weights.width, weights.depth, len(description.classes))
    path = weights.path()
    try:
        module.take_weights(checked_weights(path, weights))
    except ValueError as error:
        raise BadWeightsError(f"{path}: not the weights of {description.title} ({error})") from error
    return LoadedNetwork.of(description, module)


def checked_weights(path: Path, weights: LiteWeights) -> dict[str, Tensor]:
    """The tensors in the file, once its SHA-256 is found right. Raises BadWeightsError."""
    mend = f"reinstall {weights.package.replace('_', '-')}"
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        if found != weights.sha256:
            raise BadWeightsError(f"{path}: altered or damaged (its SHA-256 is {found[:12]}...); {mend}")
        tensors: dict[str, Tensor] = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, RuntimeError, pickle.UnpicklingError) as error:
        raise BadWeightsError(f"{path}: cannot be read ({error}); {mend}") from error
    return tensors
