import itertools

import numpy as np
import pytest
import torch

from inceptionist_gui.engine.frame import Frame
from inceptionist_gui.engine.imagine import imagine
from inceptionist_gui.engine.memory import Budget
from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.recipe import (
    NO_PRIORS,
    ClassGoal,
    DirectionGoal,
    Goal,
    Guide,
    GuideGoal,
    Imagine,
    LayerGoal,
    Magnitudes,
    Mask,
    Mode,
    NeuronGoal,
    Parameterization,
    Recipe,
    with_value,
)

RECIPE = Recipe(
    mode=Mode.IMAGINE,
    size=96,
    goals=(ClassGoal(label="upright"),),
    imagine=Imagine(steps=20, octaves=2, crops=2, working_size=96, rate=0.1, purity=0.0),
    # The toy's logits are small beside the priors of real networks.
    natural=NO_PRIORS.model_copy(update={"robustness": 0.3}),
)
GROWN = with_value(RECIPE, "size", 160)


def run(recipe: Recipe, *networks: LoadedNetwork) -> list[Frame]:
    return list(imagine(recipe, networks))


def strength(frame: Frame, network: LoadedNetwork) -> tuple[float, float]:
    picture = torch.from_numpy(frame.floats()).permute(2, 0, 1)[None]
    upright, level = network.logits(picture)[0].tolist()
    return upright, level


def test_one_frame_for_each_step(toy: LoadedNetwork) -> None:
    frames = run(RECIPE, toy)
    assert [(f.octave, f.iteration) for f in frames] == [(o, i) for o in (1, 2) for i in range(1, 11)]
    assert [frame.last for frame in frames] == [False] * 19 + [True]
    assert frames[-1].done == pytest.approx(1.0)
    assert all(a.done < b.done for a, b in itertools.pairwise(frames))
    assert all(frame.full_size == (96, 96) for frame in frames)


def test_goals_that_do_not_count_are_as_if_they_were_not_there(toy: LoadedNetwork) -> None:
    muted = ClassGoal(label="level", muted=True)
    both = RECIPE.model_copy(update={"goals": (*RECIPE.goals, muted)})
    np.testing.assert_array_equal(run(both, toy)[-1].floats(), run(RECIPE, toy)[-1].floats())


def test_with_every_goal_muted_that_is_said(toy: LoadedNetwork) -> None:
    silent = RECIPE.model_copy(update={"goals": (ClassGoal(label="level", muted=True),)})
    assert {frame.note for frame in run(silent, toy)} == {"Every goal is muted: nothing grows"}


def test_masks_do_not_count_and_that_is_said(toy: LoadedNetwork) -> None:
    mask = Mask.of(np.zeros((2, 2), np.uint8))
    goal = ClassGoal(label="upright", mask=mask)
    masked = GROWN.model_copy(update={"goals": (goal,), "mask": mask})
    frames = run(masked, toy)
    np.testing.assert_array_equal(frames[-1].floats(), run(GROWN, toy)[-1].floats())
    assert {frame.note for frame in frames} == {"Masks count for dreams alone: what is imagined has no places yet"}


def test_a_guide_is_imagined(toy: LoadedNetwork) -> None:
    wave = np.round(128 + 90 * np.sin(0.8 * np.arange(24))).astype(np.uint8)
    guide = Guide.of(np.ascontiguousarray(np.broadcast_to(wave[None, :, None], (24, 24, 3))))
    frame = run(RECIPE.model_copy(update={"goals": (GuideGoal(layer="edges", picture=guide),)}), toy)[-1]
    upright, level = strength(frame, toy)
    assert upright > 1.5 * level


def test_before_anything_is_imagined_there_is_grey(toy: LoadedNetwork) -> None:
    assert set(run(RECIPE, toy)[0].photo_pixels().flatten().tolist()) <= {127, 128}


@pytest.mark.parametrize("parameterization", [Parameterization.PIXELS, Parameterization.SPECTRUM])
def test_the_class_grows_whatever_the_picture_is_made_of(
    toy: LoadedNetwork, parameterization: Parameterization
) -> None:
    frames = run(with_value(RECIPE, "imagine.parameterization", parameterization), toy)
    (before, _), (after, other) = strength(frames[0], toy), strength(frames[-1], toy)
    assert after > 1.5 * before
    assert after > 1.5 * other


def test_a_neuron_grows_where_phases_alone_move(toy: LoadedNetwork) -> None:
    def neuron(frame: Frame) -> float:
        picture = torch.from_numpy(frame.floats()).permute(2, 0, 1)[None]
        halves = toy.compiled(["halves"])(toy.normalised(picture))["halves"]
        return float(halves[0, 1, 20:28, 20:28].amax())

    maco = with_value(RECIPE, "imagine.parameterization", Parameterization.MACO)
    frames = run(maco.model_copy(update={"goals": (NeuronGoal(layer="halves", channel=1),)}), toy)
    assert neuron(frames[-1]) > 1.3 * neuron(frames[0])


