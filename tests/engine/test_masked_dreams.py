"""Dreams that leave a part of the picture as it is."""

import math

import numpy as np
import numpy.typing as npt
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inceptionist_gui.engine.dream import dream
from inceptionist_gui.engine.frame import Frame
from inceptionist_gui.engine.memory import Budget
from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.recipe import LayerGoal, Mask, Priors, Recipe, Scale, Strength, with_value

EDGES, HALVES = LayerGoal(layer="edges"), LayerGoal(layer="halves", channels=(1,))
RECIPE = Recipe(
    size=96,
    goals=(EDGES,),
    strength=Strength(iterations=3, step_size=0.02),
    scale=Scale(octaves=3, octave_scale=1.5, jitter=4),
    priors=Priors(smoothness=0.3, total_variation=0.4),
)

Bits = npt.NDArray[np.unsignedinteger]


def photo(kind: type[np.unsignedinteger] = np.uint8, height: int = 64, width: int = 96) -> Bits:
    most = np.iinfo(kind).max
    return np.random.default_rng(5).integers(most // 8, most - most // 8, (height, width, 3)).astype(kind)


def disc(row: float, column: float, radius: float, strength: int = 255, size: tuple[int, int] = (64, 96)) -> Mask:
    """A disc, its place and radius in shares of the mask's height and width."""
    rows, columns = np.mgrid[: size[0], : size[1]]
    inside = (rows / size[0] - row) ** 2 + (columns / size[1] - column) ** 2 < radius**2
    return Mask.of((inside * strength).astype(np.uint8))


def last(recipe: Recipe, toy: LoadedNetwork, picture: Bits | None = None, budget: Budget | None = None) -> Frame:
    return list(dream(photo() if picture is None else picture, recipe, toy, budget))[-1]


def masked(recipe: Recipe, mask: Mask | None) -> Recipe:
    return recipe.model_copy(update={"mask": mask})


def rounded(frame: Frame, kind: type[np.unsignedinteger]) -> Bits:
    levels: Bits = np.rint(frame.floats() * np.float32(np.iinfo(kind).max)).astype(kind)
    return levels


places = st.tuples(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.02, 0.6), st.integers(1, 255))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    goals=st.lists(places, min_size=1, max_size=2),
    whole=st.none() | places,
    kind=st.sampled_from([np.uint8, np.uint16]),
    small=st.booleans(),
    momentum=st.sampled_from([0.0, 0.9]),
)
def test_what_no_mask_lets_change_is_the_photo_to_the_bit(
    toy: LoadedNetwork,
    goals: list[tuple[float, float, float, int]],
    whole: tuple[float, float, float, int] | None,
    kind: type[np.unsignedinteger],
    small: bool,
    momentum: float,
) -> None:
    masks = [disc(*place) for place in goals]
    around = disc(*whole) if whole else None
    wanted = tuple(g.model_copy(update={"mask": m}) for g, m in zip((EDGES, HALVES), masks, strict=False))
    recipe = masked(RECIPE.model_copy(update={"goals": wanted}), around)
    recipe = with_value(recipe, "strength.momentum", momentum)
    untouched = np.maximum.reduce([mask.array() for mask in masks]) == 0
    if around is not None:
        untouched |= around.array() == 0
    picture = photo(kind)
    for frame in dream(picture, recipe, toy, Budget(2**18) if small else None):
        assert (rounded(frame, kind)[untouched] == picture[untouched]).all()
    assert untouched.all() or (rounded(frame, kind)[~untouched] != picture[~untouched]).any()


def test_a_picture_scaled_down_stays_as_it_was_scaled(toy: LoadedNetwork) -> None:
    mask = disc(0.5, 0.5, 0.3)
    frame = last(masked(RECIPE, mask), toy, photo(height=128, width=192))
    untouched = mask.array() == 0
    assert (frame.pixels()[untouched] == frame.photo_pixels()[untouched]).all()


def change(frame: Frame, where: npt.NDArray[np.bool_]) -> float:
    detail = frame.floats() - frame.photo_floats()
    return math.sqrt(float(np.square(detail[where]).mean()))


@pytest.mark.parametrize("radius", [0.12, 0.4])
def test_a_part_moves_as_far_as_it_would_in_the_whole_dream(toy: LoadedNetwork, radius: float) -> None:
    mask = disc(0.5, 0.5, radius)
    where = mask.array() > 0
    whole, part = last(RECIPE, toy), last(masked(RECIPE, mask), toy)
    assert change(part, where) == pytest.approx(change(whole, where), rel=0.25)


def test_half_the_strength_moves_about_half_as_far(toy: LoadedNetwork) -> None:
    whole, half = disc(0.5, 0.5, 0.3), disc(0.5, 0.5, 0.3, strength=128)
    where = whole.array() > 0
    free = RECIPE.model_copy(update={"priors": Priors()})
    share = change(last(masked(free, half), toy), where) / change(last(masked(free, whole), toy), where)
    assert 0.4 < share < 0.65


