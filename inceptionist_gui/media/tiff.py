"""TIFF files, of any depth: Pillow would cut 16 bits down to 8, and prints what troubles it."""

from math import prod
from typing import Any, BinaryIO

import numpy as np

from inceptionist_gui.media.errors import UnreadablePictureError
from inceptionist_gui.media.exif import ORIENTATION, RESOLUTION_UNIT, X_RESOLUTION, dpi_of, orientation_of
from inceptionist_gui.media.limits import refuse_hollow, refuse_large
from inceptionist_gui.media.picture import Pixels
from inceptionist_gui.media.raster import Raster
from inceptionist_gui.words import _

XMP = 700
_ICC = 34_675
_WHITE_IS_ZERO, _BLACK_IS_ZERO, _RGB, _PALETTE, _INKS, _YCBCR = 0, 1, 2, 3, 5, 6
"""What TIFF calls photometric interpretation."""
_COLOURS = {_WHITE_IS_ZERO: 1, _BLACK_IS_ZERO: 1, _RGB: 3, _PALETTE: 1, _INKS: 4, _YCBCR: 3}
"""Channels of colour."""
_NUMBERS = {_WHITE_IS_ZERO: "buf", _BLACK_IS_ZERO: "buf", _RGB: "buf", _PALETTE: "bu", _INKS: "u", _YCBCR: "u"}
"""numpy's letters for the kinds of number that are read: bits, whole, floating."""
_PLAIN = 1
_JPEG = 7
_DEFLATE = (8, 32_946)
_ASSOCIATED = 1
_UNASSOCIATED = 2
_PLANES = 2


def decoded(file: BinaryIO, name: str) -> Raster:
    """Raises UnreadablePictureError by the header, anything that the decoders raise by the pixels."""
    import tifffile

    file.seek(0)
    with tifffile.TiffFile(file) as tiff:
        page: Any = tiff.pages[0]
        _check_size(page, name)
        _check_kind(page, name)
        _check_data(page, file.seek(0, 2), name)
        return _raster(page)


def tag_of(file: BinaryIO, code: int) -> object:
    """The value of a tag of the first page, None where there is none."""
    import tifffile

    file.seek(0)
    with tifffile.TiffFile(file) as tiff:
        page: Any = tiff.pages[0]
        value: object = page.tags.valueof(code)
        return value


def _check_size(page: Any, name: str) -> None:
    itemsize = 1 if page.dtype is None else page.dtype.itemsize
    refuse_large(page.imagewidth, page.imagelength, page.samplesperpixel * itemsize, name)
    if page.is_tiled:
        # A small picture may claim tiles that are not.
        refuse_large(page.tilewidth, page.tilelength, page.samplesperpixel * itemsize, name)


def _check_kind(page: Any, name: str) -> None:
    if not _is_read(page):
        raise UnreadablePictureError(
            _(
                "{name}: a TIFF of a kind that is not read; grey, RGB or CMYK in whole or broken numbers would do"
            ).format(name=name)
        )


def _is_read(page: Any) -> bool:
    meaning = int(page.photometric)
    if page.dtype is None or page.dtype.kind not in _NUMBERS.get(meaning, ""):
        return False
    if page.samplesperpixel < _COLOURS[meaning] or page.imagedepth != 1:
        return False
    if meaning == _PALETTE:
        return page.colormap is not None and page.dtype.itemsize == 1
    return meaning != _YCBCR or int(page.compression) == _JPEG


