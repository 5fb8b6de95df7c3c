"""Fooling, looking and what belongs together, on the command line."""

import json
from pathlib import Path

import numpy as np
import pytest

from inceptionist_gui.media import Picture, read_picture, read_provenance, write_picture
from inceptionist_gui.recipe import NO_PRIORS, Imagine, Mode, Norm, Recipe
from inceptionist_gui.render import association, fooling
from tests.cli.test_program import fault, said

Capture = pytest.CaptureFixture[str]

CATS = ("tabby", "tiger cat", "Egyptian cat")
"""What `chelsea` may be taken for: which comes first is a matter of rounding."""


@pytest.fixture(scope="module")
def chelsea(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = pytest.importorskip("skimage.data")
    path = tmp_path_factory.mktemp("photos") / "chelsea.png"
    write_picture(Picture(data.chelsea()), path)
    return path


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is imagined is small and done soon."""
    slow = association.imagining

    def imagining(label: str, network: str, size: int, seed: int) -> Recipe:
        recipe = slow(label, network, min(size, 64), seed)
        return recipe.model_copy(update={"imagine": Imagine(steps=20, crops=1), "natural": NO_PRIORS})

    monkeypatch.setattr(association, "imagining", imagining)
    monkeypatch.setattr(fooling, "imagining", imagining)


class TestFool:
    @pytest.mark.parametrize("suffix", [".png", ".tif"])
    def test_a_saved_cat_is_an_espresso_to_the_network(
        self, suffix: str, chelsea: Path, tmp_path: Path, capsys: Capture
    ) -> None:
        out = tmp_path / f"fooled{suffix}"
        told = json.loads(said(capsys, "fool", chelsea, "--class", "espresso", "-o", out, "--steps", 12, "--json"))
        assert told["turned"]
        assert 1 <= told["largest"] <= 4
        assert told["photo"][0]["classes"][0]["label"] in CATS
        assert (told["result"][0]["network"], told["result"][0]["wanted"]["rank"]) == ("lite0", 1)
        assert told["result"][1]["network"] == "lite2"
        assert told["result"][1]["classes"][0]["label"] in CATS
        change = read_picture(out).pixels.astype(int) - read_picture(chelsea).pixels
        assert np.abs(change).max() == told["largest"]
        looked = json.loads(said(capsys, "look", out, "--json", "--top", 1))
        assert looked["classes"][0]["label"] == "espresso"
        recipe = read_provenance(out).recipe
        assert (recipe.mode, recipe.fool.label, recipe.fool.norm) == (Mode.FOOL, "espresso", Norm.LINF)

    @pytest.mark.usefixtures("quick")
    def test_the_sheet_stands_beside_it_and_lines_tell_the_rest(
        self, chelsea: Path, tmp_path: Path, capsys: Capture
    ) -> None:
        out, sheet = tmp_path / "fooled.png", tmp_path / "sheet.png"
        options = ("--class", "banana", "--norm", "l2", "--steps", 10)
        text = said(capsys, "fool", chelsea, "-o", out, "--sheet", sheet, *options)
        first, *rows = text.splitlines()
        assert first.startswith(f"{out}: turned to banana, at most ")
        assert [row.split()[:2] for row in rows] == [
            ["photo", "EfficientNet-Lite0"],
            ["photo", "EfficientNet-Lite2"],
            ["result", "EfficientNet-Lite0"],
            ["result", "EfficientNet-Lite2"],
        ]
        pixels = read_picture(sheet).pixels
        assert pixels.shape[1] > 3 * pixels.shape[0]

    def test_what_was_not_reached_is_said(self, chelsea: Path, tmp_path: Path, capsys: Capture) -> None:
        options = ("--class", "banana", "--bound", 1, "--steps", 1, "-o", tmp_path / "a.png")
        assert not json.loads(said(capsys, "fool", chelsea, *options, "--json"))["turned"]
        text = said(capsys, "fool", chelsea, *options)
        assert "a.png: not turned to banana" in text

    @pytest.mark.parametrize(
        ("options", "line"),
        [
            (("--class", "expresso", "-o", "a.png"), "class expresso: EfficientNet-Lite0 knows none of that name"),
            (("--class", "banana", "-o", "a.jpg"), "a.jpg: JPEG would blur away what fools the network"),
            (("--class", "banana", "-o", "a.webp"), "a.webp: WebP would blur away what fools the network"),
            (("--class", "banana", "-o", "a.png", "--sheet", "a.png"), "a.png: the sheet would be written over"),
            (("--class", "banana", "-o", "a.png", "--bound", "99"), "fool.bound: input should be less than"),
            (("--class", "banana", "-o", "a.png", "--network", "lite9"), "network lite9: there is none"),
            (("--class", "banana", "-o", "nowhere/a.png"), "a.png: there is no folder"),
        ],
    )
    def test_what_cannot_be_is_told_before_the_work(
        self,
        options: tuple[str, ...],
        line: str,
        chelsea: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: Capture,
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert fault(capsys, "fool", chelsea, *options).startswith(line)
        assert not list(tmp_path.iterdir())

    def test_the_photo_itself_is_spared(self, chelsea: Path, capsys: Capture) -> None:
        before = chelsea.read_bytes()
        assert "the photo itself" in fault(capsys, "fool", chelsea, "--class", "banana", "-o", chelsea)
        assert chelsea.read_bytes() == before


class TestLook:
    def test_two_networks_have_their_say(self, chelsea: Path, capsys: Capture) -> None:
        first, second = said(capsys, "look", chelsea, "--top", 2, "--of", "banana").split("\n\n")
        title, likeliest, *_ = first.splitlines()
        assert title == "EfficientNet-Lite0"
        assert likeliest.partition("%  ")[2] in CATS
        assert first.splitlines()[-1].startswith("  0.0%  banana (")
        assert second.splitlines()[0] == "EfficientNet-Lite2"

    @pytest.mark.parametrize("method", ["gradcam", "input"])
    def test_the_evidence_is_laid_on_the_picture(
        self, method: str, chelsea: Path, tmp_path: Path, capsys: Capture
    ) -> None:
        out = tmp_path / "heat.png"
        options = ("--heatmap", out, "--of", "tabby", "--method", method, "--json")
        told = json.loads(said(capsys, "look", chelsea, *options))
        assert told["of"]["label"] == "tabby"
        assert (told["heatmap"], told["judge"]["network"]) == (str(out), "lite2")
        pixels = read_picture(out).pixels.astype(int)
        assert pixels.shape == read_picture(chelsea).pixels.shape
        coloured = np.ptp(pixels, axis=2) > 30
        assert 0.005 < coloured.mean() < 0.9

    def test_the_likeliest_class_is_shown_where_none_is_named(
        self, chelsea: Path, tmp_path: Path, capsys: Capture
    ) -> None:
        text = said(capsys, "look", chelsea, "--heatmap", tmp_path / "heat.jpg")
        told, _, label = text.splitlines()[-1].rpartition("the evidence for ")
        assert told == f"{tmp_path / 'heat.jpg'}: "
        assert label in CATS

    def test_what_cannot_be_is_told(self, chelsea: Path, tmp_path: Path, capsys: Capture) -> None:
        assert "nearest are tabby" in fault(capsys, "look", chelsea, "--of", "tabbi")
        assert "the photo itself" in fault(capsys, "look", chelsea, "--heatmap", chelsea)
        assert ".xyz is no format" in fault(capsys, "look", chelsea, "--heatmap", tmp_path / "a.xyz")


class TestAssociate:
    @pytest.mark.usefixtures("quick")
    def test_a_report_of_pictures(self, tmp_path: Path, capsys: Capture) -> None:
        out = tmp_path / "dumbbell.html"
        told = json.loads(said(capsys, "associate", "dumbbell", "-o", out, "--times", 2, "--json"))
        assert [picture["seed"] for picture in told["pictures"]] == [0, 1]
        labels = [each["label"] for each in told["companions"]]
        assert len(labels) == 8
        assert "dumbbell" not in labels
        page = out.read_text("utf-8")
        assert page.count("data:image/jpeg") == 2
        assert labels[0] in page

    def test_what_cannot_be_is_told(self, tmp_path: Path, capsys: Capture) -> None:
        assert "nearest are dumbbell" in fault(capsys, "associate", "dumbell", "-o", tmp_path / "a.html")
        line = fault(capsys, "associate", "dumbbell", "-o", tmp_path / "a.png")
        assert line == "a.png: a report is a page of HTML; the suffix .html would do"
