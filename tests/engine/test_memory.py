import pytest
import torch

from inceptionist_gui.engine import objectives
from inceptionist_gui.engine.memory import Budget, keep_freed_blocks, memory_share
from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.engine.transforms import reflected_window
from inceptionist_gui.errors import lacks_memory
from inceptionist_gui.recipe import LayerGoal
from tests.engine.directed import directed

GOALS = (LayerGoal(layer="edges"),)
PICTURE = torch.rand(1, 3, 700, 700, generator=torch.Generator().manual_seed(1))

faults = pytest.mark.parametrize(
    "fault",
    [
        MemoryError(),
        RuntimeError("[enforce fail at alloc_cpu.cpp:127] DefaultCPUAllocator: can't allocate memory"),
        RuntimeError("could not create a primitive"),
        torch.OutOfMemoryError("CUDA out of memory"),
        RuntimeError("MPS backend out of memory (MPS allocated: 5.56 GB, max allowed: 6.80 GB)"),
        RuntimeError("Invalid buffer size: 9.75 GB"),
    ],
    ids=["python", "cpu", "onednn", "cuda", "mps", "metal"],
)


def failing_above(side: int, fault: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory runs out wherever a window is larger than this."""

    def window(picture: torch.Tensor, top: int, left: int, size: tuple[int, int]) -> torch.Tensor:
        if max(size) > side:
            raise fault
        return reflected_window(picture, top, left, size)

    monkeypatch.setattr(objectives, "reflected_window", window)


@faults
def test_when_memory_runs_out_the_tiles_are_halved_and_it_goes_on(
    toy: LoadedNetwork, fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing_above(400, fault, monkeypatch)
    budget = Budget(2**30)
    found = directed(PICTURE, GOALS, toy, budget=budget)
    assert torch.isfinite(found).all()
    assert budget.size < 2**30
    assert "smaller tiles" in budget.note


@faults
def test_when_nothing_helps_the_fault_goes_on(
    toy: LoadedNetwork, fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing_above(8, fault, monkeypatch)
    with pytest.raises(type(fault)) as told:
        directed(PICTURE, GOALS, toy, budget=Budget(2**30))
    assert lacks_memory(told.value)


def test_other_faults_are_not_taken_for_a_lack_of_memory(
    toy: LoadedNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing_above(8, RuntimeError("shapes differ"), monkeypatch)
    with pytest.raises(RuntimeError, match="shapes differ"):
        directed(PICTURE, GOALS, toy, budget=Budget())
    assert not lacks_memory(RuntimeError("shapes differ"))


def test_the_share_is_bounded_and_keeping_blocks_is_harmless() -> None:
    assert 2**29 <= memory_share() == Budget().size <= 3 * 2**30
    keep_freed_blocks(Budget().size)
