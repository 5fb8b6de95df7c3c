"""The menu of devices."""

from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from inceptionist_gui.engine.device_names import DeviceName, Offer
from inceptionist_gui.session import devices
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.settings import Settings
from inceptionist_gui.ui.theme import Theme
from inceptionist_gui.ui.window import Window

pytestmark = pytest.mark.qt

LACK = "No MPS device here (this torch is built without MPS)"
OFFERS = (
    Offer(DeviceName.CPU, "CPU"),
    Offer(DeviceName.CUDA, "Fake & Sons 9000"),
    Offer(DeviceName.MPS, "Apple GPU", LACK),
)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often the engine was asked; its answer is OFFERS."""
    times: list[int] = []

    def offers() -> tuple[Offer, ...]:
        times.append(1)
        return OFFERS

    monkeypatch.setattr(devices, "_offers", offers)
    return times


def menu_of(action: QAction) -> QMenu:
    return next(menu for menu in action.associatedObjects() if isinstance(menu, QMenu))


def test_it_is_among_the_dreams_menu_and_shows_the_reasons(window: Window) -> None:
    entries = window.actions_.devices
    menu = menu_of(entries[DeviceName.AUTO])
    assert menu.title() == "Dream On"
    assert menu.actions() == [entries[name] for name in DeviceName]
    assert menu.toolTipsVisible()
    dream = menu_of(window.actions_.dream)
    assert menu.menuAction() in dream.actions()


def test_gpus_are_greyed_out_until_the_engine_was_asked(window: Window, asked: list[int]) -> None:
    enabled = [action.isEnabled() for action in window.actions_.devices.values()]
    assert enabled == [True, True, False, False]
    assert asked == []


def test_showing_the_menu_asks_and_fills_it(window: Window, asked: list[int], qtbot: QtBot) -> None:
    entries = window.actions_.devices
    menu = menu_of(entries[DeviceName.CUDA])
    menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: entries[DeviceName.CUDA].isEnabled())
    assert entries[DeviceName.CUDA].text() == "Fake && Sons 9000"
    assert not entries[DeviceName.MPS].isEnabled()
    assert entries[DeviceName.MPS].toolTip() == LACK
    menu.aboutToShow.emit()
    assert asked == [1]


def test_a_choice_is_taken_up_and_remembered(window: Window, session: Session, settings: Settings) -> None:
    entries = window.actions_.devices
    assert entries[DeviceName.AUTO].isChecked()
    entries[DeviceName.CPU].trigger()
    assert session.device is settings.device is DeviceName.CPU
    assert [name for name, action in entries.items() if action.isChecked()] == [DeviceName.CPU]


def test_a_remembered_choice_is_shown_even_if_it_cannot_be_had(
    qtbot: QtBot, settings: Settings, theme: Theme, session: Session
) -> None:
    session.device = DeviceName.MPS
    window = Window(session, settings, theme)
    qtbot.addWidget(window, before_close_func=lambda _: window.leave())
    window.actions_.show_offers(OFFERS)
    assert window.actions_.devices[DeviceName.MPS].isChecked()
    assert not window.actions_.devices[DeviceName.MPS].isEnabled()


@pytest.mark.parametrize(("text", "device"), [("cuda", DeviceName.CUDA), ("abacus", DeviceName.AUTO)])
def test_what_a_file_of_settings_says(tmp_path: Path, text: str, device: DeviceName) -> None:
    (tmp_path / "settings.ini").write_text(f"[General]\ndevice={text}\n")
    assert Settings(tmp_path / "settings.ini").device is device


def test_settings_come_back(tmp_path: Path) -> None:
    kept = Settings(tmp_path / "settings.ini")
    kept.device = DeviceName.MPS
    kept.sync()
    assert Settings(tmp_path / "settings.ini").device is DeviceName.MPS
