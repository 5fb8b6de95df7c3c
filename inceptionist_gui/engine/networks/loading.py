"""A network brought into memory, ready to be looked through."""

import hashlib
import pickle
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import Lock

import torch
from torch import Tensor, nn

from inceptionist_gui.engine.compile import Compiled, compiled, compiled_beyond
from inceptionist_gui.engine.devices import CPU, Device
from inceptionist_gui.engine.networks.catalogue import WEIGHTS, LiteWeights
from inceptionist_gui.engine.networks.description import Network
from inceptionist_gui.engine.networks.lite import EfficientNetLite
from inceptionist_gui.errors import UserError


class BadWeightsError(UserError):
    """A file of weights that is missing, altered or of another network."""


@dataclass(frozen=True, eq=False)
class LoadedNetwork:
    """A network's module beside its description, on its device. Its weights want no gradients."""

    description: Network
    module: nn.Module
    mean: Tensor
    """Shape (1, 3, 1, 1), float32, on the device, as is `deviation`."""
    deviation: Tensor
    device: Device = CPU
    _compiled: dict[frozenset[str], Compiled] = field(default_factory=dict)
    _beyond: dict[tuple[str, frozenset[str]], Compiled | None] = field(default_factory=dict)

    @classmethod
    def of(cls, description: Network, module: nn.Module, device: Device = CPU) -> "LoadedNetwork":
        """Freezes the module and puts it on the device, laid out for convolutions over pictures."""
        module.eval().requires_grad_(False)
        # Channels-last, where it is right, halves the time of depthwise and pooled layers on the CPU and suits
        # the half-precision kernels of CUDA.
        module.to(device.place, device.dtype).to(memory_format=device.layout)
        mean, deviation = (
            torch.tensor(values, device=device.place).reshape(1, 3, 1, 1)
            for values in (description.mean, description.deviation)
        )
        return cls(description, module, mean, deviation, device)

    @property
    def dtype(self) -> torch.dtype:
        """Of the weights, of what the module takes and of what it gives."""
        return self.device.dtype

    def compiled(self, names: Iterable[str]) -> Compiled:
        """What gives the outputs of the named layers, or of `LOGITS`; nothing deeper is computed.

        Any thread may ask, while others run networks.
        """
        taps = frozenset(names)
        if taps not in self._compiled:
            self._compiled[taps] = compiled(self.module, taps)
        return self._compiled[taps]

    def compiled_beyond(self, layer: str, names: Iterable[str]) -> Compiled | None:
        """As `compiled`, but taking the outputs of a layer; None where they are not all that is needed."""
        key = layer, frozenset(names)
        if key not in self._beyond:
            self._beyond[key] = compiled_beyond(self.module, *key)
        return self._beyond[key]

    def normalised(self, pictures: Tensor) -> Tensor:
        """What the module takes, from sRGB in [0, 1] of shape (N, 3, H, W) on any device."""
        # From pinned memory the copy to CUDA does not wait for what the GPU has still to do; elsewhere it is not
        # safe to go on before the copy is made.
        here = pictures.to(self.device.place, non_blocking=self.device.place.type == "cuda")
        scaled = (here - self.mean) / self.deviation
        return scaled.to(self.dtype).contiguous(memory_format=self.device.layout)

    def logits(self, pictures: Tensor) -> Tensor:
        """Shape (N, classes), float32, on the device, from sRGB in [0, 1] of shape (N, 3, H, W)."""
        logits: Tensor = self.module(self.normalised(pictures))
        return logits.float()


_LOADING = Lock()
"""Two threads that want one network are to share it, not to load it twice."""


def load(description: Network, device: Device = CPU) -> LoadedNetwork:
    """The network with its weights, on the device. Raises BadWeightsError."""
    with _LOADING:
        return _loading_to(device)(description)


@lru_cache(maxsize=1)
def _loading_to(device: Device) -> Callable[[Network], LoadedNetwork]:
    """Keeps the networks loaded last on one device: another device has them forgotten and their memory freed."""
    return lru_cache(maxsize=2)(lambda description: _loaded(description, device))


def _loaded(description: Network, device: Device) -> LoadedNetwork:
    weights = WEIGHTS[description.name]
    module = EfficientNetLite(weights.width, weights.depth, len(description.classes))
    path = weights.path()
    try:
        module.take_weights(checked_weights(path, weights))
    except ValueError as error:
        raise BadWeightsError(f"{path}: not the weights of {description.title} ({error})") from error
    return LoadedNetwork.of(description, module, device)


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
