import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from torch.nn import functional as F  # noqa: N812

from inceptionist_gui.engine.blocks import Block
from inceptionist_gui.engine.raster import Held
from inceptionist_gui.engine.resample import Kernel, resampled, resized


def some(height: int, width: int) -> torch.Tensor:
    return torch.rand(1, 3, height, width, generator=torch.Generator().manual_seed(height))


@pytest.mark.parametrize("before", [(40, 60), (300, 7), (33, 33), (5, 3)])
@pytest.mark.parametrize("after", [(56, 84), (20, 30), (64, 2), (300, 400), (40, 60)])
def test_it_is_torchs_antialiased_bicubic(before: tuple[int, int], after: tuple[int, int]) -> None:
    wanted = F.interpolate(some(*before), after, mode="bicubic", antialias=True, align_corners=False)
    torch.testing.assert_close(resized(some(*before), after), wanted, rtol=0, atol=2e-5)


SIDES = st.integers(1, 90)


@given(SIDES, SIDES, SIDES, SIDES, st.data())
def test_a_part_is_the_same_as_in_the_whole(
    height: int, width: int, rows: int, columns: int, data: st.DataObject
) -> None:
    top, left = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, columns - 1))
    part = Block(
        slice(top, data.draw(st.integers(top + 1, rows))), slice(left, data.draw(st.integers(left + 1, columns)))
    )
    source = Held(some(height, width))
    whole = resampled(source, (rows, columns), Block.whole((rows, columns)))
    torch.testing.assert_close(
        resampled(source, (rows, columns), part), whole[..., *part.index], rtol=0, atol=1e-5
    )


@given(SIDES, SIDES, SIDES, SIDES)
def test_linear_is_as_torch_has_it(height: int, width: int, rows: int, columns: int) -> None:
    # Of one row or column torch's own is wrong (2.14): it repeats the first value.
    assume(min(height, width, rows, columns) > 1)
    picture = some(height, width)
    found = resampled(Held(picture), (rows, columns), Block.whole((rows, columns)), Kernel.LINEAR)
    wanted = F.interpolate(picture, (rows, columns), mode="bilinear", antialias=True)
    torch.testing.assert_close(found, wanted, rtol=0, atol=2e-5)


def test_resizing_keeps_flat_areas_and_same_sizes_alone() -> None:
    flat = torch.full((1, 3, 50, 40), 0.3)
    torch.testing.assert_close(resized(flat, (17, 90)), torch.full((1, 3, 17, 90), 0.3))
    assert resized(flat, (50, 40)) is flat


def test_reducing_does_not_alias() -> None:
    stripes = torch.arange(64).remainder(2).float().expand(1, 3, 64, 64)
    assert float(resized(stripes, (16, 16))[..., 4:-4].std()) < 0.02
