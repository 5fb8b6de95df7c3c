"""What the dream runs on, quietly, in the line below the picture: network, device, memory."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QWidget

from inceptionist_gui.engine.device_names import DeviceName, Offer
from inceptionist_gui.session.devices import Devices
from inceptionist_gui.session.machine import cores, memory_taken, memory_there
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import State
from inceptionist_gui.ui.tips import tip
from inceptionist_gui.words import _, n_

EVERY = 2000
"""Milliseconds."""
_ROOM = 24
"""Pixels between it and what stands beside it."""
_GIB = 2**30
_FAMILY = "EfficientNet-"


class StatusLine(QLabel):
    """Gives way to all that stands beside it: where there is little room, the memory alone is told, or nothing."""

    def __init__(self, session: Session, devices: Devices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._devices = devices
        self._offers: tuple[Offer, ...] = ()
        self._parts: tuple[str, ...] = ()
        """What there is to tell, the most telling last."""
        self._memory = ""
        self.setProperty("role", "quiet")
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setContentsMargins(0, 0, _ROOM // 2, 0)
        self._beat = QTimer(self, interval=EVERY)
        self._beat.timeout.connect(self._weigh)
        session.recipe_changed.connect(lambda _recipe: self._show())
        session.state_changed.connect(self._on_state)
        devices.offered.connect(self._on_offered)
        self._weigh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._beat.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._beat.stop()

    def sizeHint(self) -> QSize:
        return QSize(self._width_of(self._parts), self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _weigh(self) -> None:
        self._memory = memory_words(memory_taken(), memory_there())
        self._show()

    def _on_state(self, state: State) -> None:
        # Not before: asking loads torch, which the first dream does anyway.
        if state is State.DREAMING:
            self._devices.ask()
        self._show()

    def _on_offered(self, offers: tuple[Offer, ...]) -> None:
        self._offers = offers
        self._show()

    def _show(self) -> None:
        network = self._session.network.title
        parts = (network.removeprefix(_FAMILY), device_words(self._session.device, self._offers), self._memory)
        self._parts = tuple(part for part in parts if part)
        self.setToolTip(tip(_("The network, what it runs on, and what the program takes of the memory."), network))
        self.updateGeometry()
        self._fit()

    def _fit(self) -> None:
        """Tells as many of the parts as there is room for, from the last on."""
        parts = self._parts
        while parts and self._width_of(parts) > self.width():
            parts = parts[1:]
        self.setText(_joined(parts))

    def _width_of(self, parts: tuple[str, ...]) -> int:
        return self.fontMetrics().horizontalAdvance(_joined(parts)) + _ROOM


def _joined(parts: tuple[str, ...]) -> str:
    return " \u00b7 ".join(parts)


def device_words(wish: DeviceName, offers: tuple[Offer, ...]) -> str:
    """What a wish comes to; empty as long as nobody knows."""
    there = {offer.name: offer.title for offer in offers if not offer.lack}
    if wish is DeviceName.AUTO:
        if not there:
            return ""
        wish = next(name for name in (DeviceName.CUDA, DeviceName.MPS, DeviceName.CPU) if name in there)
    if wish is DeviceName.CPU or (there and wish not in there):
        return _("CPU, {cores}").format(cores=n_("{n} core", "{n} cores", cores()).format(n=cores()))
    return there.get(wish, wish.value.upper())


def memory_words(taken: int | None, there: int | None) -> str:
    """What is taken of what there is; empty where the system tells neither."""
    if taken is None:
        return ""
    used = f"{taken / _GIB:.1f}"
    return _("{used} of {all} GB").format(used=used, all=f"{there / _GIB:.0f}") if there else f"{used} GB"
