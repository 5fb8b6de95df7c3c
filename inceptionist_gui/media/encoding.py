"""A picture as the bytes of a file, with profile, resolution and recipe inside."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import numpy as np

from inceptionist_gui.media import jpeg, png
from inceptionist_gui.media.embedding import KEY, jpeg_segments, xmp
from inceptionist_gui.media.errors import CannotWriteError
from inceptionist_gui.media.exif import resolution_exif
from inceptionist_gui.media.formats import Format
from inceptionist_gui.media.icc import srgb_profile
from inceptionist_gui.media.picture import Picture, Pixels, as_uint8, as_uint16
from inceptionist_gui.media.raster import LEAST_DPI, MOST_DPI
from inceptionist_gui.media.tiff import XMP
from inceptionist_gui.recipe import Provenance
from inceptionist_gui.words import _

QUALITY = 92
DPI = 300.0

_DEFLATE_LEVEL = 6
_FINE_COLOUR = 90
"""From this quality on a JPEG keeps its colours at full resolution."""
_STRIP_BYTES = 1_000_000
_BIGTIFF_FROM = 4_000_000_000
_BYTES = 1
"""TIFF's number for a tag of bytes."""


@dataclass(frozen=True, slots=True, eq=False)
class _Sheet:
    """What an encoder is given."""

    array: Pixels
    """(height, width, 3), or 4 with alpha; uint8 or uint16, for TIFF float32 too."""
    quality: int
    dpi: float
    provenance: Provenance | None


def encoded(picture: Picture, form: Format, *, depth: int = 8, quality: int = QUALITY, dpi: float = DPI) -> bytes:
    """The file's bytes; the same for the same picture.

    JPEG holds no alpha: the picture is laid on white. Raises CannotWriteError for what the format
    does not offer.
    """
    _check(picture, form, depth, quality, dpi)
    array = _array(picture, form, depth)
    return _ENCODERS[form.name](_Sheet(array, quality, dpi, picture.provenance))


def lossless(picture: Picture) -> bytes:
    """A TIFF of the picture's own kind, of 8 or 16 bits or floating: read again, it is the same to the bit."""
    alpha = picture.alpha
    array = picture.pixels if alpha is None else np.concatenate((picture.pixels, alpha[..., None]), axis=2)
    return _tiff(_Sheet(np.ascontiguousarray(array), QUALITY, picture.dpi or DPI, picture.provenance))


def _check(picture: Picture, form: Format, depth: int, quality: int, dpi: float) -> None:
    if depth not in form.depths:
        offered = " or ".join(str(bits) for bits in form.depths)
        raise CannotWriteError(
            _("depth: {title} has {offered} bits per channel, not {depth}").format(
                title=form.title, offered=offered, depth=depth
            )
        )
    if max(picture.width, picture.height) > form.most_side:
        raise CannotWriteError(
            _("{width} x {height} px: {title} holds up to {most_side} px a side; TIFF and PNG hold more").format(
                width=picture.width, height=picture.height, title=form.title, most_side=form.most_side
            )
        )
    if not 1 <= quality <= 100:
        raise CannotWriteError(_("quality: 1 to 100 is expected, not {quality}").format(quality=quality))
    if not LEAST_DPI <= dpi <= MOST_DPI:
        raise CannotWriteError(
            _("dpi: {least:.0f} to {most:.0f} is expected, not {dpi}").format(
                least=LEAST_DPI, most=MOST_DPI, dpi=dpi
            )
        )


def _array(picture: Picture, form: Format, depth: int) -> Pixels:
    as_depth: Callable[[Pixels], Pixels] = as_uint16 if depth == 16 else as_uint8
    colour = as_depth(picture.pixels)
    if picture.alpha is None:
        return np.ascontiguousarray(colour)
    alpha = as_depth(picture.alpha)[..., None]
    return np.concatenate((colour, alpha), axis=2) if form.holds_alpha else _on_white(colour, alpha)


def _on_white(colour: Pixels, alpha: Pixels) -> Pixels:
    lacking = (255 - colour).astype(np.uint16) * alpha
    return (255 - (lacking + 127) // 255).astype(np.uint8)


def _png(sheet: _Sheet) -> bytes:
    import imagecodecs

    plain = bytes(imagecodecs.png_encode(sheet.array, level=_DEFLATE_LEVEL))
    added = [png.profile_chunk(srgb_profile()), png.dpi_chunk(sheet.dpi)]
    if sheet.provenance is not None:
        added.append(png.text_chunk(KEY, sheet.provenance.text()))
    return png.with_chunks(plain, *added)


def _tiff(sheet: _Sheet) -> bytes:
    import tifffile

    tags = []
    if sheet.provenance is not None:
        packet = xmp(sheet.provenance)
        tags.append((XMP, _BYTES, len(packet), packet, True))
    array, file = sheet.array, BytesIO()
    tifffile.imwrite(
        file,
        array,
        bigtiff=array.nbytes > _BIGTIFF_FROM,
        photometric="rgb",
        extrasamples=("unassalpha",) if array.shape[2] == 4 else (),
        compression="zlib",
        predictor=True,
        rowsperstrip=max(1, _STRIP_BYTES // array[0].nbytes),
        iccprofile=srgb_profile(),
        resolution=(sheet.dpi, sheet.dpi),
        resolutionunit="INCH",
        software=False,
        metadata=None,
        extratags=tags,
    )
    return file.getvalue()


def _jpeg(sheet: _Sheet) -> bytes:
    import imagecodecs

    # Not by Pillow: it cannot write a busy picture with optimised tables ("broken data stream").
    plain = imagecodecs.jpeg8_encode(
        sheet.array,
        level=sheet.quality,
        subsampling="444" if sheet.quality >= _FINE_COLOUR else "420",
        optimize=True,
    )
    added = b"" if sheet.provenance is None else jpeg_segments(sheet.provenance)
    return jpeg.with_segments(bytes(plain), sheet.dpi, srgb_profile(), added)


def _webp(sheet: _Sheet) -> bytes:
    from PIL import Image

    file = BytesIO()
    Image.fromarray(sheet.array).save(
        file,
        "WEBP",
        quality=sheet.quality,
        # Colours under full transparency are kept: they come back if the alpha is painted away.
        exact=True,
        icc_profile=srgb_profile(),
        exif=resolution_exif(sheet.dpi),
        xmp=b"" if sheet.provenance is None else xmp(sheet.provenance),
    )
    return file.getvalue()


_ENCODERS: dict[str, Callable[[_Sheet], bytes]] = {"png": _png, "tiff": _tiff, "jpeg": _jpeg, "webp": _webp}
