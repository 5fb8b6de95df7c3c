"""What is to grow: a number that each goal gives a picture, and the direction in which the mix of them grows."""

import random
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from inceptionist_gui.engine.blocks import Block
from inceptionist_gui.engine.coverage import Coverage
from inceptionist_gui.engine.devices import give_back
from inceptionist_gui.engine.guide import guided
from inceptionist_gui.engine.means import PowerMean
from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.engine.octaves import Size
from inceptionist_gui.engine.raster import COLOURS, Raster, Source, weights_at
from inceptionist_gui.engine.scaling import LossScale
from inceptionist_gui.engine.store import Store
from inceptionist_gui.engine.taps import LOGITS
from inceptionist_gui.engine.tiles import Place, places
from inceptionist_gui.engine.transforms import reflected_window
from inceptionist_gui.engine.ways import Way, way_through
from inceptionist_gui.errors import lacks_memory
from inceptionist_gui.recipe import ClassGoal, DirectionGoal, Goal, GuideGoal, LayerGoal, NeuronGoal

Scales = Mapping[Goal, LossScale]
"""One for each goal, kept through a dream."""

_LEAST_LENGTH = 1e-6
_LEAST_COSINE = 0.1
"""So that a picture with no likeness yet is drawn towards one (as in lucid's direction objectives)."""
_NOTHING = 1e-4
"""Share of the goals' weights; a mix of gradients below it points nowhere."""


def tap_of(goal: Goal) -> str:
    """The layer whose outputs the goal looks at."""
    return LOGITS if isinstance(goal, ClassGoal) else goal.layer


def value(goal: Goal, outputs: Tensor, network: LoadedNetwork, picture: Size, place: Place) -> Tensor:
    """The scalar that the goal wants to grow, its weight left out, for one tile of a picture of this size.

    The values of all tiles add up to the picture's. float32: half precision does not hold the squares.
    """
    outputs = outputs.float()
    match goal:
        case ClassGoal():
            # The logit is a mean over the window; times the area, tiles of any size count alike.
            return outputs[0, network.description.class_index(goal.label)] * (place.window[0] * place.window[1])
        case NeuronGoal():
            return _neuron(goal, outputs, network.description.layer(goal.layer).stride, picture, place)
        case LayerGoal():
            chosen = outputs[:, list(goal.channels)] if goal.channels else outputs
            return chosen.square().sum() / 2
        case DirectionGoal():
            return pointing(outputs, goal.vector).sum()
        case GuideGoal():
            return guided(outputs, goal, network).sum()


def pointing(outputs: Tensor, vector: Sequence[float]) -> Tensor:
    """How strongly and how exactly outputs (N, C, H, W) point one way, at each place; shape (N, H, W).

    The dot product with the unit vector times the square of the cosine (after Carter et al. 2019): the product
    alone would take anything strong for a likeness.
    """
    wanted = torch.tensor(vector, device=outputs.device)
    along = torch.einsum("nchw,c->nhw", outputs, wanted / wanted.norm().clamp_min(_LEAST_LENGTH))
    cosine = along / outputs.norm(dim=1).clamp_min(_LEAST_LENGTH)
    pointing: Tensor = along * cosine.clamp_min(_LEAST_COSINE).square()
    return pointing


def direction(
    picture: Source,
    goals: Sequence[Goal],
    network: LoadedNetwork,
    *,
    jitter: int,
    chance: random.Random,
    store: Store,
    scales: Scales,
    coverage: Coverage | None = None,
) -> Raster:
    """Where the picture should move for the goals to grow.

    It is seen through windows shifted at random by up to `jitter` pixels, mirrored beyond its borders: a circular
    shift would bleed one edge into the other. Each goal's gradient is brought to unit RMS over the whole picture
    before its weight is applied, so that weights mean what they say whatever the layer; with a coverage, over
    where it counts, and tiles where none does are left out. The network's activations take about as much memory
    as the store's budget allows; where that is not to be had after all, the budget is halved and the tiles are
    smaller.
    """
    while True:
        try:
            tiled = _tiled(picture, goals, network, jitter, chance, store, scales, coverage)
            return _mixed(goals, *tiled, store, coverage)
        except (RuntimeError, MemoryError) as error:
            if not lacks_memory(error) or not store.budget.halve():
                raise
        # Here and not above: the fault holds the tensors of the try until it is forgotten.
        give_back(store.device)


