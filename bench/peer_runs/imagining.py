"""The job of `bench.recognised`, as it lies in a folder, and the serving of it: a class in a given time."""

import os
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from time import perf_counter

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from inceptionist_gui.engine.networks.lite import EfficientNetLite

WEIGHTS, PICTURE = "lite0.pth", "picture.npy"
SIZE = 288
"""px; of the side."""
LOGITS = "logits"
"""The layer whose outputs are the classes' logits."""

_MEAN, _DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""ImageNet's, with which the peers normalise."""
_TRIAL = 8
"""Steps that tell how long one takes."""
_LEAST = 8

Imagining = Callable[[int, int], npt.NDArray[np.float32]]
"""From a class's number and a number of steps to a picture of shape (SIZE, SIZE, 3), in [0, 1]."""


def enter_job() -> nn.Module:
    """Goes to the folder that the command line names; gives the network in it, ready to be looked through."""
    os.chdir(sys.argv[1])
    module = EfficientNetLite(1.0, 1.0, 1000)
    module.load_state_dict(torch.load(WEIGHTS, weights_only=True))
    module.register_forward_pre_hook(_as_trained)
    # Frozen, as few of their users will have it: their time goes to the picture alone.
    return module.eval().requires_grad_(False)


def _as_trained(_: nn.Module, inputs: tuple[Tensor]) -> tuple[Tensor]:
    """The peers normalise pictures as ImageNet's; this network was trained on them from -1 to 1."""
    mean, deviation = (inputs[0].new_tensor(values)[:, None, None] for values in (_MEAN, _DEVIATION))
    return ((inputs[0] * deviation + mean) * 2.0 - 1.0,)


def serve(imagine: Imagining) -> None:
    """For each line on stdin, a class's number and seconds, makes as many steps as fit the time.

    Puts the picture into the folder and says the steps and the seconds they took.
    """
    told = sys.stdout
    with redirect_stdout(sys.stderr):
        for line in sys.stdin:
            index, seconds = line.split()
            begun = perf_counter()
            imagine(int(index), _TRIAL)
            steps = max(_LEAST, int(float(seconds) / (perf_counter() - begun) * _TRIAL))
            begun = perf_counter()
            picture = imagine(int(index), steps)
            np.save(Path(PICTURE), np.ascontiguousarray(picture, dtype=np.float32).clip(0.0, 1.0))
            told.write(f"{steps} {perf_counter() - begun}\n")
            told.flush()
