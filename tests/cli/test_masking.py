"""Masks and guides on the command line."""

from pathlib import Path

import numpy as np
import pytest

from inceptionist_gui.cli import main
from inceptionist_gui.media import Picture, read_picture, read_provenance, write_picture
from inceptionist_gui.recipe import ClassGoal, GuideGoal, LayerGoal
from tests.cli.test_program import fault, said

QUICK = ("--set", "octaves=2", "--set", "iterations=2", "--size", "96")
# The pixels to either side of the border see a little of both halves.
LEFT = np.s_[:, :47]
RIGHT = np.s_[:, 49:]


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    pixels = np.random.default_rng(1).integers(30, 220, (64, 96, 3), dtype=np.uint8)
    return saved(tmp_path / "cat.png", Picture(pixels))


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """White on the left half, black on the right, and twice as large as the photo."""
    pixels = np.zeros((128, 192, 3), np.uint8)
    pixels[:, :96] = 255
    return saved(tmp_path / "left.png", Picture(pixels))


def saved(path: Path, picture: Picture) -> Path:
    write_picture(picture, path)
    return path


def dreamed(capsys: pytest.CaptureFixture[str], photo: Path, *options: object) -> Path:
    out = photo.with_name("dream.png")
    said(capsys, "dream", photo, "-o", out, *QUICK, *options)
    return out


def pixels(path: Path) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    return read_picture(path).pixels


def test_nothing_is_dreamed_where_the_mask_is_black(
    photo: Path, left: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = dreamed(capsys, photo, "--mask", left)
    np.testing.assert_array_equal(pixels(out)[RIGHT], pixels(photo)[RIGHT])
    assert (pixels(out)[LEFT] != pixels(photo)[LEFT]).any(2).mean() > 0.9
    mask = read_provenance(out).recipe.mask
    assert mask is not None
    assert (mask.width, mask.height) == (192, 128)


def test_the_photo_comes_back_where_that_picture_is_white(
    photo: Path, left: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = pixels(dreamed(capsys, photo))
    out = dreamed(capsys, photo, "--restore", left)
    np.testing.assert_array_equal(pixels(out)[LEFT], pixels(photo)[LEFT])
    np.testing.assert_array_equal(pixels(out)[RIGHT], plain[RIGHT])


def test_the_masks_inside_a_picture_make_it_again(
    photo: Path, left: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, again = dreamed(capsys, photo, "--mask", left, "--restore", left), tmp_path / "again.png"
    said(capsys, "dream", photo, "-o", again, "--recipe", out)
    assert again.read_bytes() == out.read_bytes()


def test_what_lets_through_is_black_in_a_mask(
    photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alpha = np.zeros((64, 96), np.uint8)
    alpha[LEFT] = 255
    cut_out = saved(tmp_path / "cut.png", Picture(np.full((64, 96, 3), 255, np.uint8), alpha))
    out = dreamed(capsys, photo, "--mask", cut_out)
    np.testing.assert_array_equal(pixels(out)[RIGHT], pixels(photo)[RIGHT])
    assert (pixels(out)[LEFT] != pixels(photo)[LEFT]).any()


def test_a_large_mask_is_made_as_small_as_a_recipe_holds(
    photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    large = saved(tmp_path / "large.png", Picture(np.full((30, 2000, 3), 128, np.uint8)))
    mask = read_provenance(dreamed(capsys, photo, "--mask", large)).recipe.mask
    assert mask is not None
    assert (mask.width, mask.height) == (1024, 15)
    assert set(mask.array().flatten().tolist()) == {128}


def test_a_black_mask_leaves_the_photo_and_that_is_told(
    photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    black = saved(tmp_path / "black.png", Picture(np.zeros((4, 6, 3), np.uint8)))
    out = photo.with_name("dream.png")
    assert main(["dream", str(photo), "-o", str(out), "--mask", str(black), *QUICK]) == 0
    assert "The masks leave nothing to dream" in capsys.readouterr().err
    np.testing.assert_array_equal(pixels(out), pixels(photo))


class TestGuide:
    def test_alone_it_takes_the_layer_of_the_first_goal(
        self, photo: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        recipe = read_provenance(dreamed(capsys, photo, "--guide", photo)).recipe
        (goal,) = recipe.goals
        assert isinstance(goal, GuideGoal)
        assert (goal.layer, goal.name) == ("blocks.4", "cat.png")
        np.testing.assert_array_equal(goal.picture.array(), pixels(photo))

    def test_it_stands_beside_what_else_is_asked_for(
        self, photo: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        out = dreamed(capsys, photo, "--layer", "blocks.1", "--guide", photo, "--guide-layer", "blocks.2")
        layer, guide = read_provenance(out).recipe.goals
        assert layer == LayerGoal(layer="blocks.1")
        assert isinstance(guide, GuideGoal)
        assert guide.layer == "blocks.2"

    def test_beside_a_class_it_takes_a_layer_in_the_middle(
        self, photo: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        out = dreamed(capsys, photo, "--class", "banana", "--guide", photo)
        banana, guide = read_provenance(out).recipe.goals
        assert banana == ClassGoal(label="banana")
        assert isinstance(guide, GuideGoal)
        assert guide.layer.startswith("blocks.")

    def test_it_leads_elsewhere_than_its_layer_alone(
        self, photo: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        plain = pixels(dreamed(capsys, photo))
        assert (pixels(dreamed(capsys, photo, "--guide", photo)) != plain).any()


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (("--mask", "nowhere.png"), "nowhere.png: there is no such file"),
        (("--restore", "nowhere.png"), "nowhere.png: there is no such file"),
        (("--guide", "nowhere.png"), "nowhere.png: there is no such file"),
        (("--guide-layer", "blocks.2"), "--guide-layer: there is no guide to follow"),
        (("--guide", "cat.png", "--guide-layer", "blocks.9"), "layer blocks.9: EfficientNet-Lite0 has none"),
    ],
)
def test_bad_options_get_one_line(
    options: tuple[str, ...],
    line: str,
    photo: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(photo.parent)
    assert line in fault(capsys, "dream", photo, "-o", "dream.png", *options)
    assert not Path("dream.png").exists()
