"""The queue, with workers that do what the test says."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from inceptionist_gui.media import Picture
from inceptionist_gui.recipe import Recipe, Start
from inceptionist_gui.render.job import RenderJob
from inceptionist_gui.session import queue as queue_module
from inceptionist_gui.session.queue import Queue
from inceptionist_gui.session.queue_entry import Entry, Standing, Tally, tally
from inceptionist_gui.session.queue_line import Asked
from inceptionist_gui.session.queue_worker import Worker
from inceptionist_gui.session.state import Message, Tone

pytestmark = pytest.mark.qt
S = Standing


class Hand(Worker):
    """Does nothing by itself, and notes what it was told."""

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        super().__init__(file, parent)
        self.file = file
        self.told: list[str] = []

    def start(self) -> None:
        assert self.file.is_file(), "the job is written before anybody reads it"
        self.told.append("start")

    def hold(self) -> None:
        self.told.append("hold")

    def go_on(self) -> None:
        self.told.append("go on")

    def leave(self) -> None:
        self.told.append("leave")
        self.blockSignals(True)


class Bench(QObject):
    """Queues on one folder, one after another, and their workers."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        super().__init__()
        self.folder = folder
        self.hands: list[Hand] = []
        self.said: list[Message] = []
        self.ended: list[Tally] = []
        self._qtbot = qtbot
        self.queue = self.opened()

    def opened(self) -> Queue:
        queue = Queue(self.folder, self, make=self._hand)
        queue.said.connect(self.said.append)
        queue.ended.connect(self.ended.append)
        return queue

    def reopen(self) -> None:
        self.queue.close()
        self.queue = self.opened()
        self.queue.wake()

    def _hand(self, file: Path, parent: QObject) -> Hand:
        self.hands.append(Hand(file, parent))
        return self.hands[-1]

    def add(self, *names: str) -> list[str]:
        """Adds a job for each name, and waits until the first could begin."""
        jobs = tuple(RenderJob(Recipe(start=Start.NOISE), self.folder.parent / name) for name in names)
        assert self.queue.add(Asked(jobs))
        keys = [entry.key for entry in self.queue.entries[-len(names) :]]
        self._qtbot.waitUntil(lambda: set(keys) <= self.queue._ready)
        self.settle()
        return keys

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: not self.queue._turn.isActive())

    def standings(self) -> list[Standing]:
        self.settle()
        return [entry.standing for entry in self.queue.entries]

    def finish(self, hand: Hand) -> None:
        hand.done.emit(self.folder.parent / "made.png", 2.5)
        self.settle()

    def on_disk(self) -> list[str]:
        self.queue._background.finish()
        data = json.loads((self.folder / "queue.json").read_text())
        return [f"{each['standing']}" for each in data["jobs"]]


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot) -> Iterator[Bench]:
    bench = Bench(tmp_path / "data" / "queue", qtbot)
    yield bench
    bench.queue.close()
    bench.deleteLater()


