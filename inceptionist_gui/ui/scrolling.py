"""A panel's content that scrolls when it is higher than its dock."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class Scrolling(QScrollArea):
    """Scrolls up and down, never sideways: it asks for the width its content needs."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._content = content
        self.setWidget(content)
        # The dock's own ground shows through.
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)

        content.installEventFilter(self)
        self.verticalScrollBar().rangeChanged.connect(self._keep_edge)
        self._keep_edge(0, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._content and event.type() == QEvent.Type.LayoutRequest:
            # What is in it may be another, and with it the width it asks for.
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _keep_edge(self, _: int, most: int) -> None:
        """The content ends at the same line with and without the scroll bar, as in the panels above and below."""
        bar = self.verticalScrollBar().sizeHint().width()
        self.setViewportMargins(0, 0, 0 if most > 0 else bar, 0)

    def minimumSizeHint(self) -> QSize:
        needed = self._content.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(needed, 64)

    def sizeHint(self) -> QSize:
        return QSize(self.minimumSizeHint().width(), self._content.sizeHint().height())


class Snug(Scrolling):
    """Grows and shrinks with its content, and scrolls from a height on."""

    def __init__(self, content: QWidget, most: int) -> None:
        """`most`: pixels up to which all of the content is to be seen."""
        self._most = most
        super().__init__(content)

    def settle(self) -> None:
        """Gives what was just added its place now, rather than when Qt comes to it."""
        layout = self._content.layout()
        if layout is not None:
            layout.activate()
        self._content.resize(
            self._content.width(), max(self.viewport().height(), self._content.sizeHint().height())
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), min(self._most, self._content.sizeHint().height()))
