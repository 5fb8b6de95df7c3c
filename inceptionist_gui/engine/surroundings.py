"""What torch reads from the environment when it is loaded. No torch."""

import os

SURROUNDINGS = {
    # Idle threads sleep: spinning, they would fight the window, and other programs, for the cores. Spinning for
    # a millisecond only makes a quiet machine a sixth faster and a busy one twice as slow.
    "OMP_WAIT_POLICY": "PASSIVE",
    # A program is kept for each operation on each size of picture: the thousand of oneDNN's own choice take
    # 400 MB; of half as many none is missed.
    "ONEDNN_PRIMITIVE_CACHE_CAPACITY": "512",
    # What an Apple GPU lacks is computed on the CPU instead.
    "PYTORCH_ENABLE_MPS_FALLBACK": "1",
}


_PROGRAMS = "ONEDNN_PRIMITIVE_CACHE_CAPACITY"
_FEW_PROGRAMS = "128"


def expect_many_sizes() -> None:
    """For a picture that goes through many sizes, each once: programs of a size that is done with are let go.

    To be called before torch is imported. A print takes 100 MB less with it, and no longer.
    """
    if os.environ.get(_PROGRAMS) == SURROUNDINGS[_PROGRAMS]:
        os.environ[_PROGRAMS] = _FEW_PROGRAMS


def prepare_surroundings() -> None:
    """Sets what the user has not set; to be called before torch is imported."""
    for name, value in SURROUNDINGS.items():
        os.environ.setdefault(name, value)
