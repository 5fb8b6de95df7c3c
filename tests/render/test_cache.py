import os
import stat
import sys
from pathlib import Path

import pytest

from inceptionist_gui.render.cache import Cache, key_of


def aged(folder: Path, key: str, seconds: float) -> None:
    now = (folder / key).stat().st_mtime
    os.utime(folder / key, (now - seconds, now - seconds))


def test_what_is_kept_is_found_again_by_another_run(tmp_path: Path) -> None:
    Cache(tmp_path / "new").put("a", b"one")
    assert Cache(tmp_path / "new").get("a") == b"one"
    assert Cache(tmp_path / "new").get("b") is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps other users out in another way")
def test_nobody_else_sees_it(tmp_path: Path) -> None:
    Cache(tmp_path / "new").put("a", b"one")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


def test_the_oldest_go_where_room_is_short_and_use_keeps_young(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=100)
    for age, key in enumerate("dcba"):
        cache.put(key, bytes(25))
        aged(tmp_path, key, 100 * (4 - age))
    assert cache.get("d") == bytes(25)
    cache.put("e", bytes(25))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "d", "e"]


def test_what_another_run_left_counts(tmp_path: Path) -> None:
    Cache(tmp_path, limit=100).put("a", bytes(90))
    aged(tmp_path, "a", 100)
    Cache(tmp_path, limit=100).put("b", bytes(20))
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_a_folder_that_cannot_be_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = Cache(tmp_path / "file" / "below")
    cache.put("a", b"one")
    assert cache.get("a") is None


def test_keys_tell_parts_apart() -> None:
    assert key_of("ab", b"c") == key_of("ab", "c")
    assert len({key_of("ab", "c"), key_of("a", "bc"), key_of("abc")}) == 3


def test_keys_are_of_one_version(monkeypatch: pytest.MonkeyPatch) -> None:
    before = key_of("a")
    monkeypatch.setattr("inceptionist_gui.render.cache.__version__", "99.0")
    assert key_of("a") != before
