"""Fractal noise that is the same at any size: its lattice lies in the picture, not in its pixels."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Field = npt.NDArray[Any]
"""float32 (height, width)."""
Axis = npt.NDArray[Any]
"""float64 or whole numbers, one for each row or column."""

FINEST = 2.0
"""px; no octave has smaller cells."""
LACUNARITY = 2.03
"""How much finer each octave is; not quite 2, so that lattices do not fall on one another."""
MOST_OCTAVES = 16
TYPICAL_OCTAVES = 8

_SPREAD = np.float32(3.6)
"""Brings a spline of uniform noise to unit standard deviation."""
_BILLOW = np.float32(1.66)
_BILLOW_MEAN = np.float32(0.8)


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the pixels lie, in units of the picture's longer side."""

    x: Axis
    y: Axis
    pixel: float
    """The side of one."""


def grid_of(width: int, height: int) -> Grid:
    pixel = 1.0 / max(width, height)
    return Grid((np.arange(width) + 0.5) * pixel, (np.arange(height) + 0.5) * pixel, pixel)


def fractal(
    grid: Grid,
    cells: float,
    seed: int,
    *,
    gain: float = 0.5,
    flat: float = 1.0,
    billow: bool = False,
    octaves: int = MOST_OCTAVES,
) -> Field:
    """Noise of `cells` lumps along the longer side, and ever finer ones down to the pixels.

    About zero, with a standard deviation of about one. Each octave has `gain` of the amplitude of
    the one before. `flat` squeezes the lumps' height; `billow` heaps them up, with creases between.
    """
    total = np.zeros((len(grid.y), len(grid.x)), np.float32)
    for k in range(octaves):
        scale = cells * LACUNARITY**k
        if k and scale * grid.pixel * FINEST > 1.0:
            break
        octave = _octave(grid.x * scale, grid.y * (scale * flat), seed * 131 + k)
        total += np.float32(gain**k) * (_heaped(octave) if billow else octave)
    # By a number of octaves that is not the picture's own: sizes must agree.
    power = sum(gain ** (2 * k) for k in range(min(octaves, TYPICAL_OCTAVES)))
    return total / np.float32(power**0.5)


def moved(field: Field, grid: Grid, right: Field, down: Field) -> Field:
    """The field looked up at places moved by `right` and `down`, in the grid's units; edges reflect."""
    height, width = field.shape
    if min(height, width) < 2:
        return field
    x, right_share = _places(np.arange(width)[None, :], right, grid.pixel, width)
    y, down_share = _places(np.arange(height)[:, None], down, grid.pixel, height)
    corner, flat = y * width + x, field.ravel()
    above = _between(flat.take(corner), flat[1:].take(corner), right_share)
    below = _between(flat[width:].take(corner), flat[width + 1 :].take(corner), right_share)
    return _between(above, below, down_share)


def shifted(field: Field, grid: Grid, right: float, down: float) -> Field:
    """The whole field looked up elsewhere, to the nearest pixel; edges reflect."""
    height, width = field.shape
    rows = _reflected(np.arange(height) + round(down / grid.pixel), height)
    columns = _reflected(np.arange(width) + round(right / grid.pixel), width)
    return field[rows][:, columns]


def _heaped(octave: Field) -> Field:
    return (np.abs(octave) - _BILLOW_MEAN) * _BILLOW


def _octave(x: Axis, y: Axis, seed: int) -> Field:
    """Cubic B-spline interpolation of white noise at integer places."""
    first_x, weights_x = _spline(x)
    first_y, weights_y = _spline(y)
    lattice = _white(first_x[0], first_x[-1] + 4, first_y[0], first_y[-1] + 4, seed)
    down = _interpolated(lattice, first_y - first_y[0], weights_y)
    across = _interpolated(np.ascontiguousarray(down.T), first_x - first_x[0], weights_x)
    return np.ascontiguousarray(across.T) * _SPREAD


def _interpolated(lattice: Field, first: Axis, weights: Field) -> Field:
    total: Field = lattice[first] * weights[0][:, None]
    for k in range(1, 4):
        total += lattice[first + k] * weights[k][:, None]
    return total


def _spline(at: Axis) -> tuple[Axis, Field]:
    """The first of four lattice places for each coordinate, and the four weights."""
    cell = np.floor(at)
    t = at - cell
    weights = np.stack(((1 - t) ** 3, 3 * t**3 - 6 * t**2 + 4, -3 * t**3 + 3 * t**2 + 3 * t + 1, t**3)) / 6
    return cell.astype(np.int64) - 1, weights.astype(np.float32)


def _white(left: int, right: int, top: int, bottom: int, seed: int) -> Field:
    """Uniform in [-1, 1); a place's value depends on the place and the seed alone (Wellons' lowbias32)."""
    x = np.arange(left, right).astype(np.uint32)[None, :] * np.uint32(0x9E3779B1)
    y = np.arange(top, bottom).astype(np.uint32)[:, None] * np.uint32(0x85EBCA77)
    # x is mixed before y comes in: else places on a line would share their values.
    mixed = _mixed(_mixed(x ^ np.uint32(seed * 0xC2B2AE3D & 0xFFFFFFFF)) ^ y)
    return mixed.astype(np.float32) * np.float32(2**-31) - np.float32(1)


def _mixed(bits: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    bits = (bits ^ (bits >> np.uint32(16))) * np.uint32(0x7FEB352D)
    bits = (bits ^ (bits >> np.uint32(15))) * np.uint32(0x846CA68B)
    return bits ^ (bits >> np.uint32(16))


def _between(first: Field, second: Field, share: Field) -> Field:
    second -= first
    second *= share
    second += first
    return second


def _places(base: Axis, shift: Field, pixel: float, size: int) -> tuple[Axis, Field]:
    """The whole and the broken part of places, folded back into a field of at least two."""
    at = np.abs(base.astype(np.float32) + shift * np.float32(1 / pixel))
    at = np.minimum(at, np.float32(2 * (size - 1)) - at)
    np.clip(at, 0.0, size - 1, out=at)
    whole = np.minimum(at.astype(np.intp), size - 2)
    return whole, at - whole.astype(np.float32)


def _reflected(index: Axis, size: int) -> Axis:
    folded = np.abs(index) % (2 * size)
    mirrored: Axis = np.minimum(folded, 2 * size - 1 - folded)
    return mirrored
