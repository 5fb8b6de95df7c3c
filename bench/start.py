"""From the start of the process to the painted window and to the first frame of a dream.

Files are in the cache and modules compiled, as they are from a program's second start on.
"""

import os
import subprocess
import sys
import time
from statistics import median
from tempfile import TemporaryDirectory

from bench.figure import Figure, at_most

ROUNDS = 3

_SCRIPT = """
import os, sys, time
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from inceptionist_gui import app
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.settings import Settings
from inceptionist_gui.ui.theme import Theme
from inceptionist_gui.ui.window import Window

begun = float(sys.argv[1])
application = app.make_application()
settings = Settings(Path(sys.argv[2]) / "settings.ini")
session = Session()
window = Window(session, settings, Theme(application, settings.theme))

class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            window.canvas.removeEventFilter(self)
            print(time.monotonic() - begun, flush=True)
        return False

watch = FirstPaint()
window.canvas.installEventFilter(watch)

def first_frame(view):
    print(time.monotonic() - begun, flush=True)
    window.leave()
    application.quit()

session.viewed.connect(first_frame)
window.show()
QTimer.singleShot(0, window, lambda: app.begin(session, window, None))
application.exec()
"""


def measure() -> list[Figure]:
    _once()
    painted, dreamed = zip(*(_once() for _ in range(ROUNDS)), strict=True)
    return [
        at_most("start: to the painted window", median(painted), "s", 0.8),
        at_most("start: to the first dream frame", median(dreamed), "s", 4.5),
    ]


def _once() -> tuple[float, float]:
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-c", _SCRIPT, str(time.monotonic()), folder]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=_keeping_compiled())
    painted, dreamed = done.stdout.split()[:2]
    return float(painted), float(dreamed)


def _keeping_compiled() -> dict[str, str]:
    """The environment of one who installed the program: developers at times have nothing compiled be kept."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
