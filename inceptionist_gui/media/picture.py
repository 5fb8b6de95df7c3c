"""A picture as the program holds it between a file and the engine."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from inceptionist_gui.recipe import Provenance

Pixels = npt.NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Upright sRGB pixels, with what the file said about them."""

    pixels: Pixels
    """Shape (height, width, 3), C-contiguous: uint8, uint16, or float32 in [0, 1]."""
    alpha: Pixels | None = None
    """Shape (height, width), of the pixels' kind and range; None where the picture is opaque."""
    name: str = ""
    """The file's name without its folder; empty for what came from no file."""
    dpi: float | None = None
    provenance: Provenance | None = None
    """How the picture was made, where it says so."""
    notes: tuple[str, ...] = field(default=())
    """What the user should know about the reading, each in one line."""
    file: bytes | None = field(default=None, repr=False)
    """The very file that it was read from, where that is not too large to be kept beside it."""

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])


def as_uint8(pixels: Pixels) -> npt.NDArray[np.uint8]:
    """The same values at 8 bits, rounded; any of a Picture's three kinds."""
    if pixels.dtype == np.uint8:
        return pixels
    if pixels.dtype == np.uint16:
        return ((pixels.astype(np.uint32) * 255 + 32767) // 65535).astype(np.uint8)
    return np.rint(np.clip(pixels, 0.0, 1.0) * 255.0).astype(np.uint8)


def as_uint16(pixels: Pixels) -> npt.NDArray[np.uint16]:
    """The same values at 16 bits, rounded; any of a Picture's three kinds."""
    if pixels.dtype == np.uint16:
        return pixels
    if pixels.dtype == np.uint8:
        return pixels.astype(np.uint16) * np.uint16(257)
    return np.rint(np.clip(pixels, 0.0, 1.0) * 65535.0).astype(np.uint16)


def as_float32(pixels: Pixels) -> npt.NDArray[np.float32]:
    """The same values in [0, 1]; any of a Picture's three kinds."""
    if pixels.dtype == np.float32:
        return pixels
    return pixels.astype(np.float32) / np.float32(np.iinfo(pixels.dtype).max)
