"""The job that all do, as it lies in a folder, and the serving of it."""

import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

import torch
from torch import Tensor, nn

PHOTO, WEIGHTS, PLAN = "photo.png", "googlenet.pth", "plan.json"

Size = tuple[int, int]
"""Height and width in pixels."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be dreamed, apart from the photo and the network."""

    layer: str
    iterations: int
    sizes: tuple[Size, ...]
    """Of the octaves, the full size last."""

    @property
    def full(self) -> Size:
        return self.sizes[-1]


def write_plan(folder: Path, plan: Plan) -> None:
    (folder / PLAN).write_text(json.dumps(asdict(plan)), "utf-8")


def enter_job() -> Plan:
    """Goes to the folder that the command line names: neural-dream guesses a network from its whole path."""
    os.chdir(sys.argv[1])
    plan = json.loads(Path(PLAN).read_text("utf-8"))
    return Plan(plan["layer"], plan["iterations"], tuple((height, width) for height, width in plan["sizes"]))


def photo() -> Tensor:
    """Shape (1, 3, height, width), in [0, 1]."""
    from torchvision.io import read_image

    picture: Tensor = read_image(PHOTO)[None].float() / 255
    return picture


def googlenet() -> nn.Module:
    """As its users hand it to a peer: evaluated, nothing frozen."""
    import torchvision

    module: nn.Module = torchvision.models.googlenet(weights=None, init_weights=False, aux_logits=False)
    module.load_state_dict(torch.load(WEIGHTS, weights_only=True))
    return module.eval()


def serve(dream: Callable[[], object], sizes: Sequence[Size], iterations: int) -> None:
    """Dreams for each line on stdin; says the seconds it took, and the megapixel-iterations that were in them."""
    told, work = sys.stdout, sum(height * width for height, width in sizes) * iterations / 1e6
    with redirect_stdout(sys.stderr):
        for _ in sys.stdin:
            begun = perf_counter()
            dream()
            told.write(f"{perf_counter() - begun} {work}\n")
            told.flush()
