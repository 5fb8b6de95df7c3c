"""The dream: a generator that yields a frame per iteration."""

import random
from collections import defaultdict
from collections.abc import Generator, Sequence
from dataclasses import replace
from typing import Any, BinaryIO, Protocol

import numpy.typing as npt

from inceptionist_gui.engine.ascent import Ascent
from inceptionist_gui.engine.coverage import Coverage, Coverages
from inceptionist_gui.engine.devices import CPU, Device, give_back
from inceptionist_gui.engine.frame import Frame, Shown
from inceptionist_gui.engine.lock import Lock, print_octaves
from inceptionist_gui.engine.memory import Budget, give_up_freed_blocks, gpu_share, keep_freed_blocks, memory_share
from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.engine.objectives import direction
from inceptionist_gui.engine.octaves import Size, fitted, octave_sizes
from inceptionist_gui.engine.priors import MARGIN, restrained
from inceptionist_gui.engine.raster import Given, Raster, Source, Sum
from inceptionist_gui.engine.scaling import LossScale
from inceptionist_gui.engine.standing import Standing, Written
from inceptionist_gui.engine.store import Store
from inceptionist_gui.errors import lacks_memory
from inceptionist_gui.recipe import Goal, Recipe, counting
from inceptionist_gui.words import _

_BESIDES = 60_000
"""What an iteration takes besides its pixels, as so many more: without it a forecast from the first, small octaves
would promise far too long a time."""


def dream(
    photo: npt.NDArray[Any], recipe: Recipe, network: LoadedNetwork, budget: Budget | None = None
) -> Generator[Frame, Recipe | None, None]:
    """Dreams the photo: octave by octave from small to full, one frame for each iteration.

    `photo` has shape (height, width, 3), sRGB: uint8, uint16, or float32 in [0, 1]. Whoever holds the generator
    may send it a changed recipe, which counts from the next iteration on; those fields for which
    `recipe.restarts` is true are read once, at the start. Closing the generator frees everything. Where the masks
    let no goal change anything, the picture is the photo to the bit; `recipe.restored` is left to whoever takes
    the frames. A picture of any size is dreamed within the budget, or this machine's usual one. Same input, budget
    and machine: same bytes. Raises NotEnoughError when the disk has no room for what does not fit into memory.
    """
    store = _store(network, budget)
    full = fitted(photo.shape[0], photo.shape[1], recipe.size)
    sizes = octave_sizes(full, recipe.scale.octaves, recipe.scale.octave_scale, network.description.least_size)
    yield from _octaves(_Photo(photo, full, store), sizes, recipe, network, store)


def dream_on(
    preview: npt.NDArray[Any],
    photo: npt.NDArray[Any] | None,
    full: Size,
    recipe: Recipe,
    network: LoadedNetwork,
    budget: Budget | None = None,
    *,
    resumed: BinaryIO | None = None,
) -> Generator[Frame, Recipe | None, None]:
    """Grows a finished picture on to a larger size, in octaves above its own that change nothing of what it shows.

    `preview` is the finished picture and `photo` what it was dreamed from, or None; both as `dream` takes them.
    The recipe's octaves and size do not count. Each frame can be written down (`standing`); a run that is
    `resumed` from there shows where it stands, then gives the bytes that it would have given. There are no frames
    where there is nothing to draw; see `engine.lock.print_octaves`. For the rest as `dream`.
    """
    written = Written(resumed) if resumed else None
    store = _store(network, Budget(written.budget) if written else budget)
    lock = Lock(preview, photo, store)
    sizes = print_octaves(lock.size, full, recipe.scale.octave_scale)
    if sizes:
        ground = _Preview(lock, full, store)
        before = written.read(store) if written else None
        yield from _octaves(ground, sizes, recipe, network, store, lock, before)


def printed(
    preview: npt.NDArray[Any],
    photo: npt.NDArray[Any] | None,
    full: Size,
    last: Frame | None,
    budget: Budget,
    device: Device = CPU,
) -> Source:
    """The finished print, to be read block by block, of the same inputs as `dream_on` and its last frame, if any.

    In [0, 1]; scaled down it is the preview.
    """
    store = Store(budget, device.place)
    lock = Lock(preview, photo, store)
    return lock.agreeing(lock.ground(full) if last is None else Shown(last))


def _store(network: LoadedNetwork, budget: Budget | None) -> Store:
    budget = budget or Budget(gpu_share(network.device.place))
    keep_freed_blocks(min(budget.size, memory_share()))
    return Store(budget, network.mean.device)


class _Ground(Protocol):
    """What the detail is added to."""

    whole: Source
    """At the size of the finished picture."""

    def at(self, size: Size) -> Source:
        """At the size of an octave."""
        ...


