"""Projects written and read again, and files that only claim to be projects."""

import json
import struct
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inceptionist_gui.errors import UserError
from inceptionist_gui.media import (
    Picture,
    Project,
    is_project,
    read_picture,
    read_project,
    write_picture,
    write_project,
)
from inceptionist_gui.recipe import ClassGoal, Mask, Provenance, Recipe, Scale

RECIPE = Recipe(
    size=96,
    scale=Scale(octaves=2),
    goals=(ClassGoal(label="banana", mask=Mask.of(np.eye(8, dtype=np.uint8))),),
    mask=Mask.of(np.full((4, 6), 200, np.uint8)),
)
DREAMED = Provenance(recipe=RECIPE, source="cat.png", steered=True)


def pixels(kind: str, *shape: int) -> Any:
    random = np.random.default_rng(4)
    if kind == "float32":
        return random.random(shape, dtype=np.float32)
    return random.integers(0, np.iinfo(kind).max, shape, dtype=kind)


def same(one: Picture | None, other: Picture | None) -> None:
    assert one is not None
    assert other is not None
    assert (one.name, one.provenance) == (other.name, other.provenance)
    for mine, yours in ((one.pixels, other.pixels), (one.alpha, other.alpha)):
        assert (mine is None) == (yours is None)
        if mine is not None and yours is not None:
            assert mine.dtype == yours.dtype
            np.testing.assert_array_equal(mine, yours)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cat.dream"


@pytest.fixture
def written(path: Path) -> Path:
    photo = Picture(pixels("uint8", 8, 12, 3), name="cat.png")
    write_project(Project(RECIPE, photo, Picture(pixels("float32", 8, 12, 3), provenance=DREAMED)), path)
    return path


class TestBack:
    @pytest.mark.parametrize("alpha", [False, True])
    @pytest.mark.parametrize("kind", ["uint8", "uint16", "float32"])
    def test_every_kind_of_picture_comes_back_to_the_bit(self, path: Path, kind: str, alpha: bool) -> None:
        through = pixels(kind, 16, 24) if alpha else None
        photo = Picture(pixels(kind, 16, 24, 3), through, name="Käse & 猫.tif")
        result = Picture(pixels(kind, 32, 48, 3), name="cat.png", provenance=DREAMED)
        write_project(Project(RECIPE, photo, result), path)
        again = read_project(path)
        assert again.recipe == RECIPE
        same(again.photo, photo)
        same(again.result, result)

    def test_a_photo_is_kept_as_the_file_that_it_was(self, path: Path, tmp_path: Path) -> None:
        write_picture(Picture(pixels("uint8", 16, 24, 3)), tmp_path / "cat.jpg")
        photo = read_picture(tmp_path / "cat.jpg")
        write_project(Project(RECIPE, photo), path)
        with zipfile.ZipFile(path) as archive:
            held = [archive.read(name) for name in archive.namelist() if name.startswith("photo")]
        assert held == [(tmp_path / "cat.jpg").read_bytes()]
        same(read_project(path).photo, photo)
        assert read_project(path).result is None

    def test_a_recipe_alone_is_a_project(self, path: Path) -> None:
        write_project(Project(RECIPE), path)
        again = read_project(path)
        assert (again.recipe, again.photo, again.result) == (RECIPE, None, None)

    def test_it_says_what_it_is_in_its_first_bytes(self, written: Path, tmp_path: Path) -> None:
        assert written.read_bytes()[30:72] == b"mimetypeapplication/x-inceptionist-project"
        renamed = written.rename(tmp_path / "cat.zip")
        assert is_project(renamed)
        assert not is_project(tmp_path / "gone.zip")

    def test_its_thumbnail_shows_the_dream(self, written: Path) -> None:
        with zipfile.ZipFile(written) as archive:
            assert archive.read("thumbnail.png").startswith(b"\x89PNG")

    def test_the_same_work_gives_the_same_bytes(self, written: Path, tmp_path: Path) -> None:
        write_project(read_project(written), tmp_path / "again.dream")
        assert (tmp_path / "again.dream").read_bytes() == written.read_bytes()

    def test_where_it_cannot_be_written_an_older_one_stays(self, written: Path, tmp_path: Path) -> None:
        with pytest.raises(UserError, match="no folder"):
            write_project(Project(RECIPE), tmp_path / "nowhere" / "cat.dream")
        assert read_project(written).photo is not None