def test_a_goals_mask_is_the_dreams_where_there_is_no_other_goal(toy: LoadedNetwork) -> None:
    mask = disc(0.5, 0.5, 0.3)
    goals = (EDGES.model_copy(update={"mask": mask}),)
    np.testing.assert_array_equal(
        last(RECIPE.model_copy(update={"goals": goals}), toy).floats(), last(masked(RECIPE, mask), toy).floats()
    )


def test_each_goal_draws_where_its_mask_is(toy: LoadedNetwork) -> None:
    left, right = disc(0.5, 0.2, 0.19), disc(0.5, 0.8, 0.19)
    upright = LayerGoal(layer="edges", channels=(0,), mask=left)
    level = LayerGoal(layer="edges", channels=(1,), mask=right)
    frame = last(RECIPE.model_copy(update={"goals": (upright, level)}), toy)

    def grown(mask: Mask) -> list[float]:
        """How many times as strong as in the photo upright and level edges are."""
        inside = torch.from_numpy(mask.array() > 0)
        strengths = []
        for floats in (frame.floats(), frame.photo_floats()):
            picture = torch.from_numpy(floats).permute(2, 0, 1)[None]
            edges = toy.compiled(["edges"])(toy.normalised(picture))["edges"][0]
            strengths.append(edges[:, inside].square().mean(1))
        return (strengths[0] / strengths[1]).tolist()

    (upright_left, level_left), (upright_right, level_right) = grown(left), grown(right)
    assert upright_left > 1.3 * level_left
    assert level_right > 1.3 * upright_right


def test_a_full_mask_is_no_mask(toy: LoadedNetwork) -> None:
    full = Mask.of(np.full((3, 3), 255, np.uint8))
    np.testing.assert_array_equal(last(masked(RECIPE, full), toy).floats(), last(RECIPE, toy).floats())


def test_blocks_do_not_show(toy: LoadedNetwork) -> None:
    """One iteration: the tiles of small memory lie elsewhere, and from then on the dreams part."""
    once = with_value(
        with_value(masked(RECIPE, disc(0.4, 0.5, 0.4, 200)), "scale.octaves", 1), "strength.iterations", 1
    )
    whole, blocks = (last(once, toy, budget=budget).floats() for budget in (None, Budget(2**19)))
    assert np.abs(whole - blocks).mean() < 0.02 * np.abs(whole - photo() / 255.0).mean()


def test_a_mask_changed_in_mid_run_counts_from_the_next_iteration(toy: LoadedNetwork) -> None:
    frames = dream(photo(), RECIPE, toy)
    next(frames)
    mask = disc(0.5, 0.5, 0.3)
    frame = frames.send(masked(RECIPE, mask))
    untouched = mask.array() == 0
    assert (frame.pixels()[untouched] == photo()[untouched]).all()
    assert (frame.pixels()[~untouched] != photo()[~untouched]).any()


@pytest.mark.parametrize("octaves", [1, 3])
def test_masks_that_leave_nothing_leave_the_photo_and_say_so(toy: LoadedNetwork, octaves: int) -> None:
    empty = Mask.of(np.zeros((2, 2), np.uint8))
    frame = last(with_value(masked(RECIPE, empty), "scale.octaves", octaves), toy)
    np.testing.assert_array_equal(frame.pixels(), photo())
    assert frame.note == "The masks leave nothing to dream"


class TestMuted:
    def test_goals_that_do_not_count_are_as_if_they_were_not_there(self, toy: LoadedNetwork) -> None:
        muted = HALVES.model_copy(update={"muted": True})
        alone = last(RECIPE, toy).floats()
        np.testing.assert_array_equal(
            last(RECIPE.model_copy(update={"goals": (muted, EDGES)}), toy).floats(), alone
        )
        solo = EDGES.model_copy(update={"solo": True})
        np.testing.assert_array_equal(
            last(RECIPE.model_copy(update={"goals": (HALVES, solo)}), toy).floats(), alone
        )

    def test_with_every_goal_muted_nothing_grows_and_that_is_said(self, toy: LoadedNetwork) -> None:
        goals = (EDGES.model_copy(update={"muted": True}),)
        frames = list(dream(photo(), RECIPE.model_copy(update={"goals": goals}), toy))
        assert len(frames) == 9
        np.testing.assert_array_equal(frames[-1].pixels(), photo())
        assert frames[-1].note == "Every goal is muted: nothing grows"

    def test_a_goal_that_is_heard_again_grows_from_the_next_iteration(self, toy: LoadedNetwork) -> None:
        silent = RECIPE.model_copy(update={"goals": (EDGES.model_copy(update={"muted": True}),)})
        frames = dream(photo(), silent, toy)
        next(frames)
        frame = frames.send(RECIPE)
        assert frame.note == ""
        assert (frame.pixels() != photo()).any()
