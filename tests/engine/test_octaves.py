import itertools

from hypothesis import given
from hypothesis import strategies as st

from inceptionist_gui.engine.octaves import fitted, octave_sizes

SIDES = st.integers(1, 20_000)


def test_sizes_fall_by_the_scale_and_end_at_full_size() -> None:
    assert octave_sizes((400, 600), 3, 2.0, 32) == ((100, 150), (200, 300), (400, 600))


def test_octaves_under_the_least_size_are_left_out() -> None:
    assert octave_sizes((100, 150), 6, 2.0, 40) == ((50, 75), (100, 150))


def test_a_picture_under_the_least_size_is_still_dreamed_whole() -> None:
    assert octave_sizes((5, 600), 6, 1.4, 32) == ((5, 600),)


@given(SIDES, SIDES, st.integers(1, 12), st.floats(1.1, 2.0), st.integers(1, 512))
def test_sizes_grow_and_never_go_under_the_least(
    height: int, width: int, octaves: int, scale: float, least: int
) -> None:
    sizes = octave_sizes((height, width), octaves, scale, least)
    assert 1 <= len(sizes) <= octaves
    assert sizes[-1] == (height, width)
    assert all(min(size) >= least for size in sizes[:-1])
    assert all(small[0] <= large[0] and small[1] <= large[1] for small, large in itertools.pairwise(sizes))


@given(SIDES, SIDES, st.integers(64, 8192))
def test_fitting_keeps_the_shape(height: int, width: int, longest: int) -> None:
    fit = fitted(height, width, longest)
    assert max(fit) == longest
    assert min(fit) >= 1
    assert abs(fit[0] * width - fit[1] * height) <= max(height, width)