def _check_data(page: Any, size: int, name: str) -> None:
    """Strips that are missing, empty or behind the file's end would be shown as black."""
    parts = list(zip(page.dataoffsets, page.databytecounts, strict=True))
    if len(parts) < prod(page.chunked) or any(count < 1 or offset + count > size for offset, count in parts):
        raise UnreadablePictureError(_("{name}: cut short; a whole TIFF is expected").format(name=name))
    packed = sum(count for _, count in parts)
    expected = page.imagelength * (page.imagewidth * page.samplesperpixel * page.bitspersample // 8)
    if int(page.compression) in _DEFLATE:
        refuse_hollow(expected, packed, name)
    if int(page.compression) == _PLAIN and packed < expected:
        raise UnreadablePictureError(_("{name}: cut short; a whole TIFF is expected").format(name=name))


def _raster(page: Any) -> Raster:
    samples, alpha = _colour_and_alpha(page, _channels_last(page))
    profile = page.tags.valueof(_ICC)
    return Raster(
        samples=samples,
        alpha=alpha,
        profile=profile if isinstance(profile, bytes) and profile else None,
        orientation=orientation_of(page.tags.valueof(ORIENTATION)),
        dpi=_dpi(page),
    )


def _channels_last(page: Any) -> Pixels:
    """(height, width, channels), at full range."""
    array = np.asarray(page.asarray(maxworkers=1))
    height, width, channels = page.imagelength, page.imagewidth, page.samplesperpixel
    if int(page.planarconfig) == _PLANES and channels > 1:
        array = np.moveaxis(array.reshape(channels, height, width), 0, -1)
    array = array.reshape(height, width, channels)
    return array if int(page.photometric) == _PALETTE else _full_range(array, page.bitspersample)


def _full_range(array: Pixels, bits: int) -> Pixels:
    """As uint8, uint16 or float32; whole numbers of other widths are scaled."""
    if array.dtype.kind == "f":
        with np.errstate(over="ignore"):
            return np.nan_to_num(array.astype(np.float32))
    if bits in (8, 16):
        return array
    kind = np.uint8 if bits < 8 else np.uint16
    scaled: Pixels = np.rint(array.astype(np.float64) * (np.iinfo(kind).max / (2.0**bits - 1.0)))
    return scaled.astype(kind)


def _colour_and_alpha(page: Any, array: Pixels) -> tuple[Pixels, Pixels | None]:
    colours = _COLOURS[int(page.photometric)]
    colour = _colour(page, array[..., 0] if colours == 1 else array[..., :colours])
    extra = [int(kind) for kind in page.extrasamples]
    # Further channels without a stated meaning are masks and selections, not transparency.
    if array.shape[2] == colours or not extra or extra[0] not in (_ASSOCIATED, _UNASSOCIATED):
        return colour, None
    alpha = array[..., colours]
    return (_unmultiplied(colour, alpha) if extra[0] == _ASSOCIATED else colour), alpha


def _colour(page: Any, colour: Pixels) -> Pixels:
    if int(page.photometric) == _PALETTE:
        # The map is of 16 bits, but only ever made from 8.
        table: Pixels = (page.colormap >> 8).astype(np.uint8).T
        return table[colour.astype(np.uint8)]
    return _most(colour) - colour if int(page.photometric) == _WHITE_IS_ZERO else colour


def _most(array: Pixels) -> Any:
    """The value of white, of the array's kind."""
    return array.dtype.type(1 if array.dtype.kind == "f" else np.iinfo(array.dtype).max)


def _unmultiplied(colour: Pixels, alpha: Pixels) -> Pixels:
    """The colour itself, where the file holds colour times alpha."""
    most = float(_most(colour))
    share = alpha.astype(np.float32) / np.float32(most)
    share = share if colour.ndim == 2 else share[..., None]
    plain: Pixels = np.divide(colour, share, out=np.zeros(colour.shape, np.float32), where=share > 0)
    np.clip(plain, 0, most, out=plain)
    return plain if colour.dtype.kind == "f" else np.rint(plain).astype(colour.dtype)


def _dpi(page: Any) -> float | None:
    resolution = page.tags.valueof(X_RESOLUTION)
    if not isinstance(resolution, tuple) or len(resolution) != 2 or not resolution[1]:
        return None
    return dpi_of(resolution[0] / resolution[1], int(page.tags.valueof(RESOLUTION_UNIT, default=2)))
