"""Time to the objective that the textbook loop reaches, as a share of its time: quick steps that also count.

The textbook loop is that of Mordvintsev et al. (2015): four octaves of ten steps over the mean gradient, on the
whole network as timm makes it. Both dream the same photo with the same weights, without natural-image priors, each
in a process of its own. The plain network judges both pictures, untimed: the mean square of the layer's outputs.
"""

import random
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from itertools import islice
from statistics import median
from time import perf_counter

import numpy as np
import torch
from skimage import data
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from bench.figure import Figure, at_most
from inceptionist_gui.engine.dream import dream
from inceptionist_gui.engine.frame import Frame
from inceptionist_gui.engine.networks import network_named
from inceptionist_gui.engine.networks.catalogue import WEIGHTS
from inceptionist_gui.engine.networks.loading import checked_weights, load
from inceptionist_gui.engine.octaves import Size, octave_sizes
from inceptionist_gui.recipe import LayerGoal, Priors, Recipe, Scale, Strength, Texture

LAYER = "blocks.4"
SIZE = (512, 768)
ROUNDS = 4

OCTAVES, OCTAVE_SCALE, ITERATIONS, JITTER = 4, 1.4, 10, 32
STEP = 1.5 / 255
"""The textbook's 1.5 levels of 255."""

RECIPE = Recipe(
    goals=(LayerGoal(layer=LAYER),),
    size=max(SIZE),
    # Half as many octaves, fewer iterations, steps of twice the length: on the whole the picture changes as much
    # as the textbook's. Momentum is for whole forms over many iterations; in so few it only overshoots.
    strength=Strength(step_size=0.014, iterations=6, momentum=0.0, settle=0.5),
    scale=Scale(octaves=2, octave_scale=1.4),
    # Nearly even bands let coarse forms grow from the first step, which otherwise takes the small octaves.
    texture=Texture(detail_balance=0.9, colour=0.3),
    priors=Priors(total_variation=0.0, smoothness=0.0, keep_photo=0.0, keep_colours=0.0, gamut=0.0),
)


def measure() -> list[Figure]:
    textbook, ours = _Side("textbook"), _Side("ours")
    try:
        _, goal = textbook.run(0.0)
        ours.run(goal)
        taken = [(textbook.run(0.0)[0], ours.run(goal)[0]) for _ in range(ROUNDS)]
    finally:
        textbook.end()
        ours.end()
    theirs, spent = (median(times) for times in zip(*taken, strict=True))
    return [
        Figure("reach: the textbook loop's objective (mean square)", round(goal, 2), "", "", None),
        Figure("reach: the textbook loop's time", round(theirs, 3), "s", "", None),
        at_most("reach: time to the textbook loop's objective, share of its time", spent / theirs, "", 0.125),
    ]


class _Side:
    """A process that dreams whenever it is asked to."""

    def __init__(self, side: str) -> None:
        command = [sys.executable, "-m", "bench.reach", side]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, goal: float) -> tuple[float, float]:
        """Seconds, and the objective reached; the textbook's takes no heed of the goal."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{goal}\n")
        self._process.stdin.flush()
        seconds, reached = map(float, self._process.stdout.readline().split())
        return seconds, reached

    def end(self) -> None:
        self._process.communicate()


def _serve(side: str) -> None:
    """Dreams for each goal on stdin; says the seconds it took and the objective of the picture."""
    plain = _Plain()
    photo = _resized(torch.from_numpy(_photo()).permute(2, 0, 1)[None].float() / 255, SIZE).clamp(0.0, 1.0)
    run: Callable[[float], tuple[float, float]] = {"textbook": _textbook, "ours": _ours}[side](plain, photo)
    for line in sys.stdin:
        seconds, reached = run(float(line))
        sys.stdout.write(f"{seconds} {reached}\n")
        sys.stdout.flush()


def _ours(plain: "_Plain", photo: Tensor) -> Callable[[float], tuple[float, float]]:
    network, pixels = load(network_named("lite0")), photo[0].permute(1, 2, 0).numpy()

    def judged(frame: Frame) -> float:
        return plain.judge(torch.from_numpy(frame.floats()).permute(2, 0, 1)[None])

    @cache
    def frames_to(goal: float) -> int:
        """How many frames it takes, found once: every dream of the recipe is the same, and judging between the
        frames would slow them."""
        reached = 0.0
        for number, frame in enumerate(dream(pixels, RECIPE, network), 1):
            reached = judged(frame) if frame.octave == frame.octaves else 0.0
            if reached >= goal:
                return number
        raise RuntimeError(f"the recipe reaches an objective of {reached:.2f} and not {goal:.2f}")

    def run(goal: float) -> tuple[float, float]:
        count = frames_to(goal)
        begun = perf_counter()
        *_, frame = islice(dream(pixels, RECIPE, network), count)
        return perf_counter() - begun, judged(frame)

    return run


def _textbook(plain: "_Plain", photo: Tensor) -> Callable[[float], tuple[float, float]]:
    def run(_: float) -> tuple[float, float]:
        begun = perf_counter()
        picture = _textbook_dream(plain, photo)
        return perf_counter() - begun, plain.judge(picture)

    return run


def _textbook_dream(plain: "_Plain", photo: Tensor) -> Tensor:
    chance = random.Random(0)
    sizes = octave_sizes(SIZE, OCTAVES, OCTAVE_SCALE, least=1)
    detail = torch.zeros(1, 3, *sizes[0])
    for size in sizes:
        base = _resized(photo, size)
        picture = base + _resized(detail, size)
        for _ in range(ITERATIONS):
            shift = chance.randint(-JITTER, JITTER), chance.randint(-JITTER, JITTER)
            gradient = plain.gradient(picture.roll(shift, (-2, -1))).roll((-shift[0], -shift[1]), (-2, -1))
            picture = (picture + STEP * gradient / gradient.abs().mean()).clamp(0.0, 1.0)
        detail = picture - base
    return picture


class _Plain:
    """The network as it comes: whole, in contiguous memory, with weights that want gradients."""

    def __init__(self) -> None:
        import timm

        self._module: nn.Module = timm.create_model("tf_efficientnet_lite0").eval()
        weights = checked_weights(WEIGHTS["lite0"].path(), WEIGHTS["lite0"])
        # The names differ, the order does not.
        self._module.load_state_dict(dict(zip(self._module.state_dict(), weights.values(), strict=True)))
        self._caught: list[Tensor] = []
        self._module.get_submodule(LAYER).register_forward_hook(
            lambda _module, _inputs, output: self._caught.append(output)
        )
        network = network_named("lite0")
        self._mean, self._deviation = (
            torch.tensor(values).reshape(1, 3, 1, 1) for values in (network.mean, network.deviation)
        )

    def judge(self, picture: Tensor) -> float:
        with torch.no_grad():
            return float(self._objective(picture))

    def gradient(self, picture: Tensor) -> Tensor:
        leaf = picture.clone().requires_grad_()
        self._objective(leaf).backward()  # type: ignore[no-untyped-call]
        self._module.zero_grad()
        assert leaf.grad is not None
        return leaf.grad

    def _objective(self, picture: Tensor) -> Tensor:
        self._module((picture - self._mean) / self._deviation)
        return self._caught.pop().square().mean()


def _resized(picture: Tensor, size: Size) -> Tensor:
    return F.interpolate(picture, size, mode="bicubic", antialias=True, align_corners=False)


def _photo() -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]] = data.coffee()  # type: ignore[no-untyped-call]
    return pixels


if __name__ == "__main__":
    _serve(sys.argv[1])
