"""Pictures to start from without a photo: a sky with clouds, and soft coloured noise."""

from dataclasses import dataclass

import numpy as np

from inceptionist_gui.media.fractal import Field, Grid, fractal, grid_of, moved, shifted
from inceptionist_gui.media.picture import Picture

Colour = tuple[float, float, float]
"""sRGB in [0, 1]"""

_SKY: tuple[tuple[float, Colour], ...] = (
    (0.0, (0.12, 0.29, 0.60)),
    (0.4, (0.29, 0.51, 0.80)),
    (0.75, (0.58, 0.76, 0.91)),
    (1.0, (0.84, 0.89, 0.92)),
)
"""From the zenith down to the horizon."""
_AIR = (0.80, 0.875, 0.93)
_SUNLIT = (1.0, 0.985, 0.95)
_SHADED = (0.47, 0.55, 0.675)
_VEIL = (0.97, 0.98, 1.0)
_GLOW = (0.93, 0.96, 1.0)

_TO_THE_SUN = (-0.55, -0.83)
"""Right and down: the light comes from above and from the left."""
_OVERVIEW = 96
"""px; how much is covered is settled on a picture of this size, so that it is the same at any."""
_NATURAL_GAIN = 1.0
"""Every octave varies as much as any other: the 1/f amplitudes of photographs."""


@dataclass(frozen=True, slots=True)
class _Layer:
    """Clouds of one kind."""

    cells: float
    """Lumps along the picture's longer side."""
    flat: float
    cover: float
    """Share of the sky."""
    low: float
    """How much more of them there is at the horizon."""
    haze: float
    reach: float
    """How far a cloud throws its shadow into itself, in units of the longer side."""


_LAYERS = (
    _Layer(cells=4.5, flat=2.2, cover=0.22, low=3.2, haze=0.42, reach=0.035),
    _Layer(cells=2.4, flat=1.6, cover=0.30, low=1.3, haze=0.10, reach=0.085),
)
"""The farthest first."""


def clouds(width: int, height: int, seed: int) -> Picture:
    """A summer sky, float32. The same seed gives the same sky at any size of the same shape."""
    grid, seed = grid_of(width, height), seed * 1009
    paint = _sky(grid)
    _laid_over(paint, _veil(grid, seed), _VEIL)
    for number, layer in enumerate(_LAYERS):
        _paint_clouds(paint, grid, layer, seed + 20 + 10 * number)
    return _picture(paint)


def noise(width: int, height: int, seed: int) -> Picture:
    """Soft coloured noise around mid grey, float32, with the 1/f spectrum of photographs.

    The same seed gives the same noise at any size of the same shape, a larger one with finer detail.
    """
    grid, seed = grid_of(width, height), seed * 1009 + 500
    light, warmth, green = (fractal(grid, 3.0, seed + 10 * n, gain=_NATURAL_GAIN) for n in range(3))
    paint = np.empty((3, height, width), np.float32)
    # Photographs vary more in light than in colour.
    paint[0] = 0.5 + 0.10 * light + 0.035 * warmth + 0.02 * green
    paint[1] = 0.5 + 0.10 * light - 0.03 * green
    paint[2] = 0.5 + 0.10 * light - 0.035 * warmth + 0.02 * green
    return _picture(paint)


def _picture(paint: Field) -> Picture:
    np.clip(paint, 0.0, 1.0, out=paint)
    return Picture(np.ascontiguousarray(paint.transpose(1, 2, 0)))


def _sky(grid: Grid) -> Field:
    """(3, height, width), with the sun's glow outside the upper left corner."""
    down, stops = _down(grid)[:, 0], [stop for stop, _ in _SKY]
    columns = [np.interp(down, stops, [colour[channel] for _, colour in _SKY]) for channel in range(3)]
    paint = np.repeat(np.array(columns, np.float32)[:, :, None], len(grid.x), axis=2)
    away = (grid.x[None, :] + 0.1) ** 2 + (grid.y[:, None] + 0.1) ** 2
    _laid_over(paint, (0.22 * np.exp(-2.0 * away)).astype(np.float32), _GLOW)
    return paint


