"""One control's row: its title, its number, its slider, and the way back to its default."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from inceptionist_gui.recipe import Control
from inceptionist_gui.ui.glyphs import GlyphButton, back
from inceptionist_gui.ui.number import Number
from inceptionist_gui.ui.tips import tip
from inceptionist_gui.ui.track import Track
from inceptionist_gui.words import _

QUIET = 1000
"""Milliseconds without a key or a turn of the wheel after which the next one is another undo step."""


class ValueEdit(QObject):
    """A number and a slider that show one value and agree on where a gesture ends."""

    changed = Signal(float)
    """By hand."""
    settled = Signal()
    """What comes next is another undo step."""

    def __init__(self, control: Control, parent: QWidget) -> None:
        super().__init__(parent)
        self._control = control
        self.number = Number(control, parent)
        self.track = Track(control, parent)
        self._quiet = QTimer(self, singleShot=True)
        self._quiet.timeout.connect(self.settled)
        self.number.valueChanged.connect(self._on_typed)
        self.number.editingFinished.connect(self.settle)
        self.track.moved.connect(self._on_moved)
        self.track.sliderPressed.connect(self.settle)
        self.track.sliderReleased.connect(self._on_released)
        self.track.left.connect(self.settle)
        # A double click's first press may have moved the value: the way back belongs to the same step.
        self.track.reset_wanted.connect(self._to_default)

    def show_value(self, value: float) -> None:
        """Shows a value that came from elsewhere; nothing is emitted."""
        self.track.show_value(value)
        self.number.show_value(value)

    def reset(self) -> None:
        """Back to the default, by hand."""
        self.settle()
        self._to_default()

    def _to_default(self) -> None:
        self.show_value(self._control.default)
        self.changed.emit(self._control.default)
        self.settle()

    def settle(self) -> None:
        self._quiet.stop()
        self.settled.emit()

    def _on_typed(self, value: float) -> None:
        self._quiet.start(QUIET)
        self.track.show_value(value)
        self.changed.emit(round(value, self._control.decimals))

    def _on_moved(self, value: float) -> None:
        self._quiet.start(QUIET)
        self.number.show_value(value)
        self.changed.emit(value)

    def _on_released(self) -> None:
        # A second click would make it a double click.
        self._quiet.start(QGuiApplication.styleHints().mouseDoubleClickInterval())


class Title(QLabel):
    """A control's name; a double click resets the control."""

    reset_wanted = Signal()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.reset_wanted.emit()


class ControlRow(QWidget):
    """A control in two lines: title, reset and number above the slider."""

    changed = Signal(float)
    """By hand."""
    settled = Signal()
    """What comes next is another undo step."""

    def __init__(self, control: Control, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._control = control
        self.edit = ValueEdit(control, self)
        self.edit.changed.connect(self.changed)
        self.edit.settled.connect(self.settled)
        self.number, self.track = self.edit.number, self.edit.track
        self.title = Title(_(control.title))
        self.title.reset_wanted.connect(self.edit.reset)
        self.reset = GlyphButton(
            back,
            _("Reset {title}").format(title=_(control.title)),
            _("Back to {value} (or double-click)").format(value=control.shown(control.default)),
        )
        self.reset.clicked.connect(self.edit.reset)
        # Its place is kept while it is hidden, or titles and numbers would move.
        policy = self.reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(policy)
        self.setToolTip(told(control))
        self._lay_out()

    def show_value(self, value: float) -> None:
        self.edit.show_value(value)
        self.reset.setVisible(round(value, self._control.decimals) != self._control.default)

    def _lay_out(self) -> None:
        self.head = QHBoxLayout()
        """The line above the slider."""
        self.head.setSpacing(4)
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.head.addWidget(self.reset)
        self.head.addWidget(self.number)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(self.head)
        lines.addWidget(self.track)


def told(control: Control) -> str:
    """A control's tooltip."""
    term = _(control.term) if control.term != control.title.lower() else ""
    return tip(_(control.tells), term, _("Begins the picture anew.") if control.restarts else "")