def rezipped(path: Path, change: Callable[[dict[str, bytes]], None], packing: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    change(entries)
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


def told(change: Callable[[dict[str, Any]], None]) -> Callable[[dict[str, bytes]], None]:
    def changed(entries: dict[str, bytes]) -> None:
        manifest = json.loads(entries["manifest.json"])
        change(manifest)
        entries["manifest.json"] = json.dumps(manifest).encode()

    return changed


def line(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        read_project(path)
    said = str(caught.value)
    assert said.startswith("cat.dream: ")
    assert "\n" not in said
    return said


class TestHostile:
    def test_one_of_a_newer_version_is_refused(self, written: Path) -> None:
        rezipped(written, told(lambda manifest: manifest.update(version=9)))
        assert "written by a newer Inceptionist (version 9, this one reads up to 1)" in line(written)

    def test_one_with_a_newer_recipe_is_refused(self, written: Path) -> None:
        rezipped(written, told(lambda manifest: manifest["recipe"].update(version=99)))
        assert "written by a newer Inceptionist (version 99" in line(written)

    def test_a_wrong_value_is_named(self, written: Path) -> None:
        rezipped(written, told(lambda manifest: manifest["recipe"].update(size=-4)))
        assert "size: " in line(written)

    @pytest.mark.parametrize("name", ["../photo.png", "", "photo/cat.png", "C:\\photo.png", None, 7])
    def test_the_name_of_a_part_is_not_trusted(self, written: Path, name: object) -> None:
        rezipped(written, told(lambda manifest: manifest["photo"].update(part=name)))
        assert "photo.part" in line(written)

    def test_a_part_that_is_missing_is_told(self, written: Path) -> None:
        rezipped(written, told(lambda manifest: manifest["photo"].update(part="photo-0.png")))
        assert "its part photo-0.png is missing" in line(written)

    @pytest.mark.parametrize("text", [b"", b"{", b"[]", b"\xff", b"[" * 100_000])
    def test_a_manifest_that_is_none_is_told(self, written: Path, text: bytes) -> None:
        rezipped(written, lambda entries: entries.update({"manifest.json": text}))
        assert "manifest" in line(written)

    def test_without_a_manifest_it_is_no_project(self, written: Path) -> None:
        def without(entries: dict[str, bytes]) -> None:
            del entries["manifest.json"]

        rezipped(written, without)
        assert "it has no manifest" in line(written)

    def test_folders_are_refused(self, written: Path) -> None:
        rezipped(written, lambda entries: entries.update({"../../evil": b"x"}))
        assert "it has folders in it" in line(written)

    def test_many_entries_are_refused(self, written: Path) -> None:
        rezipped(written, lambda entries: entries.update({f"entry{n}": b"" for n in range(100)}))
        assert "a project has 64 at most" in line(written)

    def test_a_name_that_is_there_twice_is_refused(self, written: Path) -> None:
        with (
            pytest.warns(UserWarning, match="Duplicate name"),
            zipfile.ZipFile(written, "a") as archive,
        ):
            archive.writestr("manifest.json", b"{}")
        assert "is there twice" in line(written)

    def test_a_bomb_is_refused_before_it_goes_off(self, written: Path) -> None:
        rezipped(written, lambda entries: entries.update({"bomb": bytes(50_000_000)}), zipfile.ZIP_DEFLATED)
        assert "it would grow to more than 20 times its size" in line(written)

    def test_a_bomb_that_hides_its_size_is_found_out(self, written: Path) -> None:
        rezipped(written, lambda entries: entries.update({"photo-0.png": bytes(900_000)}), zipfile.ZIP_DEFLATED)
        rezipped(
            written, told(lambda manifest: manifest["photo"].update(part="photo-0.png")), zipfile.ZIP_DEFLATED
        )
        data = bytearray(written.read_bytes())
        at = data.rfind(b"photo-0.png")
        struct.pack_into("<L", data, at - 46 + 24, 100)
        written.write_bytes(data)
        assert "damaged or cut short" in line(written)

    def test_another_way_of_packing_is_refused(self, written: Path) -> None:
        rezipped(written, lambda _: None, zipfile.ZIP_LZMA)
        assert "packed in a way" in line(written)

    def test_a_password_is_refused(self, written: Path) -> None:
        data = bytearray(written.read_bytes())
        data[data.rfind(b"PK\x01\x02") + 8] |= 1
        written.write_bytes(data)
        assert "locked with a password" in line(written)

    def test_a_wrong_check_sum_is_told(self, written: Path) -> None:
        data = bytearray(written.read_bytes())
        data[data.index(b"II*\x00") + 300] ^= 0xFF
        written.write_bytes(data)
        assert "damaged" in line(written)

    @pytest.mark.parametrize("content", [b"PK", b"no zip at all", bytes(70_000), b"PK\x05\x06" + bytes(18)])
    def test_what_is_no_zip_is_told(self, path: Path, content: bytes) -> None:
        path.write_bytes(content)
        assert "project" in line(path)

    def test_a_folder_and_nothing_are_told(self, path: Path) -> None:
        assert "there is no such file; a project is expected" in line(path)
        path.mkdir()
        assert "a folder; a project is expected" in line(path)

    @given(st.data())
    def test_whatever_is_damaged_gives_a_line_or_a_project(self, data: st.DataObject) -> None:
        content = bytearray(_small())
        for _ in range(data.draw(st.integers(1, 4))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        cut = data.draw(st.integers(0, len(content)) | st.just(len(content)))
        assert "\n" not in _read(bytes(content[:cut]))


def _small() -> bytes:
    picture = Picture(pixels("uint8", 2, 3, 3))
    with tempfile.TemporaryDirectory() as folder:
        write_project(Project(Recipe(), picture, picture), Path(folder) / "cat.dream")
        return (Path(folder) / "cat.dream").read_bytes()


def _read(content: bytes) -> str:
    """What is said of it; empty where it can be read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cat.dream"
        path.write_bytes(content)
        try:
            read_project(path)
        except UserError as error:
            return str(error)
    return ""
