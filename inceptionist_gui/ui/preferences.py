"""What the user chose once and wants to find again: theme, language, device, and the like."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.settings import Settings, ThemeChoice
from inceptionist_gui.session.state import Message
from inceptionist_gui.ui.actions import Actions
from inceptionist_gui.ui.theme import Theme
from inceptionist_gui.words import _

MEGABYTE = 1_000_000

T = TypeVar("T")


class Preferences(QObject):
    """Ticks what was chosen before, and keeps in the settings what is chosen now."""

    def __init__(self, session: Session, settings: Settings, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._settings, self._theme = session, settings, theme
        session.looks.restore_locks(settings.locks)
        session.looks.locks_changed.connect(self._keep_locks)

    def follow(self, actions: Actions) -> None:
        """Has the actions choose."""
        _offer(actions.themes, self._theme.choice, self.choose_theme)
        _offer(actions.languages, self._settings.language, self.choose_language)
        _offer(actions.devices, self._session.device, self.choose_device)
        actions.live.setChecked(self._session.live)
        actions.live.toggled.connect(self._follow_live)

    def choose_theme(self, choice: ThemeChoice) -> None:
        self._theme.choose(choice)
        self._settings.theme = choice

    def choose_language(self, code: str) -> None:
        self._settings.language = code
        self._session.said.emit(Message(_("The language changes at the next start")))

    def choose_device(self, name: DeviceName) -> None:
        self._settings.device = name
        self._session.choose_device(name)

    def give_history(self, megabytes: int) -> None:
        """How much of the disk the history may take."""
        self._settings.history_megabytes = megabytes
        self._session.history.give(megabytes * MEGABYTE)

    def _follow_live(self, on: bool) -> None:
        self._session.live = self._settings.live = on

    def _keep_locks(self) -> None:
        self._settings.locks = self._session.looks.locked


def _offer(choices: dict[T, QAction], chosen: T, choose: Callable[[T], None]) -> None:
    for choice, action in choices.items():
        action.setChecked(choice == chosen)
        action.triggered.connect(lambda _on=False, choice=choice: choose(choice))
