"""What is remembered, and what of it makes no sense."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from inceptionist_gui.session.settings import MOST_RECENT, Settings, ThemeChoice

pytestmark = pytest.mark.qt


def test_everything_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    kept = Settings(file)
    kept.theme = ThemeChoice.LIGHT
    kept.geometry = QByteArray(b"\x01\x00geometry")
    kept.layout = QByteArray(b"layout\xff")
    kept.open_folder = tmp_path
    kept.save_folder = tmp_path
    kept.language = "de"
    kept.toured = True
    kept.sync()
    read = Settings(file)
    assert read.theme is ThemeChoice.LIGHT
    assert read.geometry == b"\x01\x00geometry"
    assert read.layout == b"layout\xff"
    assert (read.open_folder, read.save_folder) == (tmp_path, tmp_path)
    assert (read.language, read.toured) == ("de", True)


def test_recent_files_come_newest_first_without_those_that_are_gone(settings: Settings, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}, odd name.png" for number in range(MOST_RECENT + 3)]
    for path in paths:
        path.touch()
        settings.add_recent(path)
    settings.add_recent(paths[5])
    paths[-1].unlink()
    recent = settings.recent_files()
    assert recent[:2] == [paths[5], paths[-2]]
    assert len(recent) == MOST_RECENT - 1


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_recent_files_survive_the_file(tmp_path: Path, count: int) -> None:
    for number in range(count):
        (tmp_path / f"{number}.png").touch()
        kept = Settings(tmp_path / "settings.ini")
        kept.add_recent(tmp_path / f"{number}.png")
        kept.sync()
    assert len(Settings(tmp_path / "settings.ini").recent_files()) == count


@pytest.mark.parametrize(
    "text",
    [
        "[General]\ntheme=mauve\nrecent=@Variant(nonsense)\n[window]\ngeometry=7\nlayout=@ByteArray(junk)\n",
        "[folders]\nopen=/no/such/folder\nsave=\n[General]\ntheme=@Invalid()\nrecent=@Invalid()\n",
        "\x00\x01not an ini file at all",
    ],
)
def test_nonsense_reads_as_the_default(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.ini"
    file.write_text(text)
    read = Settings(file)
    assert read.theme is ThemeChoice.DARK
    assert read.recent_files() == []
    assert read.open_folder is None
    assert read.save_folder is None
    assert read.geometry.isEmpty() or isinstance(read.geometry, QByteArray)
