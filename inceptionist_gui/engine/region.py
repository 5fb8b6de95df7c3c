"""A part of a picture, told without its size. No torch."""

from dataclasses import dataclass
from math import ceil, floor


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle in shares of the picture's sides: 0 is the left or top edge, 1 the right or bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def __post_init__(self) -> None:
        """Raises ValueError for what is no part of a picture."""
        if not (0.0 <= self.left <= self.right <= 1.0 and 0.0 <= self.top <= self.bottom <= 1.0):
            raise ValueError(f"{self} is no part of a picture; sides run from 0 to 1")

    def cells(self, height: int, width: int) -> tuple[slice, slice]:
        """The rows and columns of a grid that it touches, at least one of each."""
        return _touched(self.top, self.bottom, height), _touched(self.left, self.right, width)


WHOLE = Region(0.0, 0.0, 1.0, 1.0)


def _touched(start: float, stop: float, count: int) -> slice:
    first = min(count - 1, floor(start * count))
    return slice(first, max(first + 1, ceil(stop * count)))