def _veil(grid: Grid, seed: int) -> Field:
    """High ice clouds, drawn out by the wind."""
    streaks = _smooth(fractal(grid, 2.0, seed + 1, gain=0.62, flat=3.4), -0.2, 2.6)
    patches = _smooth(fractal(grid, 1.5, seed + 2, octaves=2), -0.8, 1.4)
    return streaks * patches * (0.6 - 0.3 * _down(grid))


def _paint_clouds(paint: Field, grid: Grid, layer: _Layer, seed: int) -> None:
    inside = _mass(grid, layer, seed) - _edge(grid, layer, seed)
    tone = _tone(np.maximum(inside, 0.0), grid, layer.reach)
    cover = 0.97 * _smooth(inside, 0.0, 0.6)
    for channel in range(3):
        dark, bright, air = _SHADED[channel], _SUNLIT[channel], _AIR[channel]
        colour = np.float32(dark) + np.float32(bright - dark) * tone
        colour += np.float32(layer.haze) * (np.float32(air) - colour)
        paint[channel] += cover * (colour - paint[channel])


def _mass(grid: Grid, layer: _Layer, seed: int) -> Field:
    """Where it is large there is cloud: large forms, heaped with small ones that curl."""
    cells, curl = layer.cells, np.float32(0.05 / layer.cells)
    forms = fractal(grid, cells, seed, flat=layer.flat, octaves=3)
    heaps = fractal(grid, cells * 2.1, seed + 1, gain=0.6, flat=layer.flat**0.5, billow=True)
    right, down = (curl * fractal(grid, cells * 2.0, seed + n, octaves=3) for n in (2, 3))
    heaps = moved(heaps, grid, right, down)
    return forms + np.float32(0.6) * heaps + np.float32(layer.low) * (_down(grid) - np.float32(0.5))


def _edge(grid: Grid, layer: _Layer, seed: int) -> np.float32:
    """The mass at which a cloud begins, for the layer to cover its share of the sky."""
    scale = _OVERVIEW * grid.pixel
    overview = grid_of(max(1, round(len(grid.x) * scale)), max(1, round(len(grid.y) * scale)))
    return np.float32(np.quantile(_mass(overview, layer, seed), 1.0 - layer.cover))


def _tone(thickness: Field, grid: Grid, reach: float) -> Field:
    """0 in deep shade, 1 in full sun: light fades on its way through the cloud, and relief catches it."""
    deep = np.float32(1.7) * np.tanh(thickness / np.float32(1.7))
    light = np.exp(np.float32(-1.9) * _sunward(deep, grid, reach))
    relief = np.clip(np.float32(1.5) * (thickness - _sunward(thickness, grid, 0.3 * reach)), -0.5, 0.6)
    return np.clip(np.float32(0.14) + np.float32(0.86) * light + np.float32(0.38) * relief, 0.0, 1.0)


def _sunward(thickness: Field, grid: Grid, reach: float) -> Field:
    """The thickness that lies on the way to the sun, the near of it counting more."""
    total, weights = np.zeros_like(thickness), 0.0
    for step in range(4):
        far, weight = reach * (0.15 + 0.28 * step), 0.75**step
        total += np.float32(weight) * shifted(thickness, grid, _TO_THE_SUN[0] * far, _TO_THE_SUN[1] * far)
        weights += weight
    return total / np.float32(weights)


def _down(grid: Grid) -> Field:
    """(height, 1): 0 at the top, 1 at the horizon."""
    share: Field = grid.y / (grid.y[-1] + grid.pixel / 2)
    return share.astype(np.float32)[:, None]


def _smooth(field: Field, low: float, high: float) -> Field:
    """0 up to `low`, 1 from `high`, smoothly between."""
    t: Field = np.clip((field - np.float32(low)) / np.float32(high - low), 0.0, 1.0)
    t *= t * (np.float32(3.0) - np.float32(2.0) * t)
    return t


def _laid_over(paint: Field, cover: Field, colour: Colour) -> None:
    for channel in range(3):
        paint[channel] += cover * (np.float32(colour[channel]) - paint[channel])
