import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from inceptionist_gui.engine.transforms import reflected_window, smoothed


@given(st.integers(2, 9), st.integers(2, 9), st.integers(0, 20), st.integers(0, 20))
def test_window_mirrors_as_numpy_does(height: int, width: int, top: int, left: int) -> None:
    picture = torch.arange(3.0 * height * width).reshape(1, 3, height, width)
    seen = reflected_window(picture, -top, -left, (height + 2 * top, width + 2 * left))
    mirrored = np.pad(picture.numpy(), ((0, 0), (0, 0), (top, top), (left, left)), mode="reflect")
    np.testing.assert_array_equal(seen.numpy(), mirrored)


@given(st.integers(1, 9), st.integers(-30, 30), st.integers(1, 30))
def test_window_may_lie_anywhere(extent: int, start: int, length: int) -> None:
    row = torch.arange(float(extent)).expand(1, 3, 1, extent)
    before, after = max(0, -start), max(0, start + length - extent)
    mirrored = np.pad(np.arange(float(extent)), (before, after), mode="reflect")[max(0, start) :][:length]
    seen = reflected_window(row, 0, start, (1, length))
    np.testing.assert_array_equal(seen[0, 0, 0].numpy(), mirrored)


def test_window_within_the_picture_is_a_cut() -> None:
    picture = torch.rand(1, 3, 12, 10)
    assert torch.equal(reflected_window(picture, 2, 3, (4, 5)), picture[..., 2:6, 3:8])


def test_a_row_of_one_pixel_can_be_mirrored_too() -> None:
    assert torch.equal(
        reflected_window(torch.full((1, 3, 1, 4), 0.25), -3, 0, (8, 4)), torch.full((1, 3, 8, 4), 0.25)
    )


def test_smoothing_is_the_mean_of_nine_and_keeps_borders() -> None:
    point = torch.zeros(1, 1, 5, 5)
    point[..., 2, 2] = 9.0
    assert torch.equal(smoothed(point)[0, 0, 1:4, 1:4], torch.ones(3, 3))
    torch.testing.assert_close(smoothed(torch.ones(1, 3, 4, 4)), torch.ones(1, 3, 4, 4))
