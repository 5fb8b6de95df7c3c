"""The dream: a generator that yields a frame per iteration."""

import random
from collections import defaultdict
from collections.abc import Generator
from dataclasses import replace
from typing import Any

import numpy.typing as npt

from inceptionist_gui.engine.ascent import Ascent
from inceptionist_gui.engine.frame import Frame
from inceptionist_gui.engine.memory import Budget, gpu_share, keep_freed_blocks, memory_share
from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.engine.objectives import direction
from inceptionist_gui.engine.octaves import Size, fitted, octave_sizes
from inceptionist_gui.engine.priors import MARGIN, restrained
from inceptionist_gui.engine.raster import Given, Source, Sum
from inceptionist_gui.engine.scaling import LossScale
from inceptionist_gui.engine.store import Store
from inceptionist_gui.recipe import Goal, Recipe

_BESIDES = 60_000
"""What an iteration takes besides its pixels, as so many more: without it a forecast from the first, small octaves
would promise far too long a time."""


def dream(
    photo: npt.NDArray[Any], recipe: Recipe, network: LoadedNetwork, budget: Budget | None = None
) -> Generator[Frame, Recipe | None, None]:
    """Dreams the photo: octave by octave from small to full, one frame for each iteration.

    `photo` has shape (height, width, 3), sRGB: uint8, uint16, or float32 in [0, 1]. Whoever holds the generator
    may send it a changed recipe, which counts from the next iteration on; those fields for which
    `recipe.restarts` is true are read once, at the start. Closing the generator frees everything. A picture of
    any size is dreamed within the budget, or this machine's usual one. Same input, budget and machine: same
    bytes. Raises NotEnoughError when the disk has no room for what does not fit into memory.
    """
    budget = budget or Budget(gpu_share(network.device.place))
    keep_freed_blocks(min(budget.size, memory_share()))
    store = Store(budget, network.mean.device)
    full = fitted(photo.shape[0], photo.shape[1], recipe.size)
    given = Given(photo, store.device)
    whole = store.at_hand(given, full)
    # Of the two that show the photo, the one that is sooner read.
    source = min(given, whole, key=lambda shown: shown.size)
    sizes = octave_sizes(full, recipe.scale.octaves, recipe.scale.octave_scale, network.description.least_size)
    chance, ascent = random.Random(recipe.seed), Ascent(store)
    scales: defaultdict[Goal, LossScale] = defaultdict(LossScale)
    detail = store.blank(sizes[0])
    for octave, size in enumerate(sizes):
        base = whole if size == full else store.at_hand(source, size)
        detail = store.resampled(detail, size)
        spare = store.raster(size)
        iteration = 0
        while iteration < recipe.strength.iterations:
            gradient = direction(
                Sum(base, detail),
                recipe.goals,
                network,
                jitter=recipe.scale.jitter,
                chance=chance,
                store=store,
                scales=scales,
            )
            move = ascent.move(gradient, iteration, recipe.strength, recipe.texture)
            for block in store.blocks(size):
                wide = block.grown(MARGIN, size)
                held = restrained(detail[wide] + move[wide], base[wide], recipe.priors)
                spare[block] = held[..., *block.within(wide).index]
            detail, spare = spare, detail
            iteration += 1
            frame = _frame(whole, detail, sizes, octave, iteration, recipe)
            sent = yield replace(frame, note=budget.note)
            recipe = sent or recipe


def _frame(
    photo: Source, detail: Source, sizes: tuple[Size, ...], octave: int, iteration: int, recipe: Recipe
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
