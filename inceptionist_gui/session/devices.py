"""Which devices there are, found out without stalling the window."""

from PySide6.QtCore import QObject, Signal

from inceptionist_gui.engine.device_names import Offer
from inceptionist_gui.session.background import Background


class Devices(QObject):
    """Asks the engine once, on a thread of its own: loading torch would keep files waiting for seconds."""

    offered = Signal(object)
    """A tuple of Offers."""
    failed = Signal(str)
    """One line; asking again may do."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self)
        self._asked = False

    def ask(self) -> None:
        """Has `offered` come; it comes once, however often it is asked for."""
        if not self._asked:
            self._asked = True
            self._background.run(_offers, self.offered.emit, self._fail)

    def finish(self) -> None:
        """Waits until an answer on its way has come."""
        self._background.finish()

    def _fail(self, line: str) -> None:
        self._asked = False
        self.failed.emit(line)


def _offers() -> tuple[Offer, ...]:
    # Here and not above: torch takes seconds to load.
    from inceptionist_gui.engine.devices import offers

    return offers()
