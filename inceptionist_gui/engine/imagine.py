"""Imagining: a picture found from nothing for its goals, then grown on to any size.

It is found coarse to fine at a working size, by Adam (Kingma & Ba 2015) over what parameterizes it: at each step
the networks see it in several random views, and what is natural has its say. The picture, its views and the priors
are computed on the CPU and only the networks on their device: there is little to compute, and a GPU would add up
the views' gradients in any order. Beyond the working size the picture is dreamed on with the same goals.
"""

from collections import defaultdict
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from inceptionist_gui.engine.blocks import Block
from inceptionist_gui.engine.dream import dream
from inceptionist_gui.engine.frame import Frame
from inceptionist_gui.engine.memory import Budget, gpu_share, keep_freed_blocks, memory_share
from inceptionist_gui.engine.natural import unnaturalness
from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.engine.octaves import Size, octave_sizes
from inceptionist_gui.engine.parameterization import Parameters, Phases, Pixels, Spectrum
from inceptionist_gui.engine.raster import COLOURS, Held
from inceptionist_gui.engine.scaling import LossScale
from inceptionist_gui.engine.spectrum import measured, natural
from inceptionist_gui.engine.views import Views
from inceptionist_gui.engine.wishes import gradient
from inceptionist_gui.recipe import (
    Goal,
    Imagine,
    Magnitudes,
    Parameterization,
    Priors,
    Recipe,
    Scale,
    Strength,
    Texture,
    counting,
)
from inceptionist_gui.words import _

Photo = npt.NDArray[np.float32]

GREY = 0.5
"""What there is before anything is imagined."""
SCALE = 1.4
"""From octave to octave, found or grown."""
_NEAR = 1.1
"""A picture no larger than the working size times this is found at its own size."""
_SETTLED = 0.03
"""Of the first step size: the last. What the random views stir up comes to rest with it."""
_PHASE_RATE = 8.0
"""Times the step size, where phases move: they are angles, and half a turn is far."""
_GROWN_ITERATIONS = 10
"""Of each octave above the working size."""
_GROWN_STEP = 0.008
"""At full growth, in sRGB units."""


def imagine(
    recipe: Recipe,
    networks: Sequence[LoadedNetwork],
    photo: Photo | None = None,
    budget: Budget | None = None,
) -> Generator[Frame, Recipe | None, None]:
    """Imagines the recipe's goals, one frame for each step; the picture is square.

    `networks` are the recipe's own and those that join it. `photo`, of shape (height, width, 3), sRGB in [0, 1],
    is measured where the recipe wants the magnitudes of photos and has no profile. Whoever holds the generator may
    send it a changed recipe, as to `engine.dream.dream`. Masks do not count: before anything is imagined there
    are no places to tell apart. Same input and machine: same bytes.
    """
    budget = budget or Budget(gpu_share(networks[0].device.place))
    keep_freed_blocks(min(budget.size, memory_share()))
    plan = _Plan.of(recipe, networks[0])
    profile = _profile(recipe.imagine, photo)
    chance = torch.Generator().manual_seed(recipe.seed)
    parameters = _parameters(recipe, plan.sizes[-1], profile, chance)
    scales: list[defaultdict[Goal, LossScale]] = [defaultdict(LossScale) for _ in networks]
    for octave, size in enumerate(plan.sizes):
        moved = parameters.moved()
        optimiser = torch.optim.Adam([moved])
        iteration = 0
        while iteration < (iterations := plan.iterations(recipe)):
            progress = (octave + iteration / iterations) / len(plan.sizes)
            for group in optimiser.param_groups:
                group["lr"] = _rate(recipe.imagine, parameters, progress)
            with torch.enable_grad():
                picture = parameters.picture(size)
                moved.grad = _slope(picture, moved, recipe, networks, scales, profile, chance)
            optimiser.step()
            iteration += 1
            sent = yield replace(plan.frame(parameters, octave, iteration, iterations), note=_lack(recipe))
            recipe = sent or recipe
    if plan.grown:
        with torch.no_grad():
            found = parameters.picture(plan.sizes[-1])
        del parameters, moved, optimiser, picture
        yield from _grown_on(found, recipe, plan, networks[0], budget)


@dataclass(frozen=True, slots=True)
class _Plan:
    """The octaves: those in which the picture is found, and those in which it grows on."""

    full: Size
    sizes: tuple[Size, ...]
    grown: tuple[Size, ...]
    found_share: float
    """Of all the work."""

    @classmethod
    def of(cls, recipe: Recipe, network: LoadedNetwork) -> "_Plan":
        wanted, least = recipe.imagine, network.description.least_size
        small = recipe.size <= wanted.working_size * _NEAR
        working = recipe.size if small else wanted.working_size
        # Coarse to fine is a prior of its own.
        octaves = 1 if recipe.natural.absent else wanted.octaves
        sizes = octave_sizes((working, working), octaves, SCALE, least)
        grown: list[Size] = []
        while wanted.growth and (side := round(recipe.size / SCALE ** len(grown))) > working * _NEAR:
            grown.insert(0, (side, side))
        finding = wanted.steps * wanted.crops * network.description.input_size**2
        growing = _GROWN_ITERATIONS * sum(height * width for height, width in grown)
        return cls((recipe.size, recipe.size), sizes, tuple(grown), finding / (finding + growing))

    def iterations(self, recipe: Recipe) -> int:
        """Of each octave in which the picture is found."""
        return max(1, round(recipe.imagine.steps / len(self.sizes)))

    @property
    def octaves(self) -> int:
        return len(self.sizes) + len(self.grown)

    def frame(self, parameters: Parameters, octave: int, iteration: int, iterations: int) -> Frame:
        with torch.no_grad():
            detail = parameters.picture(self.sizes[octave]) - GREY
        done = (octave + iteration / iterations) / len(self.sizes)
        return Frame(
            octave=octave + 1,
            octaves=self.octaves,
            iteration=iteration,
            iterations=iterations,
            done=done * self.found_share,
            photo=Plain(self.full),
            detail=Held(detail),
        )

    def frame_grown(self, frame: Frame) -> Frame:
        """A frame of the dream that grows the picture on, as one of the whole run."""
        return replace(
            frame,
            octave=len(self.sizes) + frame.octave,
            octaves=self.octaves,
            done=self.found_share + (1.0 - self.found_share) * frame.done,
        )


