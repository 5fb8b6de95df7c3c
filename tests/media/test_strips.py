import struct
from io import BytesIO
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
import pytest
import tifffile
from PIL import Image

from inceptionist_gui.media import CannotWriteError, jpeg_strips, read_picture, read_provenance, tiff_strips
from inceptionist_gui.media.embedding import About
from inceptionist_gui.media.profiles import profile_of
from inceptionist_gui.media.strips import Compression, Page, check_page, pieces, print_format_for, strips_for
from inceptionist_gui.recipe import Provenance, Recipe

ABOUT = About("A title", "An author", "(c) somebody <&>")
MADE = Provenance(recipe=Recipe(seed=77), source="cat.jpg")


def page(depth: int = 8, profile: str = "srgb", **more: Any) -> Page:
    fields = {"quality": 95, "about": ABOUT, **more}
    return Page(61, 45, depth, 240.0, profile_of(profile), MADE, **fields)


def pixels(depth: int = 8) -> "np.ndarray[Any, np.dtype[Any]]":
    """Smooth, so that lossy formats keep it nearly."""
    rows, columns = np.mgrid[0:45, 0:61]
    shades = np.stack((rows / 45, columns / 61, (rows + columns) / 106), axis=-1)
    most, kind = (255, np.uint8) if depth == 8 else (65_535, np.uint16)
    noise = np.random.default_rng(0).integers(0, 5, shades.shape)
    return np.clip(shades * most + noise, 0, most).astype(kind)


