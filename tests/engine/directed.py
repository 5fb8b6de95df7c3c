"""The engine's ways with rasters, for tests that think in tensors."""

import random
from collections import defaultdict
from collections.abc import Sequence

import torch

from inceptionist_gui.engine.ascent import shaped
from inceptionist_gui.engine.blocks import Block
from inceptionist_gui.engine.memory import Budget
from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.engine.objectives import direction
from inceptionist_gui.engine.raster import Held, Source
from inceptionist_gui.engine.scaling import LossScale
from inceptionist_gui.engine.store import Store
from inceptionist_gui.recipe import Goal, Texture

PLENTY = 2**31


def everything(source: Source) -> torch.Tensor:
    return source[Block.whole(source.size)]


def directed(
    picture: torch.Tensor,
    goals: Sequence[Goal],
    network: LoadedNetwork,
    *,
    jitter: int = 0,
    chance: random.Random | None = None,
    budget: Budget | None = None,
) -> torch.Tensor:
    store = Store(budget or Budget(PLENTY))
    chance = chance or random.Random(0)
    scales: defaultdict[Goal, LossScale] = defaultdict(LossScale)
    return everything(
        direction(Held(picture), goals, network, jitter=jitter, chance=chance, store=store, scales=scales)
    )


def shape(
    velocity: torch.Tensor, texture: Texture, step: float = 1.0, budget: Budget | None = None
) -> torch.Tensor:
    """A move of the given length."""
    store = Store(budget or Budget(PLENTY))
    move = shaped(Held(velocity), Held(torch.empty_like(velocity)), texture, step, store)
    return move[Block.whole((velocity.shape[-2], velocity.shape[-1]))]
