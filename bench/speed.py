"""Seconds per megapixel-iteration against the plain loop, and the share of the machine's matrix-multiply rate.

The plain loop is what the peers run: the whole network, weights requiring gradients, contiguous memory. Ours
is the engine's own direction of ascent, tiles and all, on the same network, layer and size.
"""

import random
from collections.abc import Callable

import torch
from torch import Tensor, nn

from bench.figure import Figure, alternating, at_least
from inceptionist_gui.engine.memory import Budget, keep_freed_blocks
from inceptionist_gui.engine.networks import Classes, Layer, Network, network_named
from inceptionist_gui.engine.networks.catalogue import IMAGENET_DEVIATION, IMAGENET_MEAN
from inceptionist_gui.engine.networks.loading import LoadedNetwork, load
from inceptionist_gui.engine.objectives import direction
from inceptionist_gui.recipe import LayerGoal

SIZES = ((512, 768), (1365, 2048))
GFLOP_PER_MEGAPIXEL = 88.8
"""GoogLeNet to inception4c, forward and back to the picture."""


def measure() -> list[Figure]:
    lite = load(network_named("lite0"))
    wanted = {"Lite0 blocks.4": (5.0, 9.0), "GoogLeNet inception4c": (3.2, 4.2)}
    plain = {
        "Lite0 blocks.4": (_timm_lite(), lite, "blocks.4"),
        "GoogLeNet inception4c": (*_googlenet(), "inception4c"),
    }
    figures = []
    for name, (module, network, layer) in plain.items():
        for size, goal in zip(SIZES, wanted[name], strict=True):
            loop, ours = _seconds(module, network, layer, size)
            label = f"{name}, {size[1]}x{size[0]}"
            figures.append(at_least(f"speed: {label}, against the plain loop", loop / ours, "x", goal))
            rate = ours / (size[0] * size[1] / 1e6)
            figures.append(Figure(f"speed: {label}", round(rate, 3), "s/MPit", "", None))
            if size == SIZES[-1] and name.startswith("GoogLeNet"):
                figures.append(at_least("limit: share of the fp32 matrix-multiply rate", _share(rate), "", 0.7))
    return figures


def _seconds(module: nn.Module, network: LoadedNetwork, layer: str, size: tuple[int, int]) -> list[float]:
    picture = torch.rand(1, 3, *size, generator=torch.Generator().manual_seed(0))
    budget, chance = Budget(), random.Random(0)
    goals = (LayerGoal(layer=layer),)
    keep_freed_blocks()
    return alternating(
        [
            _plain_loop(module, layer, picture),
            lambda: direction(picture, goals, network, jitter=16, chance=chance, budget=budget),
        ],
        rounds=3,
    )


def _plain_loop(module: nn.Module, layer: str, picture: Tensor) -> Callable[[], Tensor]:
    caught: list[Tensor] = []
    module.get_submodule(layer).register_forward_hook(lambda _module, _inputs, output: caught.append(output))

    def run() -> Tensor:
        leaf = picture.clone().requires_grad_()
        module(leaf)
        caught.pop().square().mean().backward()  # type: ignore[no-untyped-call]
        module.zero_grad()
        assert leaf.grad is not None
        return leaf.grad

    return run


def _timm_lite() -> nn.Module:
    import timm

    module: nn.Module = timm.create_model("tf_efficientnet_lite0").eval()
    return module


def _googlenet() -> tuple[nn.Module, LoadedNetwork]:
    """torchvision's, with random weights whose batch norms were calibrated on noise."""
    import copy

    import torchvision

    torch.manual_seed(0)
    module: nn.Module = torchvision.models.googlenet(weights=None, init_weights=False, aux_logits=False)
    with torch.no_grad():
        module.train()(torch.randn(4, 3, 224, 224))
    return module.eval(), LoadedNetwork.of(_described(), copy.deepcopy(module))


def _described() -> Network:
    """GoogLeNet as far as the tiles need it: the memory its layers take, and how far they see."""
    widths = ((64, 2), (64, 4), (192, 4), (256, 8), (480, 8), (512, 16), (512, 16))
    names = ("conv1", "conv2", "conv3", "inception3a", "inception3b", "inception4a", "inception4b")
    layers = [Layer(name, "stage", "", *width, 200) for name, width in zip(names, widths, strict=True)]
    # Inside a module of four branches about twice its output is held.
    layers = [Layer(la.name, la.kind, "", la.channels * 2, la.stride, 200) for la in layers]
    layers.append(Layer("inception4c", "stage", "", 512, 16, 267))
    return Network(
        name="googlenet", title="GoogLeNet", tells="", stages=tuple(layers), mean=IMAGENET_MEAN,
        deviation=IMAGENET_DEVIATION, least_size=32, input_size=224, megabytes=50, licence="",
        classes=Classes((), ()),
    )  # fmt: skip


def _share(seconds_per_megapixel: float) -> float:
    a = torch.rand(2048, 2048)
    (seconds,) = alternating([lambda: a @ a], rounds=9)
    return GFLOP_PER_MEGAPIXEL / seconds_per_megapixel / (2 * 2048**3 / seconds / 1e9)
