"""A toy network whose every number is known."""

import pytest
import torch
from torch import Tensor, nn

from inceptionist_gui.engine.networks import Classes, Layer, Network
from inceptionist_gui.engine.networks.loading import LoadedNetwork

TOY = Network(
    name="toy",
    title="Toy",
    tells="Two filters and two classes",
    stages=(
        Layer("edges", "stage", "edges", 2, 1, 3),
        Layer("halves", "stage", "halves", 2, 2, 4),
    ),
    mean=(0.5, 0.5, 0.5),
    deviation=(0.5, 0.5, 0.5),
    least_size=8,
    input_size=16,
    megabytes=0,
    licence="Apache-2.0",
    classes=Classes(labels=("upright", "level"), other_names=(("vertical",), ())),
)


class ToyModule(nn.Module):
    """An upright and a level edge filter over the sum of the colours; the classes are their mean strength."""

    def __init__(self) -> None:
        super().__init__()
        self.edges = nn.Conv2d(3, 2, 3, padding=1, bias=False)
        self.halves = nn.AvgPool2d(2)
        sobel = torch.tensor([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]]) / 8
        with torch.no_grad():
            self.edges.weight.copy_(torch.stack((sobel, sobel.T))[:, None].expand(2, 3, 3, 3))

    def forward(self, x: Tensor) -> Tensor:
        halves: Tensor = self.halves(self.edges(x))
        return halves.square().mean((2, 3))


@pytest.fixture
def toy() -> LoadedNetwork:
    return LoadedNetwork.of(TOY, ToyModule())
