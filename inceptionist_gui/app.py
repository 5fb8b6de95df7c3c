"""The only wiring: the application, the session and the window."""

import logging
import os
import signal
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from inceptionist_gui import __version__
from inceptionist_gui.engine.surroundings import prepare_surroundings
from inceptionist_gui.errors import UserError
from inceptionist_gui.recipe import Start
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.settings import Settings
from inceptionist_gui.shipped import resource
from inceptionist_gui.ui.theme import Theme
from inceptionist_gui.ui.window import Window

INTERRUPTED = 130
_LISTEN_EVERY = 200
"""Milliseconds; Python hears of a signal only when its own code runs."""

_log = logging.getLogger(__name__)


def open_studio(path: Path | None = None, settings: Settings | None = None) -> int:
    """Opens the window, on that file if there is one, and returns when it is closed, with an exit code.

    Raises UserError where there is no screen.
    """
    check_display()
    prepare_surroundings()
    settings = settings or Settings()
    application = make_application()
    theme = Theme(application, settings.theme)
    session = Session(device=settings.device)
    window = Window(session, settings, theme)
    # A window that hides before it closes does not count as the last one closed.
    window.left.connect(application.quit)
    tell_faults(window)
    leave_on_interrupt(application, window)
    window.show()
    # After the first painting: the window is there before anything heavy begins.
    QTimer.singleShot(0, window, lambda: begin(session, window, path))
    return application.exec()


def check_display() -> None:
    """Raises UserError on a Linux without a screen, where Qt would abort the process."""
    has_screen = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if sys.platform.startswith("linux") and not has_screen:
        raise UserError("there is no screen to open the studio on; inceptionist dream PHOTO -o OUT works without")


def make_application() -> QApplication:
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Inceptionist")
    application.setApplicationDisplayName("Inceptionist")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("inceptionist")
    application.setWindowIcon(QIcon(str(resource("icons", "inceptionist.svg"))))
    return application


def begin(session: Session, window: Window, path: Path | None) -> None:
    """Opens the file; without one, clouds dream by themselves as a demonstration."""
    if path is not None:
        window.files.open(path)
        return
    session.set_start(Start.CLOUDS)
    session.undo_stack.clear()
    session.start(demonstration=True)


def tell_faults(window: Window) -> None:
    """What nobody foresaw is logged and said in the window, which stays up."""

    def tell(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            window.leave()
            return
        _log.critical("unforeseen", exc_info=(kind, fault, trace))
        window.fault(f"Something went wrong ({kind.__name__}: {fault}); your picture is still here")

    sys.excepthook = tell


def leave_on_interrupt(application: QApplication, window: Window) -> None:
    """Ctrl+C in the terminal closes the studio without questions."""

    def leave(*_: object) -> None:
        window.leave()
        application.exit(INTERRUPTED)

    signal.signal(signal.SIGINT, leave)
    listener = QTimer(application)
    listener.timeout.connect(lambda: None)
    listener.start(_LISTEN_EVERY)
