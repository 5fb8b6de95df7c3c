"""`make run`, the check and what CI calls."""

import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.packaging.machine import ROOT, Machine

_SCRIPTS = [*sorted((ROOT / "packaging").glob("*.sh")), ROOT / ".ci" / "run"]


@pytest.mark.parametrize("script", _SCRIPTS, ids=lambda script: script.name)
def test_scripts_are_well_formed(script: Path) -> None:
    assert subprocess.run(["bash", "-n", script], capture_output=True, text=True, check=True).stderr == ""
    assert script.stat().st_mode & 0o100, "not executable"


def test_run_opens_the_studio_where_there_is_a_screen(machine: Machine) -> None:
    machine.add_program("inceptionist")
    machine.environment.update(DISPLAY=":0", FILE="a photo.jpg")
    assert machine.bash("packaging/run.sh").code == 0
    assert machine.calls == ["inceptionist a photo.jpg"]


def test_run_opens_an_empty_studio_without_a_file(machine: Machine) -> None:
    machine.add_program("inceptionist")
    machine.system = "Darwin"
    machine.bash("packaging/run.sh")
    assert machine.calls == ["inceptionist "]


def test_run_dreams_where_there_is_no_screen(machine: Machine) -> None:
    machine.add_program("inceptionist")
    outcome = machine.bash("packaging/run.sh")
    assert machine.calls == ["inceptionist dream clouds -o out/first-dream.png"]
    assert f"{machine.checkout}/out/first-dream.png" in outcome.told
    assert (machine.checkout / "out").is_dir()


def test_the_check_goes_from_the_quick_to_the_long(machine: Machine) -> None:
    _add_check_tools(machine)
    assert machine.bash("packaging/check.sh").code == 0
    assert machine.calls == [
        "ruff format --check .",
        "ruff check .",
        "mypy ",
        "lint-imports ",
        "python -m pytest -p no:pytest-qt -p without_qt -m not qt tests/recipe tests/engine",
        "python -m pytest",
    ]


@pytest.mark.parametrize(("tool", "heading"), [("mypy", "types"), ("lint-imports", "rooms look down only")])
def test_the_check_stops_at_the_first_failure(machine: Machine, tool: str, heading: str) -> None:
    _add_check_tools(machine)
    machine.add_program(tool, "exit 1\n")
    outcome = machine.bash("packaging/check.sh")
    assert outcome.code == 1
    assert f"The check stopped at: {heading}" in outcome.told
    assert machine.calls[-1] == f"{tool} "


def test_the_check_without_tools_says_how_to_get_them(machine: Machine) -> None:
    outcome = machine.bash("packaging/check.sh")
    assert outcome.code == 1
    assert "make test" in outcome.told


def test_ci_calls_make_test_and_nothing_else(machine: Machine) -> None:
    (machine.checkout / ".ci").mkdir()
    (machine.checkout / ".ci" / "run").write_bytes((ROOT / ".ci" / "run").read_bytes())
    machine.add_tool("make", 'echo "in $PWD" >>"$CALLS"\n')
    assert machine.bash(".ci/run").code == 0
    assert machine.calls == ["make test", f"in {machine.checkout}"]


def test_before_a_commit_nothing_is_fetched() -> None:
    lines = (ROOT / ".pre-commit-config.yaml").read_text("utf-8").splitlines()
    assert {line.strip() for line in lines if "repo:" in line} == {"- repo: local"}
    assert {line.strip() for line in lines if "language:" in line} == {"language: system"}


def test_every_dependency_has_its_licence_listed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    listed = (ROOT / "resources" / "licences" / "README.md").read_text("utf-8").casefold()
    wanted = [*project["dependencies"], *project["optional-dependencies"]["networks"]]
    names = [dependency.partition(">=")[0].partition("==")[0] for dependency in wanted]
    assert [name for name in names if f"| {name.casefold()} |" not in listed] == []


def _add_check_tools(machine: Machine) -> None:
    for room in ("recipe", "engine", "ui"):
        (machine.checkout / "tests" / room).mkdir(parents=True)
    for name in ("ruff", "mypy", "lint-imports", "python", "pytest"):
        machine.add_program(name)
