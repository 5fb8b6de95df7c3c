"""The dream: a generator that yields a frame per iteration."""

import random
from collections.abc import Generator
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from inceptionist_gui.engine.ascent import Ascent
from inceptionist_gui.engine.frame import Frame
from inceptionist_gui.engine.memory import Budget, keep_freed_blocks
from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.engine.objectives import direction
from inceptionist_gui.engine.octaves import Size, fitted, octave_sizes
from inceptionist_gui.engine.priors import restrained
from inceptionist_gui.engine.transforms import resized
from inceptionist_gui.recipe import Recipe

_BESIDES = 60_000
"""What an iteration takes besides its pixels, as so many more: without it a forecast from the first, small octaves
would promise far too long a time."""


def dream(
    photo: npt.NDArray[np.float32], recipe: Recipe, network: LoadedNetwork
) -> Generator[Frame, Recipe | None, None]:
    """Dreams the photo: octave by octave from small to full, one frame for each iteration.

    `photo` has shape (height, width, 3), sRGB in [0, 1]. Whoever holds the generator may send it a changed
    recipe, which counts from the next iteration on; those fields for which `recipe.restarts` is true are
    read once, at the start. Closing the generator frees everything. Same input, same machine: same bytes.
    """
    keep_freed_blocks()
    full = fitted(photo.shape[0], photo.shape[1], recipe.size)
    whole = resized(torch.from_numpy(np.ascontiguousarray(photo)).permute(2, 0, 1)[None], full)
    sizes = octave_sizes(full, recipe.scale.octaves, recipe.scale.octave_scale, network.description.least_size)
    chance, ascent, budget = random.Random(recipe.seed), Ascent(), Budget()
    detail = torch.zeros(1, 3, *sizes[0])
    for octave, size in enumerate(sizes):
        base = resized(whole, size)
        detail = resized(detail, size)
        iteration = 0
        while iteration < recipe.strength.iterations:
            gradient = direction(
                base + detail, recipe.goals, network, jitter=recipe.scale.jitter, chance=chance, budget=budget
            )
            move = ascent.move(gradient, iteration, recipe.strength, recipe.texture)
            detail = restrained(detail + move, base, recipe.priors)
            iteration += 1
            frame = _frame(whole, detail, sizes, octave, iteration, recipe)
            sent = yield replace(frame, note=budget.note)
            recipe = sent or recipe


def _frame(
    photo: Tensor, detail: Tensor, sizes: tuple[Size, ...], octave: int, iteration: int, recipe: Recipe
) -> Frame:
    iterations = recipe.strength.iterations
    areas = [height * width + _BESIDES for height, width in sizes]
    behind = sum(areas[:octave]) * iterations + areas[octave] * iteration
    return Frame(
        octave=octave + 1,
        octaves=len(sizes),
        iteration=iteration,
        iterations=iterations,
        done=behind / (sum(areas) * iterations),
        photo=photo,
        detail=detail,
    )
