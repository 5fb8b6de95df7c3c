"""What a Linux desktop is told of the program and its files."""

import configparser
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from inceptionist_gui.media import PROJECT_SUFFIX, Project, write_project
from inceptionist_gui.media.archive import MIME
from inceptionist_gui.recipe import Recipe

ROOT = Path(__file__).parents[2]
NAMESPACE = {"": "http://www.freedesktop.org/standards/shared-mime-info"}


@pytest.fixture
def told() -> ElementTree.Element:
    found = ElementTree.parse(ROOT / "packaging" / "inceptionist-mime.xml").find("mime-type", NAMESPACE)
    assert found is not None
    return found


def test_a_project_is_known_by_its_name_and_its_first_bytes(told: ElementTree.Element, tmp_path: Path) -> None:
    glob = told.find("glob", NAMESPACE)
    assert glob is not None
    assert (told.get("type"), glob.get("pattern")) == (MIME, f"*{PROJECT_SUFFIX}")
    write_project(Project(Recipe()), tmp_path / "a.dream")
    content = (tmp_path / "a.dream").read_bytes()
    matches = told.findall(".//match", NAMESPACE)
    assert len(matches) == 3
    for match in matches:
        value = str(match.get("value")).encode().decode("unicode_escape").encode("latin-1")
        assert content[int(str(match.get("offset"))) :].startswith(value)


def test_the_desktop_opens_projects_with_the_program() -> None:
    entry = configparser.RawConfigParser()
    entry.optionxform = str  # type: ignore[assignment]
    entry.read(ROOT / "packaging" / "inceptionist.desktop", "utf-8")
    told = entry["Desktop Entry"]
    assert told["Exec"] == "inceptionist %f"
    assert MIME in told["MimeType"].split(";")


def test_both_are_installed_where_desktops_look() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    for path, place in shared.items():
        assert (ROOT / path).is_file()
        assert place.startswith("share/")
    assert "packaging/inceptionist-mime.xml" in shared
    assert "packaging/inceptionist.desktop" in shared
