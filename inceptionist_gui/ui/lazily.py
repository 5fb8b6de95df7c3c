"""Widgets that are made when they are first to be seen, so that the window need not wait for them."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

W = TypeVar("W", bound=QWidget)


class Lazily(QWidget, Generic[W]):
    """The place of a widget that is made when it is first shown, or first asked for."""

    def __init__(self, making: Callable[[], W], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._making = making
        self._content: W | None = None
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)

    @property
    def content(self) -> W:
        """The widget, made now if it was not yet."""
        if self._content is None:
            self._content = self._making()
            self.setSizePolicy(self._content.sizePolicy())
            self._lines.addWidget(self._content)
            if self.isVisible():
                # Left to the layout, it would be shown a moment after what is around it.
                self._content.show()
        return self._content

    @property
    def made(self) -> bool:
        return self._content is not None

    def make(self) -> None:
        """Makes it before it is seen."""
        _ = self.content

    def showEvent(self, event: QShowEvent) -> None:
        self.make()
        super().showEvent(event)