class TestTurns:
    def test_one_at_a_time_in_their_order(self, bench: Bench) -> None:
        bench.add("a.png", "b.png")
        assert bench.standings() == [S.RUNNING, S.WAITING]
        bench.finish(bench.hands[0])
        assert bench.standings() == [S.DONE, S.RUNNING]
        bench.finish(bench.hands[1])
        assert bench.standings() == [S.DONE, S.DONE]
        assert bench.ended == [Tally(total=2, done=2, share=1.0)]
        assert bench.on_disk() == ["done", "done"]

    def test_a_fault_is_a_line_on_the_job_and_the_next_has_its_turn(self, bench: Bench) -> None:
        bench.add("a.png", "b.png")
        bench.hands[0].failed.emit("cat.png: there is no such file")
        assert bench.standings() == [S.FAILED, S.RUNNING]
        assert bench.queue.entries[0].line == "cat.png: there is no such file"
        bench.finish(bench.hands[1])
        assert bench.ended == [Tally(total=2, done=1, failed=1, share=1.0)]

    def test_progress_is_shown(self, bench: Bench) -> None:
        (key,) = bench.add("a.png")
        bench.hands[0].progressed.emit(0.4, "octave 1 of 2", 12.0)
        entry = bench.queue.entry(key)
        assert entry is not None
        assert (entry.done, entry.stage, entry.seconds_left) == (0.4, "octave 1 of 2", 12.0)
        assert bench.queue.tally.share == pytest.approx(0.4)

    def test_a_paused_job_lets_others_pass_and_goes_on_where_it_was(self, bench: Bench) -> None:
        first, _ = bench.add("a.png", "b.png")
        bench.hands[0].progressed.emit(0.4, "octave 1 of 2", None)
        bench.queue.pause_job(first)
        assert bench.standings() == [S.PAUSED, S.RUNNING]
        bench.queue.resume_job(first)
        assert bench.standings() == [S.WAITING, S.RUNNING]
        assert bench.queue.entries[0].done == 0.4
        bench.finish(bench.hands[1])
        assert bench.standings() == [S.RUNNING, S.DONE]
        assert len(bench.hands) == 2
        assert bench.hands[0].told == ["start", "hold", "go on"]

    def test_the_queue_as_a_whole_is_paused_and_started(self, bench: Bench) -> None:
        bench.add("a.png", "b.png")
        bench.queue.pause()
        assert bench.standings() == [S.WAITING, S.WAITING]
        bench.add("c.png")
        assert bench.standings() == [S.WAITING] * 3
        bench.queue.start()
        assert bench.standings() == [S.RUNNING, S.WAITING, S.WAITING]
        assert bench.hands[0].told == ["start", "hold", "go on"]

    def test_cancelling_ends_the_process_and_what_it_says_is_not_heard(self, bench: Bench) -> None:
        first, _ = bench.add("a.png", "b.png")
        bench.queue.cancel(first)
        assert bench.standings() == [S.CANCELLED, S.RUNNING]
        assert bench.hands[0].told[-1] == "leave"
        bench.hands[0].failed.emit("interrupted")
        assert bench.standings() == [S.CANCELLED, S.RUNNING]

    def test_what_was_cancelled_or_failed_can_be_retried(self, bench: Bench) -> None:
        (key,) = bench.add("a.png")
        bench.hands[0].failed.emit("no")
        bench.queue.retry(key)
        assert bench.standings() == [S.RUNNING]
        assert not bench.queue.entries[0].line
        bench.finish(bench.hands[1])
        assert bench.standings() == [S.DONE]

    def test_nothing_but_cancelled_jobs_is_no_end_worth_telling(self, bench: Bench) -> None:
        (key,) = bench.add("a.png")
        bench.queue.cancel(key)
        bench.settle()
        assert not bench.ended

    def test_verbs_that_do_not_fit_change_nothing(self, bench: Bench) -> None:
        (key,) = bench.add("a.png")
        for verb in (bench.queue.retry, bench.queue.resume_job):
            verb(key)
        for verb in (bench.queue.pause_job, bench.queue.cancel, bench.queue.retry, bench.queue.remove):
            verb("nobody")
        assert bench.standings() == [S.RUNNING]


class TestOrder:
    @pytest.mark.parametrize(
        ("row", "to", "order"), [(2, 0, "cab"), (0, 1, "bac"), (0, 9, "bca"), (1, -3, "bac"), (1, 1, "abc")]
    )
    def test_moving(self, bench: Bench, row: int, to: int, order: str) -> None:
        keys = bench.add("a.png", "b.png", "c.png")
        bench.queue.move(keys[row], to)
        assert "".join(entry.job.output.stem for entry in bench.queue.entries) == order

    def test_who_is_moved_ahead_has_the_next_turn(self, bench: Bench) -> None:
        _, _, last = bench.add("a.png", "b.png", "c.png")
        bench.queue.move(last, 1)
        bench.finish(bench.hands[0])
        assert bench.standings() == [S.DONE, S.RUNNING, S.WAITING]
        assert bench.queue.running is not None
        assert bench.queue.running.key == last

    def test_removing_deletes_its_files_and_nothing_else(self, bench: Bench) -> None:
        first, second = bench.add("a.png", "b.png")
        (bench.folder.parent / "a.png").touch()
        bench.queue.remove(first)
        assert bench.standings() == [S.RUNNING]
        bench.queue._background.finish()
        assert {path.stem for path in bench.folder.glob("*.job")} == {second}
        assert (bench.folder.parent / "a.png").exists()

    def test_clearing_leaves_what_is_still_to_be_done(self, bench: Bench) -> None:
        first, second, third = bench.add("a.png", "b.png", "c.png")
        bench.finish(bench.hands[0])
        bench.queue.cancel(second)
        bench.queue.clear_finished()
        assert [entry.key for entry in bench.queue.entries] == [third]
        assert first != third


