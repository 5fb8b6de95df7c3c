"""The thread that looks: what it tells, and in which order it does things."""

import time
from collections.abc import Generator, Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from skimage import data

from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.session.looker import Chore, Heat, Looker, Method, Opinion, Sight, Wanted, reduced

pytestmark = pytest.mark.qt
WAIT = 60_000


@pytest.fixture
def looker(qtbot: QtBot) -> Iterator[Looker]:  # noqa: ARG001  Signals need an application.
    looker = Looker()
    yield looker
    looker.leave()


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> Looker:
    """It does not run: the test does what its thread would."""
    monkeypatch.setattr(Looker, "start", lambda _: None)
    return Looker()


@pytest.fixture(scope="module")
def cat() -> np.ndarray:
    return np.ascontiguousarray(data.chelsea())  # type: ignore[no-untyped-call]


def sight(pixels: np.ndarray, *, live: bool = False, wanted: Wanted | None = None) -> Sight:
    return Sight(pixels, "lite0", DeviceName.CPU, live, wanted)


def counting(name: str = "count", until: int = 3) -> Chore:
    def steps() -> Generator[object, None, None]:
        yield from range(until)

    return Chore(name, steps())


def test_two_networks_tell_what_they_see(looker: Looker, cat: np.ndarray, qtbot: QtBot) -> None:
    with qtbot.waitSignal(looker.opined, timeout=WAIT) as told:
        looker.look(sight(cat))
    opinion = told.args[0]
    assert isinstance(opinion, Opinion)
    assert (opinion.title, opinion.judge) == ("EfficientNet-Lite0", "EfficientNet-Lite2")
    first = opinion.standings[0]
    assert first.label in ("Egyptian cat", "tiger cat")
    assert 0.2 < first.own < 1.0
    (favourite,) = (standing for standing in opinion.standings if standing.first)
    assert favourite.judge == max(standing.judge for standing in opinion.standings)
    assert 0.2 < favourite.judge < 1.0
    shares = [standing.own for standing in opinion.standings[:5]]
    assert shares == sorted(shares, reverse=True)


@pytest.mark.parametrize("method", list(Method))
def test_the_evidence_is_laid_over_the_whole_picture(
    looker: Looker, cat: np.ndarray, qtbot: QtBot, method: Method
) -> None:
    wanted = Wanted("tabby", method)
    with qtbot.waitSignal(looker.heated, timeout=WAIT) as told:
        looker.look(sight(cat, wanted=wanted))
    heat = told.args[0]
    assert isinstance(heat, Heat)
    assert heat.wanted == wanted
    assert heat.pixels.shape == cat.shape


def test_a_fault_is_told_and_the_thread_goes_on(looker: Looker, cat: np.ndarray, qtbot: QtBot) -> None:
    with qtbot.waitSignal(looker.failed, timeout=WAIT) as told:
        looker.look(Sight(cat, "lite9", DeviceName.CPU, live=False))
    assert told.args[0] is None
    assert "lite9" in told.args[1]
    with qtbot.waitSignal(looker.opined, timeout=WAIT):
        looker.look(sight(cat))


def test_a_chore_gives_step_by_step(looker: Looker, qtbot: QtBot) -> None:
    given: list[object] = []
    looker.stepped.connect(lambda _, step: given.append(step))
    looker.begin(counting())
    qtbot.waitUntil(lambda: given == [0, 1, 2])


def test_a_chore_that_fails_is_told(looker: Looker, qtbot: QtBot) -> None:
    def steps() -> Generator[object, None, None]:
        yield 1
        raise ValueError("odd")

    chore = Chore("odd", steps())
    with qtbot.waitSignal(looker.failed) as told:
        looker.begin(chore)
    assert told.args == [chore, "Something went wrong (ValueError: odd)"]


def test_the_newest_sight_and_the_newest_chore_come_first(still: Looker, cat: np.ndarray) -> None:
    old, new = counting("old"), counting("new")
    still.begin(old)
    still.begin(new)
    still.look(sight(cat))
    newest = sight(cat)
    still.look(newest)
    assert still._next() is newest
    assert still._next() is new
    still.drop("new")
    assert still._next() is old


def test_chores_rest_while_it_dreams(still: Looker, cat: np.ndarray) -> None:
    still.begin(counting())
    still.rest(True)
    seen = sight(cat, live=True)
    still.look(seen)
    assert still._next() is seen
    still.rest(False)
    assert isinstance(still._next(), Chore)


def test_a_dream_under_way_is_left_alone_for_longer_than_a_look_takes(
    still: Looker, cat: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(still, "_tell", lambda _: time.sleep(0.1))
    began = time.monotonic()
    still._look(sight(cat, live=True))
    assert still._next_look - began > 0.55
    # What was clicked on a picture at rest does not wait.
    clicked = sight(cat)
    still.look(clicked)
    assert still._next() is clicked


def test_what_is_given_up_is_closed_by_the_thread(still: Looker) -> None:
    closed: list[bool] = []

    def steps() -> Generator[object, None, None]:
        try:
            yield 1
        finally:
            closed.append(True)

    chore = Chore("long", steps())
    still.begin(chore)
    still._step(chore)
    still.drop("long")
    assert not closed
    still.begin(counting())
    still._next()
    assert closed


def test_what_comes_after_the_end_wakes_nobody(looker: Looker, cat: np.ndarray) -> None:
    looker.leave()
    looker.look(sight(cat))
    looker.begin(counting())
    assert not looker.isRunning()


def test_a_large_picture_is_looked_at_small() -> None:
    assert reduced(np.zeros((1300, 1500, 3), np.uint8)).shape == (650, 750, 3)
    assert reduced(np.zeros((600, 900, 3), np.float32)).shape == (600, 900, 3)
