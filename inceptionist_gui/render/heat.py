"""A map of evidence laid over its picture."""

from functools import cache

import numpy as np
import numpy.typing as npt

from inceptionist_gui.media import Pixels, as_float32

Floats = npt.NDArray[np.float32]

_LIGHTNESS = 0.15, 0.94
"""In OKLab, from no evidence to most. Even steps of it are even steps of lightness, to colour-blind eyes too."""
_HUE = 305.0, 465.0
"""Degrees, from violet through red to yellow."""
_CHROMA = 0.17
"""At the middle; it falls to both ends, as far as sRGB does."""
_STEPS = 256
_DIMMED = 0.45
"""How much of its own light the picture keeps where there is no evidence."""
_CLEAREST = 0.75
"""How far the colours cover the picture where there is most."""


@cache
def colours() -> Floats:
    """From no heat to most, in even steps to the eye; shape (256, 3), sRGB in [0, 1]."""
    at = np.linspace(0.0, 1.0, _STEPS)
    lightness = np.interp(at, (0.0, 1.0), _LIGHTNESS)
    hue = np.radians(np.interp(at, (0.0, 1.0), _HUE))
    chroma = _CHROMA * np.sin(np.pi * (0.12 + 0.74 * at))
    return _srgb(np.stack((lightness, chroma * np.cos(hue), chroma * np.sin(hue)), axis=1))


def overlaid(pixels: Pixels, heat: Floats) -> npt.NDArray[np.uint8]:
    """The picture in grey, dimmed, with the heat in colour on it; both of one height and width.

    `heat` is in [0, 1]. In grey, because the picture's own colours would pass for heat.
    """
    grey = (as_float32(pixels) @ np.array((0.2126, 0.7152, 0.0722), np.float32))[..., None]
    warm = colours()[np.rint(np.clip(heat, 0.0, 1.0) * (_STEPS - 1)).astype(np.intp)]
    cover = _CLEAREST * np.sqrt(np.clip(heat, 0.0, 1.0))[..., None]
    laid = grey * (_DIMMED + (1.0 - _DIMMED) * heat[..., None]) * (1.0 - cover) + warm * cover
    shown: npt.NDArray[np.uint8] = np.rint(np.clip(laid, 0.0, 1.0) * 255.0).astype(np.uint8)
    return shown


def _srgb(lab: npt.NDArray[np.float64]) -> Floats:
    """From OKLab (Ottosson 2020), cut to what sRGB can show."""
    to_cones = np.array(
        (
            (1.0, 0.3963377774, 0.2158037573),
            (1.0, -0.1055613458, -0.0638541728),
            (1.0, -0.0894841775, -1.2914855480),
        )
    )
    to_linear = np.array(
        (
            (4.0767416621, -3.3077115913, 0.2309699292),
            (-1.2684380046, 2.6097574011, -0.3413193965),
            (-0.0041960863, -0.7034186147, 1.7076147010),
        )
    )
    linear = np.clip((lab @ to_cones.T) ** 3 @ to_linear.T, 0.0, 1.0)
    curved = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    cut: Floats = np.clip(curved, 0.0, 1.0).astype(np.float32)
    return cut
