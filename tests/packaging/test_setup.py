import os
import re
import shutil
import tomllib

import pytest

from tests.packaging.machine import ROOT, Machine


def test_a_second_call_does_nothing(machine: Machine) -> None:
    assert machine.bash("packaging/setup.sh", "run").code == 0
    before = machine.calls
    assert machine.installs == ["."]

    again = machine.bash("packaging/setup.sh", "run")

    assert (again.code, again.told, machine.calls) == (0, "", before)


def test_a_changed_pyproject_is_installed(machine: Machine) -> None:
    machine.bash("packaging/setup.sh", "run")
    (machine.checkout / "pyproject.toml").write_text("[project]\nname = 'other'\n")
    machine.bash("packaging/setup.sh", "run")
    assert machine.installs == [".", "."]
    assert _environments_made(machine) == 1


def test_what_the_tests_need_is_enough_to_run_and_not_the_other_way_round(machine: Machine) -> None:
    for purpose in ("run", "test", "run", "test"):
        assert machine.bash("packaging/setup.sh", purpose).code == 0
    assert machine.installs == [".", ".[dev]"]


def test_an_interrupted_environment_is_made_anew(machine: Machine) -> None:
    machine.environment["ON_INSTALL"] = "kill -9 $PPID"
    assert machine.bash("packaging/setup.sh", "run").code != 0
    (machine.venv / "half").touch()
    machine.environment.clear()

    assert machine.bash("packaging/setup.sh", "run").code == 0

    assert not (machine.venv / "half").exists()
    assert machine.bash("packaging/setup.sh", "run").told == ""


def test_an_interrupt_that_pip_catches_is_one(machine: Machine) -> None:
    machine.environment["ON_INSTALL"] = "kill -INT $PPID; exit 1"
    assert machine.bash("packaging/setup.sh", "run").code == 130
    machine.environment.clear()
    machine.bash("packaging/setup.sh", "run")
    assert _environments_made(machine) == 2


def test_where_pip_fails_the_environment_stays(machine: Machine) -> None:
    machine.environment["ON_INSTALL"] = "exit 1"
    failed = machine.bash("packaging/setup.sh", "run")
    machine.environment.clear()
    machine.bash("packaging/setup.sh", "run")

    assert failed.code == 1
    assert "pip could not install" in failed.told
    assert _environments_made(machine) == 1


def test_two_at_once_do_not_meet(machine: Machine) -> None:
    machine.venv.mkdir()
    (machine.venv / "under-way").write_text(f"{os.getpid()}\n")
    refused = machine.bash("packaging/setup.sh", "run")
    assert refused.code == 1
    assert f"process {os.getpid()} is setting up already" in refused.told


def test_an_environment_copied_from_another_checkout_is_made_anew(machine: Machine) -> None:
    machine.bash("packaging/setup.sh", "run")
    (machine.venv / "made-in").write_text("/elsewhere\n")
    machine.bash("packaging/setup.sh", "run")
    assert _environments_made(machine) == 2


def test_the_python_that_suits_is_taken(machine: Machine) -> None:
    machine.add_python("python3", 3, 9, 2)
    machine.add_python("python3.12", 3, 12, 4)
    assert machine.bash("packaging/setup.sh", "run").code == 0


def test_the_range_is_that_of_the_package(machine: Machine) -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    bounds = re.fullmatch(r">=3\.(\d+),<3\.(\d+)", wanted)
    assert bounds
    first, beyond = (int(bound) for bound in bounds.groups())
    suits = [minor for minor in range(first - 1, beyond + 1) if _sets_up(machine, minor)]
    assert suits == list(range(first, beyond))


@pytest.mark.parametrize(
    ("version", "told"),
    [((3, 9, 2), "python3 is 3.9"), ((2, 7, 18), "python3 is 2.7"), (None, "there is no python3")],
)
def test_without_a_python_that_suits_one_line_says_so(
    machine: Machine, version: tuple[int, ...] | None, told: str
) -> None:
    (machine.tools / "python3").unlink()
    if version:
        machine.add_python("python3", *version)
    outcome = machine.bash("packaging/setup.sh", "run")
    assert outcome.code == 1
    assert outcome.told.startswith("setup: Inceptionist needs Python 3.11, 3.12 or 3.13")
    assert told in outcome.told
    assert outcome.told.count("\n") == 1
    assert not machine.venv.exists()


def test_a_debian_without_venv_gets_it_from_root(machine: Machine) -> None:
    machine.root = True
    machine.environment["NO_ENSUREPIP"] = "1"
    assert machine.bash("packaging/setup.sh", "run").code == 0
    assert "apt-get -q install --yes --no-install-recommends python3.12-venv" in machine.calls


def test_a_debian_without_venv_gets_the_line_from_others(machine: Machine) -> None:
    machine.environment["NO_ENSUREPIP"] = "1"
    outcome = machine.bash("packaging/setup.sh", "run")
    assert outcome.code == 1
    assert "sudo apt-get install --no-install-recommends python3.12-venv" in outcome.told
    assert machine.calls == []


def test_root_gets_the_libraries_that_are_missing(machine: Machine) -> None:
    machine.root = True
    machine.libraries = ["libc.so.6", "libGL.so.1", "libxkbcommon.so.0", "libdbus-1.so.3", "libfontconfig.so.1"]
    machine.bash("packaging/setup.sh", "test")
    assert machine.calls[-2:] == [
        "apt-get -q update",
        "apt-get -q install --yes --no-install-recommends libegl1 libglib2.0-0",
    ]


def test_others_get_the_line_and_go_on(machine: Machine) -> None:
    machine.libraries.remove("libEGL.so.1")
    outcome = machine.bash("packaging/setup.sh", "run")
    assert outcome.code == 0
    assert "sudo apt-get install --no-install-recommends libegl1\n" in outcome.told


def test_a_failing_apt_get_is_not_the_end(machine: Machine) -> None:
    machine.root = True
    machine.libraries.remove("libEGL.so.1")
    machine.add_tool("apt-get", "exit 100\n")
    outcome = machine.bash("packaging/setup.sh", "run")
    assert outcome.code == 0
    assert "could not install libegl1" in outcome.told


@pytest.mark.parametrize(("screen", "asked"), [({}, False), ({"DISPLAY": ":0"}, True)])
def test_a_screen_asks_for_its_own_libraries(machine: Machine, screen: dict[str, str], asked: bool) -> None:
    machine.environment.update(screen)
    machine.libraries.remove("libxcb-cursor.so.0")
    assert ("libxcb-cursor0" in machine.bash("packaging/setup.sh", "run").told) is asked


@pytest.mark.parametrize(("system", "libraries"), [("Darwin", ["libc.so.6"]), ("Linux", [])])
def test_where_nothing_is_known_of_libraries_nothing_is_asked(
    machine: Machine, system: str, libraries: list[str]
) -> None:
    machine.root, machine.system, machine.libraries = True, system, libraries
    assert machine.bash("packaging/setup.sh", "run").code == 0
    assert not [call for call in machine.calls if call.startswith("apt-get")]


def _environments_made(machine: Machine) -> int:
    return machine.calls.count("python -m venv .venv")


def _sets_up(machine: Machine, minor: int) -> bool:
    """Whether a machine with no Python but this one is set up from nothing."""
    shutil.rmtree(machine.venv, ignore_errors=True)
    machine.add_python("python3", 3, minor, 0)
    return machine.bash("packaging/setup.sh", "run").code == 0
