"""Zoom, pan and fit, as numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSizeF

from inceptionist_gui.ui.viewpoint import MARGIN, Viewpoint

pytestmark = pytest.mark.qt


def looking(width: int = 600, height: int = 400, ratio: float = 1.0) -> Viewpoint:
    viewpoint = Viewpoint()
    viewpoint.set_view(QSizeF(800, 600), ratio)
    viewpoint.set_picture(width, height)
    return viewpoint


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_a_new_picture_is_fitted_and_in_the_middle(ratio: float) -> None:
    target = looking(ratio=ratio).target()
    assert target.width() == pytest.approx(800 - 2 * MARGIN)
    assert target.width() / target.height() == pytest.approx(1.5)
    assert target.center().x() == pytest.approx(400, abs=1)
    assert target.center().y() == pytest.approx(300, abs=1)


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_at_100_percent_one_picture_pixel_is_one_device_pixel(ratio: float) -> None:
    viewpoint = looking(ratio=ratio)
    viewpoint.zoom_to(1.0)
    target = viewpoint.target()
    assert target.width() * ratio == pytest.approx(600)
    assert (target.left() * ratio) % 1.0 == pytest.approx(0.0)
    assert (target.top() * ratio) % 1.0 == pytest.approx(0.0)


@given(
    x=st.floats(0, 800),
    y=st.floats(0, 600),
    factor=st.floats(1.05, 8.0),
    ratio=st.sampled_from([1.0, 1.25, 2.0]),
)
def test_zooming_in_keeps_what_is_under_the_pointer(x: float, y: float, factor: float, ratio: float) -> None:
    viewpoint = looking(ratio=ratio)
    # Beyond the picture's edge there is nothing to keep.
    target = viewpoint.target()
    pointer = QPointF(min(max(x, target.left()), target.right()), min(max(y, target.top()), target.bottom()))
    held = viewpoint.to_picture(pointer)
    viewpoint.zoom_by(factor, pointer)
    now = viewpoint.to_view(held)
    assert now.x() == pytest.approx(pointer.x(), abs=1.0 / ratio)
    assert now.y() == pytest.approx(pointer.y(), abs=1.0 / ratio)


def test_a_frame_of_the_same_size_keeps_the_place_and_another_size_refits() -> None:
    viewpoint = looking()
    viewpoint.zoom_to(3.0, QPointF(100, 100))
    place = viewpoint.target()
    viewpoint.set_picture(600, 400)
    assert viewpoint.target() == place
    viewpoint.set_picture(300, 300)
    assert viewpoint.fitted


def test_a_fitted_picture_follows_the_view_and_a_zoomed_one_keeps_its_zoom() -> None:
    viewpoint = looking()
    viewpoint.set_view(QSizeF(400, 300), 1.0)
    assert viewpoint.target().width() == pytest.approx(400 - 2 * MARGIN)
    viewpoint.zoom_to(1.0)
    viewpoint.set_view(QSizeF(500, 500), 1.0)
    assert viewpoint.zoom == pytest.approx(1.0)


def test_the_picture_cannot_be_lost() -> None:
    viewpoint = looking()
    viewpoint.pan(QPointF(10_000, -10_000))
    assert viewpoint.target().contains(QPointF(400, 300))


def test_zoom_has_its_bounds() -> None:
    viewpoint = looking()
    viewpoint.zoom_by(1e9)
    assert viewpoint.zoom == pytest.approx(32.0)
    viewpoint.zoom_by(1e-9)
    assert viewpoint.zoom > 0.0


def test_only_what_is_in_view_is_visible() -> None:
    viewpoint = looking()
    viewpoint.zoom_to(8.0)
    seen = viewpoint.visible()
    assert 100 <= seen.width() <= 102
    assert 75 <= seen.height() <= 77
