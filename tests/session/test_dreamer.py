"""The dreamer's bookkeeping, in the order of calls that a thread meets only now and then."""

import pytest

from inceptionist_gui.session.dreamer import Dreamer, _Run
from inceptionist_gui.session.exchange import Job
from tests.session.conftest import LONG, SMALL

pytestmark = pytest.mark.qt


@pytest.fixture
def dreamer() -> Dreamer:
    """It does not run: the test does what its thread would."""
    return Dreamer()


def taken_up(dreamer: Dreamer, generation: int) -> Job:
    job = Job(generation, SMALL, None)
    dreamer.dream(job)
    assert dreamer._next_job() is job
    return job


def test_a_dream_that_was_replaced_takes_no_wish_of_the_next(dreamer: Dreamer) -> None:
    old = taken_up(dreamer, 1)
    dreamer.dream(Job(2, SMALL, None))
    dreamer.pause()
    assert dreamer._taken_wishes(old).finish
    assert dreamer._wishes.snapshot
    assert dreamer._wishes.paused


def test_a_dream_that_was_replaced_takes_no_change_of_the_next(dreamer: Dreamer) -> None:
    old = taken_up(dreamer, 1)
    new = Job(2, SMALL, None)
    dreamer.dream(new)
    dreamer.change(LONG)
    assert dreamer._steer(_Run(old, SMALL)) is None
    assert dreamer._steer(_Run(new, SMALL)) is LONG


def test_a_snapshot_that_was_asked_for_is_owed_once(dreamer: Dreamer) -> None:
    old = taken_up(dreamer, 1)
    dreamer.snapshot()
    dreamer.dream(Job(2, SMALL, None))
    assert dreamer._taken_wishes(old).snapshot
    assert not dreamer._taken_wishes(old).snapshot


def test_a_pause_ends_when_the_dream_is_replaced(dreamer: Dreamer) -> None:
    old = taken_up(dreamer, 1)
    dreamer.pause()
    dreamer.dream(Job(2, SMALL, None))
    dreamer._wait_while_paused(old)
    assert not dreamer._is_wanted(old)
