"""The composition lock: a print that, scaled down, is the preview it was made of.

The preview decides all that its own size can show. What a larger picture starts from is the preview enlarged, and
of the photo what only its own resolution shows; each of its moves has taken out what would change the preview.
"""

from math import floor, log
from typing import Any

import numpy.typing as npt
import torch
from torch import Tensor

from inceptionist_gui.engine.blocks import Block, blocks
from inceptionist_gui.engine.octaves import Size
from inceptionist_gui.engine.raster import Given, Held, Source, Sum
from inceptionist_gui.engine.resample import resampled
from inceptionist_gui.engine.store import Store

_NEAR = 1.05
"""An octave no larger than the preview times this would have nothing of its own to draw."""
_SHARPENINGS = 4
"""How often what enlarging blurs is put back; what is left then is under half a level."""
_SHARPENED_AT = 3
"""Times the preview's size: from there on, enlarging blurs alike."""
_CORRECTIONS = 3
_BYTES_AT_WORK = 60
"""Per pixel that is looked at for the preview's size."""
_FEWEST = 32
"""Pixels of a block at the preview's size."""


class Lock:
    """What a finished preview decides of a larger picture of the same shape."""

    def __init__(self, preview: npt.NDArray[Any], photo: npt.NDArray[Any] | None, store: Store) -> None:
        """Both of shape (height, width, 3), sRGB: uint8, uint16, or float32 in [0, 1].

        The photo counts where it is larger than the preview.
        """
        self._store = store
        given = Given(preview, store.device)
        self.size: Size = given.size
        self._preview = Held(given[Block.whole(given.size)])
        self._sharp = _sharpened(self._preview, store)
        self._photo: Source | None = None
        if photo is not None and min(photo.shape[0] / self.size[0], photo.shape[1] / self.size[1]) > _NEAR:
            self._photo = Given(photo, store.device)
            self._decided = reduced(self._photo, self.size, store)

    def ground(self, size: Size) -> Source:
        """What a picture of this size starts from, worked out as it is read."""
        ground: Source = Resized(self._sharp, size)
        if self._photo is None:
            return ground
        photo = self._photo
        if photo.size[0] > size[0]:
            photo = self._store.at_hand(photo, size)
        finer = Difference(Resized(photo, size), Resized(self._decided, size))
        return Sum(ground, finer)

    def freed(self, move: Source) -> Source:
        """The move, without what would change the preview."""
        return Difference(move, Resized(reduced(move, self.size, self._store), move.size))

    def agreeing(self, picture: Source) -> Source:
        """The picture in [0, 1], corrected so that it is the preview when it is scaled down."""
        off = torch.zeros_like(self._preview.values)
        for _ in range(_CORRECTIONS):
            shown = reduced(Corrected(picture, Held(off)), self.size, self._store)
            off = off + self._preview.values - shown.values
        return Corrected(picture, Held(off))


class Resized:
    """A source at another size, worked out as it is read. Not for much smaller ones: see `reduced`."""

    def __init__(self, source: Source, size: Size) -> None:
        self.size, self._source = size, source

    def __getitem__(self, block: Block) -> Tensor:
        return resampled(self._source, self.size, block)


class Difference:
    """The first of two sources of one size less the second."""

    def __init__(self, first: Source, second: Source) -> None:
        self.size = first.size
        self._first, self._second = first, second

    def __getitem__(self, block: Block) -> Tensor:
        return self._first[block] - self._second[block]


class Corrected:
    """A picture and a correction of another size, added and brought into [0, 1] as they are read."""

    def __init__(self, picture: Source, off: Source) -> None:
        self.size = picture.size
        self._sum = Sum(picture, Resized(off, picture.size))

    def __getitem__(self, block: Block) -> Tensor:
        return self._sum[block].clamp_(0.0, 1.0)


def print_octaves(preview: Size, full: Size, scale: float) -> tuple[Size, ...]:
    """The sizes above the preview's to dream at, smallest first, `full` last; none where it is hardly larger."""
    larger = max(full) / max(preview)
    if larger <= _NEAR:
        return ()
    count = 1 + floor(log(larger / _NEAR) / log(scale))
    return tuple((round(full[0] / scale**k), round(full[1] / scale**k)) for k in reversed(range(count)))


def reduced(source: Source, size: Size, store: Store) -> Held:
    """The source at a smaller size that fits into memory, read in blocks that keep to the store's budget."""
    found = Held(torch.empty(1, source[Block(slice(0, 1), slice(0, 1))].shape[1], *size, device=store.device))
    larger = max(1.0, source.size[0] * source.size[1] / (size[0] * size[1]))
    for block in blocks(size, max(_FEWEST, store.budget.blocks / _BYTES_AT_WORK / larger)):
        found[block] = resampled(source, size, block)
    return found


def _sharpened(preview: Held, store: Store) -> Held:
    """What, enlarged and scaled down again, gives the preview (Irani & Peleg 1991)."""
    height, width = preview.size
    larger = height * _SHARPENED_AT, width * _SHARPENED_AT
    values = preview.values
    for _ in range(_SHARPENINGS):
        values = values + preview.values - reduced(Resized(Held(values), larger), preview.size, store).values
    return Held(values)
