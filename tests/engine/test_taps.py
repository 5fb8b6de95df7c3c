import pytest
import torch
from torch import nn

from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.engine.taps import LOGITS, tapped


def hooks(module: nn.Module) -> int:
    return sum(len(part._forward_hooks) for part in module.modules())


def test_taps_hold_the_outputs_of_the_last_pass(toy: LoadedNetwork) -> None:
    picture = torch.rand(1, 3, 8, 8)
    with tapped(toy.module, {"edges", LOGITS}) as taps:
        taps.run(picture)
        assert torch.equal(taps[LOGITS], toy.module(picture))
        assert taps["edges"].shape == (1, 2, 8, 8)


def test_nothing_is_computed_beyond_the_deepest_tap(toy: LoadedNetwork) -> None:
    passed: list[nn.Module] = []
    toy.module.get_submodule("halves").register_forward_hook(lambda module, *_: passed.append(module))
    with tapped(toy.module, {"edges"}) as taps:
        taps.run(torch.rand(1, 3, 8, 8))
        assert LOGITS not in taps
    assert not passed


def test_the_network_is_left_as_it_was_even_after_a_fault(toy: LoadedNetwork) -> None:
    def fail() -> None:
        with tapped(toy.module, {"edges", "halves"}) as taps:
            assert hooks(toy.module) == 2
            taps.run(torch.rand(1, 5, 8, 8))

    with pytest.raises(RuntimeError):
        fail()
    assert hooks(toy.module) == 0
