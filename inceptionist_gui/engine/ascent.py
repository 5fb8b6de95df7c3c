"""One normalised step: from a raw gradient to the move that the picture makes.

All statistics are over the whole picture: per part, flat skies would be made as busy as foliage. A picture that
does not fit into memory is gone through block by block, with the same result.
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from inceptionist_gui.engine.blocks import Block
from inceptionist_gui.engine.means import PowerMean
from inceptionist_gui.engine.octaves import Size
from inceptionist_gui.engine.raster import Raster, Source, weights_at
from inceptionist_gui.engine.store import Store
from inceptionist_gui.recipe import Strength, Texture

BAND_WEIGHTS = (0.45, 0.8, 1.0)
"""Of the Laplacian pyramid's bands of detail, finest first; what is left has weight 1.

The finest weigh less, as in natural pictures, whose spectrum falls: evenly weighted they are grain.
"""
_LEAST_SIDE = 4
"""Pixels; a band smaller than this is not split again."""
_MARGIN = 32
"""Pixels around a block from which its bands are right."""


@dataclass(frozen=True, slots=True)
class Move:
    """What is to be added to a picture."""

    direction: Raster
    length: float
    """By which the direction is to be multiplied."""
    where: Source | None = None
    """How strongly each place is to move; None is everywhere in full."""

    @property
    def size(self) -> Size:
        return self.direction.size

    def __getitem__(self, block: Block) -> Tensor:
        moved = self.direction[block] * self.length
        return moved if self.where is None else moved * self.where[block]


class Ascent:
    """The moves of a picture, step after step."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.velocity: Raster | None = None
        """The running sum so far; None before the first move."""

    def move(
        self,
        gradient: Raster,
        iteration: int,
        strength: Strength,
        texture: Texture,
        where: Source | None = None,
    ) -> Move:
        """What to add to the picture for a raw gradient, in sRGB units; the gradient's raster is used up.

        `where`, of one channel from 0 to 1, is how strongly each place is to move. The statistics are weighted by
        it: what is left of a picture moves as a picture of its own would.

        The direction is the gradient's running sum (Polyak 1964), its length the step of the iteration.
        """
        velocity = self._carried_on(gradient, strength.momentum, where)
        step = step_at(iteration, strength.iterations, strength.step_size, strength.settle)
        return shaped(velocity, gradient, texture, step, self._store, where)

    def forget(self) -> None:
        """The next move is as the first: a move that was broken off has left the sum in pieces."""
        self.velocity = None

    def _carried_on(self, gradient: Raster, momentum: float, where: Source | None) -> Raster:
        size, blocks = gradient.size, self._store.blocks(gradient.size)
        scale = PowerMean(2)
        for block in blocks:
            scale.add(gradient[block], weights_at(where, block))
        before = None if self.velocity is None else self._store.resampled(self.velocity, size, torch.bfloat16)
        self.velocity = self._store.raster(size, torch.bfloat16) if before is None else before
        for block in blocks:
            now = gradient[block] / scale.value
            if momentum and before is not None:
                now.add_(before[block], alpha=momentum)
            self.velocity[block] = now
        return self.velocity


def shaped(
    velocity: Source, spare: Raster, texture: Texture, step: float, store: Store, where: Source | None = None
) -> Move:
    """The velocity as the texture's controls ask for it, with a mean absolute value of `step`.

    A mix of it and of the sum of its Laplacian bands, evened out, by the detail balance; both have unit RMS before
    they are mixed (after Mordvintsev's gradient normalisation, 2016). `spare` is overwritten with it.
    """
    size, blocks = velocity.size, store.blocks(velocity.size)
    analysis = _Analysis(velocity, texture, in_one_piece=len(blocks) == 1)
    plain, even, length = PowerMean(2), PowerMean(2), PowerMean(1)
    bands = [PowerMean(2) for _ in range(analysis.levels + 1)]
    for block in blocks:
        wide = block.grown(_MARGIN, size)
        tinted, parts = analysis.of(wide)
        inner = block.within(wide)
        plain.add(tinted[..., *inner.index], weights_at(where, block))
        weights = _halved(weights_at(where, wide), analysis.levels)
        for halvings, (mean, part, weight) in enumerate(zip(bands, parts, weights, strict=True)):
            inner = block.within(wide, halvings)
            mean.add(part[..., *inner.index], None if weight is None else weight[..., *inner.index])
    if analysis.levels:
        gains = [weight / mean.value for weight, mean in zip(analysis.weights, bands, strict=True)]
        for block in blocks:
            wide = block.grown(_MARGIN, size)
            spare[block] = joined(analysis.of(wide)[1], gains)[..., *block.within(wide).index]
            even.add(spare[block], weights_at(where, block))
    for block in blocks:
        mixed = with_colour(velocity[block], texture.colour) / plain.value
        if analysis.levels:
            mixed = torch.lerp(mixed, spare[block] / even.value, texture.detail_balance)
        spare[block] = mixed
        length.add(mixed, weights_at(where, block))
    return Move(spare, step / length.value, where)


