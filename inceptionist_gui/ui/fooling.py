"""What the network is to be fooled into, and what the networks say of it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from inceptionist_gui.engine.networks import judge_of
from inceptionist_gui.recipe import Recipe
from inceptionist_gui.render.fooling import ordinal
from inceptionist_gui.session.session import Session
from inceptionist_gui.ui.classes import ClassPicker
from inceptionist_gui.ui.eliding import ElidingLabel
from inceptionist_gui.ui.saving import ask_sheet
from inceptionist_gui.ui.scrolling import Snug
from inceptionist_gui.ui.tips import tip
from inceptionist_gui.words import _

if TYPE_CHECKING:
    from inceptionist_gui.engine.evidence import Verdict
    from inceptionist_gui.engine.fool import Fooled

ALL_SEEN = 344
"""Pixels up to which the panel takes the height it needs."""
LABEL = "fool.label"


class FoolPanel(QWidget):
    """The class to be named, and the verdict on the photo and on the result.

    `ask_sheet` puts up a dialog; tests answer in its place.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.chooser = QPushButton()
        self.chooser.setObjectName("chooser")
        self.chooser.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.chooser.setToolTip(tip(_("What the network is to name instead; click and type."), _("target class")))
        self.chooser.clicked.connect(lambda: self.pick_class())
        self.says = QLabel()
        self.says.setProperty("role", "quiet")
        self.says.setWordWrap(True)
        self.photo, self.result = VerdictList(_("The photo is")), VerdictList(_("Changed, it is"))
        self.compare = QToolButton()
        self.compare.setAutoRaise(True)
        self.compare.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.compare.setToolTip(
            tip(
                _("Saves photo, change and result beside the same class imagined with all priors, as one picture.")
            )
        )
        self.compare.clicked.connect(lambda: self.save_comparison())
        self._lay_out()
        session.recipe_changed.connect(self._show)
        session.judging.judged.connect(self._show_verdict)
        session.judging.comparing.connect(self._show_comparing)
        session.judging.compared.connect(self._show_ready)
        session.judging.failed.connect(self._show_ready)
        self._show_verdict(None)
        self._show(session.recipe)
        self._show_ready()

    def _lay_out(self) -> None:
        content = QWidget()
        lines = QVBoxLayout(content)
        lines.setContentsMargins(12, 8, 12, 8)
        lines.setSpacing(8)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(QLabel(_("To be seen as")))
        first.addWidget(self.chooser, 1)
        lines.addLayout(first)
        for widget in (self.photo, self.result, self.says):
            lines.addWidget(widget)
        lines.addWidget(self.compare, 0, Qt.AlignmentFlag.AlignLeft)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(Snug(content, ALL_SEEN))
        self.chooser.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        # Room that the verdict does not need is the controls'.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    # From the session

    def _show(self, recipe: Recipe) -> None:
        self.chooser.setText(recipe.fool.label)
        self.chooser.setAccessibleName(_("To be seen as {label}").format(label=recipe.fool.label))
        if self.compare.isHidden():
            self._show_verdict(None)

    def _show_verdict(self, fooled: "Fooled | None") -> None:
        for part in (self.photo, self.result, self.compare):
            part.setVisible(fooled is not None)
        if fooled is None:
            judge = judge_of(self._session.network).title
            self.says.setText(
                _("Afterwards the network and {judge}, which takes no part, say here what they see.").format(
                    judge=judge
                )
            )
            self.says.setToolTip("")
            return
        self.photo.show_verdicts(fooled.photo)
        self.result.show_verdicts(fooled.result)
        self.says.setText(_size(fooled))
        self.says.setToolTip(
            tip(
                _("Levels of 8 bits."),
                _("L-infinity {largest}/255, L2 {size:.2f}").format(largest=fooled.largest, size=fooled.l2),
            )
        )

    def _show_comparing(self, done: float) -> None:
        self.compare.setEnabled(False)
        self.compare.setText(_("Imagining it with priors, {done}").format(done=percent(done)))

    def _show_ready(self, _outcome: object = None) -> None:
        self.compare.setEnabled(True)
        self.compare.setText(_("Comparison…"))

    # By hand

    def pick_class(self) -> ClassPicker:
        """Opens the class picker below the button."""
        picker = ClassPicker(self._session.network.classes, self)
        picker.chosen.connect(
            lambda label: self._session.set_word(LABEL, label, _("Fool into {label}").format(label=label))
        )
        picker.open_at(self.chooser.mapToGlobal(QPoint(0, self.chooser.height())))
        return picker

    def save_comparison(self) -> None:
        """Asks where to, and has it made."""
        path = self.ask_sheet()
        if path is not None:
            self._show_comparing(0.0)
            self._session.judging.compare(path)

    def ask_sheet(self) -> Path | None:
        photo = self._session.photo
        return ask_sheet(self, photo.name if photo else "")


class VerdictList(QWidget):
    """What each network says of a picture, under a heading."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        label = QLabel(heading)
        label.setProperty("role", "heading")
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self._lines.addWidget(label)
        self.rows: list[VerdictRow] = []

    def show_verdicts(self, verdicts: "tuple[Verdict, ...]") -> None:
        for row in self.rows:
            self._lines.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [VerdictRow(verdict) for verdict in verdicts]
        for row in self.rows:
            self._lines.addWidget(row)


class VerdictRow(QWidget):
    """A network, what it names first, and how sure it is of that."""

    def __init__(self, verdict: "Verdict") -> None:
        super().__init__()
        first, wanted = verdict.top[0], verdict.wanted
        rank = (
            ""
            if verdict.rank == 1
            else _("{label} comes {rank}.").format(label=wanted.label, rank=ordinal(verdict.rank))
        )
        self.said = f"{verdict.title}: {first.label} {percent(first.probability)}"
        network = QLabel(verdict.title.removeprefix("EfficientNet-"))
        network.setProperty("role", "quiet")
        name = ElidingLabel(first.label)
        name.setMinimumWidth(40)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(network)
        line.addWidget(name, 1)
        line.addWidget(QLabel(percent(first.probability)))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(line)
        lines.addWidget(Bar(first.probability, accented=verdict.rank == 1))
        self.setAccessibleName(self.said)
        self.setToolTip(tip(f"{self.said}.", note=rank))


class Bar(QWidget):
    """A share of its width, filled."""

    def __init__(self, share: float, *, accented: bool) -> None:
        super().__init__()
        self._share, self._accented = share, accented
        self.setFixedHeight(8)

    def sizeHint(self) -> QSize:
        return QSize(80, 8)

    def paintEvent(self, _: QPaintEvent) -> None:
        role = QPalette.ColorRole.Highlight if self._accented else QPalette.ColorRole.PlaceholderText
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            for share, ground in ((1.0, QPalette.ColorRole.Mid), (self._share, role)):
                painter.setBrush(self.palette().color(ground))
                painter.drawRoundedRect(QRectF(0, 2, self.width() * share, 4), 2, 2)


def percent(share: float) -> str:
    return f"{share * 100:.0f} %"


def _size(fooled: "Fooled") -> str:
    """The verdict in a sentence."""
    size = _("No value changed by more than {largest} of 255; {typical:.1f} on average.").format(
        largest=fooled.largest, typical=fooled.typical
    )
    return (
        size
        if fooled.turned
        else _("The network does not name {label} yet. {size}").format(label=fooled.label, size=size)
    )
