"""Telling of the queue beyond the window: on the task bar, and with a notification at the end."""

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from inceptionist_gui.session.queue import Queue
from inceptionist_gui.session.queue_entry import Tally
from inceptionist_gui.session.state import Message
from inceptionist_gui.ui.queue_words import outcome, percent

_SHOWN_FOR = 10_000
"""Milliseconds."""


class TaskBar:
    """The progress on the window's entry in the task bar.

    Qt has no means for it. Docks of Linux desktops, as of KDE and Ubuntu, listen to a signal on the session bus;
    where nobody does, and on other systems, the title's beginning says as much.
    """

    _PATH = "/org/inceptionist/queue"
    _INTERFACE = "com.canonical.Unity.LauncherEntry"

    def __init__(self) -> None:
        self._send = _sender(self._PATH, self._INTERFACE) if sys.platform.startswith("linux") else None

    def show(self, share: float | None) -> None:
        """From 0 to 1; None takes it away."""
        if self._send is not None:
            self._send({"progress": share or 0.0, "progress-visible": share is not None})


def _sender(path: str, interface: str) -> Callable[[dict[str, object]], None] | None:
    try:
        from PySide6.QtDBus import QDBusConnection, QDBusMessage
    except ImportError:
        # Distributions may ship Qt without it.
        return None
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return None

    def send(properties: dict[str, object]) -> None:
        signal = QDBusMessage.createSignal(path, interface, "Update")
        signal.setArguments([f"application://{QGuiApplication.desktopFileName()}.desktop", properties])
        bus.send(signal)

    return send


class QueueNotice(QObject):
    """Tells how the queue stands while the user may look elsewhere."""

    said = Signal(object)
    """A Message."""
    title_changed = Signal()
    """`prefix` is another."""

    def __init__(self, queue: Queue, window: QWidget) -> None:
        super().__init__(window)
        self._queue = queue
        self._window = window
        self._bar: TaskBar | None = None
        self._shown = ""
        for signal in (queue.changed, queue.entry_changed, queue.going_changed):
            signal.connect(self._tell)
        queue.ended.connect(self._notify)

    def prefix(self) -> str:
        """What the title begins with; empty while nothing runs."""
        return f"({self._shown}) " if self._shown else ""

    def _tell(self) -> None:
        running = self._queue.running is not None
        share = self._queue.tally.share
        shown = percent(share) if running else ""
        if shown == self._shown:
            return
        self._shown = shown
        self._bar = self._bar or TaskBar()
        self._bar.show(share if running else None)
        self.title_changed.emit()

    def _notify(self, tally: Tally) -> None:
        line = outcome(tally)
        self.said.emit(Message(line))
        if not self._window.isActiveWindow():
            QApplication.alert(self._window)
            self._show_elsewhere(line)

    def _show_elsewhere(self, line: str) -> None:
        if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
            return
        icon = QSystemTrayIcon(self._window.windowIcon(), self)
        icon.messageClicked.connect(self._window.activateWindow)
        icon.show()
        icon.showMessage(QGuiApplication.applicationDisplayName(), line, icon.icon(), _SHOWN_FOR)
        QTimer.singleShot(_SHOWN_FOR, icon, icon.deleteLater)