class Plain:
    """A picture of one grey, of any size."""

    def __init__(self, size: Size) -> None:
        self.size = size

    def __getitem__(self, block: Block) -> Tensor:
        return torch.full((1, COLOURS, *block.size), GREY)


def _profile(wanted: Imagine, photo: Photo | None) -> tuple[float, ...]:
    if wanted.magnitudes is Magnitudes.NATURAL:
        return natural()
    if wanted.profile:
        return wanted.profile
    return natural() if photo is None else measured([photo])


def _parameters(recipe: Recipe, size: Size, profile: Sequence[float], chance: torch.Generator) -> Parameters:
    wanted = Parameterization.PIXELS if recipe.natural.absent else recipe.imagine.parameterization
    match wanted:
        case Parameterization.PIXELS:
            return Pixels(size, chance)
        case Parameterization.SPECTRUM:
            return Spectrum(size, recipe.imagine.spectrum_power, chance)
        case Parameterization.MACO:
            return Phases(size, profile, chance)


def _rate(wanted: Imagine, parameters: Parameters, progress: float) -> float:
    scale = _PHASE_RATE if isinstance(parameters, Phases) else 1.0
    return scale * wanted.rate * (1.0 - (1.0 - _SETTLED) * progress)


def _slope(
    picture: Tensor,
    moved: Tensor,
    recipe: Recipe,
    networks: Sequence[LoadedNetwork],
    scales: Sequence[defaultdict[Goal, LossScale]],
    profile: Sequence[float],
    chance: torch.Generator,
) -> Tensor:
    """Where the parameters would be worse: against the goals, and away from what is natural."""
    shown: list[Tensor] = []
    slopes: list[Tensor] = []
    for network, scale in zip(networks, scales, strict=True):
        views = _views(recipe, network, picture).of(picture, chance)
        grows = gradient(views.detach(), recipe, network, scale, first=network is networks[0])
        shown.append(views)
        slopes.append(grows.neg().to(views).div_(len(networks)))
    if not recipe.natural.absent:
        shown.append(unnaturalness(picture, recipe.natural, profile))
        slopes.append(torch.ones(()))
    together = [(tensor, slope) for tensor, slope in zip(shown, slopes, strict=True) if tensor.requires_grad]
    tensors, directions = zip(*together, strict=True)
    return torch.autograd.grad(tensors, moved, directions)[0]


def _views(recipe: Recipe, network: LoadedNetwork, picture: Tensor) -> Views:
    wanted, description = recipe.imagine, network.description
    # Enlarged, a coarse octave would show the network nothing more.
    side = min(description.input_size, max(picture.shape[-1], description.least_size))
    return Views(wanted.crops, side, wanted.smallest_crop, recipe.natural.robustness)


def _grown_on(
    found: Tensor, recipe: Recipe, plan: _Plan, network: LoadedNetwork, budget: Budget
) -> Generator[Frame, Recipe | None, None]:
    pixels = np.ascontiguousarray(found[0].permute(1, 2, 0).numpy())
    frames = dream(pixels, growing(recipe, len(plan.grown)), network, budget)
    frame: Frame | None = next(frames)
    while frame is not None:
        sent = yield replace(plan.frame_grown(frame), note=frame.note or _lack(recipe))
        recipe = sent or recipe
        try:
            frame = frames.send(growing(recipe, len(plan.grown)) if sent else None)
        except StopIteration:
            frame = None


def _lack(recipe: Recipe) -> str:
    """What to say of what does not count."""
    goals = counting(recipe.goals)
    if not goals:
        return _("Every goal is muted: nothing grows")
    if recipe.mask or any(goal.mask for goal in goals):
        return _("Masks count for dreams alone: what is imagined has no places yet")
    return ""


def growing(recipe: Recipe, octaves: int) -> Recipe:
    """The dream that grows an imagined picture on: faint, close to the picture, without colours of its own."""
    return recipe.model_copy(
        update={
            "goals": tuple(goal.model_copy(update={"mask": None}) for goal in recipe.goals),
            "mask": None,
            "strength": Strength(
                step_size=max(0.001, _GROWN_STEP * recipe.imagine.growth), iterations=_GROWN_ITERATIONS
            ),
            "scale": Scale(octaves=octaves, octave_scale=SCALE),
            "texture": Texture(),
            "priors": Priors(smoothness=0.15, total_variation=0.2, keep_photo=0.02, gamut=0.5),
        }
    )
