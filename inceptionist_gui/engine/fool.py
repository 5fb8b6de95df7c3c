"""The least change of a picture that turns a network's answer, found on the picture's own pixels.

The change is made where the network looks when it is asked for a class (the middle square) and in whole levels of
8 bits: what is found is what a file holds. Gradients are taken at the rounded picture and carried past the
rounding (the straight-through estimator; Bengio et al. 2013).
"""

import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from inceptionist_gui.engine.blocks import Block
from inceptionist_gui.engine.evidence import Verdict, middle_square, verdict
from inceptionist_gui.engine.frame import Frame
from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.engine.octaves import Size
from inceptionist_gui.engine.raster import COLOURS, Given
from inceptionist_gui.engine.target import CPU, WHITE, Levels, Look, Target, rounded
from inceptionist_gui.errors import NotEnoughError, UserError, lacks_memory
from inceptionist_gui.recipe import Fool, Norm, Recipe
from inceptionist_gui.words import _

_BOLDNESS = 2.5
"""All steps of a bound together go so many times across it (Madry et al. 2018)."""
_ROUNDS = 5
"""The search by the norm takes so many times the steps: it has no second bound to try."""
_FIRST_LENGTH = 0.25
"""Levels, root mean square: where the search by the norm begins."""
_FIRST_GROWTH, _LAST_GROWTH = 0.3, 0.02
"""By how much, as a share, the norm grows or shrinks with a step: first boldly, then finely."""
_LAST_STEP = 0.01
"""Of the norm; the first step is as long as the norm itself."""
_PROGRAM_BYTES = 1_000_000_000
"""What torch takes before it has seen a picture."""
_BYTES = 140
"""Per pixel of the part that is changed, about."""


@dataclass(frozen=True, slots=True)
class Fooled:
    """What came of it: the size of the change, and what each network says before and after."""

    label: str
    turned: bool
    """The network names the class first."""
    largest: int
    """The largest change of any value, in levels of 8 bits (L-infinity)."""
    typical: float
    """The root mean square of all changes, in levels."""
    l2: float
    """The Euclidean length of the change, of values in [0, 1]."""
    photo: tuple[Verdict, ...]
    """Of the picture before, by each network: the fooled one first, then those that took no part."""
    result: tuple[Verdict, ...]


def fool(
    photo: npt.NDArray[np.generic], recipe: Recipe, network: LoadedNetwork
) -> Generator[Frame, Recipe | None, None]:
    """Looks for the least change that has the network name `recipe.fool.label`: a frame for each step.

    `photo` has shape (height, width, 3), sRGB: uint8, uint16, or float32 in [0, 1]; it is changed at its own size,
    rounded to 8 bits, and nowhere that `recipe.mask` is 0. The last frame is the result, and its note says where
    nothing within the bound was found: it then is what came nearest. A changed recipe that is sent in begins the
    search anew. Same input and machine: same bytes. Raises UnknownNameError for a strange class, UserError for a
    bound that no 8 bits can hold, and NotEnoughError when memory runs out.
    """
    try:
        yield from _fooling(rounded(photo), recipe, network)
    except (MemoryError, RuntimeError) as error:
        if not lacks_memory(error):
            raise
        height, width = photo.shape[:2]
        needed = _PROGRAM_BYTES + _BYTES * math.prod(middle_square((height, width)).size)
        raise NotEnoughError(
            _(
                "photo: not enough free memory to change {width}x{height} px; {needed:.1f} GB would do, "
                "or a smaller photo"
            ).format(width=width, height=height, needed=needed / 1e9)
        ) from error


def _fooling(base: Levels, recipe: Recipe, network: LoadedNetwork) -> Generator[Frame, Recipe | None, None]:
    target = Target(base, recipe.fool.label, network, recipe.mask)
    search = _search(target, recipe.fool)
    while (attempt := next(search, None)) is not None:
        sent = yield _frame(target, attempt)
        if sent is not None and (sent.fool, sent.mask) != (recipe.fool, recipe.mask):
            if (sent.fool.label, sent.mask) != (recipe.fool.label, recipe.mask):
                target = Target(base, sent.fool.label, network, sent.mask)
            search = _search(target, sent.fool)
        recipe = sent or recipe


def judged(photo: Levels, result: Levels, label: str, networks: Sequence[LoadedNetwork]) -> Fooled:
    """What came of fooling the first of the networks; both pictures of one size, as they are in a file."""
    change = result.astype(np.int16) - photo
    length = math.sqrt(float(np.square(change.astype(np.float32)).sum(dtype=np.float64)))
    before, after = (
        tuple(verdict(picture.astype(np.float32) / np.float32(WHITE), network, label) for network in networks)
        for picture in (photo, result)
    )
    return Fooled(
        label=before[0].wanted.label,
        turned=after[0].rank == 1,
        largest=int(np.abs(change).max(initial=0)),
        typical=length / math.sqrt(change.size),
        l2=length / WHITE,
        photo=before,
        result=after,
    )


