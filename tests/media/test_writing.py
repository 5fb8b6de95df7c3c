"""Pictures out: whole or not at all, with everything that belongs inside."""

import errno
import os
import stat
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from inceptionist_gui.errors import NotEnoughError, UserError
from inceptionist_gui.media import (
    FORMATS,
    CannotWriteError,
    Format,
    Picture,
    as_uint8,
    as_uint16,
    encoded,
    format_for,
    format_named,
    picture_from_bytes,
    read_picture,
    srgb_profile,
    write_picture,
)
from tests.media.files import colours, eight_bit, picture, provenance

EVERY = [(form, depth) for form in FORMATS for depth in form.depths]
EXACT = [(form, depth) for form, depth in EVERY if not form.lossy]


def named(case: tuple[Format, int]) -> str:
    return f"{case[0].name} {case[1]}"


@pytest.mark.parametrize("case", EVERY, ids=named)
@pytest.mark.parametrize("alpha", [False, True])
def test_everything_comes_back(case: tuple[Format, int], alpha: bool, tmp_path: Path) -> None:
    form, depth = case
    path = tmp_path / f"dream{form.suffixes[0]}"
    write_picture(picture(alpha=alpha), path, depth=depth, dpi=150)
    back = read_picture(path)
    assert back.pixels.dtype == (np.uint16 if depth == 16 else np.uint8)
    assert back.dpi == 150
    assert back.provenance == provenance()
    assert (back.alpha is not None) == (alpha and form.holds_alpha)
    assert (back.name, back.notes) == (path.name, ())


@pytest.mark.parametrize("case", EXACT, ids=named)
def test_exact_formats_are_exact(case: tuple[Format, int]) -> None:
    form, depth = case
    made = picture(alpha=True)
    assert made.alpha is not None
    back = picture_from_bytes(encoded(made, form, depth=depth), "dream")
    convert = as_uint16 if depth == 16 else as_uint8
    assert np.array_equal(back.pixels, convert(made.pixels))
    assert back.alpha is not None
    assert np.array_equal(back.alpha, convert(made.alpha))


@settings(max_examples=30)
@given(
    width=st.integers(1, 70),
    height=st.integers(1, 70),
    case=st.sampled_from(EXACT),
    alpha=st.booleans(),
    seed=st.integers(0, 99),
)
def test_any_shape_comes_back(width: int, height: int, case: tuple[Format, int], alpha: bool, seed: int) -> None:
    form, depth = case
    chance = np.random.default_rng(seed)
    kind = np.uint16 if depth == 16 else np.uint8
    most = np.iinfo(kind).max
    pixels = chance.integers(0, most, (height, width, 3), kind, endpoint=True)
    hidden = chance.integers(0, most, (height, width), kind) if alpha else None
    back = picture_from_bytes(encoded(Picture(pixels, hidden), form, depth=depth), "dream")
    assert np.array_equal(back.pixels, pixels)
    if hidden is None:
        assert back.alpha is None
    else:
        assert back.alpha is not None
        assert np.array_equal(back.alpha, hidden)


@pytest.mark.parametrize("form", [form for form in FORMATS if form.lossy], ids=lambda form: form.name)
def test_lossy_formats_are_close_and_follow_the_quality(form: Format) -> None:
    made = picture(96, 64)
    back = picture_from_bytes(encoded(made, form, quality=95), "dream")
    assert np.abs(back.pixels.astype(int) - as_uint8(made.pixels)).mean() < 2
    assert len(encoded(made, form, quality=30)) < len(encoded(made, form, quality=95))


@pytest.mark.parametrize("case", EVERY, ids=named)
def test_same_picture_same_bytes(case: tuple[Format, int]) -> None:
    form, depth = case
    assert encoded(picture(alpha=True), form, depth=depth) == encoded(picture(alpha=True), form, depth=depth)


@pytest.mark.parametrize("case", EVERY, ids=named)
def test_other_programs_find_profile_and_resolution(case: tuple[Format, int], tmp_path: Path) -> None:
    form, depth = case
    path = tmp_path / f"dream{form.suffixes[0]}"
    write_picture(picture(), path, depth=depth, dpi=150)
    with Image.open(path) as image:
        image.load()
        assert image.info["icc_profile"] == srgb_profile()
        dpi = image.info["dpi"][0] if "dpi" in image.info else image.getexif()[282]
    assert float(dpi) == pytest.approx(150, abs=0.02)


def test_busy_jpeg() -> None:
    """Pillow's own writer gives up on such pictures."""
    busy = np.random.default_rng(0).integers(0, 256, (700, 700, 3), np.uint8)
    assert picture_from_bytes(encoded(Picture(busy), format_named("jpeg")), "busy").width == 700


def test_jpeg_lays_transparency_on_white() -> None:
    hidden = Picture(eight_bit(), alpha=np.zeros((16, 24), np.uint8))
    assert picture_from_bytes(encoded(hidden, format_named("jpeg")), "white").pixels.min() > 250


def test_floats_are_rounded_plainly() -> None:
    grey = Picture(np.full((2, 2, 3), 0.5, np.float32))
    assert picture_from_bytes(encoded(grey, format_named("png")), "grey").pixels[0, 0, 0] == 128


