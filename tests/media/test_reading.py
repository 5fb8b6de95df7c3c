"""Photos in: upright, in sRGB, at their own depth."""

import os
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif
import pytest
from PIL import Image

from inceptionist_gui.errors import NotEnoughError
from inceptionist_gui.media import (
    READABLE_SUFFIXES,
    Picture,
    UnreadablePictureError,
    as_uint8,
    formats,
    limits,
    picture_from_bytes,
    png,
    read_picture,
    reading,
)
from tests.media.damaged import header
from tests.media.files import Array, by_pillow, by_tifffile, colours, eight_bit

ORIENTATIONS = range(1, 9)
_EXIF_ORIENTATION = 274


def stored_for(upright: Array, orientation: int) -> Array:
    """The array as a camera stores it that notes this orientation; by Pillow's own book of turns."""
    turn = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }.get(orientation)
    planes = [Image.fromarray(plane.astype(np.float32)) for plane in np.moveaxis(upright, -1, 0)]
    turned = [np.asarray(plane.transpose(turn) if turn is not None else plane) for plane in planes]
    return np.stack(turned, axis=-1).astype(upright.dtype)


def exif(orientation: int) -> bytes:
    written = Image.Exif()
    written[_EXIF_ORIENTATION] = orientation
    return written.tobytes()


def read(data: bytes) -> Picture:
    return picture_from_bytes(data, "photo")


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("form", ["JPEG", "WEBP", "PNG", "AVIF"])
def test_orientation_of_8_bits(form: str, orientation: int) -> None:
    stored = stored_for(eight_bit(), orientation)
    picture = read(by_pillow(stored, form, exif=exif(orientation), quality=100))
    assert picture.pixels.shape == eight_bit().shape
    assert np.abs(picture.pixels.astype(int) - eight_bit()).mean() < 4


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_orientation_of_16_bit_png(orientation: int) -> None:
    deep = (colours() * 65_535).astype(np.uint16)
    plain = _deep_png(stored_for(deep, orientation))
    picture = read(png.with_chunks(plain, png.chunk(b"eXIf", exif(orientation)[6:])))
    assert np.array_equal(picture.pixels, deep)


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.float32])
def test_orientation_of_tiff(kind: type[Any], orientation: int) -> None:
    upright = colours() if kind is np.float32 else (colours() * np.iinfo(kind).max).astype(kind)
    tag = (_EXIF_ORIENTATION, 3, 1, orientation, True)
    picture = read(by_tifffile(stored_for(upright, orientation), photometric="rgb", extratags=[tag]))
    assert picture.pixels.dtype == kind
    assert np.array_equal(picture.pixels, upright)


def test_orientation_turns_the_alpha_too() -> None:
    shape = np.dstack((eight_bit(), eight_bit()[..., :1]))
    stored = np.ascontiguousarray(np.rot90(shape))
    picture = read(by_pillow(stored, "PNG", exif=exif(6)))
    assert picture.alpha is not None
    assert np.array_equal(picture.alpha, shape[..., 3])


def test_heif_that_libheif_turned_is_not_turned_again() -> None:
    file = BytesIO()
    pillow_heif.from_pillow(Image.fromarray(eight_bit(48, 32))).save(file, exif=exif(6), quality=100)
    picture = read(file.getvalue())
    assert (picture.width, picture.height) == (32, 48)


def test_heif_of_ten_bits_is_kept_deep() -> None:
    deep = np.full((32, 48, 3), 65_535, np.uint16)
    file = BytesIO()
    pillow_heif.from_bytes("RGB;16", (48, 32), deep.tobytes()).save(file, quality=-1)
    picture = read(file.getvalue())
    assert picture.pixels.dtype == np.uint16
    assert picture.pixels.min() > 65_000


@pytest.mark.parametrize("form", ["PNG", "TIFF", "BMP"])
def test_exact_formats_keep_every_value(form: str) -> None:
    assert np.array_equal(read(by_pillow(eight_bit(), form)).pixels, eight_bit())


@pytest.mark.parametrize("compression", [None, "zlib", "lzw", "packbits", "zstd"])
@pytest.mark.parametrize("planes", ["contig", "separate"])
@pytest.mark.parametrize("byteorder", ["<", ">"])
def test_deep_tiff_keeps_every_value(compression: str | None, planes: str, byteorder: str) -> None:
    deep = (colours() * 65_535).astype(np.uint16)
    stored = deep if planes == "contig" else np.ascontiguousarray(np.moveaxis(deep, -1, 0))
    data = by_tifffile(
        stored, photometric="rgb", compression=compression, planarconfig=planes, byteorder=byteorder
    )
    assert np.array_equal(read(data).pixels, deep)


