"""Files that Pillow decodes: JPEG, WebP, AVIF, GIF and BMP, all of 8 bits a channel."""

from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from inceptionist_gui.media.errors import UnreadablePictureError
from inceptionist_gui.media.exif import DAMAGED, ORIENTATION, dpi_from, orientation_of
from inceptionist_gui.media.formats import Kind
from inceptionist_gui.media.limits import refuse_large
from inceptionist_gui.media.raster import Raster, plausible_dpi, split
from inceptionist_gui.words import _

if TYPE_CHECKING:
    from PIL import Image

_AS = {
    "1": "L",
    "L": "L",
    "LA": "LA",
    "La": "LA",
    "P": "RGB",
    "PA": "RGBA",
    "RGB": "RGB",
    "RGBX": "RGB",
    "RGBA": "RGBA",
    "RGBa": "RGBA",
    "YCbCr": "RGB",
    "HSV": "RGB",
    "CMYK": "CMYK",
}
"""What each of Pillow's modes is taken as."""


def decoded(file: BinaryIO, kind: Kind, name: str) -> Raster:
    """Raises UnreadablePictureError by the header, anything that Pillow raises by the pixels."""
    from PIL import Image, UnidentifiedImageError

    # This room has limits of its own; Pillow's would refuse honest prints.
    Image.MAX_IMAGE_PIXELS = None
    file.seek(0)
    try:
        image = Image.open(file, formats=(kind.title.upper(),))
    except UnidentifiedImageError as error:
        raise UnreadablePictureError(
            _("{name}: damaged or cut short; a whole {title} file is expected").format(name=name, title=kind.title)
        ) from error
    with image:
        refuse_large(*image.size, len(image.getbands()), name)
        image.load()
        return _raster(image, name)


def _raster(image: "Image.Image", name: str) -> Raster:
    samples, alpha = _samples(image, name)
    orientation, dpi, notes = _exif(image)
    profile = image.info.get("icc_profile")
    return Raster(
        samples=samples,
        alpha=alpha,
        profile=profile if isinstance(profile, bytes) and profile else None,
        orientation=orientation,
        dpi=_dpi(image) or dpi,
        notes=notes,
    )


def _samples(image: "Image.Image", name: str) -> tuple[np.ndarray, np.ndarray | None]:
    mode = _AS.get(image.mode)
    if mode is None:
        raise UnreadablePictureError(
            _("{name}: its colours are of a kind ({mode}) that is not read; grey, RGB and CMYK are").format(
                name=name, mode=image.mode
            )
        )
    if image.has_transparency_data and mode in ("L", "RGB"):
        mode = "RGBA"
    array = np.asarray(image if image.mode == mode else image.convert(mode))
    return (array, None) if mode == "CMYK" else split(array)


def _exif(image: "Image.Image") -> tuple[int, float | None, tuple[str, ...]]:
    """Orientation, resolution and notes."""
    try:
        exif = image.getexif()
        return orientation_of(exif.get(ORIENTATION, 1)), dpi_from(exif), ()
    except Exception:  # noqa: BLE001  Pillow's EXIF reader raises whatever the bytes lead it to.
        return 1, None, (DAMAGED,)


def _dpi(image: "Image.Image") -> float | None:
    given = image.info.get("dpi")
    return plausible_dpi(given[0]) if isinstance(given, tuple) and given else None
