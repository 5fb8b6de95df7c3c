"""What the stages and the presets make of the photo, in the background."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from inceptionist_gui.media import Picture
from inceptionist_gui.recipe import Preset, Recipe, Scale, Strength
from inceptionist_gui.render.sheets import PresetTile, StageTile
from inceptionist_gui.session.looker import Looker
from inceptionist_gui.session.previews import Previews
from inceptionist_gui.session.session import Session

WAIT = 60_000
QUICK = Recipe(scale=Scale(octaves=1, jitter=0), strength=Strength(iterations=1))
LOOKS = tuple(Preset.of(QUICK, name, name) for name in ("one", "two"))


@pytest.fixture
def looker(session: Session) -> Iterator[Looker]:
    looker = Looker(session)
    yield looker
    looker.leave()


@pytest.fixture
def previews(session: Session, looker: Looker) -> Previews:
    return Previews(session, looker, session)


def test_every_stage_of_the_photo(
    session: Session, previews: Previews, photo: Picture, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inceptionist_gui.session.previews.Recipe", lambda **given: QUICK.model_copy(update=given))
    tiles: list[StageTile] = []
    previews.staged.connect(tiles.append)
    session.adopt(photo)
    previews.want_stages(True)
    stages = [stage.name for stage in session.network.stages]
    qtbot.waitUntil(lambda: [tile.layer for tile in tiles] == stages, timeout=WAIT)


def test_every_preset_of_the_photo_counted_down(
    session: Session, previews: Previews, photo: Picture, qtbot: QtBot
) -> None:
    tiles, counts = list[PresetTile](), list[int]()
    previews.dressed.connect(tiles.append)
    previews.remaining_changed.connect(counts.append)
    session.adopt(photo)
    previews.want_presets(LOOKS)
    qtbot.waitUntil(lambda: counts == [2, 1, 0], timeout=WAIT)
    assert [tile.name for tile in tiles] == ["one", "two"]
    assert tiles[0].pixels.shape == (107, 160, 3)


def test_without_a_photo_nothing_is_made(previews: Previews, looker: Looker, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(previews.dressed, wait=700):
        previews.want_presets(LOOKS)
        previews.want_stages(True)
    assert not looker.isRunning()


def test_while_a_dream_is_under_way_they_wait(
    session: Session, previews: Previews, looker: Looker, photo: Picture, qtbot: QtBot
) -> None:
    looker.rest(True)
    session.adopt(photo)
    with qtbot.assertNotEmitted(previews.dressed, wait=1500):
        previews.want_presets(LOOKS)
    with qtbot.waitSignal(previews.dressed, timeout=WAIT):
        looker.rest(False)


def test_the_same_is_not_made_twice_and_another_photo_is_told(
    session: Session, previews: Previews, photo: Picture, qtbot: QtBot
) -> None:
    begun: list[bool] = []
    previews.presets_begun.connect(lambda: begun.append(True))
    session.adopt(photo)
    previews.want_presets(LOOKS)
    qtbot.waitUntil(lambda: previews.remaining == 0 and begun == [True], timeout=WAIT)
    previews.want_presets(None)
    previews.want_presets(LOOKS)
    with qtbot.assertNotEmitted(previews.dressed, wait=900):
        pass
    session.adopt(Picture(photo.pixels[::-1].copy(), name="other.png"))
    qtbot.waitUntil(lambda: begun == [True, True], timeout=WAIT)
