import errno
from pathlib import Path
from typing import BinaryIO

import pytest

from inceptionist_gui.errors import NotEnoughError, UserError
from inceptionist_gui.render.checkpoint import Checkpoint, is_full


@pytest.fixture
def kept(tmp_path: Path) -> Checkpoint:
    checkpoint = Checkpoint(tmp_path / "a.tif")
    checkpoint.begin("key", resume=False)
    return checkpoint


def read(checkpoint: Checkpoint) -> bytes | None:
    file = checkpoint.state()
    if file is None:
        return None
    with file:
        return file.read()


def test_the_last_state_is_kept(kept: Checkpoint) -> None:
    assert read(kept) is None
    for data in (b"one", b"two"):
        kept.save(lambda file, data=data: file.write(data))  # type: ignore[misc]
    assert read(kept) == b"two"


def test_a_state_that_cannot_be_written_leaves_the_last(kept: Checkpoint) -> None:
    def fail(file: BinaryIO) -> None:
        file.write(b"half")
        raise OSError(errno.ENOSPC, "full")

    kept.save(lambda file: file.write(b"one"))
    with pytest.raises(OSError, match="full"):
        kept.save(fail)
    assert read(kept) == b"one"
    assert sorted(path.name for path in kept.folder.iterdir()) == ["job", "state"]


def test_going_on(kept: Checkpoint, tmp_path: Path) -> None:
    kept.save(lambda file: file.write(b"one"))
    again = Checkpoint(tmp_path / "a.tif")
    assert again.unfinished
    again.begin("key", resume=True)
    assert read(again) == b"one"


@pytest.mark.usefixtures("kept")
def test_another_job_is_not_gone_on_with(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"a\.tif: the unfinished print is of another"):
        Checkpoint(tmp_path / "a.tif").begin("other", resume=True)


def test_beginning_anew_takes_away_what_was(kept: Checkpoint) -> None:
    kept.save(lambda file: file.write(b"one"))
    kept.begin("key", resume=False)
    assert read(kept) is None


def test_finishing_puts_the_file_in_its_place(kept: Checkpoint, tmp_path: Path) -> None:
    (tmp_path / "a.tif").write_bytes(b"old")
    kept.draft.write_bytes(b"new")
    kept.finish()
    assert (tmp_path / "a.tif").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a.tif"]


def test_what_says_that_a_disk_is_full() -> None:
    full = OSError(errno.ENOSPC, "full")
    assert is_full(full)
    wrapped = NotEnoughError("no room")
    wrapped.__cause__ = full
    assert is_full(wrapped)
    assert not is_full(OSError(errno.EACCES, "no"))
    assert not is_full(NotEnoughError("memory"))
