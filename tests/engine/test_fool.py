from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest

from inceptionist_gui.engine.evidence import middle_square, predictions
from inceptionist_gui.engine.fool import Fooled, fool, judged
from inceptionist_gui.engine.frame import Frame
from inceptionist_gui.engine.networks import UnknownNameError, judge_of, network_named
from inceptionist_gui.engine.networks.loading import LoadedNetwork, load
from inceptionist_gui.errors import NotEnoughError, UserError
from inceptionist_gui.recipe import Fool, Mask, Mode, Norm, Recipe

Levels = npt.NDArray[np.uint8]


def asked(label: str = "level", **fields: object) -> Recipe:
    return Recipe(mode=Mode.FOOL, fool=Fool.model_validate({"label": label, "bound": 32.0, **fields}))


def frames(photo: npt.NDArray[np.generic], recipe: Recipe, network: LoadedNetwork) -> list[Frame]:
    return list(fool(photo, recipe, network))


@pytest.fixture
def upright() -> Levels:
    """Upright stripes, and weak level ones."""
    x = np.arange(40)
    grey = 128 + 24 * np.sin(0.5 * x)[None, :] + 6 * np.sin(0.5 * x)[:, None]
    return np.repeat(grey.round().astype(np.uint8)[..., None], 3, axis=2)


class TestToy:
    @pytest.mark.parametrize("norm", list(Norm))
    def test_the_answer_turns_in_whole_levels(self, norm: Norm, upright: Levels, toy: LoadedNetwork) -> None:
        found = frames(upright, asked(norm=norm), toy)
        result = judged(upright, found[-1].pixels(), "level", [toy])
        assert result.photo[0].rank == 2
        assert result.turned
        assert found[-1].note == ""
        assert result.largest > 0
        levels = found[-1].floats() * 255
        np.testing.assert_allclose(levels, levels.round(), atol=1e-4)

    def test_no_smaller_bound_would_do(self, upright: Levels, toy: LoadedNetwork) -> None:
        least = judged(upright, frames(upright, asked(), toy)[-1].pixels(), "level", [toy]).largest
        assert least > 1
        below = frames(upright, asked(bound=float(least - 1)), toy)[-1]
        assert not judged(upright, below.pixels(), "level", [toy]).turned
        assert below.note == f"level was not reached within {least - 1}/255; a larger bound or more steps may do"
        exact = frames(upright, asked(bound=float(least)), toy)[-1]
        assert judged(upright, exact.pixels(), "level", [toy]).turned

    @pytest.mark.parametrize("norm", list(Norm))
    def test_the_photo_stays_where_the_mask_is_nothing(
        self, norm: Norm, upright: Levels, toy: LoadedNetwork
    ) -> None:
        values = np.zeros((40, 40), np.uint8)
        values[:, :26] = 255
        recipe = asked(norm=norm).model_copy(update={"mask": Mask.of(values)})
        found = frames(upright, recipe, toy)[-1]
        changed = (found.pixels() != upright).any(2)
        assert judged(upright, found.pixels(), "level", [toy]).turned
        assert changed[:, :26].any()
        assert not changed[:, 26:].any()

    def test_another_mask_begins_the_search_anew(self, upright: Levels, toy: LoadedNetwork) -> None:
        search = fool(upright, asked(), toy)
        for _ in range(3):
            next(search)
        empty = asked().model_copy(update={"mask": Mask.of(np.zeros((4, 4), np.uint8))})
        frame = search.send(empty)
        assert frame.iteration == 1
        *_, last = search
        np.testing.assert_array_equal(last.pixels(), upright)
        assert "was not reached" in last.note

    def test_the_shorter_change_is_found_by_the_norm(self, upright: Levels, toy: LoadedNetwork) -> None:
        by_bound, by_norm = (
            judged(upright, frames(upright, asked(norm=norm), toy)[-1].pixels(), "level", [toy]) for norm in Norm
        )
        assert by_norm.turned
        assert by_norm.typical < by_bound.typical
        assert by_norm.largest > by_bound.largest

    def test_the_norm_keeps_its_bound_too(self, upright: Levels, toy: LoadedNetwork) -> None:
        found = frames(upright, asked(norm=Norm.L2, bound=0.5), toy)[-1]
        result = judged(upright, found.pixels(), "level", [toy])
        assert not result.turned
        assert 0 < result.typical <= 0.5
        assert "not reached within 0.5/255" in found.note

    def test_only_what_the_network_looks_at_is_changed(self, upright: Levels, toy: LoadedNetwork) -> None:
        found = frames(upright, asked(), toy)[-1]
        changed = (found.pixels() != upright).any(2)
        rows, columns = middle_square((40, 40)).index
        assert changed[rows, columns].mean() > 0.5
        changed[rows, columns] = False
        assert not changed.any()

    def test_black_and_white_stay_within_what_a_file_holds(self, toy: LoadedNetwork) -> None:
        extreme = np.zeros((32, 32, 3), np.uint8)
        extreme[:, ::2] = 255
        found = frames(extreme, asked(bound=4.0, steps=5), toy)[-1]
        assert judged(extreme, found.pixels(), "level", [toy]).largest <= 4

    @pytest.mark.parametrize("norm", list(Norm))
    def test_what_is_so_named_already_is_left_alone(self, norm: Norm, upright: Levels, toy: LoadedNetwork) -> None:
        (only,) = frames(upright, asked("upright", norm=norm), toy)
        assert only.last
        assert only.done == 1.0
        np.testing.assert_array_equal(only.pixels(), upright)

    def test_progress_ends_at_the_last_frame_alone(self, upright: Levels, toy: LoadedNetwork) -> None:
        found = frames(upright, asked(steps=4), toy)
        assert [frame.last for frame in found] == [False] * (len(found) - 1) + [True]
        assert all(before.done < after.done for before, after in pairwise(found))
        assert found[-1].done == 1.0

    def test_the_same_again_gives_the_same_bytes(self, upright: Levels, toy: LoadedNetwork) -> None:
        first, again = (frames(upright, asked(norm=Norm.L2, steps=5), toy)[-1].pixels() for _ in range(2))
        np.testing.assert_array_equal(first, again)

    def test_finer_photos_are_rounded_first(self, upright: Levels, toy: LoadedNetwork) -> None:
        wanted = frames(upright, asked(), toy)[-1]
        deep = upright.astype(np.uint16) * 257 + 40
        np.testing.assert_array_equal(frames(deep, asked(), toy)[-1].pixels(), wanted.pixels())
        fine = upright.astype(np.float32) / 255 + 0.001
        np.testing.assert_array_equal(frames(fine, asked(), toy)[-1].photo_pixels(), upright)

    def test_another_class_sent_in_begins_anew(self, upright: Levels, toy: LoadedNetwork) -> None:
        run = fool(upright, asked(), toy)
        first = next(run)
        sent = run.send(asked("upright"))
        assert (first.last, sent.last) == (False, True)
        np.testing.assert_array_equal(sent.pixels(), upright)

    def test_a_recipe_that_changes_nothing_here_changes_nothing(self, upright: Levels, toy: LoadedNetwork) -> None:
        run = fool(upright, asked(), toy)
        first = next(run)
        sent = run.send(asked().model_copy(update={"seed": 9}))
        assert sent.iteration == first.iteration + 1

    def test_what_cannot_be_asked(self, upright: Levels, toy: LoadedNetwork) -> None:
        with pytest.raises(UnknownNameError, match=r"class levle: .* nearest are level"):
            next(fool(upright, asked("levle"), toy))
        with pytest.raises(UserError, match=r"^fool.bound: 0.5/255 is less than 8 bits can hold; 1 or more"):
            next(fool(upright, asked(bound=0.5), toy))