class TestRestart:
    def test_what_was_under_way_begins_again(self, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(queue_module, "GRACE", 0)
        bench.add("a.png", "b.png", "c.png")
        bench.finish(bench.hands[0])
        bench.reopen()
        assert bench.standings()[0] is S.DONE
        assert bench.queue.entries[0].output == bench.folder.parent / "made.png"
        assert "2 pictures to make" in bench.said[-1].text
        bench._qtbot.waitUntil(lambda: bench.queue.running is not None)
        assert bench.standings() == [S.DONE, S.RUNNING, S.WAITING]

    def test_as_it_is_after_a_kill(self, bench: Bench) -> None:
        bench.add("a.png")
        assert bench.on_disk() == ["running"]
        bench.queue._store.close()
        again = bench.opened()
        again.wake()
        assert [entry.standing for entry in again.entries] == [S.WAITING]
        again.close()

    def test_a_paused_queue_stays_paused(self, bench: Bench) -> None:
        bench.add("a.png")
        bench.queue.pause()
        bench.reopen()
        assert not bench.queue.going
        assert not bench.said

    def test_without_a_queue_nothing_is_made(self, bench: Bench) -> None:
        bench.queue.wake()
        assert not bench.folder.exists()

    def test_two_windows_do_not_fight(self, bench: Bench) -> None:
        bench.add("a.png")
        bench.on_disk()
        other = bench.opened()
        other.wake()
        assert not other.entries
        assert not bench.said, "that is no news until it matters"
        assert not other.add(Asked((RenderJob(Recipe(), bench.folder / "b.png"),)))
        assert bench.said[-1].tone is Tone.ERROR
        bench.queue.close()
        other.wake()
        assert len(other.entries) == 1
        other.close()

    def test_a_damaged_list_loses_no_job(self, bench: Bench) -> None:
        bench.add("a.png", "b.png")
        bench.queue.close()
        (bench.folder / "queue.json").write_text("{")
        bench.reopen()
        assert bench.standings() == [S.PAUSED, S.PAUSED]
        assert bench.said[-1].tone is Tone.ERROR
        assert (bench.folder / "queue.damaged").exists()

    @pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'{"recipe": {"size": "large"}}'])
    def test_a_damaged_job_is_left_out_with_a_line(self, bench: Bench, content: bytes) -> None:
        first, second = bench.add("a.png", "b.png")
        bench.queue.close()
        (bench.folder / f"{first}.job").write_bytes(content)
        bench.reopen()
        assert [entry.key for entry in bench.queue.entries] == [second]
        assert [message.tone for message in bench.said if message.tone is Tone.ERROR]

    def test_a_newer_list_is_left_as_it_is(self, bench: Bench) -> None:
        bench.add("a.png")
        bench.queue.close()
        path = bench.folder / "queue.json"
        path.write_text(path.read_text().replace('"version": 1', '"version": 99'))
        before = path.read_bytes()
        bench.reopen()
        assert "newer" in bench.said[-1].text
        assert not bench.queue.add(Asked((RenderJob(Recipe(), bench.folder / "b.png"),)))
        assert path.read_bytes() == before


class TestPhotos:
    def test_one_copy_is_kept_for_all_variants_and_goes_with_the_last(self, bench: Bench) -> None:
        photo = Picture(np.full((40, 60, 3), 90, np.uint8), name="cat.png")
        jobs = tuple(
            RenderJob(Recipe(seed=seed), bench.folder / f"{seed}.png", source="cat.png") for seed in (0, 1)
        )
        bench.queue.add(Asked(jobs, photo))
        bench.queue._background.finish()
        (kept,) = bench.folder.glob("*.npz")
        assert {entry.job.photo for entry in bench.queue.entries} == {kept}
        first, second = (entry.key for entry in bench.queue.entries)
        assert bench.queue.thumbnail_path(second).is_file()
        bench.queue.remove(first)
        bench.queue._background.finish()
        assert kept.exists()
        bench.queue.remove(second)
        bench.queue._background.finish()
        assert not kept.exists()

    def test_a_disk_that_takes_nothing_is_a_line(self, bench: Bench) -> None:
        bench.folder.parent.mkdir()
        bench.folder.write_text("no folder")
        assert not bench.queue.add(Asked((RenderJob(Recipe(), bench.folder / "b.png"),)))
        assert bench.said[-1].tone is Tone.ERROR


def test_the_share_leaves_out_what_was_cancelled() -> None:
    job = RenderJob(Recipe(), Path("a.png"))
    entries = [
        Entry("a", job, S.DONE, done=1.0),
        Entry("b", job, S.CANCELLED),
        Entry("c", job, S.RUNNING, done=0.5),
        Entry("d", job, S.FAILED),
    ]
    assert tally(entries) == Tally(total=4, done=1, failed=1, cancelled=1, share=2.5 / 3)
    assert tally([]) == Tally()
