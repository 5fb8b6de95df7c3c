"""Seconds per megapixel-iteration against the plain loop, and the share of the machine's matrix-multiply rate.

The plain loop is what the peers run: the whole network, weights requiring gradients, contiguous memory. Ours
is the engine's own direction of ascent, jitter, tiles and all, on the same network, layer and size. Each runs in
a process of its own, for the engine changes how memory is given out; they take turns.
"""

import random
import subprocess
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

import torch
from torch import Tensor, nn

from bench.figure import Figure, alternating, at_least
from inceptionist_gui.engine.memory import Budget, keep_freed_blocks
from inceptionist_gui.engine.networks import Classes, Layer, Network, network_named
from inceptionist_gui.engine.networks.loading import LoadedNetwork, load
from inceptionist_gui.engine.objectives import direction
from inceptionist_gui.engine.raster import Held
from inceptionist_gui.engine.scaling import LossScale
from inceptionist_gui.engine.store import Store
from inceptionist_gui.recipe import Goal, LayerGoal

JOBS = {
    "Lite0 blocks.4": (((512, 768), 5.0), ((1365, 2048), 9.0)),
    "GoogLeNet inception4c": (((512, 768), 3.2), ((1365, 2048), 4.2)),
}
"""Each with its sizes (height and width in pixels) and how many times faster it should be."""
IMAGENET_MEAN, IMAGENET_DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""Of the pictures that GoogLeNet is trained on."""
ROUNDS = 4
GFLOP_PER_MEGAPIXEL = 88.8
"""GoogLeNet to inception4c, forward and back to the picture."""


def measure() -> list[Figure]:
    figures = []
    for name, wanted in JOBS.items():
        for size, goal in wanted:
            loop, ours = _seconds(name, size)
            label, rate = f"{name}, {size[1]}x{size[0]}", ours / (size[0] * size[1] / 1e6)
            figures.append(at_least(f"speed: {label}, against the plain loop", loop / ours, "x", goal))
            figures.append(Figure(f"speed: {label}", round(rate, 3), "s/MPit", "", None))
    # The last job is the one whose work is known in operations.
    figures.append(at_least("limit: share of the fp32 matrix-multiply rate", _share(rate), "", 0.7))
    return figures


def _seconds(name: str, size: tuple[int, int]) -> tuple[float, float]:
    """The median seconds of the plain loop and of ours."""
    sides = [_Side(side, name, size) for side in ("loop", "ours")]
    try:
        taken = [[side.run() for side in sides] for _ in range(ROUNDS + 1)][1:]
    finally:
        for side in sides:
            side.end()
    loop, ours = (median(times) for times in zip(*taken, strict=True))
    return loop, ours


class _Side:
    """A process that does one iteration whenever it is asked to."""

    def __init__(self, side: str, name: str, size: tuple[int, int]) -> None:
        command = [sys.executable, "-m", "bench.speed", side, name, *map(str, size)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self) -> float:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def end(self) -> None:
        self._process.communicate()


def _serve(side: str, name: str, size: tuple[int, int]) -> None:
    """Does an iteration for each line on stdin, and says how many seconds it took."""
    layer = name.split()[1]
    picture = torch.rand(1, 3, *size, generator=torch.Generator().manual_seed(0))
    run = {"loop": _plain_loop, "ours": _our_direction}[side](name, layer, picture)
    for _ in sys.stdin:
        begun = perf_counter()
        run()
        sys.stdout.write(f"{perf_counter() - begun}\n")
        sys.stdout.flush()


def _our_direction(name: str, layer: str, picture: Tensor) -> Callable[[], object]:
    lite = name.startswith("Lite0")
    network = load(network_named("lite0")) if lite else LoadedNetwork.of(_described(), _googlenet())
    goals, store, chance, shown = (LayerGoal(layer=layer),), Store(Budget()), random.Random(0), Held(picture)
    keep_freed_blocks(store.budget.size)
    scales: dict[Goal, LossScale] = {goal: LossScale() for goal in goals}
    return lambda: direction(shown, goals, network, jitter=16, chance=chance, store=store, scales=scales)


def _plain_loop(name: str, layer: str, picture: Tensor) -> Callable[[], Tensor]:
    module = _timm_lite() if name.startswith("Lite0") else _googlenet()
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


def _googlenet() -> nn.Module:
    """torchvision's, with random weights whose batch norms were calibrated on noise."""
    import torchvision

    torch.manual_seed(0)
    module: nn.Module = torchvision.models.googlenet(weights=None, init_weights=False, aux_logits=False)
    with torch.no_grad():
        module.train()(torch.randn(4, 3, 224, 224))
    return module.eval()


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


if __name__ == "__main__":
    _serve(sys.argv[1], sys.argv[2], (int(sys.argv[3]), int(sys.argv[4])))
