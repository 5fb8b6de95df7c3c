import numpy as np
import pytest

from inceptionist_gui.engine.directions import direction_of
from inceptionist_gui.engine.networks import UnknownNameError
from inceptionist_gui.engine.networks.loading import LoadedNetwork


def stairs(axis: int) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
    """Light and dark that rise along an axis."""
    shape = (24, 1, 1) if axis == 0 else (1, 24, 1)
    rising = np.linspace(0.0, 1.0, 24, dtype=np.float32).reshape(shape)
    return np.ascontiguousarray(np.broadcast_to(rising, (24, 24, 3)))


def test_the_direction_is_what_the_pictures_call_up(toy: LoadedNetwork) -> None:
    upright, level = (np.array(direction_of([stairs(axis)], "edges", toy)) for axis in (1, 0))
    assert upright[0] > 0.9
    assert level[1] > 0.9
    assert np.linalg.norm(upright) == pytest.approx(1.0, abs=1e-3)


def test_several_pictures_have_their_mean(toy: LoadedNetwork) -> None:
    both = np.array(direction_of([stairs(0), stairs(1)], "edges", toy))
    assert both == pytest.approx(np.full(2, 0.5**0.5), abs=0.1)


def test_odd_pictures_can_be_looked_at(toy: LoadedNetwork) -> None:
    thin = np.ascontiguousarray(stairs(0)[:, :2])
    assert len(direction_of([thin], "halves", toy)) == 2


def test_a_strange_layer_is_told(toy: LoadedNetwork) -> None:
    with pytest.raises(UnknownNameError, match=r"layer edgy: .*nearest are edges"):
        direction_of([stairs(0)], "edgy", toy)
