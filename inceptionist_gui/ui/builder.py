"""Makes pictures ready for the canvas without stalling the window."""

from PySide6.QtCore import QObject, Signal

from inceptionist_gui.media import Pixels, as_uint8
from inceptionist_gui.session.background import Background
from inceptionist_gui.ui.pyramid import Pyramid

AT_ONCE = 4_000_000
"""Pixels up to which it takes no longer than a blink; 24 million take 0.3 s."""


class Builder(QObject):
    """Makes pyramids: small ones at once, large ones on another thread. The newest wins."""

    built = Signal(object)
    """A Pyramid of the pixels that were last asked for."""

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._newest = 0

    def build(self, pixels: Pixels) -> None:
        """Any of a Picture's kinds."""
        self.forget()
        number = self._newest
        if pixels.shape[0] * pixels.shape[1] <= AT_ONCE:
            self.built.emit(Pyramid(as_uint8(pixels)))
        else:
            self._background.run(
                lambda: _ready(pixels), lambda pyramid: self._hand_over(number, pyramid), lambda _: None
            )

    def forget(self) -> None:
        """What is being made is no longer wanted."""
        self._newest += 1

    def _hand_over(self, number: int, pyramid: Pyramid) -> None:
        if number == self._newest:
            self.built.emit(pyramid)


def _ready(pixels: Pixels) -> Pyramid:
    pyramid = Pyramid(as_uint8(pixels))
    pyramid.halve_all()
    return pyramid