@pytest.mark.parametrize("suffix", [".PNG", ".Tif", ".JPEG", ".webp"])
def test_suffix_names_the_format(suffix: str) -> None:
    assert suffix.lower() in format_for(Path(f"dream{suffix}")).suffixes


@pytest.mark.parametrize("name", ["dream.gif", "dream", "dream.", ".png"])
def test_unknown_suffix_lists_those_there_are(name: str) -> None:
    with pytest.raises(CannotWriteError, match=r"there are \.png, \.tif, \.tiff, \.jpg, \.jpeg, \.webp"):
        format_for(Path(name))


@pytest.mark.parametrize(
    ("name", "asked", "said"),
    [
        ("a.jpg", {"depth": 16}, "a.jpg: depth: JPEG has 8 bits per channel, not 16"),
        ("a.png", {"depth": 9}, "a.png: depth: PNG has 8 or 16 bits per channel, not 9"),
        ("a.jpg", {"quality": 101}, "a.jpg: quality: 1 to 100 is expected, not 101"),
        ("a.jpg", {"dpi": 0}, "a.jpg: dpi: 2 to 65535 is expected, not 0"),
        ("a.jpg", {"dpi": float("nan")}, "a.jpg: dpi: 2 to 65535 is expected, not nan"),
    ],
)
def test_what_a_format_does_not_offer(name: str, asked: dict[str, int], said: str, tmp_path: Path) -> None:
    with pytest.raises(CannotWriteError) as caught:
        write_picture(picture(), tmp_path / name, **asked)
    assert str(caught.value) == said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "side"), [("a.webp", 16_384), ("a.jpg", 65_536)])
def test_sides_beyond_the_format(name: str, side: int, tmp_path: Path) -> None:
    with pytest.raises(CannotWriteError, match=rf"{name}: {side} x 1 px: .* holds up to {side - 1} px a side"):
        write_picture(Picture(np.zeros((1, side, 3), np.uint8)), tmp_path / name)


def test_places_where_nothing_can_be_saved(tmp_path: Path) -> None:
    folder, pipe = tmp_path / "folder.png", tmp_path / "pipe.png"
    folder.mkdir()
    os.mkfifo(pipe)
    for path, said in {
        folder: "a folder or device",
        pipe: "a folder or device",
        tmp_path / "none" / "a.png": "there is no folder",
        tmp_path / "a\0b.png": "null byte",
        tmp_path / f"{'x' * 300}.png": "too long",
    }.items():
        with pytest.raises(CannotWriteError, match=said) as caught:
            write_picture(picture(), path)
        assert str(caught.value).isprintable()
    assert sorted(tmp_path.iterdir()) == [folder, pipe]


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(CannotWriteError, match=r"a\.png: no permission to write it"):
        write_picture(picture(), tmp_path / "a.png")


@pytest.mark.parametrize(
    ("error", "kind", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), NotEnoughError, "the disk is full; 1 MB free would do"),
        (OSError(errno.EIO, "Input/output error"), CannotWriteError, "input/output error"),
        (PermissionError(errno.EACCES, "Permission denied"), CannotWriteError, "no permission"),
        (KeyboardInterrupt("stop"), KeyboardInterrupt, "stop"),
    ],
)
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_failure_leaves_the_old_file_and_nothing_else(
    step: str,
    error: BaseException,
    kind: type[BaseException],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise error

    path = tmp_path / "dream.png"
    path.write_bytes(b"the old one")
    monkeypatch.setattr(os if step == "fsync" else Path, step, fail)
    with pytest.raises(kind, match=said) as caught:
        write_picture(picture(), path)
    assert isinstance(error, KeyboardInterrupt) or isinstance(caught.value, UserError)
    assert path.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [path]


def test_full_disk_is_exit_3(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs a device that is always full")
    with pytest.raises(OSError, match="No space left") as caught, Path("/dev/full").open("wb", 0) as full:
        full.write(b"x")
    from inceptionist_gui.media import writing

    assert writing._told(caught.value, tmp_path / "a.png", 5_000_001).exit_code == 3
    assert "6 MB" in str(writing._told(caught.value, tmp_path / "a.png", 5_000_001))


def test_permissions_follow_the_umask_and_then_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "dream.png"
    before = os.umask(0o027)
    try:
        write_picture(picture(), path)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    path.chmod(0o604)
    write_picture(picture(), path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o604


def test_links_stay_links(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    target, link = tmp_path / "elsewhere" / "dream.png", tmp_path / "link.png"
    link.symlink_to(target)
    write_picture(picture(), link)
    assert link.is_symlink()
    assert read_picture(target).width == 24
    assert [path.name for path in target.parent.iterdir()] == ["dream.png"]


def test_link_that_leads_round_gives_one_line(tmp_path: Path) -> None:
    link = tmp_path / "link.png"
    link.symlink_to(link)
    with pytest.raises(CannotWriteError):
        write_picture(picture(), link)


def test_colours_are_not_changed_by_saving_again() -> None:
    form = format_named("png")
    once = picture_from_bytes(encoded(Picture(colours()), form, depth=16), "a")
    assert encoded(once, form, depth=16) == encoded(Picture(colours()), form, depth=16)
