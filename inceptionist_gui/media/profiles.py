"""Colour profiles that a print can have, and the way from sRGB to them."""

import struct
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import numpy as np

from inceptionist_gui.media.errors import CannotWriteError, reason, shown
from inceptionist_gui.media.icc import MOST_PROFILE_BYTES, srgb_profile
from inceptionist_gui.media.picture import Pixels

SRGB, ADOBE_RGB = "srgb", "adobe-rgb"
NAMES = (SRGB, ADOBE_RGB)
"""Of the profiles that need no file."""

_D50 = np.array((0.9642, 1.0, 0.8249))
_D65 = np.array((0.9505, 1.0, 1.0891))
_BRADFORD = np.array(((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296)))
_PRIMARIES = ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06))
"""x and y of red, green and blue (Adobe RGB (1998) Color Image Encoding, version 2005-05)."""
_GAMMA = 2 + 51 / 256
_A_FIXED_DAY = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
_SPACES = {b"RGB ": "rgb", b"CMYK": "cmyk"}
_CHANNELS = {"rgb": 3, "cmyk": 4}


class Intent(StrEnum):
    """What becomes of colours that a profile does not have."""

    PERCEPTUAL = "perceptual"
    RELATIVE = "relative"
    SATURATION = "saturation"
    ABSOLUTE = "absolute"


@dataclass(frozen=True, slots=True)
class Profile:
    """What a file's numbers mean."""

    data: bytes
    space: str
    """`rgb` or `cmyk`."""

    @property
    def channels(self) -> int:
        return _CHANNELS[self.space]


def profile_of(name: str) -> Profile:
    """The profile of this name, or in the file of this name. Raises CannotWriteError."""
    if name in NAMES:
        return Profile(srgb_profile() if name == SRGB else adobe_rgb_profile(), "rgb")
    said = shown(name)
    try:
        with Path(name).open("rb") as file:
            data = file.read(MOST_PROFILE_BYTES + 1)
    except (OSError, ValueError) as error:
        raise CannotWriteError(
            f"{said}: cannot be read ({reason(error)}); {', '.join(NAMES)} or an ICC profile's file is expected"
        ) from error
    if len(data) > MOST_PROFILE_BYTES or data[36:40] != b"acsp" or data[16:20] not in _SPACES:
        raise CannotWriteError(f"{said}: no ICC profile for RGB or CMYK")
    profile = Profile(data, _SPACES[data[16:20]])
    converted(np.zeros((1, 1, 3), np.uint16), profile, Intent.RELATIVE, black_point=True, name=said)
    return profile


def converted(
    pixels: Pixels, profile: Profile, intent: Intent, *, black_point: bool, name: str = "profile"
) -> Pixels:
    """sRGB pixels of shape (height, width, 3), uint16, as the profile has them. Raises CannotWriteError."""
    if profile.data == srgb_profile():
        return pixels
    import imagecodecs

    flags = int(imagecodecs.CMS.FLAGS.NOOPTIMIZE)
    if black_point:
        flags |= int(imagecodecs.CMS.FLAGS.BLACKPOINTCOMPENSATION)
    try:
        found: Pixels = imagecodecs.cms_transform(
            np.ascontiguousarray(pixels),
            srgb_profile(),
            profile.data,
            colorspace="rgb",
            outcolorspace=profile.space,
            outdtype=pixels.dtype,
            intent=_intent(intent),
            flags=flags,
        )
    except (RuntimeError, ValueError, TypeError) as error:
        raise CannotWriteError(f"{name}: this colour profile cannot be printed with ({reason(error)})") from error
    return found


@cache
def adobe_rgb_profile() -> bytes:
    """A profile with the colours of Adobe RGB (1998), worked out from its definition; the same bytes each time."""
    colorants = _adapted() @ _matrix()
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(_GAMMA * 256)) + bytes(2)
    tags = [
        (b"desc", _description("Compatible with Adobe RGB (1998)")),
        (b"cprt", b"text" + bytes(4) + b"CC0: no rights reserved\x00"),
        (b"wtpt", _xyz(_D50)),
        *((name, _xyz(colorants[:, column])) for column, name in enumerate((b"rXYZ", b"gXYZ", b"bXYZ"))),
        *((name, curve) for name in (b"rTRC", b"gTRC", b"bTRC")),
    ]
    table, body, at = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for name, data in tags:
        table += name + struct.pack(">II", at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    size = at + len(body)
    head = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x02100000, b"mntr", b"RGB ", b"XYZ ") + _A_FIXED_DAY
    head += b"acsp" + bytes(28) + b"".join(map(_fixed, _D50))
    return head.ljust(128, b"\x00") + table + body


def _matrix() -> Pixels:
    """From linear RGB to XYZ under D65."""
    columns = np.array([(x / y, 1.0, (1 - x - y) / y) for x, y in _PRIMARIES]).T
    matrix: Pixels = columns * np.linalg.solve(columns, _D65)
    return matrix


def _adapted() -> Pixels:
    """From XYZ under D65 to XYZ under D50 (Bradford)."""
    gains = np.diag(_BRADFORD @ _D50 / (_BRADFORD @ _D65))
    matrix: Pixels = np.linalg.inv(_BRADFORD) @ gains @ _BRADFORD
    return matrix


def _xyz(values: Pixels) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(map(_fixed, values))


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(float(value) * 65536))


def _description(text: str) -> bytes:
    said = text.encode("ascii") + b"\x00"
    return b"desc" + bytes(4) + struct.pack(">I", len(said)) + said + bytes(4 + 4 + 2 + 1 + 67)


def _intent(intent: Intent) -> int:
    import imagecodecs

    names = {
        Intent.PERCEPTUAL: "PERCEPTUAL",
        Intent.RELATIVE: "RELATIVE_COLORIMETRIC",
        Intent.SATURATION: "SATURATION",
        Intent.ABSOLUTE: "ABSOLUTE_COLORIMETRIC",
    }
    return int(getattr(imagecodecs.CMS.INTENT, names[intent]))
