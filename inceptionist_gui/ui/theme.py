"""The studio's look: dark, light, or as the system has it."""

import re

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from inceptionist_gui.session.settings import ThemeChoice
from inceptionist_gui.shipped import resource
from inceptionist_gui.ui.tones import DARK, LIGHT, Tones

SCHEMES = {
    ThemeChoice.DARK: Qt.ColorScheme.Dark,
    ThemeChoice.LIGHT: Qt.ColorScheme.Light,
    ThemeChoice.SYSTEM: Qt.ColorScheme.Unknown,
}


class Theme(QObject):
    """Dresses the application; one for the whole program."""

    changed = Signal(object)
    """The Tones now worn."""

    def __init__(self, application: QApplication, choice: ThemeChoice = ThemeChoice.DARK) -> None:
        super().__init__(application)
        self._application = application
        self.choice = choice
        self.tones = DARK
        application.setStyle("Fusion")
        application.styleHints().colorSchemeChanged.connect(self._follow_system)
        self.choose(choice)

    def choose(self, choice: ThemeChoice) -> None:
        self.choice = choice
        # Frames drawn by the system and its own file dialogs follow this; on a bare X server nothing does.
        self._application.styleHints().setColorScheme(SCHEMES[choice])
        self._wear(self._tones_for(choice))

    def _tones_for(self, choice: ThemeChoice) -> Tones:
        if choice is ThemeChoice.SYSTEM:
            light = self._application.styleHints().colorScheme() is Qt.ColorScheme.Light
            return LIGHT if light else DARK
        return LIGHT if choice is ThemeChoice.LIGHT else DARK

    def _follow_system(self) -> None:
        if self.choice is ThemeChoice.SYSTEM:
            self._wear(self._tones_for(self.choice))

    def _wear(self, tones: Tones) -> None:
        self.tones = tones
        self._application.setPalette(tones.palette())
        self._application.setStyleSheet(style_sheet(tones))
        self.changed.emit(tones)


def style_sheet(tones: Tones) -> str:
    """The shipped style sheet with its names of colours and pictures filled in."""
    names = {**tones.names(), "chevron": resource("icons", "chevron.svg").as_posix()}
    text = resource("style", "studio.qss").read_text("utf-8")
    return re.sub(r"\{([a-z_]+)\}", lambda found: names[found[1]], text)
