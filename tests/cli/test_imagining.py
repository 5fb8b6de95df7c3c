"""`inceptionist imagine` as its user meets it."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from inceptionist_gui.cli import main
from inceptionist_gui.media import Picture, read_provenance, write_picture
from inceptionist_gui.recipe import NO_PRIORS, ClassGoal, DirectionGoal, LayerGoal, Magnitudes, Mode
from tests.cli.test_program import fault, said

QUICK = ("--set", "octaves=1", "--set", "steps=20", "--set", "crops=1", "--size", "64")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "cat.png"
    write_picture(Picture(np.random.default_rng(1).integers(30, 220, (40, 60, 3), dtype=np.uint8)), path)
    return path


def test_a_class_becomes_a_file_that_makes_itself_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "first.png", tmp_path / "second.png"
    text = said(capsys, "imagine", "banana", "lemon=0.5", "-o", first, *QUICK, "--seed", 3)
    assert "first.png: 64x64, EfficientNet-Lite0" in text
    provenance = read_provenance(first)
    recipe = provenance.recipe
    assert (recipe.mode, recipe.seed, provenance.source) == (Mode.IMAGINE, 3, "")
    assert recipe.goals == (ClassGoal(label="banana"), ClassGoal(label="lemon", weight=0.5))
    said(capsys, "imagine", "-o", second, "--recipe", first)
    assert first.read_bytes() == second.read_bytes()


def test_without_priors_and_with_another_network(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "a.png"
    said(capsys, "imagine", "ant", "-o", out, *QUICK, "--no-priors", "--with", "lite1")
    recipe = read_provenance(out).recipe
    assert recipe.natural == NO_PRIORS
    assert recipe.imagine.networks == ("lite1",)


def test_what_pictures_have_in_common(photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "a.png"
    said(capsys, "imagine", "-o", out, *QUICK, "--like", photo, "--like-layer", "blocks.3")
    (goal,) = read_provenance(out).recipe.goals
    assert isinstance(goal, DirectionGoal)
    assert (goal.layer, goal.name, len(goal.vector)) == ("blocks.3", "cat.png", 80)
    both = tmp_path / "b.png"
    said(capsys, "imagine", "ant", "-o", both, *QUICK, "--like", photo, "--layer", "blocks.2")
    kinds = [type(goal) for goal in read_provenance(both).recipe.goals]
    assert kinds == [LayerGoal, ClassGoal, DirectionGoal]


def test_the_contrasts_of_photos_are_in_the_recipe(
    photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a.png"
    said(capsys, "imagine", "ant", "-o", out, *QUICK, "--contrasts-of", photo)
    wanted = read_provenance(out).recipe.imagine
    assert wanted.magnitudes is Magnitudes.PHOTOS
    assert len(wanted.profile) > 10


def test_json_is_one_object_and_quiet_says_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(said(capsys, "imagine", "ant", "-o", tmp_path / "a.png", "--json", *QUICK))
    assert (data["width"], data["height"], data["recipe"]["mode"]) == (64, 64, "imagine")
    assert main(["imagine", "ant", "-o", str(tmp_path / "b.png"), "--quiet", *QUICK]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("bananna",), "class bananna: .*nearest are banana"),
        ((), "imagine: a CLASS is expected"),
        (("ant", "--with", "lite7"), "network lite7"),
        (("ant", "--set", "gamut=3"), "natural.gamut: .*3"),
        (("ant", "--set", "parameterization=wavelets"), "imagine.parameterization: .*'maco'"),
        (("ant", "--like", "none.png"), "none.png"),
        (("ant", "--depth", "12"), "--depth.*8 or 16"),
        (("ant", "--preset", "hounds"), "--preset"),
    ],
)
def test_bad_input_gets_one_line(
    arguments: tuple[str, ...], line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a.png"
    told = fault(capsys, "imagine", *arguments, "-o", out)
    assert re.search(line, told)
    assert not out.exists()
