"""HEIF photos, as telephones make them; 10 and 12 bits are kept as 16."""

from typing import BinaryIO

import numpy as np

from inceptionist_gui.media.exif import dpi_from
from inceptionist_gui.media.limits import refuse_large
from inceptionist_gui.media.picture import Pixels
from inceptionist_gui.media.raster import Raster, split


def decoded(file: BinaryIO, name: str) -> Raster:
    """Raises UnreadablePictureError by the header, anything that libheif raises by the pixels."""
    import pillow_heif

    file.seek(0)
    image = pillow_heif.open_heif(file, convert_hdr_to_8bit=False)
    depth = int(image.info.get("bit_depth", 8))
    width, height = image.size
    refuse_large(width, height, 4 * (2 if depth > 8 else 1), name)
    colour, alpha = split(np.asarray(image))
    # libheif has turned the picture already, and its EXIF says so or says nothing true.
    return Raster(
        samples=_widened(colour, depth),
        alpha=None if alpha is None else _widened(alpha, depth),
        profile=_profile(image.info),
        dpi=_dpi(image.info.get("exif")),
    )


def _widened(array: Pixels, depth: int) -> Pixels:
    """libheif leaves the low bits of 16 empty; the full range is wanted."""
    if array.dtype != np.uint16 or depth >= 16:
        return array
    most = 2**depth - 1
    full: Pixels = (array >> (16 - depth)).astype(np.uint32) * 65_535 // most
    return full.astype(np.uint16)


def _profile(info: dict[str, object]) -> bytes | None:
    profile = info.get("icc_profile")
    return profile if isinstance(profile, bytes) and profile else None


def _dpi(data: object) -> float | None:
    from PIL import Image

    if not isinstance(data, bytes):
        return None
    exif = Image.Exif()
    try:
        exif.load(data)
        return dpi_from(exif)
    except Exception:  # noqa: BLE001  Pillow's EXIF reader raises whatever the bytes lead it to.
        return None