def test_a_lack_of_memory_says_how_much_would_do(
    upright: Levels, toy: LoadedNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacks(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("inceptionist_gui.engine.target._shrunk", lacks)
    with pytest.raises(
        NotEnoughError, match=r"^photo: .* to change 40x40 px; 1.0 GB would do, or a smaller photo$"
    ):
        next(fool(upright, asked(), toy))


def test_the_size_of_a_change_by_hand(toy: LoadedNetwork) -> None:
    before = np.full((2, 2, 3), 100, np.uint8)
    after = before.copy()
    after[0, 0] = (103, 96, 100)
    found = judged(before, after, "level", [toy])
    assert found.largest == 4
    assert found.typical == pytest.approx((25 / 12) ** 0.5)
    assert found.l2 == pytest.approx(5 / 255)


@pytest.mark.parametrize("norm", list(Norm))
def test_a_cat_is_taken_for_an_espresso_but_not_by_the_judge(norm: Norm) -> None:
    photo: Levels = pytest.importorskip("skimage.data").chelsea()
    network, judge = (load(each) for each in (network_named("lite0"), judge_of(network_named("lite0"))))
    found = frames(photo, asked("espresso", norm=norm, bound=4.0, steps=12), network)[-1].pixels()
    result: Fooled = judged(photo, found, "espresso", [network, judge])
    assert result.turned
    assert result.typical <= 4
    assert norm is Norm.L2 or result.largest <= 4
    assert predictions(found.astype(np.float32) / np.float32(255), network, 1)[0].label == "espresso"
    assert result.result[1].top[0].label == "Egyptian cat"
    assert result.result[1].rank > 20
