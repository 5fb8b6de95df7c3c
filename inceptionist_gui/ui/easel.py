"""A picture with what hands lay on it, a frame or a brush, and the keys of both."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from inceptionist_gui.engine.region import WHOLE, Region
from inceptionist_gui.ui.compare import Compare
from inceptionist_gui.ui.hand import Hand
from inceptionist_gui.ui.painting import Painting
from inceptionist_gui.ui.picture_view import PictureView
from inceptionist_gui.ui.rubber_band import RubberBand

_BEFORE_KEYS = (Qt.Key.Key_C, Qt.Key.Key_Backslash)
"""Held, the picture is shown as it was."""
_COMPARE_KEYS = {
    Qt.Key.Key_W: Compare.WIPE,
    Qt.Key.Key_Y: Compare.SIDE,
    Qt.Key.Key_D: Compare.DIFFERENCE,
}
_NUDGE, _LEAP = 0.01, 0.1
"""How far an arrow key moves the divider, alone and with Shift."""
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class Easel(PictureView):
    """Takes keys, and knows what pointers do here; to follow them is the Canvas's."""

    tapped = Signal()
    """The space bar was pressed and let go without a drag."""
    region_changed = Signal(object)
    """The Region that was chosen; WHOLE when none is."""
    overlay_dismissed = Signal()
    """By hand: what is laid over the picture is to go."""
    painting_wanted = Signal(bool)
    """The brush's key was pressed while nothing is painted; with Shift, which is True, to bring the photo back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._band = RubberBand(self.viewpoint)
        self._hand = Hand(self.viewpoint)
        self._painting: Painting | None = None
        self.zoom_changed.connect(self.choose_cursor)

    def take_up(self, painting: Painting) -> None:
        """Is painted on with this from now on, whenever it is active."""
        self._painting = painting
        painting.repaint_wanted.connect(self.update)
        painting.changed.connect(self.choose_cursor)

    @property
    def painting(self) -> Painting | None:
        """The brush, while it is in use."""
        used = self._painting is not None and self._painting.active and self.image is not None
        return self._painting if used else None

    @property
    def region(self) -> Region:
        """The part of the picture that was chosen."""
        return self._band.region

    def forget_region(self) -> None:
        if self.region != WHOLE:
            self._band.forget()
            self.update()
            self.region_changed.emit(WHOLE)

    # Looks

    def paint_over(self, painter: QPainter) -> None:
        super().paint_over(painter)
        if self.painting is not None:
            self.painting.paint(painter, self.palette())
        self._band.paint(painter, self.palette())

    def paint_hand(self, painter: QPainter) -> None:
        if self.painting is not None:
            self.painting.paint_cursor(painter)

    def choose_cursor(self) -> None:
        """Shows by the cursor what the pointer would do now."""

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.take_press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.take_release(event):
            super().keyReleaseEvent(event)

    def take_press(self, event: QKeyEvent) -> bool:
        """Whether the key means something here; the window passes on what no other widget wanted."""
        if event.modifiers() & ~(_SHIFT | Qt.KeyboardModifier.KeypadModifier):
            return False
        if self.painting is not None and self.painting.take_press(event):
            return True
        match event.key():
            case Qt.Key.Key_Space:
                self._hold_hand(event)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_in()
            case Qt.Key.Key_Minus:
                self.zoom_out()
            case Qt.Key.Key_1 | Qt.Key.Key_2:
                self.zoom_to(float(event.text() or "1"))
            case Qt.Key.Key_B:
                self.painting_wanted.emit(bool(event.modifiers() & _SHIFT))
            case key if key in _BEFORE_KEYS:
                self.compare(True)
            case _:
                return self._take_compare_key(event) or self._take_escape(event.key())
        return True

    def _take_compare_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in _COMPARE_KEYS and self.can_compare:
            if not event.isAutoRepeat():
                self.toggle_compare(_COMPARE_KEYS[Qt.Key(key)])
            return True
        if self.comparison.mode is Compare.WIPE and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            by = _LEAP if event.modifiers() & _SHIFT else _NUDGE
            self.comparison.nudge_divider(by if key == Qt.Key.Key_Right else -by)
            self.update()
            return True
        return False

    def _take_escape(self, key: int) -> bool:
        """Lets go one thing after another."""
        if key != Qt.Key.Key_Escape:
            return False
        if self.region != WHOLE:
            self.forget_region()
        elif self.overlaid:
            self.overlay_dismissed.emit()
        elif self.comparison.mode is not Compare.OFF:
            self.choose_compare(Compare.OFF)
        else:
            return False
        return True

    def take_release(self, event: QKeyEvent) -> bool:
        """As `take_press`."""
        if event.key() == Qt.Key.Key_Space and self._hand.open:
            if not event.isAutoRepeat():
                self._let_go_hand()
            return True
        if event.key() in _BEFORE_KEYS:
            if not event.isAutoRepeat():
                self.compare(False)
            return True
        return False

    def _hold_hand(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat():
            self._hand.stretch_out()
            self.choose_cursor()

    def _let_go_hand(self) -> None:
        tapped = self._hand.let_go()
        self.choose_cursor()
        if tapped:
            self.tapped.emit()

    def _let_go_keys(self) -> None:
        # Their release will go to another window.
        self._hand.let_go()
        self.choose_cursor()
        self.compare(False)
