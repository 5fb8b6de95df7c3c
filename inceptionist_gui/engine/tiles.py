"""A picture cut into tiles that the network sees one at a time: pure arithmetic, so that memory stays bounded."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, isqrt

from inceptionist_gui.engine.networks.description import Network
from inceptionist_gui.engine.octaves import Size
from inceptionist_gui.engine.taps import LOGITS

GRID = 32
"""px; windows are whole multiples of it, so that the outputs of every layer, of any stride up to it, line up."""
LEAST_TILE = 128
"""px; smaller tiles would be little but context."""

_CONTEXT = 1 / 3
"""Of the receptive field. What lies further out counts little: leaving it out changes the gradient of 256 px tiles
by under 2 % (measured on the Lite networks, `blocks.2` to `blocks.4`)."""
_COPIES = 2.0
"""How many times the layers' outputs are in memory at the worst: themselves, and the gradients going back."""


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


def bytes_per_pixel(network: Network, names: Sequence[str]) -> float:
    """What the activations up to the deepest of the named layers take for each pixel of a window."""
    return 4.0 * _COPIES * sum(layer.channels / layer.stride**2 for layer in network.innermost(names))


def context_for(network: Network, names: Sequence[str]) -> int:
    """How far around a tile, in pixels, the named layers need to see."""
    fields = [la.receptive_field for la in network.layers() if LOGITS in names or la.name in names]
    return ceil(max(fields) * _CONTEXT / GRID) * GRID


def side_for(memory: int, per_pixel: float, context: int) -> int:
    """The side of the tiles, in pixels, whose windows fit the memory in bytes."""
    window = isqrt(int(memory / per_pixel))
    return max(LEAST_TILE, window - 2 * context - GRID)


def places(picture: Size, side: int, context: int, jitter: int, chance: random.Random) -> Iterator[Place]:
    """The tiles of a picture, on a grid that lies elsewhere each time, each with its context around it.

    A picture that fits one tile is seen whole. The window begins up to twice the jitter before the tile's context,
    so that the network's own grid falls elsewhere each time, too.
    """
    shift = chance.randint(0, 2 * jitter), chance.randint(0, 2 * jitter)
    if max(picture) <= side:
        yield _place((0, picture[0]), (0, picture[1]), 0, shift, jitter)
        return
    rows, columns = (list(_cuts(extent, side, chance)) for extent in picture)
    for row in rows:
        for column in columns:
            yield _place(row, column, context, shift, jitter)


def _place(rows: tuple[int, int], columns: tuple[int, int], context: int, shift: Size, jitter: int) -> Place:
    size = rows[1] - rows[0], columns[1] - columns[0]
    height, width = (ceil((side + 2 * context + 2 * jitter) / GRID) * GRID for side in size)
    return Place(rows[0], columns[0], size, context + shift[0], context + shift[1], (height, width))


def _cuts(extent: int, side: int, chance: random.Random) -> Iterator[tuple[int, int]]:
    """The spans of a row of tiles: all of `side` but the first and last, which the random start makes smaller."""
    if extent <= side:
        yield 0, extent
        return
    begin, end = 0, chance.randint(side // 2, side)
    # A rest of a few pixels would be little but context: the last tile takes it in.
    while end < extent - side // 8:
        yield begin, end
        begin, end = end, end + side
    yield begin, extent
