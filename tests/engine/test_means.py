import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from inceptionist_gui.engine.means import PowerMean, root_mean_square


@given(st.lists(st.integers(1, 50), min_size=1, max_size=6), st.sampled_from([1, 2]))
def test_parts_give_the_mean_of_the_whole(lengths: list[int], power: int) -> None:
    parts = [torch.randn(length, generator=torch.Generator().manual_seed(length)) for length in lengths]
    mean = PowerMean(power)
    for part in parts:
        mean.add(part)
    wanted = torch.cat(parts).abs().pow(power).mean().pow(1 / power)
    assert mean.value == pytest.approx(float(wanted), rel=1e-5)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=4), st.sampled_from([1, 2]), st.floats(0.01, 1.0))
def test_weights_say_what_counts_and_not_how_large_it_is(widths: list[int], power: int, scale: float) -> None:
    chance = torch.Generator().manual_seed(len(widths))
    mean, counted = PowerMean(power), []
    for width in widths:
        values = torch.randn(1, 3, 4, width, generator=chance)
        weights = (torch.rand(1, 1, 4, width, generator=chance) < 0.5).float()
        mean.add(values, weights * scale)
        counted.append(values[weights.expand_as(values) > 0])
    wanted = torch.cat(counted)
    if len(wanted):
        assert mean.value == pytest.approx(float(wanted.abs().pow(power).mean().pow(1 / power)), rel=1e-4)
    else:
        assert mean.value == 1.0


def test_a_mean_can_always_be_divided_by() -> None:
    assert root_mean_square(torch.tensor([3.0, 4.0, 0.0, 0.0])) == pytest.approx(2.5)
    assert root_mean_square(torch.zeros(4)) > 0.0
    assert PowerMean(1).value > 0.0
