"""Colours of other spaces, by the book."""

import numpy as np
import pytest
from PIL import Image

from inceptionist_gui.media import Picture, icc, picture_from_bytes, png, srgb_profile
from tests.media.files import (
    ADOBE_PRIMARIES,
    P3_PRIMARIES,
    SRGB_PRIMARIES,
    Array,
    by_pillow,
    by_tifffile,
    colours,
    eight_bit,
    grey_profile,
    ink_profile,
    rgb_profile,
    srgb_of,
)

SPACES = {"Adobe RGB": ADOBE_PRIMARIES, "Display P3": P3_PRIMARIES}


def read(data: bytes) -> Picture:
    return picture_from_bytes(data, "photo")


def mild() -> Array:
    """Colours that every space holds, since what sRGB cannot show is clipped."""
    return 0.3 + 0.3 * colours()


@pytest.mark.parametrize("space", SPACES)
@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_8_bits(space: str, form: str) -> None:
    stored = np.rint(np.full((16, 16, 3), (0.35, 0.55, 0.45)) * 255).astype(np.uint8)
    asked = {"lossless": True} if form == "WEBP" else {"quality": 100} if form == "JPEG" else {}
    picture = read(by_pillow(stored, form, icc_profile=rgb_profile(SPACES[space]), **asked))
    expected = srgb_of(stored / 255, SPACES[space])
    assert picture.pixels.dtype == np.uint8
    assert np.abs(picture.pixels / 255 - expected).max() < 2.5 / 255


@pytest.mark.parametrize("space", SPACES)
@pytest.mark.parametrize("form", ["png", "tiff"])
def test_16_bits_stay_16_bits(space: str, form: str) -> None:
    stored = np.rint(mild() * 65_535).astype(np.uint16)
    profile = rgb_profile(SPACES[space])
    picture = read(_deep(stored, form, profile))
    expected = srgb_of(stored / 65_535, SPACES[space])
    assert picture.pixels.dtype == np.uint16
    assert np.abs(picture.pixels / 65_535 - expected).max() < 0.0006
    assert len(np.unique(picture.pixels)) > 300


def test_floating_point() -> None:
    data = by_tifffile(mild().astype(np.float32), photometric="rgb", iccprofile=rgb_profile(P3_PRIMARIES, 1.0))
    picture = read(data)
    assert picture.pixels.dtype == np.float32
    assert np.abs(picture.pixels - srgb_of(mild(), P3_PRIMARIES, 1.0)).max() < 0.001


def test_outside_of_srgb_is_clipped() -> None:
    stored = np.full((4, 4, 3), (0, 255, 0), np.uint8)
    pixels = read(by_pillow(stored, "PNG", icc_profile=rgb_profile(ADOBE_PRIMARIES))).pixels
    assert pixels[0, 0].tolist() == [0, 255, 0]


def test_grey_profile() -> None:
    stored = np.full((4, 4), 64, np.uint8)
    picture = read(by_pillow(stored, "PNG", icc_profile=grey_profile(1.0)))
    expected = 255 * float(srgb_of(np.full(3, 64 / 255), SRGB_PRIMARIES, 1.0)[0])
    assert np.abs(picture.pixels.astype(float) - expected).max() < 2


def test_grey_profile_of_16_bits() -> None:
    stored = np.full((4, 4), 20_000, np.uint16)
    picture = read(by_tifffile(stored, photometric="minisblack", iccprofile=grey_profile(1.0)))
    expected = 65_535 * float(srgb_of(np.full(3, 20_000 / 65_535), SRGB_PRIMARIES, 1.0)[0])
    assert picture.pixels.dtype == np.uint16
    assert np.abs(picture.pixels.astype(float) - expected).max() < 200


def test_grey_picture_with_a_colour_profile() -> None:
    stored = np.full((4, 4), 90, np.uint8)
    picture = read(by_pillow(stored, "PNG", icc_profile=srgb_profile()))
    assert picture.pixels[0, 0].tolist() == [90, 90, 90]
    assert picture.notes == ()


@pytest.mark.parametrize("form", ["JPEG", "TIFF"])
def test_inks_by_their_profile(form: str) -> None:
    inks = Image.new("CMYK", (16, 16), (255, 0, 0, 0))
    picture = read(by_pillow(inks, form, icc_profile=ink_profile()))
    red, green, blue = picture.pixels[8, 8].tolist()
    assert red > 230
    assert max(green, blue) < 40
    assert picture.notes == ()


def test_inks_without_a_profile() -> None:
    picture = read(by_pillow(Image.new("CMYK", (4, 4), (255, 0, 0, 0)), "TIFF"))
    assert picture.pixels[0, 0].tolist() == [0, 255, 255]
    assert "approximate" in picture.notes[0]


def test_other_srgb_profiles_change_no_value() -> None:
    other = rgb_profile(SRGB_PRIMARIES)
    ours = read(by_pillow(eight_bit(), "PNG", icc_profile=srgb_profile()))
    assert np.array_equal(ours.pixels, eight_bit())
    near = read(by_pillow(eight_bit(), "PNG", icc_profile=other))
    # Gamma 2.2 is nearly sRGB, but not in the shadows.
    assert 0 < np.abs(near.pixels.astype(int) - eight_bit()).max() < 10


@pytest.mark.parametrize("profile", [b"rubbish", rgb_profile(ADOBE_PRIMARIES)[:300], ink_profile()])
@pytest.mark.parametrize("form", ["png", "tiff"])
def test_a_profile_that_cannot_be_used_is_noted(profile: bytes, form: str) -> None:
    stored = np.rint(colours() * 65_535).astype(np.uint16)
    picture = read(_deep(stored, form, profile))
    assert np.array_equal(picture.pixels, stored)
    assert "taken as sRGB" in picture.notes[0]


def test_bands_meet(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = np.rint(mild() * 65_535).astype(np.uint16)
    whole, _ = icc.to_srgb(stored, rgb_profile(P3_PRIMARIES))
    monkeypatch.setattr(icc, "BAND", 24 * 3)
    assert np.array_equal(icc.to_srgb(stored, rgb_profile(P3_PRIMARIES))[0], whole)


def test_the_embedded_profile_is_the_same_each_time() -> None:
    icc.srgb_profile.cache_clear()
    first = srgb_profile()
    icc.srgb_profile.cache_clear()
    assert srgb_profile() == first


def _deep(stored: Array, form: str, profile: bytes) -> bytes:
    if form == "tiff":
        return by_tifffile(stored, photometric="rgb", iccprofile=profile)
    import imagecodecs

    return png.with_chunks(bytes(imagecodecs.png_encode(stored)), png.profile_chunk(profile))
