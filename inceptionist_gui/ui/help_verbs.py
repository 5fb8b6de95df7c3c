"""What helps in the window: the palette, the list of keys, What's This, the tour, About."""

from typing import TYPE_CHECKING

from inceptionist_gui.session.session import Session
from inceptionist_gui.session.settings import Settings

if TYPE_CHECKING:
    from inceptionist_gui.ui.palette import Palette
    from inceptionist_gui.ui.shortcuts import ShortcutsDialog
    from inceptionist_gui.ui.tour import Stop, Tour
    from inceptionist_gui.ui.window import Window


class HelpVerbs:
    """Each is loaded and made when it is first wanted."""

    def __init__(self, window: "Window", session: Session, settings: Settings) -> None:
        self._window, self._session, self._settings = window, session, settings
        self._palette: Palette | None = None
        self.tour: Tour | None = None
        """The one that is being led."""

    def open_palette(self) -> "Palette":
        from inceptionist_gui.ui.palette import Palette
        from inceptionist_gui.ui.palette_choices import PaletteChoices

        if self._palette is None:
            window = self._window
            choices = PaletteChoices(window.menuBar(), self._session, window.docks.controls)
            self._palette = Palette(window, choices)
        self._palette.open()
        return self._palette

    def show_shortcuts(self) -> "ShortcutsDialog":
        from inceptionist_gui.ui.commands import commands
        from inceptionist_gui.ui.shortcuts import ShortcutsDialog

        dialog = ShortcutsDialog(commands(self._window.menuBar()), self._window)
        dialog.show()
        return dialog

    def ask_what_is_this(self) -> None:
        from inceptionist_gui.ui.help import ask_what_is_this

        ask_what_is_this(self._window)

    def tell_about(self) -> None:
        from inceptionist_gui.ui.about import show_about

        show_about(self._window)

    def welcome(self) -> None:
        """Leads the tour where it was never led."""
        if not self._settings.toured:
            self.lead_tour()

    def lead_tour(self) -> "Tour":
        from inceptionist_gui.ui.tour import Tour

        if self.tour is not None:
            self.tour.end()
        self.tour = Tour(self._window, self._stops())
        self.tour.ended.connect(self._on_toured)
        self.tour.begin()
        return self.tour

    def _on_toured(self) -> None:
        self.tour = None
        self._settings.toured = True

    def _stops(self) -> "list[Stop]":
        from inceptionist_gui.ui.tour_stops import stops

        return stops(self._window)