def _tiled(
    picture: Source,
    goals: Sequence[Goal],
    network: LoadedNetwork,
    jitter: int,
    chance: random.Random,
    store: Store,
    scales: Scales,
    coverage: Coverage | None,
) -> tuple[Sequence[Raster], Sequence[PowerMean]]:
    """Each goal's gradient over the whole picture, and its RMS where it counts."""
    names = sorted({tap_of(goal) for goal in goals})
    way = way_through(network, names, picture.size, store.budget.activations)
    gradients = [store.raster(picture.size, torch.bfloat16) for _ in goals]
    means = [PowerMean(2) for _ in goals]
    for place in places(picture.size, way.grid, way.reach, jitter, chance):
        tile = Block(place.rows, place.columns)
        if coverage and not coverage[tile].any():
            for whole in gradients:
                whole[tile] = torch.zeros(1, COLOURS, *tile.size, device=store.device)
            continue
        parts = _gradients(picture, goals, network, way, place, scales)
        for goal, (whole, mean, part) in enumerate(zip(gradients, means, parts, strict=True)):
            whole[tile] = part
            mean.add(part, coverage[tile] * coverage.share(goal, tile) if coverage else None)
    return gradients, means


def _mixed(
    goals: Sequence[Goal],
    gradients: Sequence[Raster],
    means: Sequence[PowerMean],
    store: Store,
    coverage: Coverage | None,
) -> Raster:
    """The goals' gradients, each at unit RMS times its weight and its share, added up; they are used up."""
    total, mixed = gradients[0], PowerMean(2)
    for block in store.blocks(total.size):
        parts = (
            gradient[block] * (goal.weight / mean.value)
            for goal, gradient, mean in zip(goals, gradients, means, strict=True)
        )
        if coverage:
            parts = (part * coverage.share(goal, block) for goal, part in enumerate(parts))
        total[block] = sum(parts, start=next(parts))
        mixed.add(total[block], weights_at(coverage, block))
    if mixed.value > _NOTHING * sum(abs(goal.weight) for goal in goals):
        return total
    # Goals that cancel leave rounding errors, which must not be made a step of full length.
    for block in store.blocks(total.size):
        total[block] = torch.zeros_like(total[block])
    return total


def _gradients(
    picture: Source,
    goals: Sequence[Goal],
    network: LoadedNetwork,
    way: Way,
    place: Place,
    scales: Scales,
) -> Sequence[Tensor]:
    """Each goal's gradient over one tile, in the tile's size."""
    # The leaf is what the network takes: the way back through the normalisation is one division, done below.
    leaf = network.normalised(seen(picture, place)).requires_grad_()
    with torch.enable_grad():
        outputs = way.run(leaf, Block(*place.inner))
        values = [value(goal, outputs[tap_of(goal)], network, picture.size, place) for goal in goals]
    rows, columns = place.inner
    gradients = []
    for index, (goal, grown) in enumerate(zip(goals, values, strict=True)):
        gradient = scales[goal].gradient(grown, leaf, retain_graph=index + 1 < len(values))
        gradients.append(gradient[..., rows, columns] / network.deviation)
    return gradients


def seen(picture: Source, place: Place) -> Tensor:
    """What the place's window shows of the picture, mirrored beyond its borders."""
    top, left = place.row - place.top, place.column - place.left
    bottom, right = top + place.window[0], left + place.window[1]
    height, width = picture.size
    shown = Block(slice(max(0, top), min(height, bottom)), slice(max(0, left), min(width, right)))
    return reflected_window(picture[shown], top - shown.rows.start, left - shown.columns.start, place.window)


def _neuron(goal: NeuronGoal, outputs: Tensor, stride: int, picture: Size, place: Place) -> Tensor:
    """The neuron's output where its place lies in this tile; elsewhere a zero that still has a gradient."""
    y, x = goal.y * (picture[0] - 1), goal.x * (picture[1] - 1)
    if not (place.rows.start <= int(y) < place.rows.stop and place.columns.start <= int(x) < place.columns.stop):
        return outputs.sum() * 0.0
    row = int((y - place.row + place.top) / stride)
    column = int((x - place.column + place.left) / stride)
    return outputs[0, goal.channel, min(row, outputs.shape[-2] - 1), min(column, outputs.shape[-1] - 1)]
