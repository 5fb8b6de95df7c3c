from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inceptionist_gui.errors import UserError
from inceptionist_gui.render.print_job import (
    Orientation,
    PrintJob,
    gap_of,
    layout_of,
    print_job,
    print_job_from_text,
)

PREVIEW = 400, 600


def job(**fields: Any) -> PrintJob:
    return print_job(**{"source": Path("a.png"), "output": Path("b.tif"), **fields})


def test_one_side_gives_the_other() -> None:
    assert layout_of(job(width=254.0, dpi=300), PREVIEW).picture == (2000, 3000)
    assert layout_of(job(height=254.0, dpi=300), PREVIEW).picture == (3000, 4500)
    assert layout_of(job(width=254.0, dpi=300), PREVIEW).part == (0, 0, 600, 400)


def test_both_sides_cut_the_picture() -> None:
    layout = layout_of(job(width=254.0, height=254.0, dpi=100), PREVIEW)
    assert layout.picture == (1000, 1000)
    assert layout.part == (100, 0, 500, 400)


@pytest.mark.parametrize(
    ("orientation", "wanted"),
    [
        (Orientation.GIVEN, (841, 594)),
        (Orientation.AUTO, (594, 841)),
        (Orientation.LANDSCAPE, (594, 841)),
        (Orientation.PORTRAIT, (841, 594)),
    ],
)
def test_sheets_lie_as_they_are_asked_to(orientation: Orientation, wanted: tuple[int, int]) -> None:
    layout = layout_of(job(width=594.0, height=841.0, dpi=25.4, orientation=orientation), PREVIEW)
    assert layout.picture == wanted


def test_bleed_goes_beyond_the_sheet_and_marks_lie_outside() -> None:
    asked = job(width=100.0, height=100.0, dpi=254.0, bleed=3.0, marks=True)
    layout = layout_of(asked, PREVIEW)
    assert layout.picture == (1060, 1060)
    assert (layout.bleed, layout.outside, layout.page) == (30, 60, (1180, 1180))
    marks = layout.marks(gap_of(asked))
    assert len(marks) == 8
    for rows, columns in marks:
        inside = range(60, 1120)
        assert not (
            set(range(rows.start, rows.stop)) & set(inside) and set(range(*columns.indices(1180))) & set(inside)
        )
    # Up to the edge that is cut, not into it.
    assert {columns.stop for rows, columns in marks if rows.start == 0 and columns.start > 50} == {90, 1091}


def test_without_marks_there_is_nothing_outside() -> None:
    layout = layout_of(job(width=100.0), PREVIEW)
    assert (layout.outside, layout.marks(5)) == (0, [])


def test_a_part_is_cut_out() -> None:
    layout = layout_of(job(width=100.0, crop=(0.5, 0.25, 0.5, 0.5)), PREVIEW)
    assert layout.part == (300, 100, 600, 300)


@given(
    st.floats(10, 3000),
    st.floats(10, 3000),
    st.tuples(st.floats(0, 0.7), st.floats(0, 0.7), st.floats(0.1, 1), st.floats(0.1, 1)),
    st.integers(20, 3000),
    st.integers(20, 3000),
)
def test_the_part_lies_in_the_picture_and_has_its_shape(
    width: float, height: float, crop: tuple[float, float, float, float], rows: int, columns: int
) -> None:
    layout = layout_of(job(width=width, height=height, dpi=72, crop=crop), (rows, columns))
    left, top, right, bottom = layout.part
    assert 0 <= left < right <= columns
    assert 0 <= top < bottom <= rows
    wanted = layout.picture[1] / layout.picture[0]
    fits = [(right - left + x) / (bottom - top + y) for x in (-1, 1) for y in (-0.99, 1)]
    assert min(fits) <= wanted <= max(fits) or min(right - left, bottom - top) == 1


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "width: a width"),
        ({"width": 20_000.0, "dpi": 2400}, "megapixels"),
        ({"width": 100.0, "crop": (1.0, 0.0, 0.5, 0.5)}, "nothing of the picture"),
    ],
)
def test_sizes_that_cannot_be(fields: dict[str, Any], told: str) -> None:
    with pytest.raises(UserError, match=told):
        layout_of(job(**fields), PREVIEW)


@pytest.mark.parametrize(
    "fields", [{"width": 0.0}, {"dpi": 5}, {"detail": 3}, {"quality": 0}, {"bleed": -1}, {"nonsense": 1}]
)
def test_fields_out_of_range(fields: dict[str, Any]) -> None:
    with pytest.raises(UserError, match=next(iter(fields))):
        job(**fields)


def test_as_text_and_back() -> None:
    before = job(source=Path("a\udc80b.png"), width=600.0, goals=(0, 2), title="ä", crop=(0.0, 0.1, 0.5, 0.5))
    assert print_job_from_text(before.text(), "job") == before


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"source": 3}'])
def test_text_that_is_no_job(text: str) -> None:
    with pytest.raises(UserError, match="job"):
        print_job_from_text(text, "job")
