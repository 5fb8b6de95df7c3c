import pytest

from inceptionist_gui.errors import lacks_memory


@pytest.mark.parametrize(
    ("error", "lacks"),
    [
        (MemoryError(), True),
        (RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried"), True),
        (RuntimeError("CUDA out of memory. Tried to allocate"), True),
        (RuntimeError("could not create a primitive"), True),
        (ImportError("libtorch_cpu.so: failed to map segment from shared object"), True),
        (OSError(12, "Cannot allocate memory"), True),
        (RuntimeError("the engine coughed"), False),
        (ValueError("out of memory"), False),
    ],
)
def test_memory_runs_out_in_many_words(error: Exception, lacks: bool) -> None:
    assert lacks_memory(error) is lacks