def test_tiled_bigtiff() -> None:
    deep = (colours(64, 48) * 65_535).astype(np.uint16)
    data = by_tifffile(deep, photometric="rgb", tile=(16, 16), compression="zlib", bigtiff=True)
    assert np.array_equal(read(data).pixels, deep)


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64])
def test_floating_point_tiff(kind: type[Any]) -> None:
    picture = read(by_tifffile(colours().astype(kind), photometric="rgb"))
    assert picture.pixels.dtype == np.float32
    assert np.allclose(picture.pixels, colours(), atol=1e-3)


def test_values_beyond_white_are_noted() -> None:
    picture = read(by_tifffile(colours() * 3, photometric="rgb"))
    assert picture.pixels.max() == 1.0
    assert any("beyond" in note for note in picture.notes)


@pytest.mark.parametrize("bits", [1, 2, 4])
def test_few_bits_of_grey_reach_white(bits: int) -> None:
    levels = (np.arange(16).reshape(2, 8) % 2**bits).astype(np.uint8)
    row = np.packbits(np.unpackbits(levels[..., None], axis=2)[..., -bits:].reshape(2, -1), axis=1)
    picture = read(header(8, 2, bits, 0, png.chunk(b"IDAT", _deflated(row))))
    assert np.array_equal(picture.pixels[..., 0], levels * (255 // (2**bits - 1)))


@pytest.mark.parametrize("form", ["PNG", "TIFF", "GIF", "BMP"])
@pytest.mark.parametrize("mode", ["1", "L", "P"])
def test_grey_and_palette(form: str, mode: str) -> None:
    image = Image.fromarray(eight_bit()).convert(mode)
    picture = read(by_pillow(image, form))
    assert np.array_equal(picture.pixels, np.asarray(image.convert("RGB")))
    assert picture.alpha is None


def test_white_is_zero() -> None:
    deep = (colours()[..., 0] * 65_535).astype(np.uint16)
    assert np.array_equal(read(by_tifffile(deep, photometric="miniswhite")).pixels[..., 0], 65_535 - deep)


@pytest.mark.parametrize("form", ["PNG", "GIF"])
def test_palette_with_transparency(form: str) -> None:
    image = Image.fromarray(eight_bit()).quantize(8)
    picture = read(by_pillow(image, form, transparency=3))
    assert picture.alpha is not None
    assert np.array_equal(picture.alpha == 0, np.asarray(image) == 3)


@pytest.mark.parametrize("depth", [8, 16])
def test_png_with_a_transparent_colour(depth: int) -> None:
    pixels = (colours() * (2**depth - 1)).astype(np.uint8 if depth == 8 else np.uint16)
    pixels[2, 3] = pixels[5, 7]
    plain = by_pillow(pixels, "PNG") if depth == 8 else _deep_png(pixels)
    key = png.chunk(b"tRNS", pixels[5, 7].astype(">u2").tobytes())
    picture = read(png.with_chunks(plain, key))
    assert picture.alpha is not None
    assert picture.alpha[2, 3] == picture.alpha[5, 7] == 0
    assert np.array_equal(picture.pixels, pixels)


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.float32])
def test_premultiplied_alpha_is_taken_out(kind: type[Any]) -> None:
    most = 1.0 if kind is np.float32 else float(np.iinfo(kind).max)
    alpha = np.full((16, 24, 1), 0.5)
    stored = (np.dstack((colours() * alpha, alpha)) * most).astype(kind)
    picture = read(by_tifffile(stored, photometric="rgb", extrasamples=["assocalpha"]))
    assert np.allclose(picture.pixels / most, colours(), atol=0.02)
    assert picture.alpha is not None


def test_alpha_that_hides_nothing_is_left_out() -> None:
    assert read(by_pillow(Image.fromarray(eight_bit()).convert("RGBA"), "PNG")).alpha is None


def test_masks_are_no_transparency() -> None:
    deep = (colours() * 65_535).astype(np.uint16)
    data = by_tifffile(np.dstack((deep, deep[..., :2])), photometric="rgb", extrasamples=[0, 0])
    assert read(data).alpha is None


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG", "TIFF", "AVIF"])
def test_first_frame_of_moving_pictures(form: str) -> None:
    first, second = (Image.new("RGB", (8, 8), colour) for colour in ((200, 0, 0), (0, 0, 200)))
    picture = read(by_pillow(first, form, save_all=True, append_images=[second]))
    assert picture.pixels[4, 4, 0] > 150 > picture.pixels[4, 4, 2]


@pytest.mark.parametrize(("form", "dpi"), [("PNG", 240), ("JPEG", 240), ("TIFF", 240), ("BMP", 240)])
def test_dpi(form: str, dpi: int) -> None:
    assert read(by_pillow(eight_bit(), form, dpi=(dpi, dpi))).dpi == pytest.approx(dpi, abs=0.05)


