"""Small picture files for the tests, and profiles whose colours are known."""

import struct
from io import BytesIO
from typing import Any

import imagecodecs
import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import Image

from inceptionist_gui.media import FORMATS, Picture, as_uint8, encoded
from inceptionist_gui.recipe import LayerGoal, Provenance, Recipe

Array = NDArray[Any]

SRGB_PRIMARIES = (0.64, 0.33, 0.30, 0.60, 0.15, 0.06)
ADOBE_PRIMARIES = (0.64, 0.33, 0.21, 0.71, 0.15, 0.06)
P3_PRIMARIES = (0.68, 0.32, 0.265, 0.69, 0.15, 0.06)
D65 = (0.3127, 0.3290)


def colours(width: int = 24, height: int = 16) -> Array:
    """float32 (height, width, 3): a smooth picture in which no turn or mirror looks like another."""
    y, x = np.mgrid[0:height, 0:width] / (max(width, height) - 1)
    return np.stack((x, y, 0.25 + 0.5 * x * y), axis=-1).astype(np.float32)


def picture(width: int = 24, height: int = 16, *, alpha: bool = False, recipe: bool = True) -> Picture:
    pixels = colours(width, height)
    return Picture(
        pixels,
        alpha=np.ascontiguousarray(pixels[..., 0]) if alpha else None,
        provenance=provenance() if recipe else None,
    )


def provenance(source: str = "cat <1> & \N{SNOWMAN}.jpg") -> Provenance:
    return Provenance(recipe=Recipe(goals=(LayerGoal(layer="blocks.2", channels=(3, 5)),)), source=source)


def long_provenance() -> Provenance:
    """One that no single JPEG segment holds."""
    goal = LayerGoal(layer="blocks.2", channels=tuple(range(100_000, 104_000)))
    return Provenance(recipe=Recipe(goals=(goal,) * 5))


def by_program(form: str, **asked: Any) -> bytes:
    """A file as the program itself saves it."""
    return encoded(picture(alpha=True), next(f for f in FORMATS if f.name == form), **asked)


def by_pillow(image: Image.Image | Array, form: str, **asked: Any) -> bytes:
    file = BytesIO()
    (image if isinstance(image, Image.Image) else Image.fromarray(image)).save(file, form, **asked)
    return file.getvalue()


def by_tifffile(array: Array, **asked: Any) -> bytes:
    file = BytesIO()
    tifffile.imwrite(file, array, **asked)
    return file.getvalue()


def eight_bit(width: int = 24, height: int = 16) -> Array:
    return as_uint8(colours(width, height))


def rgb_profile(primaries: tuple[float, ...], gamma: float = 2.2) -> bytes:
    """A matrix profile with a D65 white."""
    three = [value for n in range(0, 6, 2) for value in (*primaries[n : n + 2], 1.0)]
    return bytes(imagecodecs.cms_profile("rgb", whitepoint=(*D65, 1.0), primaries=three, gamma=gamma))


def grey_profile(gamma: float) -> bytes:
    return bytes(imagecodecs.cms_profile("gray", whitepoint=(*D65, 1.0), gamma=gamma))


def ink_profile() -> bytes:
    """A CMYK profile in which the first ink prints red and the others what they should."""
    lab = {(0, 0, 0): (255, 128, 128), (1, 0, 0): (136, 208, 195)}
    corners = []
    for ink in np.ndindex(2, 2, 2, 2):
        corners.append((0, 128, 128) if ink[3] else lab.get((ink[0], ink[1], ink[2]), (100, 128, 128)))
    ramp = bytes(range(256))
    unity = struct.pack(">9i", *(65_536 * (n % 4 == 0) for n in range(9)))
    table = b"mft1\x00\x00\x00\x00\x04\x03\x02\x00" + unity + ramp * 4 + bytes(sum(corners, ())) + ramp * 3
    return _profile(b"prtr", b"CMYK", b"Lab ", {b"A2B0": table, b"wtpt": _xyz(0.9642, 1.0, 0.8249)})


def srgb_of(colour: Array, primaries: tuple[float, ...], gamma: float = 2.2) -> Array:
    """What colours of a matrix profile with a D65 white are in sRGB, in [0, 1], by the book."""
    linear = colour**gamma @ _to_xyz(primaries).T @ np.linalg.inv(_to_xyz(SRGB_PRIMARIES)).T
    linear = np.clip(linear, 0.0, 1.0)
    curved: Array = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return curved


def _to_xyz(primaries: tuple[float, ...]) -> Array:
    columns = [[x / y, 1.0, (1 - x - y) / y] for x, y in zip(primaries[::2], primaries[1::2], strict=True)]
    matrix = np.array(columns).T
    white = np.array([D65[0] / D65[1], 1.0, (1 - sum(D65)) / D65[1]])
    scaled: Array = matrix * np.linalg.solve(matrix, white)
    return scaled


def _xyz(*values: float) -> bytes:
    return b"XYZ \x00\x00\x00\x00" + struct.pack(">3i", *(round(value * 65_536) for value in values))


def _profile(kind: bytes, space: bytes, connection: bytes, tags: dict[bytes, bytes]) -> bytes:
    at, index, body = 128 + 4 + 12 * len(tags), b"", b""
    for name, data in tags.items():
        padded = data + bytes(-len(data) % 4)
        index += name + struct.pack(">II", at + len(body), len(data))
        body += padded
    size = at + len(body)
    head = struct.pack(">I4sI4s4s4s12s4s", size, b"none", 0x02400000, kind, space, connection, bytes(12), b"acsp")
    head = head.ljust(68, b"\x00") + struct.pack(">3i", 63_190, 65_536, 54_061)
    return head.ljust(128, b"\x00") + struct.pack(">I", len(tags)) + index + body
