"""The photo brought back through what was dreamed, in a session: no dream is needed for it."""

import numpy as np
import numpy.typing as npt
import pytest
from pytestqt.qtbot import QtBot

from inceptionist_gui.media import Picture, as_float32
from inceptionist_gui.recipe import Mask
from inceptionist_gui.session.exchange import View
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import State
from tests.session.conftest import LONG
from tests.session.test_session import WAIT, begun, dreamed

pytestmark = pytest.mark.qt

LEFT, RIGHT = np.s_[:, :48], np.s_[:, 48:]


def left() -> Mask:
    """Full on the left half of the picture."""
    values = np.zeros((64, 96), np.uint8)
    values[LEFT] = 255
    return Mask.of(values)


def bring_back(session: Session, mask: Mask | None) -> None:
    session.apply_recipe(session.recipe.model_copy(update={"restored": mask}), "Restore")


def before(photo: Picture) -> npt.NDArray[np.float32]:
    return as_float32(photo.pixels)


def test_the_photo_comes_back_without_another_dream(ready: Session, photo: Picture, qtbot: QtBot) -> None:
    ready.start()
    plain = dreamed(qtbot, ready)
    ready.unsaved = False
    views: list[View] = []
    ready.viewed.connect(views.append)
    with qtbot.waitSignal(ready.result_changed, timeout=WAIT):
        bring_back(ready, left())
    assert ready.state is State.IDLE
    assert not views
    assert ready.result is not None
    np.testing.assert_array_equal(ready.result.pixels[LEFT], before(photo)[LEFT])
    np.testing.assert_array_equal(ready.result.pixels[RIGHT], plain.pixels[RIGHT])
    assert ready.result.provenance is not None
    assert ready.result.provenance.recipe == ready.recipe
    assert ready.unsaved


def test_undone_the_dream_is_there_again(ready: Session, qtbot: QtBot) -> None:
    ready.start()
    plain = dreamed(qtbot, ready)
    bring_back(ready, left())
    ready.undo_stack.undo()
    assert ready.result is not None
    np.testing.assert_array_equal(ready.result.pixels, plain.pixels)


def test_live_it_is_no_reason_to_dream(ready: Session, qtbot: QtBot) -> None:
    ready.start()
    dreamed(qtbot, ready)
    ready.live = True
    bring_back(ready, left())
    assert ready.state is State.IDLE


def test_a_paused_dream_shows_it_and_goes_on_without_being_steered(
    ready: Session, photo: Picture, qtbot: QtBot
) -> None:
    begun(qtbot, ready)
    with qtbot.waitSignal(ready.result_changed, timeout=WAIT):
        ready.pause()
    bring_back(ready, left())
    assert ready.state is State.PAUSED
    assert ready.result is not None
    np.testing.assert_array_equal(ready.result.pixels[LEFT], before(photo)[LEFT])
    ready.resume()
    result = dreamed(qtbot, ready)
    np.testing.assert_array_equal(result.pixels[LEFT], before(photo)[LEFT])
    assert result.provenance is not None
    assert not result.provenance.steered
    assert result.provenance.recipe == ready.recipe


def test_brought_back_right_after_a_pause_it_is_not_lost(ready: Session, photo: Picture, qtbot: QtBot) -> None:
    ready.apply_recipe(LONG, "Long")
    begun(qtbot, ready)
    ready.pause()
    bring_back(ready, left())
    qtbot.waitUntil(
        lambda: (
            ready.result is not None
            and bool((ready.result.pixels[LEFT] == before(photo)[LEFT]).all())
            and ready.result.provenance is not None
            and ready.result.provenance.recipe.restored == left()
        ),
        timeout=WAIT,
    )


def test_a_dream_under_way_shows_it_with_its_next_view(ready: Session, photo: Picture, qtbot: QtBot) -> None:
    ready.apply_recipe(LONG, "Long")
    begun(qtbot, ready)

    def brought_back(view: View) -> bool:
        return bool((view.pixels[LEFT] == photo.pixels[LEFT]).all())

    with qtbot.waitSignal(ready.viewed, timeout=WAIT, check_params_cb=brought_back):
        bring_back(ready, left())
    ready.stop()
