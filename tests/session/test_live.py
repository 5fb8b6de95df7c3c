"""The picture that follows every change by itself."""

from collections.abc import Callable

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from inceptionist_gui.media import Picture
from inceptionist_gui.recipe import ClassGoal, LayerGoal, Mask, Mode, Provenance, Recipe, Start
from inceptionist_gui.session.live import shows
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import Message, State
from tests.session.conftest import SMALL
from tests.session.test_session import dreamed

TWO = Recipe(goals=(LayerGoal(layer="blocks.1"), ClassGoal(label="banana")))
MASK = Mask.of(np.full((4, 4), 200, np.uint8))


def with_goals(*goals: LayerGoal | ClassGoal) -> Recipe:
    return Recipe(goals=goals)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (TWO, False),
        (with_goals(*reversed(TWO.goals)), False),  # type: ignore[arg-type]
        (TWO.model_copy(update={"restored": MASK}), False),
        (TWO.model_copy(update={"mode": Mode.IMAGINE}), False),
        (TWO.model_copy(update={"mask": MASK}), True),
        (TWO.model_copy(update={"seed": 5}), True),
        (with_goals(TWO.goals[0].model_copy(update={"muted": True}), TWO.goals[1]), True),  # type: ignore[arg-type]
    ],
)
def test_what_shows_in_the_picture(after: Recipe, expected: bool) -> None:
    assert shows(TWO, after) is expected


def test_muting_what_does_not_count_shows_nothing() -> None:
    solo = TWO.goals[0].model_copy(update={"solo": True})
    muted = TWO.goals[1].model_copy(update={"muted": True})
    assert not shows(TWO.model_copy(update={"goals": (solo, TWO.goals[1])}), with_goals(solo, muted))  # type: ignore[arg-type]


@pytest.fixture
def live(ready: Session) -> Session:
    ready.live = True
    return ready


@pytest.mark.qt
class TestLive:
    def test_a_change_begins_the_dream_and_ends_in_the_picture_of_the_recipe(
        self, live: Session, qtbot: QtBot
    ) -> None:
        live.set_value("texture.colour", 0.1)
        assert live.state is State.WAKING
        live.set_value("texture.colour", 0.2)
        result = dreamed(qtbot, live)
        assert result.provenance is not None
        assert result.provenance.recipe.texture.colour == 0.2

    def test_undo_follows_too(self, live: Session, qtbot: QtBot) -> None:
        live.set_value("texture.colour", 0.1)
        dreamed(qtbot, live)
        live.undo_stack.undo()
        assert live.state is State.WAKING

    def test_it_is_off_unless_it_is_asked_for(self, ready: Session) -> None:
        ready.set_value("texture.colour", 0.1)
        assert ready.state is State.IDLE

    @pytest.mark.parametrize(
        "change",
        [
            lambda session: session.set_mode(Mode.FOOL),
            lambda session: session.set_value("texture.colour", SMALL.texture.colour),
            lambda session: session.set_goals(SMALL.goals, "The same"),
        ],
    )
    def test_what_changes_no_picture_begins_nothing(
        self, live: Session, change: Callable[[Session], None]
    ) -> None:
        change(live)
        assert live.state is State.IDLE

    def test_without_a_photo_nothing_begins_and_nothing_is_said(
        self, session: Session, said: list[Message]
    ) -> None:
        session.live = True
        session.set_value("texture.colour", 0.1)
        assert session.state is State.IDLE
        assert not said

    def test_clouds_need_no_photo(self, session: Session) -> None:
        session.set_start(Start.CLOUDS)
        session.live = True
        session.set_value("size", 96)
        assert session.state is State.WAKING

    def test_a_dreamed_picture_is_opened_to_be_seen(self, session: Session, photo: Picture) -> None:
        session.live = True
        session.adopt(Picture(photo.pixels, name="dream.png", provenance=Provenance(recipe=SMALL)))
        assert session.recipe == SMALL
        assert session.state is State.IDLE