def test_dpi_in_centimetres() -> None:
    data = by_tifffile(eight_bit(), photometric="rgb", resolution=(100, 100), resolutionunit="CENTIMETER")
    assert read(data).dpi == pytest.approx(254)


def test_content_decides_and_not_the_suffix(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(by_pillow(eight_bit(), "PNG"))
    picture = read_picture(path)
    assert np.array_equal(picture.pixels, eight_bit())
    assert picture.name == "photo.jpg"


def test_dialogs_offer_every_kind() -> None:
    assert {".jpg", ".png", ".tif", ".webp", ".bmp", ".gif", ".heic", ".avif"} <= set(READABLE_SUFFIXES)


def line_for(path: Path) -> str:
    with pytest.raises(UnreadablePictureError) as caught:
        read_picture(path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_what_is_no_ordinary_file(tmp_path: Path) -> None:
    pipe, empty = tmp_path / "pipe.png", tmp_path / "empty.png"
    os.mkfifo(pipe)
    empty.touch()
    assert line_for(tmp_path / "none.png") == "none.png: there is no such file; a picture file is expected"
    assert "a folder" in line_for(tmp_path)
    assert "device or pipe" in line_for(pipe)
    assert "device or pipe" in line_for(Path("/dev/zero"))
    assert "empty" in line_for(empty)
    assert "null byte" in line_for(tmp_path / "a\0b.png")
    assert "too long" in line_for(tmp_path / ("x" * 300))


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "photo.png"
    path.write_bytes(b"x")
    monkeypatch.setattr(Path, "open", refuse)
    assert line_for(path) == "photo.png: no permission to read it; a picture file is expected"


def test_names_with_line_breaks_give_one_line(tmp_path: Path) -> None:
    path = tmp_path / "two\nlines.png"
    path.write_bytes(b"no picture")
    assert line_for(path).isprintable()


def test_too_large_a_file_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    with path.open("wb") as file:
        file.truncate(limits.MOST_FILE_BYTES + 1)
    assert "2.1 GB" in line_for(path)


@pytest.mark.parametrize("size", [(32_769, 1), (1, 32_769), (20_000, 20_000)])
def test_too_many_pixels(size: tuple[int, int]) -> None:
    with pytest.raises(UnreadablePictureError, match="too large; up to 32768 px a side and 300 megapixels"):
        read(header(*size, 8, 2))


def test_missing_strips_are_not_shown_as_black() -> None:
    deep = (colours(64, 64) * 65_535).astype(np.uint16)
    data = bytearray(by_tifffile(deep, photometric="rgb", compression="zlib", rowsperstrip=8, byteorder="<"))
    for at in range(10, 10 + 12 * data[8], 12):
        if int.from_bytes(data[at : at + 2], "little") in (273, 279):
            data[at + 4] = 4
    with pytest.raises(UnreadablePictureError, match="cut short"):
        read(bytes(data))


def test_too_many_bytes() -> None:
    with pytest.raises(UnreadablePictureError, match=r"up to 2\.5 GB"):
        limits.refuse_large(20_000, 14_000, 12, "photo")
    limits.refuse_large(20_000, 14_000, 6, "print")


def test_more_pixels_than_pillow_would_take(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)
    assert read(by_pillow(eight_bit(), "JPEG")).width == 24


def test_too_little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(reading, "_raster", exhausted)
    with pytest.raises(NotEnoughError, match="not enough free memory"):
        read(by_pillow(eight_bit(), "PNG"))


@pytest.mark.parametrize("error", [ValueError("a\nb"), SyntaxError(), RecursionError("x" * 900), SystemError("y")])
def test_whatever_a_decoder_raises_is_one_line(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(reading, "_raster", broken)
    with pytest.raises(UnreadablePictureError) as caught:
        read(by_pillow(eight_bit(), "PNG"))
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 300


def test_an_unknown_kind_lists_what_can_be_opened() -> None:
    with pytest.raises(UnreadablePictureError, match="JPEG, PNG, TIFF, WebP, HEIF, AVIF, GIF and BMP can"):
        formats.kind_of(b"hello", "greeting.txt")


def test_inverted_cmyk_of_adobe_is_read_upright() -> None:
    image = Image.fromarray(eight_bit())
    picture = read(by_pillow(image.convert("CMYK"), "JPEG", quality=95))
    assert np.abs(picture.pixels.astype(int) - as_uint8(colours())).mean() < 6
    assert any("CMYK" in note for note in picture.notes)


def _deep_png(pixels: Array) -> bytes:
    import imagecodecs

    return bytes(imagecodecs.png_encode(pixels))


def _deflated(rows: Array) -> bytes:
    import zlib

    return zlib.compress(b"".join(b"\x00" + row.tobytes() for row in rows))
