"""Colour profiles: what any file's samples are in sRGB."""

from functools import cache, lru_cache

import numpy as np

from inceptionist_gui.media.errors import reason
from inceptionist_gui.media.picture import Pixels
from inceptionist_gui.words import _

BAND = 2_000_000
"""Pixels converted at a time, so that a large picture does not stand in memory twice."""
MOST_PROFILE_BYTES = 16_000_000

_SPACES = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}
_NAMES = {1: "gray", 3: "rgb", 4: "cmyk"}
_CREATED = slice(24, 36)
_A_FIXED_DAY = (2026).to_bytes(2, "big") + b"\x00\x01\x00\x01" + bytes(6)


@cache
def srgb_profile() -> bytes:
    """The sRGB profile that goes into every saved picture; the same bytes each time."""
    from PIL import ImageCms

    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[_CREATED] = _A_FIXED_DAY
    return bytes(made)


def to_srgb(samples: Pixels, profile: bytes | None) -> tuple[Pixels, tuple[str, ...]]:
    """A Raster's samples as sRGB (height, width, 3) of the same kind, and what is to be said about it.

    A profile that is damaged or meant for other samples is left out of account, with a note.
    """
    if profile is None:
        return _without_profile(samples)
    try:
        return _converted(samples, profile), ()
    except (RuntimeError, ValueError, TypeError) as error:
        pixels, _notes = _without_profile(samples)
        return pixels, (
            _("its colour profile cannot be used ({error}); taken as sRGB").format(error=reason(error)),
        )


def _without_profile(samples: Pixels) -> tuple[Pixels, tuple[str, ...]]:
    if samples.ndim == 2:
        return _three(samples), ()
    if samples.shape[2] == 3:
        return samples, ()
    return _plain_cmyk(samples), (_("CMYK without a colour profile; its colours are approximate"),)


def _three(grey: Pixels) -> Pixels:
    return np.repeat(grey[..., None], 3, axis=2)


def _plain_cmyk(samples: Pixels) -> Pixels:
    """Each ink takes away its share of light, as a viewer without profiles shows it."""
    most = np.iinfo(samples.dtype).max
    pixels = np.empty((*samples.shape[:2], 3), samples.dtype)
    paper = most - samples[..., 3].astype(np.uint32)
    for channel in range(3):
        light = most - samples[..., channel].astype(np.uint32)
        pixels[..., channel] = (light * paper + most // 2) // most
    return pixels


def _converted(samples: Pixels, profile: bytes) -> Pixels:
    """Raises RuntimeError (imagecodecs' CmsError is one) or ValueError for a profile that will not do."""
    meant_for = _channels_of(profile)
    if samples.ndim == 2 and meant_for == 3:
        samples = _three(samples)
    has = 1 if samples.ndim == 2 else samples.shape[2]
    if has != meant_for:
        raise ValueError(
            _("it is for {meant_for}, the picture is {has}").format(meant_for=_NAMES[meant_for], has=_NAMES[has])
        )
    if has == 3 and _is_srgb(profile):
        return samples
    return _in_bands(samples, profile)


def _channels_of(profile: bytes) -> int:
    if len(profile) > MOST_PROFILE_BYTES:
        raise ValueError(_("{profile} bytes").format(profile=len(profile)))
    if profile[36:40] != b"acsp" or profile[16:20] not in _SPACES:
        raise ValueError(_("no ICC profile for grey, RGB or CMYK"))
    return _SPACES[profile[16:20]]


@lru_cache(maxsize=8)
def _is_srgb(profile: bytes) -> bool:
    """Whether the profile changes no colour visibly; such a picture keeps its exact values."""
    if profile == srgb_profile():
        return True
    steps = np.linspace(0, 65_535, 9).astype(np.uint16)
    lattice = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(27, 27, 3)
    moved = np.abs(_transformed(lattice, profile).astype(np.int64) - lattice)
    return int(moved.max()) < 65_535 // 255


def _in_bands(samples: Pixels, profile: bytes) -> Pixels:
    height, width = samples.shape[:2]
    pixels = np.empty((height, width, 3), samples.dtype)
    rows = max(1, BAND // width)
    for top in range(0, height, rows):
        band = np.ascontiguousarray(samples[top : top + rows])
        pixels[top : top + rows] = _transformed(band, profile)
    return pixels


def _transformed(samples: Pixels, profile: bytes) -> Pixels:
    import imagecodecs

    flags = int(imagecodecs.CMS.FLAGS.BLACKPOINTCOMPENSATION)
    if samples.dtype == np.uint16:
        # What lcms makes of 16 bits for speed is off by up to 18 of 255 levels in saturated colours.
        flags |= imagecodecs.CMS.FLAGS.NOOPTIMIZE
    converted: Pixels = imagecodecs.cms_transform(
        samples,
        profile,
        srgb_profile(),
        colorspace=_NAMES[1 if samples.ndim == 2 else samples.shape[2]],
        outcolorspace="rgb",
        outdtype=samples.dtype,
        intent=imagecodecs.CMS.INTENT.RELATIVE_COLORIMETRIC,
        flags=flags,
    )
    return converted
