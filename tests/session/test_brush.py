"""Strokes, gradients and selections as arithmetic."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inceptionist_gui.session.brush import FULL, Brush, Dab, Levels, Stroke
from inceptionist_gui.session.mask_values import feathered, gradient, resized, selection

SHAPE = 60, 90
inside = st.tuples(st.floats(0, 90), st.floats(0, 60))
anywhere = st.tuples(st.floats(-300, 300), st.floats(-300, 300))
brushes = st.builds(Brush, st.floats(0.1, 200), st.floats(0, 1), st.floats(0.01, 1))


def painted(brush: Brush, *points: tuple[float, float], on: int = 0, aim: int = FULL) -> Levels:
    values = np.full(SHAPE, on, np.uint8)
    stroke = Stroke(values, brush, aim)
    for point in points:
        stroke.to(Dab(point))
    return values


def test_a_hard_dab_is_a_disc_in_full() -> None:
    values = painted(Brush(20, hardness=1.0), (45.0, 30.0))
    down, across = np.mgrid[:60, :90] + 0.5
    distance = np.hypot(across - 45, down - 30)
    assert (values[distance < 9.5] == FULL).all()
    assert (values[distance > 10.5] == 0).all()


def test_a_soft_dab_fades_from_its_middle() -> None:
    row = painted(Brush(40, hardness=0.0), (45.0, 30.0))[30]
    right = row[45:70].astype(int)
    assert right[0] > 240
    assert (np.diff(right) <= 0).all()
    assert 60 < right[10] < 200
    assert right[-1] == 0


def test_a_line_is_one_even_band_however_far_its_points_lie_apart() -> None:
    values = painted(Brush(12, hardness=1.0), (10.0, 30.0), (80.0, 30.0))
    assert (values[30, 10:80] == FULL).all()
    assert (values[30] == values[29]).all()


def test_a_stroke_that_crosses_itself_is_no_fuller_there() -> None:
    brush = Brush(12, hardness=1.0, strength=0.5)
    values = painted(brush, (10.0, 10.0), (80.0, 50.0), (80.0, 10.0), (10.0, 50.0))
    assert values.max() == round(FULL / 2)


def test_an_eraser_takes_away() -> None:
    values = painted(Brush(12, hardness=1.0), (45.0, 30.0), on=FULL, aim=0)
    assert values[30, 45] == 0
    assert values[0, 0] == FULL


def test_pressure_makes_a_stroke_wider_on_its_way() -> None:
    values = np.zeros(SHAPE, np.uint8)
    stroke = Stroke(values, Brush(30, hardness=1.0))
    stroke.to(Dab((15.0, 30.0), size=0.2))
    stroke.to(Dab((75.0, 30.0), size=1.0))
    widths = (values == FULL).sum(axis=0)
    assert 4 < widths[16] < 8
    assert widths[16] < widths[45] < widths[74]


def test_given_up_it_leaves_no_trace() -> None:
    values = np.random.default_rng(1).integers(0, 255, SHAPE, np.uint8)
    before = values.copy()
    stroke = Stroke(values, Brush(50))
    stroke.to(Dab((45.0, 30.0)))
    assert (values != before).any()
    stroke.give_up()
    assert (values == before).all()


@settings(max_examples=60)
@given(brush=brushes, points=st.lists(anywhere, min_size=1, max_size=4), on=st.integers(0, 255))
def test_only_what_was_told_is_touched_and_only_towards_the_aim(
    brush: Brush, points: list[tuple[float, float]], on: int
) -> None:
    values = np.full(SHAPE, on, np.uint8)
    stroke = Stroke(values, brush)
    for point in points:
        before = values.copy()
        touched = stroke.to(Dab(point))
        assert (values >= before).all()
        elsewhere = np.ones(SHAPE, bool)
        elsewhere[touched] = False
        assert (values[elsewhere] == before[elsewhere]).all()


@settings(max_examples=40)
@given(start=inside, end=inside, radial=st.booleans())
def test_a_gradient_is_full_at_its_start_and_empty_at_its_end(
    start: tuple[float, float], end: tuple[float, float], radial: bool
) -> None:
    drawn = gradient(SHAPE, start, end, radial=radial)
    assert drawn.shape == SHAPE
    assert drawn.min() >= 0.0
    assert drawn.max() <= 1.0
    if np.hypot(end[0] - start[0], end[1] - start[1]) > 10:
        at = [(min(int(y), 59), min(int(x), 89)) for x, y in (start, end)]
        assert drawn[at[0]] > 0.9
        assert drawn[at[1]] < 0.1


def test_a_selection_has_the_softness_asked_for() -> None:
    heat = np.linspace(0.0, 1.0, 101, dtype=np.float32)[None]
    chosen = selection(heat, 0.5, 0.2)[0]
    assert (chosen[:40] == 0.0).all()
    assert chosen[50] == pytest.approx(0.5, abs=0.01)
    assert (chosen[61:] == 1.0).all()


def test_feathering_keeps_the_mean_and_softens_the_edge() -> None:
    values = np.zeros(SHAPE, np.uint8)
    values[20:40, 30:60] = FULL
    soft = feathered(values, 3.0)
    assert soft.mean() == pytest.approx(values.mean(), rel=0.05)
    assert 60 < soft[30, 30] < 200


def test_another_size_is_the_same_picture() -> None:
    values = np.zeros((4, 6), np.uint8)
    values[:, 3:] = FULL
    large = resized(values, (40, 60))
    assert (large[:, :20] == 0).all()
    assert (large[:, 40:] == FULL).all()
    assert resized(large, (40, 60)) is large
