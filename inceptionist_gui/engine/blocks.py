"""A picture cut into blocks that are worked on one at a time: pure arithmetic."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, sqrt

from inceptionist_gui.engine.octaves import Size

ALIGNMENT = 8
"""px; blocks begin at multiples of it, so that three halvings of a block are those of the picture."""


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of a picture."""

    rows: slice
    columns: slice

    @classmethod
    def whole(cls, size: Size) -> "Block":
        return cls(slice(0, size[0]), slice(0, size[1]))

    @property
    def size(self) -> Size:
        return self.rows.stop - self.rows.start, self.columns.stop - self.columns.start

    def grown(self, margin: int, size: Size) -> "Block":
        """The block with a margin around it, as far as a picture of this size reaches."""
        return Block(_grown(self.rows, margin, size[0]), _grown(self.columns, margin, size[1]))

    def within(self, wider: "Block", halvings: int = 0) -> "Block":
        """Where the block lies in a wider one, both halved so many times."""
        return Block(
            _within(self.rows, wider.rows, 2**halvings), _within(self.columns, wider.columns, 2**halvings)
        )

    @property
    def index(self) -> tuple[slice, slice]:
        return self.rows, self.columns


def blocks(size: Size, pixels: float) -> Iterator[Block]:
    """Blocks of at most about so many pixels that cover a picture, row by row; one where that is enough."""
    height, width = size
    if height * width <= pixels:
        yield Block.whole(size)
        return
    side = max(ALIGNMENT, int(sqrt(pixels)))
    # Long pictures are cut along their length alone.
    tall = side if width > side else max(ALIGNMENT, int(pixels / width))
    wide = side if height > side else max(ALIGNMENT, int(pixels / height))
    for rows in _cuts(height, tall):
        for columns in _cuts(width, wide):
            yield Block(rows, columns)


def _cuts(extent: int, side: int) -> Iterator[slice]:
    count = ceil(extent / side)
    # Even parts: a last one of a few pixels would be all margin.
    cuts = sorted({round(extent * number / count / ALIGNMENT) * ALIGNMENT for number in range(count)} | {extent})
    yield from (slice(start, stop) for start, stop in pairwise(cuts) if start < stop)


def _grown(span: slice, margin: int, extent: int) -> slice:
    return slice(max(0, span.start - margin), min(extent, span.stop + margin))


def _within(span: slice, wider: slice, scale: int) -> slice:
    start = (span.start - wider.start) // scale
    return slice(start, start + ceil((span.stop - span.start) / scale))
