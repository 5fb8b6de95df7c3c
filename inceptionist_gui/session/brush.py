"""Painting into the values of a mask: arithmetic without widgets.

Points are in the mask's own pixels, x before y; a pixel's middle lies half a pixel from its edges.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Levels = npt.NDArray[np.uint8]
"""A mask's values, of shape (height, width)."""
Shares = npt.NDArray[np.float32]
"""As `Levels`, from 0 to 1."""
Point = tuple[float, float]
Touched = tuple[slice, slice]
"""The rows and columns that may have changed."""

FULL = 255


@dataclass(frozen=True, slots=True)
class Brush:
    """How a brush paints."""

    diameter: float
    """Pixels of the mask."""
    hardness: float = 0.5
    """The share of the radius within which it paints in full; from there it fades to its edge."""
    strength: float = 1.0
    """How far one stroke goes towards its aim, however often it crosses itself; from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Dab:
    """Where the pen is, and what its pressure makes of the brush there."""

    at: Point
    size: float = 1.0
    """A share of the brush's diameter."""
    strength: float = 1.0
    """A share of the brush's strength."""


class Stroke:
    """One stroke into the values, from its first dab to its last.

    It covers each pixel by the most that any part of it does, so that it neither beads nor darkens where it
    crosses itself. Only the rectangle around each new part is computed.
    """

    def __init__(self, values: Levels, brush: Brush, aim: int = FULL) -> None:
        """Paints into `values` from now on. `aim` is what they become where the stroke is full; 0 erases."""
        self._values = values
        self._before = values.copy()
        self._covered = np.zeros(values.shape, np.float32)
        self._brush = brush
        self._aim = aim
        self._last: Dab | None = None

    def to(self, dab: Dab) -> Touched:
        """Goes on, in a straight line, to where the pen now is."""
        start = self._last or dab
        self._last = dab
        touched = self._around(start, dab)
        covered, part = self._covered[touched], self._coverage(start, dab, touched)
        np.maximum(covered, part, out=covered)
        before = self._before[touched].astype(np.float32)
        self._values[touched] = np.rint(before + (self._aim - before) * covered).astype(np.uint8)
        return touched

    def give_up(self) -> None:
        """Leaves the values as they were before it."""
        self._values[...] = self._before

    def _radius(self, dab: Dab) -> float:
        # However light the pen, it leaves a trace.
        return max(0.5, 0.5 * self._brush.diameter * dab.size)

    def _around(self, start: Dab, end: Dab) -> Touched:
        reach = max(self._radius(start), self._radius(end)) + 1.0
        rows, columns = (
            _span(start.at[axis], end.at[axis], reach, self._values.shape[1 - axis]) for axis in (1, 0)
        )
        return rows, columns

    def _coverage(self, start: Dab, end: Dab, touched: Touched) -> Shares:
        """How much of each pixel the way from one dab to the next covers."""
        rows, columns = touched
        down = np.arange(rows.start, rows.stop, dtype=np.float32)[:, None] + np.float32(0.5 - start.at[1])
        across = np.arange(columns.start, columns.stop, dtype=np.float32)[None] + np.float32(0.5 - start.at[0])
        way = np.float32(end.at[0] - start.at[0]), np.float32(end.at[1] - start.at[1])
        length = max(float(way[0] ** 2 + way[1] ** 2), 1e-12)
        along: Shares = np.clip((across * way[0] + down * way[1]) / np.float32(length), 0.0, 1.0)
        distance = np.hypot(across - along * way[0], down - along * way[1])
        strength = start.strength + along * np.float32(end.strength - start.strength)
        full: Shares = self._profile(distance, self._radii(start, end, along)) * strength
        return full * np.float32(self._brush.strength)

    def _radii(self, start: Dab, end: Dab, along: Shares) -> Shares:
        least = np.float32(self._radius(start))
        return least + along * np.float32(self._radius(end) - least)

    def _profile(self, distance: Shares, radius: Shares) -> Shares:
        """From 1 in the brush's hard middle to 0 at its edge."""
        # The edge of the hardest brush is still one pixel wide, or it would be jagged.
        fade = radius * np.float32(1.0 - self._brush.hardness) + np.float32(1.0)
        return eased((radius + np.float32(0.5) - distance) / fade)


def eased(share: Shares) -> Shares:
    """From 0 to 1 without a corner at either end; what lies beyond them is cut."""
    cut = np.clip(share, 0.0, 1.0)
    smooth: Shares = cut * cut * (3.0 - 2.0 * cut)
    return smooth.astype(np.float32, copy=False)


def _span(one: float, other: float, reach: float, length: int) -> slice:
    first = min(max(int(min(one, other) - reach), 0), length)
    last = min(max(int(max(one, other) + reach) + 1, first), length)
    return slice(first, last)
