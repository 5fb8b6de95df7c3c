"""What is looked at, and when."""

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from inceptionist_gui.engine.region import Region
from inceptionist_gui.media import Picture
from inceptionist_gui.recipe import ClassGoal, Scale, Strength
from inceptionist_gui.render.association import Association, Progress
from inceptionist_gui.render.sheets import StageTile
from inceptionist_gui.session.looker import Heat, Method, Sight, Wanted
from inceptionist_gui.session.looking import Feature, Looking, Ranking
from inceptionist_gui.session.session import Session
from tests.session.conftest import LONG

pytestmark = pytest.mark.qt
WAIT = 60_000
TABBY = Wanted("tabby", Method.AREAS)


@pytest.fixture
def looking(session: Session) -> Iterator[Looking]:
    looking = Looking(session)
    yield looking
    looking.close()


@pytest.fixture
def sights(looking: Looking, monkeypatch: pytest.MonkeyPatch) -> list[Sight | None]:
    """What the looker is asked, which does not look."""
    asked: list[Sight | None] = []
    monkeypatch.setattr(looking._looker, "look", asked.append)
    return asked


def test_nobody_watches_and_nothing_is_looked_at(
    session: Session, sights: list[Sight | None], photo: Picture
) -> None:
    session.adopt(photo)
    assert set(sights) == {None}


def test_the_opened_picture_is_looked_at(
    looking: Looking, session: Session, sights: list[Sight | None], photo: Picture
) -> None:
    looking.watch(True)
    session.adopt(photo)
    assert sights[-1] is not None
    assert sights[-1].pixels is photo.pixels
    assert not sights[-1].live


def test_looks_follow_the_dream(
    looking: Looking, ready: Session, sights: list[Sight | None], qtbot: QtBot
) -> None:
    looking.watch(True)
    ready.apply_recipe(LONG, "Long")
    ready.start()
    qtbot.waitUntil(lambda: any(seen is not None and seen.live for seen in sights), timeout=WAIT)
    with qtbot.waitSignal(ready.result_changed, timeout=WAIT):
        ready.stop()
    assert ready.result is not None
    assert sights[-1] is not None
    assert sights[-1].pixels is ready.result.pixels
    assert not sights[-1].live


def test_the_evidence_goes_with_the_picture_and_with_the_network(
    looking: Looking, ready: Session, sights: list[Sight | None], photo: Picture
) -> None:
    looking.want(TABBY)
    assert sights[-1] is not None
    assert sights[-1].wanted == TABBY
    ready.set_network("lite1")
    assert looking.wanted is None
    looking.want(TABBY)
    ready.adopt(photo)
    assert looking.wanted is None


def test_evidence_that_nobody_wants_any_more_is_dropped(
    looking: Looking, ready: Session, photo: Picture, qtbot: QtBot
) -> None:
    assert ready.photo is photo
    looking.want(TABBY)
    looking.want(None)
    with qtbot.assertNotEmitted(looking.heated):
        looking._on_heated(Heat(TABBY, photo.pixels, np.zeros(photo.pixels.shape[:2], np.float32)))


def test_every_stage_dreams_on_the_photo_and_once(looking: Looking, ready: Session, qtbot: QtBot) -> None:
    quick = {"scale": Scale(octaves=1), "strength": Strength(iterations=1)}
    ready.apply_recipe(ready.recipe.model_copy(update=quick), "Quick")
    tiles: list[StageTile] = []
    looking.staged.connect(tiles.append)
    looking.want_stages(True)
    stages = [stage.name for stage in ready.network.stages]
    qtbot.waitUntil(lambda: [tile.layer for tile in tiles] == stages, timeout=WAIT)
    ready.set_goals((ClassGoal(label="banana"),), "Banana")
    looking._catch_up()
    qtbot.wait(50)
    assert len(tiles) == len(stages), "goals are no matter to it"


def test_channels_answer_to_a_part_of_the_picture(looking: Looking, ready: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(looking.ranked, timeout=WAIT) as whole:
        looking.want_channels("blocks.1")
    with qtbot.waitSignal(looking.ranked, timeout=WAIT) as part:
        looking.look_within(Region(0.0, 0.0, 0.2, 0.2))
    orders = []
    for told in (whole, part):
        ranking = told.args[0]
        assert isinstance(ranking, Ranking)
        assert ranking.layer == "blocks.1"
        orders.append([response.channel for response in ranking.responses])
    assert orders[0] != orders[1]
    assert sorted(orders[0]) == sorted(orders[1]) == list(range(ready.network.layer("blocks.1").channels))


def test_what_did_not_change_is_not_ranked_anew(
    looking: Looking, ready: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    monkeypatch.setattr(looking._looker, "begin", lambda chore: begun.append(chore.name))
    looking.want_channels("blocks.1")
    ready.set_value("texture.colour", 0.7)
    looking._catch_up()
    assert begun == ["ranking"]
    ready.set_network("lite1")
    looking._catch_up()
    assert begun == ["ranking", "ranking"]


def test_the_picture_of_a_channel(looking: Looking, ready: Session, qtbot: QtBot) -> None:
    assert ready.photo is not None
    with qtbot.waitSignal(looking.featured, timeout=WAIT) as told:
        looking.want_features("blocks.1", (3,))
    feature = told.args[0]
    assert isinstance(feature, Feature)
    assert (feature.layer, feature.channel) == ("blocks.1", 3)
    assert feature.pixels.std() > 10


def test_an_association_goes_on_until_it_is_given_up(
    looking: Looking, ready: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = Association("banana", ready.network, ready.network, ())

    def forever(label: str, network: str, times: int, **_: object) -> Iterator[Progress]:
        assert (label, network, times) == ("banana", "lite0", 3)
        while True:
            yield Progress(0.1, begun)

    monkeypatch.setattr("inceptionist_gui.render.association.associating", forever)
    with qtbot.waitSignal(looking.associated) as told:
        looking.associate("banana", 3)
    assert isinstance(told.args[0], Progress)
    looking.give_up_association()
    with qtbot.assertNotEmitted(looking.associated, wait=50):
        pass
