"""One moment of a dream."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from torch import Tensor

from inceptionist_gui.engine.octaves import Size
from inceptionist_gui.engine.transforms import resized


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """Where the dream stands, and the live picture.

    The tensors are the dream's own. Nothing is computed or copied until `pixels()` or `floats()` is asked for.
    """

    octave: int
    """From 1, as is `iteration`."""
    octaves: int
    iteration: int
    iterations: int
    done: float
    """The share of the whole work that lies behind; 1.0 with the last frame."""
    photo: Tensor
    """What the dream started from, at the size of the finished picture; shape (1, 3, height, width), sRGB."""
    detail: Tensor
    """What was dreamed, at the size of the octave, to be added to the photo."""
    note: str = ""
    """What the user should know of how the dream goes, in one line."""

    @property
    def last(self) -> bool:
        return self.octave == self.octaves and self.iteration == self.iterations

    @property
    def full_size(self) -> Size:
        """Height and width of the finished picture."""
        return self.photo.shape[-2], self.photo.shape[-1]

    def pixels(self) -> npt.NDArray[np.uint8]:
        """The picture so far, at its full size, rounded to 8 bits; shape (height, width, 3)."""
        return _levels(self._picture())

    def photo_pixels(self) -> npt.NDArray[np.uint8]:
        """What the dream started from, of the same size and kind as `pixels()`."""
        return _levels(self.photo[0].clamp(0.0, 1.0))

    def floats(self) -> npt.NDArray[np.float32]:
        """The picture so far, at its full size, in [0, 1]; shape (height, width, 3)."""
        array: npt.NDArray[np.float32] = self._picture().permute(1, 2, 0).contiguous().cpu().numpy()
        return array

    def _picture(self) -> Tensor:
        # The photo is sharp from the first frame on: only the detail is enlarged.
        return (self.photo + resized(self.detail, self.full_size))[0].clamp_(0.0, 1.0)


def _levels(picture: Tensor) -> npt.NDArray[np.uint8]:
    levels = picture.mul(255.0).round_().byte()
    array: npt.NDArray[np.uint8] = levels.permute(1, 2, 0).contiguous().cpu().numpy()
    return array
