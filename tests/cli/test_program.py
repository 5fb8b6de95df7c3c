"""The command line as its user meets it."""

import json
import os
import re
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import click
import numpy as np
import pytest

from inceptionist_gui.cli import main
from inceptionist_gui.cli.options import MemoryType
from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.media import Picture, read_picture, read_provenance, write_picture
from inceptionist_gui.recipe import ClassGoal, LayerGoal, NeuronGoal, Start, presets, recipe_from_text

QUICK = ("--set", "octaves=1", "--set", "iterations=1", "--size", "64")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "cat.png"
    pixels = np.random.default_rng(1).integers(30, 220, (40, 60, 3), dtype=np.uint8)
    write_picture(Picture(pixels), path)
    return path


def fault(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """The one line on stderr of a command that ends with 2 and says nothing on stdout."""
    assert main([str(argument) for argument in arguments]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    line, *more = told.err.splitlines()
    assert not more
    assert line.startswith("inceptionist: ")
    return line.removeprefix("inceptionist: ")


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """What a command that ends well says on stdout."""
    assert main([str(argument) for argument in arguments]) == 0
    return capsys.readouterr().out


class TestDream:
    def test_a_photo_dreams_into_a_file_that_knows_its_recipe(
        self, photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        out = tmp_path / "dream.png"
        preset = presets()[0]
        text = said(capsys, "dream", photo, "-o", out, "--preset", preset.name, *QUICK, "--seed", 5)
        assert "dream.png: 64x43, EfficientNet-Lite0" in text
        provenance = read_provenance(out)
        assert provenance.source == "cat.png"
        recipe = provenance.recipe
        assert (recipe.goals, recipe.texture, recipe.priors) == (preset.goals, preset.texture, preset.priors)
        assert (recipe.size, recipe.seed, recipe.scale.octaves) == (64, 5, 1)
        assert recipe_from_text(said(capsys, "recipe", out)) == recipe

    def test_the_recipe_of_a_picture_makes_the_same_picture_again(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        first, second = tmp_path / "first.png", tmp_path / "second.png"
        said(
            capsys,
            "dream",
            "clouds",
            "-o",
            first,
            *QUICK,
            "--class",
            "banana",
            "--layer",
            "blocks.1:2,5=0.5",
            "--neuron",
            "blocks.2:3@25,75=-0.5",
        )
        said(capsys, "dream", "clouds", "-o", second, "--recipe", first)
        assert first.read_bytes() == second.read_bytes()
        recipe = read_provenance(first).recipe
        assert recipe.start is Start.CLOUDS
        assert recipe.goals == (
            LayerGoal(layer="blocks.1", channels=(2, 5), weight=0.5),
            ClassGoal(label="banana"),
            NeuronGoal(layer="blocks.2", channel=3, x=0.25, y=0.75, weight=-0.5),
        )

    @pytest.mark.parametrize("suffix", [".tif", ".jpg", ".webp"])
    def test_every_format_carries_the_recipe(
        self, photo: Path, tmp_path: Path, suffix: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        out = tmp_path / f"dream{suffix}"
        said(capsys, "dream", photo, "-o", out, *QUICK)
        assert recipe_from_text(said(capsys, "recipe", out)).size == 64

    def test_sixteen_bits(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        out = tmp_path / "deep.tif"
        said(capsys, "dream", "noise", "-o", out, "--depth", 16, *QUICK)
        assert read_picture(out).pixels.dtype == np.uint16

    def test_json_is_one_object_and_nothing_else(
        self, photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        data = json.loads(said(capsys, "dream", photo, "-o", tmp_path / "a.png", "--json", *QUICK))
        assert (data["width"], data["height"]) == (64, 43)
        assert data["recipe"]["size"] == 64

    def test_quiet_says_nothing(self, photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["dream", str(photo), "-o", str(tmp_path / "a.png"), "--quiet", *QUICK]) == 0
        assert capsys.readouterr() == ("", "")

    def test_progress_goes_to_stderr(
        self, photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        main(["dream", str(photo), "-o", str(tmp_path / "a.png"), *QUICK])
        assert "octave 1 of 1, iteration 1 of 1, 100%" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("arguments", "line"),
        [
            (("--preset", "dogs"), "dogs: no such preset; there are"),
            (("--set", "octaves=99"), "scale.octaves: .*12.*99"),
            (("--set", "octaves"), "octaves: not an assignment"),
            (("--layer", "blocks.99"), "layer blocks.99: .*nearest are blocks"),
            (("--layer", "blocks.1:x"), "--layer blocks.1:x: x are no channels"),
            (("--layer", "blocks.1:24"), "channel 24 of blocks.1"),
            (("--class", "bananna"), "class bananna: .*nearest are banana"),
            (("--layer", "blocks.1:" + "9" * 5000), "--layer .* are no channels"),
            (("--layer", "blocks.1:1000000"), "--layer.channels.0: .*1000000"),
            (("--layer", "l" * 201), "--layer: .*at most 200"),
            (("--class", "c" * 201), "--class.*at most 200"),
            (("--class", "banana=lots"), "--class banana=lots: .*weight from -2 to 2"),
            (("--neuron", "blocks.1"), "--neuron blocks.1: not a neuron"),
            (("--neuron", "blocks.1:3@130,5"), "--neuron.*less than or equal to 1"),
            (("--network", "lite7"), "network lite7"),
            (("--size", "8"), "size: .*64.*8"),
            (("--depth", "12"), "--depth.*8 or 16"),
            (("--quality", "0"), "--quality"),
            (("--recipe", "none.json"), "none.json: cannot be read"),
            (("--sise", "8"), "--sise"),
        ],
    )
    def test_bad_options_get_one_line(
        self,
        photo: Path,
        tmp_path: Path,
        arguments: tuple[str, ...],
        line: str,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        out = tmp_path / "a.png"
        assert re.search(line, fault(capsys, "dream", photo, "-o", out, *arguments))
        assert not out.exists()

    @pytest.mark.parametrize(
        ("photo_name", "out", "line"),
        [
            ("none.jpg", "a.png", "none.jpg"),
            ("cat.png", "a.xyz", "xyz"),
            ("cat.png", "nowhere/a.png", "nowhere"),
            ("text.png", "a.png", "text.png"),
            (".", "a.png", "folder"),
        ],
    )
    def test_bad_files_get_one_line(
        self,
        photo: Path,
        photo_name: str,
        out: str,
        line: str,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.chdir(photo.parent)
        Path("text.png").write_text("not a picture")
        assert line in fault(capsys, "dream", photo_name, "-o", out, *QUICK)

    def test_an_interrupted_dream_leaves_no_file(
        self, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def interrupted(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("inceptionist_gui.cli.dreams.write_picture", interrupted)
        assert main(["dream", str(photo), "-o", str(tmp_path / "a.png"), "--quiet", *QUICK]) == 130
        assert capsys.readouterr().err == "inceptionist: interrupted; no file was written\n"

    @pytest.mark.parametrize("wish", [signal.SIGINT, signal.SIGTERM])
    def test_a_dream_that_is_told_to_end_leaves_nothing_behind(self, tmp_path: Path, wish: signal.Signals) -> None:
        command = [sys.executable, "-m", "inceptionist_gui", "dream", "noise", "-o", str(tmp_path / "a.png")]
        with subprocess.Popen([*command, "--set", "iterations=100"], stderr=subprocess.PIPE, text=True) as running:
            assert running.stderr is not None
            assert running.stderr.readline()
            running.send_signal(wish)
            last = running.stderr.read().splitlines()[-1]
        assert (running.returncode, last) == (130, "inceptionist: interrupted; no file was written")
        assert not list(tmp_path.iterdir())

    def test_the_photo_itself_is_not_written_over(
        self, photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = photo.read_bytes()
        (tmp_path / "link.png").symlink_to(photo)
        for out in (photo, tmp_path / "link.png"):
            assert "this is the photo itself" in fault(capsys, "dream", photo, "-o", out, *QUICK)
        assert photo.read_bytes() == before

    def test_a_recipe_is_read_from_ordinary_files_alone(
        self, photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        os.mkfifo(tmp_path / "pipe.json")
        (tmp_path / "endless.json").symlink_to("/dev/zero")
        for name in ("pipe.json", "endless.json"):
            told = fault(capsys, "dream", photo, "-o", tmp_path / "a.png", "--recipe", tmp_path / name)
            assert f"{name}: a folder, device or pipe" in told

    @pytest.mark.parametrize(
        ("asked", "told"),
        [("2 GB", 2 * 10**9), ("1.5g", 1_500_000_000), ("800MiB", 800_000_000)],
    )
    def test_memory_is_asked_for_in_words(self, asked: str, told: int) -> None:
        assert MemoryType().convert(asked, None, None) == told

    @pytest.mark.parametrize("asked", ["", "2", "GB", "-1GB", "1MB", "9999GB", "1e3MB", "nanGB"])
    def test_what_is_no_amount_of_memory_is_told(self, asked: str) -> None:
        with pytest.raises(click.BadParameter, match="is no amount of memory from 128MB to 1000GB"):
            MemoryType().convert(asked, None, None)

    @pytest.mark.parametrize("lack", [MemoryError(), RuntimeError("DefaultCPUAllocator: can't allocate memory")])
    def test_too_little_memory_ends_with_3_and_one_line(
        self,
        photo: Path,
        tmp_path: Path,
        lack: Exception,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        def lacking(*_: object) -> object:
            raise lack

        monkeypatch.setattr("inceptionist_gui.engine.networks.loading.load", lacking)
        assert main(["dream", str(photo), "-o", str(tmp_path / "a.png"), "--quiet", *QUICK]) == 3
        told = capsys.readouterr().err
        assert re.fullmatch(r"inceptionist: size: not enough free memory .* 1\.0 GB would do.*\n", told)
        assert main(["look", str(photo)]) == 3
        assert capsys.readouterr().err.startswith("inceptionist: not enough free memory")

    def test_names_that_stdout_cannot_hold(self, tmp_path: Path) -> None:
        command = [sys.executable, "-m", "inceptionist_gui", "dream", "noise", *QUICK, "-o"]
        environment = {**os.environ, "PYTHONIOENCODING": "ascii:strict", "OMP_WAIT_POLICY": "PASSIVE"}
        done = subprocess.run(
            [*command, "ü.png", "--json"], cwd=tmp_path, env=environment, capture_output=True, check=True
        )
        assert json.loads(done.stdout)["output"] == "ü.png"


class TestDevice:
    @pytest.fixture
    def asked(self, monkeypatch: pytest.MonkeyPatch) -> list[DeviceName]:
        """The wishes; none but the CPU can be had."""
        from inceptionist_gui.engine import devices

        wishes: list[DeviceName] = []

        def chosen(wish: DeviceName) -> devices.Device:
            wishes.append(wish)
            return replace(devices.CPU, note="" if wish is DeviceName.CPU else f"No {wish.upper()} device here")

        monkeypatch.setattr(devices, "chosen", chosen)
        return wishes

    @pytest.mark.parametrize(
        ("options", "wish", "line"),
        [
            ((), DeviceName.AUTO, "No AUTO device here\n"),
            (("--device", "cuda"), DeviceName.CUDA, "No CUDA device here\n"),
            (("--device", "mps", "--quiet"), DeviceName.MPS, ""),
            (("--device", "cpu"), DeviceName.CPU, ""),
        ],
    )
    @pytest.mark.parametrize("command", ["look", "dream"])
    def test_the_wish_is_passed_on_and_what_came_of_it_told(
        self,
        command: str,
        options: tuple[str, ...],
        wish: DeviceName,
        line: str,
        photo: Path,
        tmp_path: Path,
        asked: list[DeviceName],
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        more = ("-o", str(tmp_path / "a.png"), *QUICK) if command == "dream" else ()
        assert main([command, str(photo), "--json", *options, *more]) == 0
        told = capsys.readouterr()
        assert asked == [wish]
        assert json.loads(told.out)["device"] == "cpu"
        assert "".join(part for part in told.err.splitlines(keepends=True) if part.startswith("No ")) == line

    def test_a_device_of_no_kind(self, photo: Path, capsys: pytest.CaptureFixture[str]) -> None:
        told = fault(capsys, "look", photo, "--device", "abacus")
        assert "--device" in told
        assert "'auto', 'cpu', 'cuda', 'mps'" in told

    def test_what_an_apple_gpu_lacks_runs_on_the_cpu(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.delenv("PYTORCH_ENABLE_MPS_FALLBACK", raising=False)
        said(capsys, "networks")
        assert os.environ["PYTORCH_ENABLE_MPS_FALLBACK"] == "1"


class TestLook:
    def test_a_cat(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        data = pytest.importorskip("skimage.data")
        write_picture(Picture(data.chelsea()), tmp_path / "chelsea.jpg")
        found = json.loads(said(capsys, "look", tmp_path / "chelsea.jpg", "--json", "--top", 3))["classes"]
        assert {entry["label"] for entry in found} <= {"Egyptian cat", "tabby", "tiger cat"}
        assert "Egyptian cat" in said(capsys, "look", tmp_path / "chelsea.jpg")

    def test_a_picture_without_a_recipe_says_so(self, photo: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert "no recipe inside" in fault(capsys, "recipe", photo)


class TestLists:
    @pytest.mark.parametrize(
        ("arguments", "word"),
        [
            (("networks",), "EfficientNet-Lite2"),
            (("layers",), "blocks.4.2.depthwise"),
            (("layers", "--network", "lite2"), "blocks.5.4"),
            (("classes",), "banana"),
            (("classes", "cat"), "Persian cat"),
            (("presets",), presets()[-1].name),
            (("recipe", "--fields"), "priors.total_variation"),
        ],
    )
    def test_lists_for_people_and_for_programs(
        self, arguments: tuple[str, ...], word: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert word in said(capsys, *arguments)
        assert word in json.dumps(json.loads(said(capsys, *arguments, "--json")))

    def test_a_word_in_no_class(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert "qqq: no class" in fault(capsys, "classes", "qqq")


class TestProgram:
    def test_what_nobody_foresaw_is_one_line_too(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def broken() -> object:
            raise ZeroDivisionError("by nought")

        monkeypatch.setattr("inceptionist_gui.cli.lists.all_presets", broken)
        assert main(["presets"]) == 1
        line = "inceptionist: something went wrong (ZeroDivisionError: by nought); --debug tells where\n"
        assert capsys.readouterr() == ("", line)
        assert main(["presets", "--debug"]) == 1
        assert "in broken" in capsys.readouterr().err

    def test_a_name_that_no_file_can_have(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert "no file can be so named" in fault(capsys, "a" * 5000)

    @pytest.mark.parametrize(
        ("redirected", "code", "line"),
        [
            (">&-", 0, ""),
            ("2>&-", 0, ""),
            ("<&- >&- 2>&-", 0, ""),
            (">/dev/full", 3, "inceptionist: stdout: cannot be written (no space left on device)"),
            ("| true; exit ${PIPESTATUS[0]}", 0, ""),
        ],
    )
    def test_streams_that_are_closed_or_full(self, redirected: str, code: int, line: str) -> None:
        command = f"{sys.executable} -m inceptionist_gui presets {redirected}"
        done = subprocess.run(["bash", "-c", command], stderr=subprocess.PIPE, text=True, check=False)
        assert done.returncode == code
        assert done.stderr.partition(";")[0].strip() == line

    def test_a_misspelt_command_is_mended(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert fault(capsys, "drem") == "drem: no such file, and no such command; did you mean dream?"

    def test_help_names_every_command(self, capsys: pytest.CaptureFixture[str]) -> None:
        text = said(capsys, "--help")
        for command in ("dream", "look", "networks", "layers", "classes", "presets", "recipe"):
            assert f"  {command} " in text

    def test_lists_need_neither_torch_nor_qt(self) -> None:
        script = (
            "import sys; from inceptionist_gui.cli import main; main(['networks', '--quiet']);"
            "print([m for m in ('torch', 'PySide6') if m in sys.modules])"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        assert done.stdout.splitlines()[-1] == "[]"

    def test_a_reader_that_goes_away_is_no_fault(self) -> None:
        command = f"{sys.executable} -m inceptionist_gui classes | head -n 1"
        done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
        assert (done.stdout.split(), done.stderr) == (["0", "tench", "Tinca", "tinca"], "")
