"""The user's own presets, in a folder of their own."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication

from inceptionist_gui.media import Picture, read_picture
from inceptionist_gui.recipe import ClassGoal, LayerGoal, Mask, Recipe, preset_named, presets
from inceptionist_gui.recipe.recipe import VERSION
from inceptionist_gui.session.preset_library import PresetLibrary

MINE = Recipe(goals=(LayerGoal(layer="blocks.2", weight=0.5), ClassGoal(label="banana")))
PICTURE = Picture(np.full((300, 600, 3), 80, np.uint8))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "presets"


@pytest.fixture
def library(qapp: QCoreApplication, folder: Path) -> PresetLibrary:
    return PresetLibrary(qapp, folder)


@pytest.fixture
def told(library: PresetLibrary) -> list[str]:
    lines: list[str] = []
    library.failed.connect(lines.append)
    return lines


def own(library: PresetLibrary) -> list[str]:
    return [preset.title for preset in library.every() if library.is_own(preset.name)]


def test_what_is_saved_is_there_at_the_next_start(
    qapp: QCoreApplication, library: PresetLibrary, folder: Path
) -> None:
    saved = library.save("Sea of bananas", MINE, PICTURE)
    assert saved is not None
    again = PresetLibrary(qapp, folder)
    assert again.every() == (saved, *presets())
    assert again.every()[0].fits(MINE)
    picture = again.picture_file(saved.name)
    assert picture is not None
    assert read_picture(picture).pixels.shape == (120, 240, 3)


def test_titles_and_names_are_given_once(library: PresetLibrary) -> None:
    shipped = presets()[0].title
    for title in ("Sea", "sea", shipped, "  \n ", "海"):
        library.save(title, MINE)
    assert sorted(own(library)) == sorted(["Sea", "sea 2", f"{shipped} 2", "Untitled", "海"])
    assert len({preset.name for preset in library.every()}) == len(library.every())


def test_a_mask_is_no_part_of_a_look(library: PresetLibrary) -> None:
    masked = LayerGoal(layer="blocks.2", mask=Mask.of(np.zeros((4, 4), np.uint8)))
    saved = library.save("Sea", Recipe(goals=(masked,)))
    assert saved is not None
    assert saved.goals == (LayerGoal(layer="blocks.2"),)


def test_renaming(qapp: QCoreApplication, library: PresetLibrary, folder: Path) -> None:
    saved = library.save("Sea", MINE, PICTURE)
    assert saved is not None
    library.rename(saved.name, "Ocean")
    assert own(library) == own(PresetLibrary(qapp, folder)) == ["Ocean"]
    library.rename(saved.name, "Ocean")
    assert own(library) == ["Ocean"], "its own title is not taken"


def test_removing_and_bringing_back(library: PresetLibrary, folder: Path) -> None:
    saved = library.save("Sea", MINE, PICTURE)
    assert saved is not None
    removal = library.removal(saved.name)
    removal.redo()
    assert own(library) == []
    assert list(folder.iterdir()) == []
    removal.undo()
    assert own(library) == ["Sea"]
    assert library.picture_file(saved.name) is not None


def test_a_picture_is_kept_once(library: PresetLibrary) -> None:
    saved = library.save("Sea", MINE)
    assert saved is not None
    assert library.picture_file(saved.name) is None
    library.keep_picture(saved.name, PICTURE)
    first = library.picture_file(saved.name)
    assert first is not None
    before = first.read_bytes()
    library.keep_picture(saved.name, Picture(np.zeros((30, 30, 3), np.uint8)))
    assert first.read_bytes() == before
    library.keep_picture("strokes", PICTURE)
    assert library.picture_file("strokes") is None


def test_sharing_and_taking_in(
    qapp: QCoreApplication, library: PresetLibrary, folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "fur.dreampreset"
    assert library.share(preset_named("fur"), path)
    taken = library.take_in(path)
    assert taken is not None
    assert taken.title == f"{preset_named('fur').title} 2"
    assert taken.goals == preset_named("fur").goals
    assert own(PresetLibrary(qapp, folder)) == [taken.title]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("no JSON", "bad.dreampreset: not JSON"),
        ("[]", "bad.dreampreset: recipe:"),
        ('{"name": "a"}', "field required"),
        (f'{{"version": {VERSION + 1}}}', "newer Inceptionist"),
        ("{" + " " * 5_000_000 + "}", "too large"),
    ],
)
def test_what_is_no_preset_is_told_in_one_line(
    library: PresetLibrary, told: list[str], tmp_path: Path, content: str, line: str
) -> None:
    path = tmp_path / "bad.dreampreset"
    path.write_text(content)
    assert library.take_in(path) is None
    assert len(told) == 1
    assert line in told[0]
    assert "\n" not in told[0]


def test_a_file_that_is_gone_is_told(library: PresetLibrary, told: list[str], tmp_path: Path) -> None:
    assert library.take_in(tmp_path / "gone.dreampreset") is None
    assert "gone.dreampreset" in told[0]


def test_a_damaged_file_among_them_is_left_out(
    qapp: QCoreApplication, library: PresetLibrary, folder: Path
) -> None:
    library.save("Sea", MINE)
    (folder / "broken.json").write_text("{")
    again = PresetLibrary(qapp, folder)
    assert own(again) == ["Sea"]
    assert "broken.json" in again.faults[0]


def test_where_nothing_can_be_written_it_is_told(qapp: QCoreApplication, tmp_path: Path) -> None:
    (tmp_path / "presets").write_text("a file, not a folder")
    library, lines = PresetLibrary(qapp, tmp_path / "presets"), list[str]()
    library.failed.connect(lines.append)
    assert library.save("Sea", MINE) is None
    assert len(lines) == 1
    assert own(library) == []