def _halved(weights: Tensor | None, times: int) -> list[Tensor | None]:
    """The weights of a picture's bands, as `bands_of` has them."""
    found = [weights]
    for _ in range(times):
        weights = None if weights is None else _half(weights)
        found.append(weights)
    return found


class _Analysis:
    """The velocity's colours and Laplacian bands, block by block."""

    def __init__(self, velocity: Source, texture: Texture, *, in_one_piece: bool) -> None:
        self._velocity, self._colour = velocity, texture.colour
        self.levels = levels_of(velocity.size) if texture.detail_balance else 0
        self.weights = (*BAND_WEIGHTS[: self.levels], 1.0)
        # Asked for twice: of a picture in one piece it is still there the second time.
        self._whole = self._fresh(Block.whole(velocity.size)) if in_one_piece else None

    def of(self, block: Block) -> tuple[Tensor, list[Tensor]]:
        return self._whole or self._fresh(block)

    def _fresh(self, block: Block) -> tuple[Tensor, list[Tensor]]:
        tinted = with_colour(self._velocity[block], self._colour)
        return tinted, bands_of(tinted, self.levels)


def with_colour(gradient: Tensor, colour: float) -> Tensor:
    """The gradient with its departure from grey scaled by `colour`: 0 leaves light and dark, 1 all."""
    if colour == 1.0:
        return gradient
    return torch.lerp(gradient.mean(1, keepdim=True).expand_as(gradient), gradient, colour)


def levels_of(size: Size) -> int:
    """How often a picture of this size is halved for its bands."""
    return sum(min(size) >= 2 * _LEAST_SIDE * 2**level for level in range(len(BAND_WEIGHTS)))


def bands_of(picture: Tensor, levels: int) -> list[Tensor]:
    """The picture's Laplacian bands (Burt & Adelson 1983), finest first, each half the size of the one before.

    The last is what is left. They add up to the picture when each is enlarged.
    """
    bands = []
    for _ in range(levels):
        coarser = _half(picture)
        bands.append(picture - _enlarged(coarser, picture))
        picture = coarser
    return [*bands, picture]


def joined(bands: list[Tensor], gains: list[float]) -> Tensor:
    """The sum of the bands, each times its gain."""
    total = bands[-1] * gains[-1]
    for band, gain in reversed(list(zip(bands[:-1], gains[:-1], strict=True))):
        total = _enlarged(total, band).add_(band, alpha=gain)
    return total


def step_at(iteration: int, iterations: int, step_size: float, settle: float) -> float:
    """The step of an iteration, counted from 0: falls evenly to (1 - settle) of the first within an octave."""
    progress = iteration / max(1, iterations - 1)
    return step_size * (1.0 - settle * min(1.0, progress))


def _half(picture: Tensor) -> Tensor:
    return F.avg_pool2d(picture, 2, ceil_mode=True, count_include_pad=False)


def _enlarged(picture: Tensor, like: Tensor) -> Tensor:
    # Twice the size whatever the picture's, then cut: in a part of the picture the same as in the whole.
    doubled = F.interpolate(picture, scale_factor=2.0, mode="bilinear", align_corners=False)
    return doubled[..., : like.shape[-2], : like.shape[-1]]
