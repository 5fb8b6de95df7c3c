"""Pictures at another size, without aliasing on the way down, any part of them on its own.

Pictures bicubic (Keys 1981, a = -0.5), masks bilinear: never below nothing. The kernel is widened when the picture
shrinks: what torch's and Pillow's antialiased resizing gives, which cannot be had for a part whose corner falls
between two pixels.
"""

from enum import Enum
from functools import lru_cache

import torch
from torch import Tensor

from inceptionist_gui.engine.blocks import Block, blocks
from inceptionist_gui.engine.octaves import Size
from inceptionist_gui.engine.raster import Held, Source

_PIXELS = 256 * 256
"""Of a part that is worked out at once: the matrices are dense, and small ones waste little."""


class Kernel(Enum):
    """The value is how many pixels to either side it reaches."""

    CUBIC = 2.0
    LINEAR = 1.0


def resized(picture: Tensor, size: Size) -> Tensor:
    """A picture of shape (1, 3, height, width) at another size."""
    if (picture.shape[-2], picture.shape[-1]) == size:
        return picture
    return resampled(Held(picture), size, Block.whole(size))


def resampled(source: Source, size: Size, wanted: Block, kernel: Kernel = Kernel.CUBIC) -> Tensor:
    """The wanted block of the source at another size; shape (1, C, rows, columns)."""
    if source.size == size:
        return source[wanted]
    parts = list(blocks(wanted.size, _PIXELS))
    if len(parts) == 1:
        return _part(source, size, wanted, kernel)
    found: Tensor | None = None
    for part in parts:
        values = _part(source, size, _moved(part, wanted), kernel)
        if found is None:
            found = values.new_empty(1, values.shape[1], *wanted.size)
        found[..., *part.index] = values
    assert found is not None
    return found


def _part(source: Source, size: Size, wanted: Block, kernel: Kernel) -> Tensor:
    (top, rows), (left, columns) = (
        _weights(before, after, span.start, span.stop, kernel)
        for before, after, span in zip(source.size, size, wanted.index, strict=True)
    )
    seen = source[Block(slice(top, top + rows.shape[1]), slice(left, left + columns.shape[1]))]
    return rows.to(seen) @ seen @ columns.to(seen).T


@lru_cache(maxsize=256)
def _weights(before: int, after: int, start: int, stop: int, kernel: Kernel) -> tuple[int, Tensor]:
    """The first pixel that counts, and the shares of it and those after it in the outputs [start, stop)."""
    if before == after:
        return start, torch.eye(stop - start)
    scale = before / after
    reach = kernel.value * max(1.0, scale)
    centres = (torch.arange(start, stop, dtype=torch.float64) + 0.5) * scale
    first = max(0, int(float(centres[0]) - reach))
    last = min(before, int(float(centres[-1]) + reach) + 1)
    distances = torch.arange(first, last) + 0.5 - centres[:, None]
    shares = _SHAPES[kernel](distances / max(1.0, scale))
    return first, (shares / shares.sum(1, keepdim=True)).float()


def _cubic(x: Tensor) -> Tensor:
    x = x.abs()
    near = (1.5 * x - 2.5) * x * x + 1.0
    far = ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0
    return torch.where(x < 1.0, near, torch.where(x < Kernel.CUBIC.value, far, 0.0))


def _linear(x: Tensor) -> Tensor:
    return (1.0 - x.abs()).clamp_min(0.0)


_SHAPES = {Kernel.CUBIC: _cubic, Kernel.LINEAR: _linear}


def _moved(block: Block, to: Block) -> Block:
    """The block counted from the picture's corner, not from that of `to`."""
    rows, columns = (
        slice(span.start + origin.start, span.stop + origin.start)
        for span, origin in zip(block.index, to.index, strict=True)
    )
    return Block(rows, columns)
