"""Skies and noise to start from."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inceptionist_gui.media import Picture, clouds, noise
from tests.media.files import Array

Maker = Callable[[int, int, int], Picture]

each_maker = pytest.mark.parametrize("make", [clouds, noise])


def halved(pixels: Array) -> Array:
    height, width = pixels.shape[0] // 2, pixels.shape[1] // 2
    mean: Array = pixels.reshape(height, 2, width, 2, 3).mean(axis=(1, 3))
    return mean


@each_maker
def test_same_seed_same_picture(make: Maker) -> None:
    assert np.array_equal(make(60, 40, 3).pixels, make(60, 40, 3).pixels)
    assert not np.array_equal(make(60, 40, 3).pixels, make(60, 40, 4).pixels)


@each_maker
@settings(max_examples=25)
@given(width=st.integers(1, 90), height=st.integers(1, 90), seed=st.integers(0, 999_999))
def test_any_size(make: Maker, width: int, height: int, seed: int) -> None:
    pixels = make(width, height, seed).pixels
    assert pixels.shape == (height, width, 3)
    assert pixels.dtype == np.float32
    assert pixels.flags.c_contiguous
    assert np.isfinite(pixels).all()
    assert pixels.min() >= 0.0
    assert pixels.max() <= 1.0


@pytest.mark.parametrize(("make", "alike"), [(clouds, 0.98), (noise, 0.9)])
@pytest.mark.parametrize("seed", range(3))
def test_twice_the_size_is_the_same_composition(make: Maker, alike: float, seed: int) -> None:
    small, large = halved(make(192, 128, seed).pixels), halved(halved(make(384, 256, seed).pixels))
    assert np.corrcoef(small.ravel(), large.ravel())[0, 1] > alike
    assert np.abs(small - large).mean() < 0.04


@pytest.mark.parametrize("seed", range(6))
def test_a_sky_is_blue_above_and_pale_below_with_bright_clouds(seed: int) -> None:
    pixels = clouds(192, 128, seed).pixels
    red, blue = pixels[..., 0], pixels[..., 2]
    assert (blue - red)[:32].mean() > (blue - red)[-32:].mean()
    assert np.mean(blue - red > 0.2) > 0.2
    assert np.mean((red > 0.75) & (np.abs(red - blue) < 0.15)) > 0.03
    assert np.mean(pixels >= 1.0) < 0.01


@pytest.mark.parametrize("seed", range(4))
def test_noise_is_soft_and_natural(seed: int) -> None:
    pixels = noise(256, 256, seed).pixels
    assert abs(pixels.mean() - 0.5) < 0.08
    assert 0.05 < pixels.std() < 0.16
    assert -3.2 < spectral_slope(pixels.mean(axis=2)) < -1.6


def spectral_slope(grey: Array) -> float:
    """Of the radially averaged power spectrum; photographs have about -2."""
    size = grey.shape[0]
    window = np.hanning(size)[:, None] * np.hanning(size)
    power = np.abs(np.fft.fftshift(np.fft.fft2((grey - grey.mean()) * window))) ** 2
    y, x = np.indices(power.shape) - size // 2
    ring = np.hypot(x, y).astype(int).ravel()
    mean = np.bincount(ring, power.ravel()) / np.bincount(ring)
    rings = np.arange(4, size // 4)
    return float(np.polyfit(np.log(rings), np.log(mean[rings]), 1)[0])
