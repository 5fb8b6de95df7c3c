"""How the evidence for a class is shown on the canvas."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from inceptionist_gui.recipe import Control
from inceptionist_gui.session.looker import Method
from inceptionist_gui.ui.eliding import ElidingLabel
from inceptionist_gui.ui.glyphs import GlyphButton, cross
from inceptionist_gui.ui.look_classes import LEFT, RIGHT
from inceptionist_gui.ui.slider import ValueEdit, told
from inceptionist_gui.ui.tips import tip
from inceptionist_gui.words import _, later

OPACITY = Control(
    path="look",
    group=later("Look"),
    title=later("Opacity"),
    term="opacity",
    tells=later("How much the evidence hides of the picture; what is saved never shows it."),
    unit="%",
    minimum=0.0,
    maximum=100.0,
    step=1.0,
    default=85.0,
    whole=True,
    restarts=False,
)
_METHODS = {
    Method.AREAS: (later("Areas"), later("Where the last layer finds it: coarse, and mostly right."), "Grad-CAM"),
    Method.POINTS: (
        later("Points"),
        later("Which points of the picture speak for it: fine, and grainy."),
        "gradient x input",
    ),
}


class EvidenceBar(QWidget):
    """Says whose evidence is on the canvas, and how it is found and laid over."""

    closed = Signal()
    method_chosen = Signal()
    opacity_changed = Signal(float)
    """From 0 to 1."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ElidingLabel()
        self.close_ = GlyphButton(cross, _("Hide the evidence"), _("Hide the evidence (Esc)"))
        self.close_.clicked.connect(self.closed)
        self.methods = {method: _choice(*words) for method, words in _METHODS.items()}
        group = QButtonGroup(self)
        for button in self.methods.values():
            group.addButton(button)
            button.clicked.connect(lambda _=False: self.method_chosen.emit())
        self.methods[Method.AREAS].setChecked(True)
        self.opacity = ValueEdit(OPACITY, self)
        self.opacity.show_value(OPACITY.default)
        self.opacity.track.setToolTip(told(OPACITY))
        self.opacity.changed.connect(lambda value: self.opacity_changed.emit(value / OPACITY.maximum))
        self._lay_out()

    @property
    def method(self) -> Method:
        return next(method for method, button in self.methods.items() if button.isChecked())

    def show_class(self, label: str) -> None:
        self.title.setText(_("Evidence for {label}").format(label=label))

    def _lay_out(self) -> None:
        name = QLabel(_(OPACITY.title))
        name.setToolTip(told(OPACITY))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(LEFT, 0, RIGHT, 0)
        lines.setSpacing(4)
        lines.addLayout(_line(self.title, self.close_, stretched=0))
        methods = _line(*self.methods.values(), stretched=-1)
        methods.addStretch(1)
        lines.addLayout(methods)
        lines.addLayout(_line(name, self.opacity.track, self.opacity.number, stretched=1))


def _choice(text: str, tells: str, term: str) -> QToolButton:
    button = QToolButton()
    button.setText(_(text))
    button.setCheckable(True)
    button.setProperty("role", "choice")
    button.setToolTip(tip(_(tells), term))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _line(*widgets: QWidget, stretched: int) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    for place, widget in enumerate(widgets):
        line.addWidget(widget, 1 if place == stretched else 0)
    return line
