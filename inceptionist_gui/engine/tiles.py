"""A picture cut into tiles that the network sees one at a time: pure arithmetic, so that memory stays bounded."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil

from inceptionist_gui.engine.networks.description import Network
from inceptionist_gui.engine.octaves import Size
from inceptionist_gui.engine.taps import LOGITS

LEAST_TILE = 128
"""px; smaller tiles would be little but context, as would those smaller than it."""

UNIT = 64
"""px; the windows of tiles are multiples of it: oneDNN keeps a program for each size that it has met, and those
for a few dozen sizes take half a gigabyte."""
_CONTEXT = 1 / 3
"""Of the receptive field. What lies further out counts little: leaving it out changes the gradient of 256 px tiles
by under 2 % (measured on the Lite networks, `blocks.2` to `blocks.4`)."""
_LEAST_CONTEXT = 32
"""px; what shallow layers see is near, and counts to its edge."""
_COPIES = 1.75
"""How many times the layers' outputs are in memory at the worst: themselves, the gradients going back, and what
lies between them (measured)."""
_SHIFT = 1 / 8
"""Of a tile's side: how far the grid may lie to either side of its even place."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tile lies in the picture and in the window that the network sees, in pixels."""

    row: int
    """Of the picture; its top edge. `column` is its left."""
    column: int
    size: Size
    top: int
    """Rows of the window above the tile."""
    left: int
    """Columns of the window before the tile."""
    window: Size

    @property
    def rows(self) -> slice:
        """The tile's rows of the picture."""
        return slice(self.row, self.row + self.size[0])

    @property
    def columns(self) -> slice:
        """The tile's columns of the picture."""
        return slice(self.column, self.column + self.size[1])

    @property
    def inner(self) -> tuple[slice, slice]:
        """The tile's rows and columns of the window."""
        height, width = self.size
        return slice(self.top, self.top + height), slice(self.left, self.left + width)


@dataclass(frozen=True, slots=True)
class Reach:
    """What some layers of a network need of a picture."""

    context: int
    """How far around a tile, in pixels, they look; a multiple of the stride."""
    stride: int
    """px; windows are whole multiples of it, so that the layers' outputs line up from tile to tile."""
    bytes_per_pixel: float
    """What the activations up to the deepest of them take for each pixel of a window."""

    @classmethod
    def of(cls, network: Network, names: Sequence[str], itemsize: int = 4) -> "Reach":
        """For the named layers, or `LOGITS`; `itemsize` is the bytes of a number in the network."""
        layers = [la for la in network.layers() if LOGITS in names or la.name in names]
        stride = max(layer.stride for layer in layers)
        wanted = max(_LEAST_CONTEXT, max(layer.receptive_field for layer in layers) * _CONTEXT)
        context = ceil(wanted / stride) * stride
        held = sum(layer.channels / layer.stride**2 for layer in network.innermost(names))
        return cls(context, stride, itemsize * _COPIES * held)


@lru_cache(maxsize=64)
def grid_for(picture: Size, pixels: float, reach: Reach) -> Size:
    """How many rows and columns of tiles mean least work, with windows of at most `pixels`.

    Where not even the smallest tiles fit, the smallest it is. A tile gets all threads, one tile after another:
    tiles side by side, a thread each, would have to be smaller, and the context around them costs more than
    that wins (measured on two cores).
    """
    most = [max(1, side // max(LEAST_TILE, reach.context)) for side in picture]
    fitting = [
        (work(picture, (rows, columns), reach), (rows, columns))
        for rows in range(1, most[0] + 1)
        for columns in range(1, most[1] + 1)
        if _largest(picture, (rows, columns), reach) <= pixels
    ]
    return min(fitting)[1] if fitting else (most[0], most[1])


def places(picture: Size, grid: Size, reach: Reach, jitter: int, chance: random.Random) -> Iterator[Place]:
    """The tiles of a picture, on a grid that lies elsewhere each time, each with its context around it.

    The picture is shifted by up to twice the jitter against the network's own grid, by the same in every window:
    else the outputs of two neighbours would not line up, and the border would show. A shift by a whole stride
    changes nothing that the layers see, and is left out.
    """
    shift = chance.randint(0, 2 * jitter) % reach.stride, chance.randint(0, 2 * jitter) % reach.stride
    unit = reach.stride if grid == (1, 1) else max(UNIT, reach.stride)
    rows, columns = (list(_spans(side, count, chance)) for side, count in zip(picture, grid, strict=True))
    for row in rows:
        for column in columns:
            (top, height), (left, width) = (
                _window(span, extent, reach, offset, unit)
                for span, extent, offset in zip((row, column), picture, shift, strict=True)
            )
            size = row[1] - row[0], column[1] - column[0]
            yield Place(row[0], column[0], size, top, left, (height, width))


def _window(span: tuple[int, int], extent: int, reach: Reach, shift: int, unit: int) -> tuple[int, int]:
    """Pixels of the window before the span, and its whole length.

    Beyond the picture's borders there is nothing to see, and nothing more than the shift is added: to make a
    window as long as a multiple of `unit`, it gets more of the picture's inside.
    """
    begin, end = span
    # Where the network's own grid begins and ends, which holds the picture.
    first = -shift
    last = ceil((extent - first) / reach.stride) * reach.stride + first
    start = first + max(0, begin - reach.context - first) // reach.stride * reach.stride
    stop = min(last, end + reach.context)
    length = ceil((stop - start) / unit) * unit
    start = max(first, min(start, last - length))
    return begin - start, min(length, last - start)


def _spans(extent: int, count: int, chance: random.Random) -> Iterator[tuple[int, int]]:
    side = extent / count
    shift = chance.randint(-int(side * _SHIFT), int(side * _SHIFT)) if count > 1 else 0
    cuts = [0, *(round(side * number) + shift for number in range(1, count)), extent]
    yield from pairwise(cuts)


def work(picture: Size, grid: Size, reach: Reach) -> float:
    """Pixels of all windows together."""
    height, width = (
        extent + 2 * reach.context * (count - 1) + count * max(UNIT, reach.stride) / 2
        for extent, count in zip(picture, grid, strict=True)
    )
    return height * width


def _largest(picture: Size, grid: Size, reach: Reach) -> float:
    """Pixels of the largest window."""
    height, width = (_longest(extent, count, reach) for extent, count in zip(picture, grid, strict=True))
    return height * width


def _longest(extent: int, count: int, reach: Reach) -> float:
    if count == 1:
        return extent + 2 * reach.stride
    return extent / count * (1 + _SHIFT) + 2 * reach.context + reach.stride + UNIT