class _Photo:
    def __init__(self, photo: npt.NDArray[Any], full: Size, store: Store) -> None:
        given = Given(photo, store.device)
        self.whole = store.at_hand(given, full)
        # Of the two that show the photo, the one that is sooner read.
        self._source = min(given, self.whole, key=lambda shown: shown.size)
        self._store = store

    def at(self, size: Size) -> Source:
        return self.whole if size == self.whole.size else self._store.at_hand(self._source, size)


class _Preview:
    def __init__(self, lock: Lock, full: Size, store: Store) -> None:
        self.whole = lock.ground(full)
        self._lock, self._store = lock, store

    def at(self, size: Size) -> Source:
        return self._store.at_hand(self._lock.ground(size), size)


def _octaves(
    ground: _Ground,
    sizes: tuple[Size, ...],
    recipe: Recipe,
    network: LoadedNetwork,
    store: Store,
    lock: Lock | None = None,
    before: Standing | None = None,
) -> Generator[Frame, Recipe | None, None]:
    """The dream itself: on `ground`, at each of the sizes, gone on with from `before`."""
    steps, coverages = _Steps(network, store, recipe.seed, lock, before), Coverages(store.device)
    detail = before.detail if before else store.blank(sizes[0])
    first, iteration = (before.octave, before.iteration) if before else (0, 0)

    def shown(octave: int) -> Frame:
        goals = counting(recipe.goals)
        where = coverages.of(goals, recipe.mask, ground.whole.size)
        return replace(
            _frame(ground.whole, detail, sizes, octave, iteration, recipe),
            where=where,
            note=store.budget.note or _lack(goals, where),
            standing=steps.standing(octave, iteration, detail) if lock else None,
        )

    if before:
        yield shown(first)
    for octave, size in enumerate(sizes[first:], first):
        if lock:
            give_up_freed_blocks()
        base = ground.at(size)
        detail = store.resampled(detail, size)
        spare = store.raster(size)
        while iteration < recipe.strength.iterations:
            goals = counting(recipe.goals)
            if goals:
                steps.take(detail, base, recipe, iteration, coverages.of(goals, recipe.mask, size), spare)
                detail, spare = spare, detail
            iteration += 1
            sent = yield shown(octave)
            recipe = sent or recipe
        iteration = 0


class _Steps:
    """The steps of one dream, and what is carried on from one to the next."""

    def __init__(
        self, network: LoadedNetwork, store: Store, seed: int, lock: Lock | None, before: Standing | None
    ) -> None:
        self._network, self._store, self._lock = network, store, lock
        self._chance, self._ascent = random.Random(seed), Ascent(store)
        if before:
            self._chance.setstate(before.chance)
            self._ascent.velocity = before.velocity
        self._scales: defaultdict[Goal, LossScale] = defaultdict(LossScale)

    def take(
        self,
        detail: Source,
        photo: Source,
        recipe: Recipe,
        iteration: int,
        coverage: Coverage | None,
        into: Raster,
    ) -> None:
        """Writes the detail after one more iteration to another raster.

        Where memory runs out, the budget is halved and the step taken again, in smaller blocks.
        """
        while True:
            try:
                return self._taken(detail, photo, recipe, iteration, coverage, into)
            except (RuntimeError, MemoryError) as error:
                if not lacks_memory(error) or not self._store.budget.halve():
                    raise
            # Here and not above: the fault holds the tensors of the try until it is forgotten.
            self._ascent.forget()
            give_back(self._store.device)

    def _taken(
        self,
        detail: Source,
        photo: Source,
        recipe: Recipe,
        iteration: int,
        coverage: Coverage | None,
        into: Raster,
    ) -> None:
        gradient = direction(
            Sum(photo, detail),
            counting(recipe.goals),
            self._network,
            jitter=recipe.scale.jitter,
            chance=self._chance,
            store=self._store,
            scales=self._scales,
            coverage=coverage,
        )
        move: Source = self._ascent.move(gradient, iteration, recipe.strength, recipe.texture, coverage)
        if self._lock:
            move = self._lock.freed(move)
        for block in self._store.blocks(detail.size):
            wide = block.grown(MARGIN, detail.size)
            held = restrained(detail[wide] + move[wide], photo[wide], recipe.priors)
            held = held[..., *block.within(wide).index]
            into[block] = held if coverage is None else coverage.kept(held, block)

    def standing(self, octave: int, iteration: int, detail: Raster) -> Standing:
        chance, budget = self._chance.getstate(), self._store.budget.size
        return Standing(octave, iteration, detail, self._ascent.velocity, chance, budget)


def _lack(goals: Sequence[Goal], coverage: Coverage | None) -> str:
    """What to say where nothing can grow."""
    if not goals:
        return _("Every goal is muted: nothing grows")
    return _("The masks leave nothing to dream") if coverage and coverage.nowhere else ""


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
