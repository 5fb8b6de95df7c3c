"""Where a picture is dreamed."""

import numpy as np
import numpy.typing as npt
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from inceptionist_gui.engine.blocks import Block
from inceptionist_gui.engine.coverage import Coverage, Coverages, Stretched
from inceptionist_gui.recipe import LayerGoal, Mask
from tests.engine.directed import everything

CPU = torch.device("cpu")


def mask(*rows: list[int]) -> Mask:
    return Mask.of(np.array(rows, np.uint8))


def coverage(*masks: Mask | None, whole: Mask | None = None) -> Coverage:
    return Coverage(masks, whole, (1, 3), CPU)


WHOLE = Block.whole((1, 3))


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 9), st.integers(1, 9), st.integers(0, 99))
def test_a_stretched_mask_is_nothing_where_nothing_is_seen_of_it(
    rows: int, columns: int, height: int, width: int, seed: int
) -> None:
    chance = np.random.default_rng(seed)
    values: npt.NDArray[np.uint8] = (chance.random((height, width)) < 0.3).astype(np.uint8) * np.uint8(255)
    found = everything(Stretched(Mask.of(values), (rows, columns), CPU))[0, 0]
    assert float(found.min()) >= 0.0
    assert float(found.max()) <= 1.0 + 1e-6
    for row in range(rows):
        for column in range(columns):
            # All that is within a pixel's reach, of whichever of the two sizes is coarser.
            spans = [
                (max(0, int((at + 0.5) * before / after - reach)), int((at + 0.5) * before / after + reach) + 1)
                for at, before, after in ((row, height, rows), (column, width, columns))
                for reach in (max(1.0, before / after) + 0.5,)
            ]
            if not values[slice(*spans[0]), slice(*spans[1])].any():
                assert float(found[row, column]) == 0.0


def test_parts_of_a_stretched_mask_are_those_of_the_whole() -> None:
    values = np.random.default_rng(2).integers(0, 256, (30, 20), dtype=np.uint8)
    source = Stretched(Mask.of(values), (300, 310), CPU)
    part = Block(slice(64, 200), slice(8, 310))
    torch.testing.assert_close(source[part], everything(source)[..., *part.index], rtol=0, atol=1e-6)


def test_a_full_mask_is_full_at_every_size() -> None:
    found = everything(Stretched(mask([255, 255], [255, 255]), (7, 9), CPU))
    torch.testing.assert_close(found, torch.ones(1, 1, 7, 9))


def test_goals_that_are_masked_alike_only_fade_together() -> None:
    half = mask([255, 128, 0])
    cover = coverage(half, half)
    torch.testing.assert_close(cover[WHOLE][0, 0, 0], torch.tensor([1.0, 128 / 255, 0.0]))
    for goal in (0, 1):
        assert cover.share(goal, WHOLE)[0, 0, 0].tolist() == [1.0, 1.0, 1.0]


def test_a_place_changes_as_its_strongest_goal_and_the_others_in_proportion() -> None:
    cover = coverage(None, mask([255, 51, 0]))
    assert cover[WHOLE][0, 0, 0].tolist() == [1.0, 1.0, 1.0]
    torch.testing.assert_close(cover.share(1, WHOLE)[0, 0, 0], torch.tensor([1.0, 0.2, 0.0]))


def test_the_mask_of_the_whole_dream_counts_for_every_goal() -> None:
    cover = coverage(None, mask([255, 255, 0]), whole=mask([0, 51, 51]))
    torch.testing.assert_close(cover[WHOLE][0, 0, 0], torch.tensor([0.0, 0.2, 0.2]))
    assert cover.share(0, WHOLE)[0, 0, 0].tolist() == [1.0, 1.0, 1.0]


def test_nothing_is_kept_where_nothing_is_to_change() -> None:
    kept = coverage(mask([255, 1, 0])).kept(torch.ones(1, 3, 1, 3), WHOLE)
    assert kept[0, 0, 0].tolist() == [1.0, 1.0, 0.0]


@pytest.mark.parametrize(
    ("masks", "whole", "nowhere"),
    [
        ((mask([0, 0]),), None, True),
        ((mask([0, 0]), None), None, False),
        ((None,), mask([0, 0]), True),
        ((mask([0, 1]),), mask([0, 1]), False),
    ],
)
def test_it_is_known_where_nothing_can_change(
    masks: tuple[Mask | None, ...], whole: Mask | None, nowhere: bool
) -> None:
    assert coverage(*masks, whole=whole).nowhere is nowhere


class TestCoverages:
    def test_there_is_none_where_all_counts_in_full(self) -> None:
        coverages, full = Coverages(CPU), mask([255, 255])
        goals = (LayerGoal(layer="edges"), LayerGoal(layer="edges", mask=full))
        assert coverages.of(goals, None, (4, 4)) is None
        assert coverages.of(goals, full, (4, 4)) is None
        assert coverages.of((), mask([0, 255]), (4, 4)) is None

    def test_it_is_made_anew_only_for_other_masks(self) -> None:
        coverages, goal = Coverages(CPU), LayerGoal(layer="edges", mask=mask([0, 255]))
        first = coverages.of((goal,), None, (4, 4))
        coverages.of((goal,), None, (8, 8))
        heavier = goal.model_copy(update={"weight": 0.5})
        assert coverages.of((heavier,), None, (4, 4)) is first
        assert coverages.of((goal,), mask([255, 9]), (4, 4)) is not first
