"""Whatever a file holds: a valid picture, or one line."""

import tracemalloc
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inceptionist_gui.errors import UserError
from inceptionist_gui.media import Picture, picture_from_bytes
from inceptionist_gui.media.reading import read_provenance
from tests.media.damaged import odd_files, whole_files

LONGEST_LINE = 400
LITTLE_MEMORY = 120_000_000


@cache
def _odd() -> dict[str, bytes]:
    return dict(odd_files())


@cache
def _whole() -> dict[str, bytes]:
    return whole_files()


def loaded(data: bytes, name: str) -> Picture | None:
    """The picture, after it was checked, or None for a line, after it was checked."""
    try:
        picture = picture_from_bytes(data, name)
    except UserError as error:
        _check_line(str(error))
        return None
    _check(picture)
    return picture


def _check_line(line: str) -> None:
    assert line.isprintable()
    assert ": " in line
    assert len(line) < LONGEST_LINE


def _check(picture: Picture) -> None:
    pixels, alpha = picture.pixels, picture.alpha
    assert pixels.shape == (picture.height, picture.width, 3)
    assert pixels.size > 0
    assert pixels.dtype in (np.uint8, np.uint16, np.float32)
    assert pixels.flags.c_contiguous
    assert alpha is None or (alpha.shape == pixels.shape[:2] and alpha.dtype == pixels.dtype)
    assert pixels.dtype != np.float32 or (pixels.min() >= 0.0 and pixels.max() <= 1.0)
    for note in picture.notes:
        assert note.isprintable()


def test_there_are_enough_of_them() -> None:
    assert len(_odd()) >= 100


@pytest.mark.parametrize("name", list(_odd()))
def test_odd_file_loads_or_gives_one_line(
    name: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    loaded(_odd()[name], name)
    said = capfd.readouterr()
    assert (said.out, said.err, caplog.messages) == ("", "", [])


@pytest.mark.parametrize("name", [name for name in _odd() if "bomb" in name])
def test_bomb_takes_little_memory(name: str) -> None:
    tracemalloc.start()
    try:
        loaded(_odd()[name], name)
        assert tracemalloc.get_traced_memory()[1] < LITTLE_MEMORY
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "name", [name for name in _odd() if name.startswith(("recipe", "XMP", "text bomb", "EXIF", "ICC"))]
)
def test_damaged_metadata_is_no_reason_to_refuse_the_picture(name: str) -> None:
    picture = loaded(_odd()[name], name)
    assert picture is not None
    assert picture.provenance is None


@pytest.mark.parametrize("name", ["recipe half.png", "recipe newer.webp", "recipe huge.png", "recipe bomb.png"])
def test_damaged_recipe_is_noted(name: str) -> None:
    picture = loaded(_odd()[name], name)
    assert picture is not None
    assert any(name in note for note in picture.notes)


@pytest.mark.parametrize("name", list(_whole()))
def test_file_cut_anywhere_is_whole_or_refused(name: str) -> None:
    data = _whole()[name]
    whole = picture_from_bytes(data, name)
    for end in range(0, len(data), max(1, len(data) // 60)):
        picture = loaded(data[:end], name)
        assert picture is None or np.array_equal(picture.pixels, whole.pixels), end


@settings(max_examples=150)
@given(
    name=st.sampled_from(sorted(_whole())),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=6)), max_size=6),
    end=st.floats(0, 1),
)
def test_mutated_file_loads_or_gives_one_line(name: str, changes: list[tuple[float, bytes]], end: float) -> None:
    data = bytearray(_whole()[name])
    for share, patch in changes:
        at = int(share * len(data))
        data[at : at + len(patch)] = patch
    loaded(bytes(data[: max(1, round(len(data) * max(end, 0.2)))]), name)


@settings(max_examples=60)
@given(data=st.binary(max_size=200), kind=st.sampled_from(sorted(_whole())))
def test_rubbish_behind_a_true_beginning_gives_one_line(data: bytes, kind: str) -> None:
    assert loaded(_whole()[kind][:16] + data, kind) is None


@pytest.mark.parametrize("name", [name for name in _odd() if name.startswith(("recipe", "XMP", "cut", "bomb"))])
def test_reading_the_recipe_alone_gives_one_line(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("odd") / "picture"
    path.write_bytes(_odd()[name])
    try:
        read_provenance(path)
    except UserError as error:
        _check_line(str(error))
