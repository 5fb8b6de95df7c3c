import numpy as np
import pytest

from inceptionist_gui.render.heat import colours, overlaid


def test_lightness_rises_in_even_steps() -> None:
    table = colours()
    linear = np.where(table <= 0.04045, table / 12.92, ((table + 0.055) / 1.055) ** 2.4)
    # CIE L*, another measure than the one the table is made in.
    light = linear @ np.array((0.2126, 0.7152, 0.0722))
    lightness = 116 * np.cbrt(np.maximum(light, 0.008856)) - 16
    # Below, L* is not the cube root.
    steps = np.diff(lightness[32:])
    assert steps.min() > 0
    assert steps.std() < 0.1 * steps.mean()
    assert (table.min(), table.max()) >= (0.0, 0.9)
    assert table.shape == (256, 3)


def test_without_heat_the_picture_is_grey_and_dimmed() -> None:
    rng = np.random.default_rng(1)
    pixels = rng.integers(0, 255, (8, 9, 3), dtype=np.uint8)
    shown = overlaid(pixels, np.zeros((8, 9), np.float32))
    assert np.ptp(shown, axis=2).max() == 0
    assert shown.max() < 0.5 * pixels.max()


def test_heat_is_coloured_where_it_is() -> None:
    heat = np.zeros((8, 9), np.float32)
    heat[2, 3] = 1.0
    shown = overlaid(np.full((8, 9, 3), 100, np.uint8), heat)
    assert shown[2, 3].astype(int).sum() > 2 * shown[0, 0].astype(int).sum()
    assert shown[2, 3, 0] > shown[2, 3, 2] + 20


@pytest.mark.parametrize("kind", [np.uint16, np.float32])
def test_any_kind_of_pixels(kind: type) -> None:
    full = 65535 if kind is np.uint16 else 1
    wanted = overlaid(np.full((2, 2, 3), 255, np.uint8), np.full((2, 2), 0.5, np.float32))
    found = overlaid(np.full((2, 2, 3), full, kind), np.full((2, 2), 0.5, np.float32))
    np.testing.assert_array_equal(found, wanted)
