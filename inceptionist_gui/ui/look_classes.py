"""What the networks say of the picture: a row for each class, with the network's share and the judge's."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QVBoxLayout, QWidget

from inceptionist_gui.engine.networks import Classes
from inceptionist_gui.session.looker import TOP, Opinion, Standing
from inceptionist_gui.ui.tips import tip
from inceptionist_gui.words import _

HEIGHT = 24
COLUMN = 48
"""Width of a share, in pixels."""
GAP = 8
LEFT, RIGHT = 4, 2
"""By how much a row's ground reaches beyond its words, in pixels."""
_BAR = 2


class StandingRow(QAbstractButton):
    """A class by its name, and two quiet bars. It is down while its evidence is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.standing: Standing | None = None
        self.setCheckable(True)
        # Reached with Tab, but a click leaves the focus, and with it the space bar, where it was.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(72 + 2 * (COLUMN + GAP), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def show_standing(self, standing: Standing | None, others: str = "") -> None:
        """`others`: further names of the class. Without a standing the row keeps its place, and is empty."""
        self.standing = standing
        self.setEnabled(standing is not None)
        if standing is None:
            self.setToolTip("")
            self.setAccessibleName("")
        else:
            what = _("{label}, {own}, judge {judge}").format(
                label=standing.label, own=percent(standing.own), judge=percent(standing.judge)
            )
            self.setAccessibleName(what)
            self.setToolTip(tip(_("{label}: click to see where").format(label=standing.label), others))
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        # A painter left open by an exception would end the process.
        with QPainter(self) as painter:
            if self.standing is not None:
                self._paint(painter, self.standing)

    def _paint(self, painter: QPainter, standing: Standing) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        lively = self.isChecked() or self.underMouse() or self.hasFocus()
        if lively:
            ground = self.palette().color(QPalette.ColorRole.Text)
            ground.setAlphaF(0.12 if self.isChecked() else 0.05)
            painter.setBrush(ground)
            painter.drawRoundedRect(self.rect(), 4, 4)
        judge, own = column(self.width(), 0), column(self.width(), 1)
        label = QRect(LEFT, 0, own.left() - GAP - LEFT, HEIGHT - _BAR - 2)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        short = self.fontMetrics().elidedText(standing.label, Qt.TextElideMode.ElideRight, label.width())
        painter.drawText(label, Qt.AlignmentFlag.AlignVCenter, short)
        self._paint_share(painter, own, standing.own, QPalette.ColorRole.Highlight)
        self._paint_share(painter, judge, standing.judge, QPalette.ColorRole.PlaceholderText)

    def _paint_share(self, painter: QPainter, place: QRect, share: float, role: QPalette.ColorRole) -> None:
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        number = place.adjusted(0, 0, 0, -_BAR - 2)
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, percent(share))
        painter.setPen(Qt.PenStyle.NoPen)
        bar = QRectF(place.left(), place.bottom() - _BAR - 1, place.width(), _BAR)
        track = self.palette().color(QPalette.ColorRole.Text)
        track.setAlphaF(0.1)
        painter.setBrush(track)
        painter.drawRect(bar)
        painter.setBrush(self.palette().color(role))
        bar.setWidth(bar.width() * share)
        painter.drawRect(bar)


class Standings(QWidget):
    """The likeliest classes, and below them what the judge holds likeliest where that is another."""

    chosen = Signal(str)
    """By hand: a class's label; empty when it was the one whose evidence is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = ""
        self.heads = _Heads()
        self.rows = [StandingRow() for _ in range(TOP + 1)]
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.heads)
        for row in self.rows:
            lines.addWidget(row)
            row.clicked.connect(lambda _=False, row=row: self._on_clicked(row))

    def show_opinion(self, opinion: Opinion, classes: Classes) -> None:
        self.heads.setToolTip(
            tip(_("Left {title}, right the judge, {judge}").format(title=opinion.title, judge=opinion.judge))
        )
        padded = (*opinion.standings, *[None] * len(self.rows))
        for row, standing in zip(self.rows, padded, strict=False):
            index = None if standing is None else classes.index(standing.label)
            row.show_standing(standing, "" if index is None else ", ".join(classes.other_names[index]))
        self.mark(self._label)

    def mark(self, label: str) -> None:
        """Marks the class whose evidence is shown."""
        self._label = label
        for row in self.rows:
            row.setChecked(row.standing is not None and row.standing.label == label)

    def _on_clicked(self, row: StandingRow) -> None:
        if row.standing is not None:
            self.chosen.emit("" if row.standing.label == self._label else row.standing.label)


class _Heads(QLabel):
    """Whose shares the columns hold."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(20)
        self.setAccessibleName(_("Columns: this network, the judge"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            font = self.font()
            font.setPointSizeF(font.pointSizeF() * 0.88)
            painter.setFont(font)
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            for place, title in ((1, _("Network")), (0, _("Judge"))):
                at = column(self.width(), place).adjusted(-GAP, 0, 0, 0)
                painter.drawText(at, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, title)


def column(width: int, place: int) -> QRect:
    """Where the share in a row of that width stands, counted from the right."""
    return QRect(width - RIGHT - COLUMN - place * (COLUMN + GAP), 0, COLUMN, HEIGHT)


def percent(share: float) -> str:
    """As one reads it; what is nearly nothing is not made to look like nothing."""
    return "< 1 %" if 0.0 < share < 0.005 else f"{share * 100:.0f} %"
