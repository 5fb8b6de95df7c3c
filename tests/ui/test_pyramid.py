"""The halved sizes of a picture."""

import numpy as np
import pytest

from inceptionist_gui.ui.pyramid import Pyramid

pytestmark = pytest.mark.qt


@pytest.mark.parametrize("height", [1, 511, 512, 1025, 1537])
def test_halving_in_strips_is_the_mean_of_four(height: int) -> None:
    """Every other row is black: a strip that began at an odd row, or a seam, would show."""
    pixels = np.zeros((height, 8, 3), np.uint8)
    pixels[::2] = 200
    pyramid = Pyramid(pixels)
    pyramid.halve_all()
    half = pyramid._at(1) if height > 1 else pyramid._at(0)
    reds = [half.pixelColor(2, row).red() for row in range(height // 2)]
    assert all(abs(red - 100) <= 4 for red in reds)
