"""Printing, as the window offers it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from inceptionist_gui.session.session import Session
from inceptionist_gui.session.settings import Settings
from inceptionist_gui.session.state import Message
from inceptionist_gui.ui.print_dialog import PrintDialog
from inceptionist_gui.ui.saving import pictures_folder


class PrintVerbs(QObject):
    """Opens the print dialog on what is shown; there is one for each piece of work that is printed."""

    said = Signal(object)
    """A Message."""

    def __init__(
        self, action: QAction, name: Callable[[], str], session: Session, settings: Settings, window: QWidget
    ) -> None:
        """`name` tells what is worked on."""
        super().__init__(window)
        self._name = name
        self._session, self._settings, self._window = session, settings, window
        action.triggered.connect(lambda _on=False: self.open())
        session.result_changed.connect(lambda result: action.setEnabled(result is not None))
        action.setEnabled(session.result is not None)

    def open(self) -> PrintDialog | None:
        """None where there is nothing to print."""
        if self._session.result is None:
            return None
        folder = self._settings.save_folder or pictures_folder()
        dialog = PrintDialog(self._session.work(), self._name(), folder, self._window)
        dialog.said.connect(lambda line: self.said.emit(Message(line)))
        dialog.folder_used.connect(self._remember)
        dialog.show()
        return dialog

    def _remember(self, folder: Path) -> None:
        self._settings.save_folder = folder