@dataclass(frozen=True, slots=True)
class _Attempt:
    """Where the search stands."""

    change: Tensor
    step: int
    """From 1."""
    steps: int
    note: str = ""


def _search(target: Target, fool: Fool) -> Generator[_Attempt, None, None]:
    if fool.norm is Norm.L2:
        return _least_length(target, fool)
    return _least_bound(target, fool)


def _least_bound(target: Target, fool: Fool) -> Generator[_Attempt, None, None]:
    """The least L-infinity bound, in whole levels, within which the answer turns.

    Bounds are doubled until one will do, then bisected. Within each: steps along the gradient's sign, projected
    (Madry et al. 2018), of which the most certain that turned counts.
    """
    most = int(fool.bound)
    if most < 1:
        raise UserError(
            _("fool.bound: {bound:g}/255 is less than 8 bits can hold; 1 or more would do").format(
                bound=fool.bound
            )
        )
    step, steps = 0, fool.steps * 2 * most.bit_length() + 1
    look, change = target.look(target.nothing), target.nothing
    unchanged = best = look.kept()
    lowest, highest, bound = 1, 0 if best.turned else most, 1
    while lowest <= highest:
        within = unchanged
        for _step in range(fool.steps):
            stride = _BOLDNESS * bound / fool.steps
            change = target.held((change - stride * look.gradient.sign()).clamp_(-bound, bound))
            look = target.look(change)
            within = max(within, look.kept(), key=Look.worth)
            step += 1
            yield _Attempt(look.change, step, steps)
        best = within if within.turned else max(best, within, key=Look.worth)
        lowest, highest = (lowest, bound - 1) if within.turned else (bound + 1, highest)
        bound = (lowest + highest) // 2 if best.turned else min(2 * bound, most)
    yield _Attempt(best.change, steps, steps, _lack(best, target, fool))


def _least_length(target: Target, fool: Fool) -> Generator[_Attempt, None, None]:
    """The shortest change (L2) that turns the answer, by decoupling its direction and norm (Rony et al. 2019).

    The norm shrinks with each step whose picture turned the answer and grows with every other. Their steps and
    growth are taken in shares of the norm, which rounding to 8 bits makes far larger for large pictures.
    """
    steps = fool.steps * _ROUNDS + 1
    look = target.look(target.nothing)
    best = look.kept()
    change, length = target.nothing, min(_FIRST_LENGTH, fool.bound)
    for step in range(1, 1 if best.turned else steps):
        boldness = (1.0 + math.cos(math.pi * step / steps)) / 2
        growth = _LAST_GROWTH + (_FIRST_GROWTH - _LAST_GROWTH) * boldness
        stride = length * (_LAST_STEP + (1.0 - _LAST_STEP) * boldness)
        change = change - look.gradient * (stride / target.length(look.gradient))
        length = min(length * (1.0 - growth if look.turned else 1.0 + growth), fool.bound)
        change = target.held(change * (length / target.length(change)))
        look = target.look(change)
        best = _shorter(best, look.kept(), target, fool.bound)
        yield _Attempt(look.change, step, steps)
    yield _Attempt(best.change, steps, steps, _lack(best, target, fool))


def _shorter(best: Look, look: Look, target: Target, bound: float) -> Look:
    """The shorter of two that turned the answer, or else the one that came nearer; none beyond the bound."""
    length = target.length(look.change)
    if length > bound:
        return best
    if best.turned and look.turned:
        return look if length < target.length(best.change) else best
    return max(best, look, key=Look.worth)


def _lack(best: Look, target: Target, fool: Fool) -> str:
    if best.turned:
        return ""
    return _("{label} was not reached within {bound:g}/255; a larger bound or more steps may do").format(
        label=target.label, bound=fool.bound
    )


class _Inset:
    """A change of a part of a picture; zero elsewhere."""

    def __init__(self, size: Size, square: Block, change: Tensor) -> None:
        self.size, self._square, self._change = size, square, change

    def __getitem__(self, block: Block) -> Tensor:
        values = torch.zeros(1, COLOURS, *block.size)
        spans = [
            (max(wanted.start, held.start), min(wanted.stop, held.stop))
            for wanted, held in zip(block.index, self._square.index, strict=True)
        ]
        if all(start < stop for start, stop in spans):
            part = Block(*(slice(start, stop) for start, stop in spans))
            values[..., *part.within(block).index] = self._change[..., *part.within(self._square).index]
        return values


def _frame(target: Target, attempt: _Attempt) -> Frame:
    size = target.base.shape[0], target.base.shape[1]
    return Frame(
        octave=1,
        octaves=1,
        iteration=attempt.step,
        iterations=attempt.steps,
        done=attempt.step / attempt.steps,
        photo=Given(target.base, CPU),
        detail=_Inset(size, target.square, attempt.change / WHITE),
        note=attempt.note,
    )