def written(path: Path, of: Page, values: "np.ndarray[Any, np.dtype[Any]]") -> Path:
    with path.open("wb") as file:
        strips = strips_for(print_format_for(path), of, file)
        for part in pieces(values, strips.rows * max(1, 8 // strips.rows)):
            strips.write(part)
        strips.finish()
    return path


@pytest.fixture(autouse=True)
def small_strips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiff_strips, "_STRIP_BYTES", 2000)
    monkeypatch.setattr(jpeg_strips, "_STRIP_PIXELS", 61 * 16)


@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("compression", list(Compression))
@pytest.mark.parametrize("big", [False, True])
def test_tiff(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, depth: int, compression: Compression, big: bool
) -> None:
    monkeypatch.setattr(tiff_strips, "_BIG_FROM", 0 if big else 10**9)
    path = written(tmp_path / "a.tif", page(depth, compression=compression), pixels(depth))
    with tifffile.TiffFile(path) as tiff:
        assert tiff.is_bigtiff == big
        np.testing.assert_array_equal(tiff.asarray(), pixels(depth))
        first: Any = tiff.pages[0]
        tags = first.tags
        assert tags["Artist"].value == "An author"
        assert tags["Copyright"].value == ABOUT.copyright
        assert tags["ImageDescription"].value == "A title"
        assert len(tags["StripOffsets"].value) > 4
    picture = read_picture(path)
    np.testing.assert_array_equal(picture.pixels, pixels(depth))
    assert picture.dpi == 240.0
    assert picture.provenance == MADE
    with Image.open(path) as image:
        assert image.size == (61, 45)


@pytest.mark.parametrize("depth", [8, 16])
def test_png(tmp_path: Path, depth: int) -> None:
    path = written(tmp_path / "a.png", page(depth), pixels(depth))
    np.testing.assert_array_equal(imagecodecs.png_decode(path.read_bytes()), pixels(depth))
    picture = read_picture(path)
    assert picture.dpi == 240.0
    assert picture.provenance == MADE
    with Image.open(path) as image:
        assert image.text["Author"] == "An author"  # type: ignore[attr-defined]


@pytest.mark.parametrize("quality", [80, 95])
def test_jpeg_in_strips_is_jpeg(tmp_path: Path, quality: int) -> None:
    path = written(tmp_path / "a.jpg", page(quality=quality), pixels())
    together = imagecodecs.jpeg8_encode(
        pixels(), level=quality, subsampling="444" if quality >= 90 else "420", optimize=False
    )
    there, whole = (imagecodecs.jpeg8_decode(data).astype(int) for data in (path.read_bytes(), bytes(together)))
    # Colours at half resolution are blended across the strips' borders, as far as a decoder looks.
    assert np.abs(there - whole).max() <= (0 if quality >= 90 else 3)
    picture = read_picture(path)
    assert picture.dpi == 240.0
    assert picture.provenance == MADE


def test_webp(tmp_path: Path) -> None:
    path = written(tmp_path / "a.webp", page(), pixels())
    assert read_provenance(path) == MADE
    assert np.abs(read_picture(path).pixels.astype(int) - pixels()).mean() < 4


@pytest.mark.parametrize("depth", [8, 16])
def test_pdf_has_one_page_of_its_true_size(tmp_path: Path, depth: int) -> None:
    data = written(tmp_path / "a.pdf", page(depth, outside=6, bleed=3), pixels(depth)).read_bytes()
    assert data.startswith(b"%PDF-1.7")
    assert b"/MediaBox [0.0000 0.0000 18.3000 13.5000]" in data
    assert b"/BleedBox [1.8000 1.8000 16.5000 11.7000]" in data
    assert b"/TrimBox [2.7000 2.7000 15.6000 10.8000]" in data
    assert b"An author".decode().encode("utf-16-be").hex().encode() in data
    at = int(data.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    lines = data[at:].split(b"\n")
    assert lines[0] == b"xref"
    for number, entry in enumerate(lines[3:12], 1):
        place = int(entry[:10])
        assert data[place:].startswith(f"{number} 0 obj".encode())


def test_pdf_larger_than_its_units_go(tmp_path: Path) -> None:
    wide = Page(40_000, 1, 8, 72.0, profile_of("srgb"), MADE)
    data = written(tmp_path / "a.pdf", wide, np.zeros((1, 40_000, 3), np.uint8)).read_bytes()
    assert b"/UserUnit 3" in data
    assert b"13333.3333" in data


def test_a_profile_is_embedded(tmp_path: Path) -> None:
    for name in ("a.tif", "a.png", "a.jpg", "a.webp", "a.pdf"):
        data = written(tmp_path / name, page(profile="adobe-rgb"), pixels()).read_bytes()
        if name not in ("a.png",):
            assert b"Compatible with Adobe RGB (1998)" in data
        else:
            with Image.open(BytesIO(data)) as image:
                assert b"Compatible with Adobe RGB (1998)" in image.info["icc_profile"]


def test_a_long_profile_goes_into_several_segments(tmp_path: Path) -> None:
    from dataclasses import replace

    plain = page()
    long = replace(plain, profile=replace(plain.profile, data=plain.profile.data + bytes(150_000)))
    path = written(tmp_path / "a.jpg", long, pixels())
    with Image.open(path) as image:
        assert image.info["icc_profile"] == long.profile.data


def test_what_a_format_does_not_hold(tmp_path: Path) -> None:
    with pytest.raises(CannotWriteError, match="JPEG has 8 bits"):
        check_page(page(16), print_format_for(tmp_path / "a.jpg"))
    with pytest.raises(CannotWriteError, match="WebP holds 16383 px"):
        check_page(Page(20_000, 1, 8, 300.0, profile_of("srgb"), MADE), print_format_for(tmp_path / "a.webp"))
    with pytest.raises(CannotWriteError, match=r"there are .*\.pdf"):
        print_format_for(tmp_path / "a.gif")


def test_inks_go_into_tiff_and_pdf_alone(tmp_path: Path) -> None:
    from inceptionist_gui.media.profiles import Profile

    inks = Page(61, 45, 8, 240.0, Profile(b"profile", "cmyk"), MADE)
    with pytest.raises(CannotWriteError, match="holds no CMYK"):
        check_page(inks, print_format_for(tmp_path / "a.png"))
    values = np.random.default_rng(1).integers(0, 256, (45, 61, 4), dtype=np.uint8)
    path = written(tmp_path / "a.tif", inks, values)
    np.testing.assert_array_equal(tifffile.imread(path), values)
    assert struct.unpack("<H", path.read_bytes()[2:4]) == (42,)
