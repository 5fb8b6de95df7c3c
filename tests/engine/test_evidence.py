import numpy as np
import pytest
import torch

from inceptionist_gui.engine.evidence import (
    companions,
    grad_cam,
    gradient_times_input,
    middle_square,
    predictions,
    responses,
    verdict,
    view_size,
)
from inceptionist_gui.engine.networks import UnknownNameError, judge_of, network_named, networks
from inceptionist_gui.engine.networks.loading import LoadedNetwork, load
from inceptionist_gui.engine.region import WHOLE, Region
from inceptionist_gui.engine.resample import resized

CAT = Region(0.0, 0.0, 0.9, 1.0)
"""Where the cat is in scikit-image's `chelsea`."""
CUP = Region(0.28, 0.02, 0.72, 0.85)
"""Where the cup is in scikit-image's `coffee`."""


def stripes(left: str, right: str, side: int = 32) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Upright or level stripes in either half of a square."""
    wave = np.sin(np.arange(side) * 1.2).astype(np.float32) * 0.4 + 0.5
    ways = {"upright": np.tile(wave, (side, 1)), "level": np.tile(wave[:, None], (1, side))}
    grey = np.where(np.arange(side) < side // 2, ways[left], ways[right]).astype(np.float32)
    return np.repeat(grey[..., None], 3, axis=2)


@pytest.fixture(scope="module")
def chelsea() -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    data = pytest.importorskip("skimage.data")
    pixels: np.ndarray[tuple[int, ...], np.dtype[np.float32]] = data.chelsea().astype(np.float32) / 255
    return pixels


class TestVerdicts:
    def test_the_wanted_class_has_its_rank_among_all(self, toy: LoadedNetwork) -> None:
        found = verdict(stripes("upright", "upright"), toy, "level", top=1)
        assert [p.label for p in found.top] == ["upright"]
        assert (found.rank, found.wanted.label, found.network) == (2, "level", "toy")
        assert found.wanted.probability + found.top[0].probability == pytest.approx(1.0)
        assert verdict(stripes("level", "level"), toy, "level").rank == 1

    def test_agrees_with_the_predictions(self, toy: LoadedNetwork) -> None:
        photo = stripes("upright", "level")
        assert verdict(photo, toy, "level").top == predictions(photo, toy)

    def test_a_strange_class_offers_the_nearest(self, toy: LoadedNetwork) -> None:
        with pytest.raises(UnknownNameError, match=r"class uprite: .* nearest are upright"):
            verdict(stripes("upright", "level"), toy, "uprite")

    def test_a_look_leaves_nothing_that_a_gradient_cannot_use(self, toy: LoadedNetwork) -> None:
        # Of a size of its own: the weights of this resizing are made by the look.
        picture = np.full((83, 83, 3), 0.5, np.float32)
        predictions(picture, toy)
        leaf = torch.full((1, 3, *middle_square((83, 83)).size), 0.5, requires_grad=True)
        side = toy.description.input_size
        resized(leaf, (side, side)).sum().backward()  # type: ignore[no-untyped-call]
        assert leaf.grad is not None

    def test_companions_share_what_is_left_without_the_class(self, toy: LoadedNetwork) -> None:
        assert companions(stripes("upright", "upright"), toy, "upright") == {"level": pytest.approx(1.0)}

    def test_companions_of_a_cat_are_cats(
        self, chelsea: np.ndarray[tuple[int, ...], np.dtype[np.float32]]
    ) -> None:
        seen = companions(chelsea, load(network_named("lite0")), "Egyptian cat")
        assert len(seen) == 999
        assert sum(seen.values()) == pytest.approx(1.0, abs=1e-4)
        assert set(sorted(seen, key=lambda label: -seen[label])[:2]) == {"tabby", "tiger cat"}

    @pytest.mark.parametrize("network", networks(), ids=lambda network: network.name)
    def test_the_judge_is_another_network(self, network: object) -> None:
        assert judge_of(network) != network  # type: ignore[arg-type]

    def test_the_judges_of_the_embedded_networks(self) -> None:
        assert judge_of(network_named("lite0")).name == "lite2"
        assert judge_of(network_named("lite2")).name == "lite0"


class TestMaps:
    def test_grad_cam_by_hand(self, toy: LoadedNetwork) -> None:
        photo = stripes("upright", "level", side=64)
        heat = grad_cam(photo, toy, "upright")
        # The logit is the mean square of the last layer's channel: its weight is twice that channel's mean.
        seen = toy.normalised(resized(torch.from_numpy(photo).permute(2, 0, 1)[None], (18, 18)))
        outputs = toy.module.get_submodule("halves")(toy.module.get_submodule("edges")(seen))[0, 0]
        wanted = (outputs * 2 * outputs.mean()).relu()
        wanted = torch.nn.functional.interpolate((wanted / wanted.amax())[None, None], (64, 64), mode="bicubic")
        np.testing.assert_allclose(heat, wanted[0, 0].clamp(0, 1).numpy(), atol=1e-4)

    @pytest.mark.parametrize("way", [grad_cam, gradient_times_input])
    def test_a_map_of_the_photos_size_from_none_to_full(self, way: object, toy: LoadedNetwork) -> None:
        heat = way(stripes("upright", "level")[:20], toy, "level")  # type: ignore[operator]
        assert heat.shape == (20, 32)
        assert heat.dtype == np.float32
        assert heat.min() == 0.0
        assert 0.8 < heat.max() <= 1.0

    def test_each_pixels_evidence_lies_where_the_class_is(self, toy: LoadedNetwork) -> None:
        photo = stripes("upright", "level")
        upright, level = (gradient_times_input(photo, toy, label) for label in ("upright", "level"))
        assert upright[:, :16].sum() > 5 * upright[:, 16:].sum()
        assert level[:, 16:].sum() > 5 * level[:, :16].sum()

    def test_a_plain_picture_shows_nothing(self, toy: LoadedNetwork) -> None:
        plain = np.full((32, 32, 3), 0.5, np.float32)
        # What resizing leaves of rounding errors must not be made evidence.
        assert grad_cam(plain, toy, "level").max() < 1e-3
        assert gradient_times_input(plain, toy, "level").max() < 1e-3

    def test_what_is_a_cat_lies_on_the_cat(
        self, chelsea: np.ndarray[tuple[int, ...], np.dtype[np.float32]]
    ) -> None:
        heat = grad_cam(chelsea, load(network_named("lite0")), "tabby")
        rows, columns = CAT.cells(*heat.shape)
        assert heat[rows, columns].sum() > 0.95 * heat.sum()

    @pytest.mark.parametrize(("way", "least"), [(grad_cam, 0.65), (gradient_times_input, 0.55)])
    def test_what_is_an_espresso_lies_in_the_cup(self, way: object, least: float) -> None:
        photo = pytest.importorskip("skimage.data").coffee().astype(np.float32) / 255
        heat = way(photo, load(network_named("lite0")), "espresso")  # type: ignore[operator]
        rows, columns = CUP.cells(*heat.shape)
        assert heat[rows, columns].size < 0.4 * heat.size
        assert heat[rows, columns].sum() > least * heat.sum()

    def test_a_strip_is_looked_at_in_bounded_memory(self, toy: LoadedNetwork) -> None:
        assert view_size((10, 30_000), toy) == (8, 2048)
        assert view_size((100, 150), toy) == (18, 27)


class TestResponses:
    def test_the_channel_for_what_is_there_comes_first(self, toy: LoadedNetwork) -> None:
        ramp = np.tile(np.linspace(0.1, 0.9, 32, dtype=np.float32), (32, 1))
        across = np.repeat(ramp[..., None], 3, axis=2)
        found = responses(across, toy, "edges")
        assert [response.channel for response in found] == [0, 1]
        assert found[0].strength > 0.1 > abs(found[1].strength)
        down = responses(np.ascontiguousarray(across.swapaxes(0, 1)), toy, "edges")
        assert [response.channel for response in down] == [1, 0]

    def test_a_region_is_asked_alone(self, toy: LoadedNetwork) -> None:
        photo = np.full((32, 32, 3), 0.2, np.float32)
        photo[:, 16:] += np.linspace(0.0, 0.7, 16, dtype=np.float32)[None, :, None]
        quiet = responses(photo, toy, "halves", Region(0.1, 0.1, 0.4, 0.9))
        loud = responses(photo, toy, "halves", Region(0.6, 0.1, 0.9, 0.9))
        assert abs(quiet[0].strength) < 0.01 < loud[0].strength

    def test_a_strange_layer_is_told(self, toy: LoadedNetwork) -> None:
        with pytest.raises(UnknownNameError, match=r"layer edgs: .* nearest are edges"):
            responses(stripes("level", "level"), toy, "edgs")


class TestRegions:
    def test_touched_cells(self) -> None:
        assert WHOLE.cells(4, 6) == (slice(0, 4), slice(0, 6))
        assert Region(0.5, 0.2, 0.51, 0.3).cells(4, 6) == (slice(0, 2), slice(3, 4))
        assert Region(1.0, 1.0, 1.0, 1.0).cells(4, 6) == (slice(3, 4), slice(5, 6))

    @pytest.mark.parametrize("sides", [(0.5, 0.0, 0.4, 1.0), (-0.1, 0.0, 1.0, 1.0), (0.0, 0.0, 1.0, 1.1)])
    def test_no_part_of_a_picture(self, sides: tuple[float, float, float, float]) -> None:
        with pytest.raises(ValueError, match="no part of a picture"):
            Region(*sides)

    def test_the_middle_square(self) -> None:
        assert middle_square((80, 120)).index == (slice(5, 75), slice(25, 95))
