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


def prepare_surroundings() -> None:
    """Sets what the user has not set; to be called before torch is imported."""
    for name, value in SURROUNDINGS.items():
        os.environ.setdefault(name, value)
