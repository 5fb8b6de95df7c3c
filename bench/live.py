"""How the window feels while it dreams: stalls of its thread, and from a slider to the frame made with it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from bench.figure import Figure, at_most
from inceptionist_gui.app import make_application
from inceptionist_gui.recipe import Start, Strength
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.settings import Settings
from inceptionist_gui.ui.theme import Theme
from inceptionist_gui.ui.window import Window

BEAT = 2
"""ms between two looks at the clock."""
WATCHED = 20.0
"""s of dreaming at 2048 px."""
CHANGES = 20


def measure() -> list[Figure]:
    stalls = _stalls()
    reactions = _reactions()
    return [
        at_most("live: stall of the window's thread, 99th percentile", float(np.percentile(stalls, 99)), "ms", 16),
        at_most("live: stall of the window's thread, longest", max(stalls), "ms", 60),
        at_most("live: slider to painted frame, 95th percentile", float(np.percentile(reactions, 95)), "ms", 250),
    ]


def _stalls() -> list[float]:
    """Milliseconds by which a timer came late, over some seconds of dreaming at 2048 px."""
    late: list[float] = []
    with _studio(2048) as (_, _window):
        last = time.perf_counter()

        def beat() -> None:
            nonlocal last
            now = time.perf_counter()
            late.append(max(0.0, (now - last) * 1000 - BEAT))
            last = now

        timer = QTimer()
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(beat)
        timer.start(BEAT)
        _wait(lambda: False, WATCHED)
        timer.stop()
    return late[10:]


def _reactions() -> list[float]:
    """Milliseconds from changes of a control to the painting of the first frame made with each."""
    taken: list[float] = []
    with _studio(768) as (session, window):
        painted = _Painted(session, window)
        for number in range(CHANGES):
            colour = round(0.1 + 0.04 * number, 2)
            begun = time.perf_counter()
            session.set_value("texture.colour", colour)
            _wait(lambda wanted=colour: painted.colour == wanted, 10.0)  # type: ignore[misc]
            taken.append((time.perf_counter() - begun) * 1000)
            if session.state.value == "idle":
                session.start()
                _wait(lambda: session.state.value == "dreaming", 60.0)
    return taken


class _Painted(QObject):
    """Knows with which value of a control the frame on the canvas was made."""

    def __init__(self, session: Session, window: Window) -> None:
        super().__init__()
        self.colour = -1.0
        self._next = -1.0
        session.viewed.connect(self._take)
        window.canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.colour = self._next
        return super().eventFilter(watched, event)

    def _take(self, view: object) -> None:
        self._next = view.recipe.texture.colour  # type: ignore[attr-defined]


@contextmanager
def _studio(size: int) -> Iterator[tuple[Session, Window]]:
    """A window that dreams clouds of this size, until it is left."""
    running = QCoreApplication.instance()
    application = running if isinstance(running, QApplication) else make_application()
    with TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "settings.ini")
        session = Session()
        window = Window(session, settings, Theme(application, settings.theme))
        window.show()
        recipe = session.recipe.model_copy(
            update={"start": Start.CLOUDS, "size": size, "strength": Strength(iterations=100)}
        )
        session.apply_recipe(recipe, "Measure")
        session.start(demonstration=True)
        _wait(lambda: session.state.value == "dreaming", 60.0)
        yield session, window
        window.leave()


def _wait(until: Callable[[], bool], seconds: float) -> None:
    end = time.perf_counter() + seconds
    while not until() and time.perf_counter() < end:
        QApplication.processEvents()
        time.sleep(0.0005)