@pytest.mark.parametrize(
    "goal",
    [
        LayerGoal(layer="halves", channels=(1,)),
        NeuronGoal(layer="halves", channel=1),
        DirectionGoal(layer="halves", vector=(0.0, 1.0)),
    ],
)
def test_every_goal_can_be_imagined(toy: LoadedNetwork, goal: Goal) -> None:
    last = run(RECIPE.model_copy(update={"goals": (goal,)}), toy)[-1]
    assert np.isfinite(last.floats()).all()
    assert last.floats().std() > 0.01


@pytest.mark.parametrize("recipe", [RECIPE, GROWN], ids=["found", "grown"])
def test_same_recipe_same_bytes(toy: LoadedNetwork, recipe: Recipe) -> None:
    first, second, other = (run(r, toy)[-1].floats() for r in (recipe, recipe, with_value(recipe, "seed", 1)))
    np.testing.assert_array_equal(first, second)
    assert not np.array_equal(first, other)


def test_without_priors_the_picture_is_free_pixels_seen_whole(toy: LoadedNetwork) -> None:
    free = RECIPE.model_copy(update={"natural": NO_PRIORS})
    frames = run(free, toy)
    assert {frame.octaves for frame in frames} == {1}
    pixels = run(with_value(free, "imagine.parameterization", Parameterization.PIXELS), toy)[-1]
    np.testing.assert_array_equal(frames[-1].floats(), pixels.floats())
    # Seen whole and as it is, by as many views as you like.
    once = run(with_value(free, "imagine.crops", 1), toy)[-1]
    np.testing.assert_array_equal(once.floats(), pixels.floats())


def test_a_changed_recipe_counts_from_the_next_step(toy: LoadedNetwork) -> None:
    plain, steered = imagine(RECIPE, [toy]), imagine(RECIPE, [toy])
    np.testing.assert_array_equal(next(plain).floats(), next(steered).floats())
    turned = RECIPE.model_copy(update={"goals": (ClassGoal(label="level"),)})
    assert not np.array_equal(next(plain).floats(), steered.send(turned).floats())
    *_, last = steered
    upright, level = strength(last, toy)
    assert level > 1.2 * upright


def test_a_larger_picture_is_grown_on_from_what_was_found(toy: LoadedNetwork) -> None:
    frames = run(GROWN, toy)
    found = next(frame for frame in frames if (frame.octave, frame.iteration) == (2, 10))
    last = frames[-1]
    assert last.last
    assert last.done == pytest.approx(1.0)
    assert all(a.done < b.done for a, b in itertools.pairwise(frames))
    assert {frame.full_size for frame in frames} == {(160, 160)}
    assert {frame.octaves for frame in frames} == {last.octaves}
    change = np.abs(last.floats() - found.floats())
    assert 0.0005 < change.mean() < 0.08


def test_without_growth_the_picture_is_enlarged_alone(toy: LoadedNetwork) -> None:
    last = run(with_value(GROWN, "imagine.growth", 0.0), toy)[-1]
    assert last.pixels().shape == (160, 160, 3)
    assert last.detail.size == (96, 96)


def test_growing_takes_a_changed_recipe_too(toy: LoadedNetwork) -> None:
    plain, steered = imagine(GROWN, [toy]), imagine(GROWN, [toy])
    for _ in range(21):
        np.testing.assert_array_equal(next(plain).pixels(), next(steered).pixels())
    bolder = with_value(GROWN, "imagine.growth", 1.0)
    assert not np.array_equal(next(plain).floats(), steered.send(bolder).floats())


def test_growing_keeps_to_its_budget(toy: LoadedNetwork) -> None:
    *_, last = imagine(with_value(RECIPE, "size", 320), [toy], budget=Budget(3_000_000))
    assert last.pixels().shape == (320, 320, 3)
    assert type(last.photo).__name__ != "Held"


def test_networks_that_join_have_their_say(toy: LoadedNetwork) -> None:
    alone, joined = run(RECIPE, toy)[-1], run(RECIPE, toy, toy)[-1]
    assert not np.array_equal(alone.floats(), joined.floats())
    upright, level = strength(joined, toy)
    assert upright > 1.5 * level


def test_the_contrasts_of_a_photo_are_taken_up(toy: LoadedNetwork) -> None:
    maco = with_value(RECIPE, "imagine.parameterization", Parameterization.MACO)
    measured = with_value(maco, "imagine.magnitudes", Magnitudes.PHOTOS)
    flat = np.full((40, 40, 3), 0.5, dtype=np.float32)
    *_, natural = imagine(maco, [toy], flat)
    *_, faint = imagine(measured, [toy], flat)
    assert faint.floats().std() < 0.2 * natural.floats().std()
    profile = with_value(measured, "imagine.profile", (0.3, 0.01))
    *_, given = imagine(profile, [toy], flat)
    assert given.floats().std() > 2 * faint.floats().std()
