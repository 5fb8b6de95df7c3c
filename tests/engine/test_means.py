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


def test_a_mean_can_always_be_divided_by() -> None:
    assert root_mean_square(torch.tensor([3.0, 4.0, 0.0, 0.0])) == pytest.approx(2.5)
    assert root_mean_square(torch.zeros(4)) > 0.0
    assert PowerMean(1).value > 0.0
