"""The tour: beside each thing, in nobody's way, and only once by itself."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from inceptionist_gui.session.session import Session
from inceptionist_gui.session.settings import Settings
from inceptionist_gui.ui.tour import Tour
from inceptionist_gui.ui.window import Window

pytestmark = pytest.mark.qt
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def tour(window: Window) -> Tour:
    window.actions_.tour.trigger()
    assert window.help.tour is not None
    return window.help.tour


def test_six_stops_each_with_a_card_inside_the_window(tour: Tour, window: Window, settings: Settings) -> None:
    titles = []
    for _stop in range(6):
        titles.append(tour.card.title)
        assert tour.card.isVisible()
        assert window.rect().contains(tour.card.geometry())
        assert tour.ring.isVisible()
        QTest.mouseClick(tour.card.next, LEFT)
    assert len(set(titles)) == 6
    assert window.help.tour is None
    assert settings.toured


def test_the_card_covers_nothing_of_what_it_tells_of(tour: Tour) -> None:
    # The canvas comes first, and is too large for a place beside it.
    for place in range(1, 6):
        tour.go_to(place)
        assert not tour.card.geometry().intersects(tour.ring.geometry().adjusted(4, 4, -4, -4))


def test_one_goes_back_and_one_skips(tour: Tour, window: Window) -> None:
    first = tour.card.title
    assert tour.card.back.isHidden()
    QTest.mouseClick(tour.card.next, LEFT)
    QTest.mouseClick(tour.card.back, LEFT)
    assert tour.card.title == first
    QTest.mouseClick(tour.card.skip, LEFT)
    assert window.help.tour is None


def test_everything_goes_on_working_meanwhile(tour: Tour, window: Window, session: Session) -> None:
    window.canvas.setFocus()
    focused = window.focusWidget()
    tour.go_to(3)
    assert window.focusWidget() is focused
    row = window.docks.controls.row("scale.octaves")
    QTest.mouseClick(row.number, LEFT)
    session.set_value("scale.octaves", 3)
    assert row.number.value() == 3
    assert tour.card.isVisible()


def test_it_follows_the_window_and_what_is_hidden(tour: Tour, window: Window) -> None:
    tour.go_to(1)
    window.resize(1100, 700)
    QApplication.processEvents()
    assert window.rect().contains(tour.card.geometry())
    window.actions_.hide_panels.trigger()
    QApplication.processEvents()
    assert not tour.ring.isVisible()
    assert tour.card.isVisible()


def test_escape_on_the_card_ends_it(tour: Tour, window: Window) -> None:
    QTest.keyClick(tour.card, Qt.Key.Key_Escape)
    assert window.help.tour is None


def test_it_comes_by_itself_once(window: Window, settings: Settings) -> None:
    assert not settings.toured
    window.help.welcome()
    assert window.help.tour is not None
    window.help.tour.end()
    window.help.welcome()
    assert window.help.tour is None


def test_another_tour_takes_the_place_of_the_first(tour: Tour, window: Window) -> None:
    again = window.help.lead_tour()
    QApplication.processEvents()
    assert window.help.tour is again
    assert again is not tour
