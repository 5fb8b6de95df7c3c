"""A picture as it stands in its file: neither turned upright nor in sRGB yet."""

from dataclasses import dataclass

import numpy as np

from inceptionist_gui.media.picture import Pixels

LEAST_DPI = 2.0
"""Some files say 1 where they mean nothing."""
MOST_DPI = 65_535.0
"""What JPEG can say."""


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """Decoded samples with what the file says of their meaning."""

    samples: Pixels
    """Grey (height, width), RGB (height, width, 3) or CMYK (height, width, 4); uint8, uint16 or float32."""
    alpha: Pixels | None = None
    """(height, width), not multiplied into the samples."""
    profile: bytes | None = None
    """The embedded ICC profile, unchecked."""
    orientation: int = 1
    """EXIF's 1 to 8; 1 is upright."""
    dpi: float | None = None
    notes: tuple[str, ...] = ()


def split(array: Pixels) -> tuple[Pixels, Pixels | None]:
    """Colour and alpha of an array whose last of two or four channels is alpha."""
    if array.ndim == 2:
        return array, None
    channels = array.shape[2]
    if channels == 1:
        return array[..., 0], None
    if channels == 3:
        return array, None
    colour = array[..., 0] if channels == 2 else array[..., :3]
    return colour, array[..., -1]


def upright(array: Pixels, orientation: int) -> Pixels:
    """The array turned as EXIF's orientation says, C-contiguous."""
    match orientation:
        case 2:
            array = array[:, ::-1]
        case 3:
            array = array[::-1, ::-1]
        case 4:
            array = array[::-1]
        case 5:
            array = array.swapaxes(0, 1)
        case 6:
            array = np.rot90(array, -1)
        case 7:
            array = array[::-1, ::-1].swapaxes(0, 1)
        case 8:
            array = np.rot90(array)
    return np.ascontiguousarray(array)


def plausible_dpi(dpi: object) -> float | None:
    """The resolution, or None for what no print has."""
    try:
        value = round(float(dpi), 2)  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return value if LEAST_DPI <= value <= MOST_DPI else None
