"""Moving the picture by hand: with the middle button, with space held, or where it is larger than the view."""

from PySide6.QtCore import QPointF, Qt

from inceptionist_gui.ui.viewpoint import Viewpoint


class Hand:
    """Whether the picture is held, and from where."""

    def __init__(self, viewpoint: Viewpoint) -> None:
        self._viewpoint = viewpoint
        self.open = False
        """Space is held."""
        self._used = False
        self._from: QPointF | None = None

    def stretch_out(self) -> None:
        self.open, self._used = True, False

    def let_go(self) -> bool:
        """Whether space was tapped, rather than held for a drag."""
        tapped = self.open and not self._used
        self.open = False
        return tapped

    def wants(self, button: Qt.MouseButton, *, painting: bool) -> bool:
        """Whether this press is to move the picture. While painting, the left button paints."""
        if button is Qt.MouseButton.LeftButton:
            return self.open or (self._viewpoint.overflows and not painting)
        return button is Qt.MouseButton.MiddleButton or (painting and button is Qt.MouseButton.RightButton)

    def take(self, point: QPointF) -> None:
        self._from, self._used = point, True

    def drag(self, point: QPointF) -> None:
        """Moves the picture with it."""
        if self._from is not None:
            self._viewpoint.pan(point - self._from)
            self._from = point

    def drop(self) -> None:
        self._from = None
