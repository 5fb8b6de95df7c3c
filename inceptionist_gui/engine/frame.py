"""One moment of a dream."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from torch import Tensor

from inceptionist_gui.engine.blocks import Block, blocks
from inceptionist_gui.engine.devices import fetching
from inceptionist_gui.engine.octaves import Size
from inceptionist_gui.engine.raster import Held, Source
from inceptionist_gui.engine.resample import resampled
from inceptionist_gui.engine.standing import Standing

_PIXELS = 256 * 256
"""Of a block that is brought out at once: it stays in the cache."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """Where the dream stands, and the live picture.

    The pictures are the dream's own. Nothing is computed or copied until they are asked for.
    """

    octave: int
    """From 1, as is `iteration`."""
    octaves: int
    iteration: int
    iterations: int
    done: float
    """The share of the whole work that lies behind; 1.0 with the last frame."""
    photo: Source
    """What the dream started from, at the size of the finished picture."""
    detail: Source
    """What was dreamed, at the size of the octave, to be added to the photo."""
    where: Source | None = None
    """How strongly each place of the finished picture is dreamed, of one channel; None is everywhere in full.
    Where it is 0 the photo stays."""
    note: str = ""
    """What the user should know of how the dream goes, in one line."""
    standing: Standing | None = None
    """From where the dream can be gone on with, until the next frame; prints have it."""

    @property
    def last(self) -> bool:
        return self.octave == self.octaves and self.iteration == self.iterations

    @property
    def full_size(self) -> Size:
        """Height and width of the finished picture."""
        return self.photo.size

    def pixels(self) -> npt.NDArray[np.uint8]:
        """The picture so far, at its full size, rounded to 8 bits; shape (height, width, 3)."""
        return _levels(self.full_size, self.part)

    def pixels_later(self) -> Callable[[], npt.NDArray[np.uint8]] | None:
        """As `pixels()`, begun now and waited for when it is called; None where that would win nothing.

        On CUDA the dream may go on meanwhile.
        """
        if not isinstance(self.photo, Held) or self.photo.values.device.type != "cuda":
            return None
        levels = self.part(Block.whole(self.full_size))[0].mul(255.0).round_().byte()
        return fetching(levels.permute(1, 2, 0).contiguous())

    def photo_pixels(self) -> npt.NDArray[np.uint8]:
        """What the dream started from, of the same size and kind as `pixels()`."""
        return _levels(self.full_size, self._photo_part)

    def floats(self) -> npt.NDArray[np.float32]:
        """The picture so far, at its full size, in [0, 1]; shape (height, width, 3)."""
        return _floats(self.full_size, self.part)

    def photo_floats(self) -> npt.NDArray[np.float32]:
        """What the dream started from, of the same size and kind as `floats()`."""
        return _floats(self.full_size, self._photo_part)

    def part(self, block: Block) -> Tensor:
        """A block of the picture so far, at its full size, in [0, 1]; shape (1, 3, rows, columns)."""
        # The photo is sharp from the first frame on: only the detail is enlarged.
        detail = resampled(self.detail, self.full_size, block)
        if self.where is not None:
            # Enlarged, what was dreamed at a smaller size reaches beyond its borders.
            detail = detail * (self.where[block] > 0.0)
        return (self.photo[block] + detail).clamp_(0.0, 1.0)

    def _photo_part(self, block: Block) -> Tensor:
        return self.photo[block].clamp(0.0, 1.0)


class Shown:
    """A frame's picture as a source: at its full size, in [0, 1]."""

    def __init__(self, frame: Frame) -> None:
        self.size, self._frame = frame.full_size, frame

    def __getitem__(self, block: Block) -> Tensor:
        return self._frame.part(block)


def _floats(size: Size, part: Callable[[Block], Tensor]) -> npt.NDArray[np.float32]:
    array = np.empty((*size, 3), dtype=np.float32)
    for block in blocks(size, _PIXELS):
        array[*block.index] = part(block)[0].permute(1, 2, 0).cpu().numpy()
    return array


def _levels(size: Size, part: Callable[[Block], Tensor]) -> npt.NDArray[np.uint8]:
    array = np.empty((*size, 3), dtype=np.uint8)
    for block in blocks(size, _PIXELS):
        array[*block.index] = part(block)[0].mul(255.0).round_().byte().permute(1, 2, 0).cpu().numpy()
    return array
