"""The only wiring: the application, the session and the window."""

# ruff: noqa: E402
import gc
import logging
import os
import signal
import sys
from pathlib import Path
from types import TracebackType

# What is imported from here on stays: to look through it for garbage every few hundred objects takes a tenth of
# the start, and would hold the window up again and again later.
gc.disable()

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
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
from inceptionist_gui.words import _, languages, speak

gc.freeze()
gc.enable()

INTERRUPTED = 130
_SETTLED = 1200
"""Milliseconds after the first painting, in which the window comes to rest before anything is said of it."""
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
    speak_to_user(application, settings.language)
    theme = Theme(application, settings.theme)
    session = Session(device=settings.device)
    session.history.budget = settings.history_megabytes * 1_000_000
    window = Window(session, settings, theme)
    window.actions_.live.setChecked(settings.live)
    # A window that hides before it closes does not count as the last one closed.
    window.left.connect(application.quit)
    tell_faults(window)
    leave_on_interrupt(application, window)
    window.show()
    # After the first painting: the window is there before anything heavy begins.
    QTimer.singleShot(0, window, lambda: begin(session, window, path))
    QTimer.singleShot(0, window, lambda: keep_safe(session, window))
    QTimer.singleShot(_SETTLED, window, window.help.welcome)
    QTimer.singleShot(0, window, window.queue.wake)
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


def speak_to_user(application: QApplication, language: str) -> None:
    """Has the program and Qt's own dialogs speak this language, or the system's where none is named."""
    chosen = language or QLocale.system().name().partition("_")[0]
    speak(chosen)
    translator = QTranslator(application)
    place = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if chosen in languages() and translator.load(f"qtbase_{chosen}", place):
        application.installTranslator(translator)


def begin(session: Session, window: Window, path: Path | None) -> None:
    """Opens the file; without one, clouds dream by themselves as a demonstration."""
    if path is not None:
        window.files.open(path)
        return
    with session.still():
        session.set_start(Start.CLOUDS)
    session.undo_stack.clear()
    session.start(demonstration=True)


def keep_safe(session: Session, window: Window) -> None:
    """Keeps the work on disk while it is worked on, and offers back what a crash left behind."""
    # Here and not above: the window does not wait for them.
    from inceptionist_gui.session.autosave import Autosave
    from inceptionist_gui.ui.recovery_bar import RecoveryBar

    autosave, bar = Autosave(session, window), RecoveryBar(window.canvas)
    autosave.offered.connect(bar.offer)
    bar.discarded.connect(autosave.discard)
    bar.brought_back.connect(lambda left: window.files.settle(lambda: autosave.bring_back(left)))
    # Closed without a question, as by a signal, what is in no file is offered at the next start.
    window.left.connect(lambda: autosave.close(keep=session.unsaved and not window.settled))
    autosave.look()


def tell_faults(window: Window) -> None:
    """What nobody foresaw is logged and said in the window, which stays up."""

    def tell(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            window.leave()
            return
        _log.critical("unforeseen", exc_info=(kind, fault, trace))
        line = _("Something went wrong ({fault}); your picture is still here")
        window.fault(line.format(fault=f"{kind.__name__}: {fault}"))

    sys.excepthook = tell


def leave_on_interrupt(application: QApplication, window: Window) -> None:
    """Ctrl+C in the terminal, or a polite request as by `kill`, closes the studio without questions."""

    def leave(*_: object) -> None:
        window.leave()
        application.exit(INTERRUPTED)

    # As an exception, either would be lost in whatever Qt calls just then.
    for wish in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wish, leave)
    listener = QTimer(application)
    listener.timeout.connect(lambda: None)
    listener.start(_LISTEN_EVERY)
