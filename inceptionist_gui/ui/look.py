"""What it sees: the classes of the picture, every stage's dream of it, and the channels that answer to it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from inceptionist_gui.engine.networks import Layer
from inceptionist_gui.session.looker import Heat, Opinion, Wanted
from inceptionist_gui.session.looking import Looking
from inceptionist_gui.session.session import Session
from inceptionist_gui.ui.canvas import Canvas
from inceptionist_gui.ui.channel_sheet import ChannelSheet
from inceptionist_gui.ui.heat import EvidenceBar
from inceptionist_gui.ui.lazily import Lazily
from inceptionist_gui.ui.look_classes import LEFT, RIGHT, Standings
from inceptionist_gui.ui.scrolling import Snug
from inceptionist_gui.ui.sheets import StageSheet
from inceptionist_gui.words import _

LEAST = 64
"""Pixels of the classes that are seen in any case."""


class LookPanel(QWidget):
    """Three sheets behind three tabs. Only the one that is to be seen has anything looked at."""

    opacity_changed = Signal(float)
    """Of the evidence on the canvas, from 0 to 1."""

    def __init__(self, session: Session, looking: Looking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looking = looking
        self.classes = ClassSheet(session, looking)
        self._stages = Lazily(lambda: StageSheet(session, looking))
        self._channels = Lazily(lambda: self._channel_sheet(session))
        self._layer: Layer | None = None
        self.tabs = QTabBar()
        self.tabs.setObjectName("tabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self._stack = QStackedWidget()
        for title, tells, sheet in (
            (_("Classes"), _("What the picture is taken for"), self.classes),
            (_("Stages"), _("Every stage of the network, dreaming on your photo"), self._stages),
            (
                _("Channels"),
                _("The channels of the layer chosen above, each with its own picture"),
                self._channels,
            ),
        ):
            self.tabs.setTabToolTip(self.tabs.addTab(title), tells)
            self._stack.addWidget(sheet)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 4, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.tabs)
        lines.addWidget(self._stack, stretch=1)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self.classes.evidence.opacity_changed.connect(self.opacity_changed)

    @property
    def stages(self) -> StageSheet:
        return self._stages.content

    @property
    def channels(self) -> ChannelSheet:
        return self._channels.content

    def _channel_sheet(self, session: Session) -> ChannelSheet:
        sheet = ChannelSheet(session, self._looking)
        if self._layer is not None:
            sheet.show_layer(self._layer)
        return sheet

    def show_layer(self, layer: Layer) -> None:
        """The layer whose channels are offered."""
        self._layer = layer
        if self._channels.made:
            self.channels.show_layer(layer)

    def open_channels(self) -> None:
        self.tabs.setCurrentIndex(self._stack.indexOf(self._channels))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            # Nothing is left on the canvas that has no button any more.
            self._looking.want(None)

    def join(self, canvas: Canvas) -> None:
        """Has the evidence shown on this canvas, and its chosen part looked at."""
        looking = self._looking
        canvas.set_opacity(self.classes.evidence.opacity.number.value() / 100)
        self.opacity_changed.connect(canvas.set_opacity)
        looking.heated.connect(lambda heat: canvas.lay_over(heat.pixels if isinstance(heat, Heat) else None))
        looking.opened.connect(canvas.forget_region)
        canvas.overlay_dismissed.connect(lambda: looking.want(None))
        canvas.region_changed.connect(looking.look_within)


class ClassSheet(QWidget):
    """The classes, and the evidence for the one that was clicked."""

    def __init__(self, session: Session, looking: Looking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._looking = looking
        self.standings = Standings()
        self.evidence = EvidenceBar()
        self.nothing = quiet(_("Open a photo or start a dream, and here stands what the network takes it for."))
        self._lay_out()
        self.standings.chosen.connect(self._on_chosen)
        self.evidence.closed.connect(lambda: looking.want(None))
        self.evidence.method_chosen.connect(self._on_method)
        looking.opined.connect(self._show_opinion)
        looking.wanted_changed.connect(self._show_wanted)
        looking.failed.connect(self._show_failure)
        self._show_opinion(None)
        self._show_wanted(looking.wanted)

    @property
    def likeliest(self) -> str:
        """The class that the picture is taken for; empty where none was told."""
        standing = self.standings.rows[0].standing
        return "" if standing is None else standing.label

    def _lay_out(self) -> None:
        content = QWidget()
        lines = QVBoxLayout(content)
        lines.setContentsMargins(12 - LEFT, 8, 2 - RIGHT, 8)
        self.nothing.setContentsMargins(LEFT, 0, RIGHT, 0)
        lines.setSpacing(8)
        for widget in (self.nothing, self.standings, self.evidence):
            lines.addWidget(widget)
        lines.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(Snug(content, LEAST))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._looking.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._looking.watch(False)

    def _show_opinion(self, opinion: Opinion | None) -> None:
        self.standings.setVisible(opinion is not None)
        self.nothing.setVisible(opinion is None)
        if opinion is not None:
            self.standings.show_opinion(opinion, self._session.network.classes)

    def _show_wanted(self, wanted: Wanted | None) -> None:
        self.standings.mark("" if wanted is None else wanted.label)
        self.evidence.setVisible(wanted is not None)
        if wanted is not None:
            self.evidence.show_class(wanted.label)

    def _show_failure(self, what: str, line: str) -> None:
        if what == "look":
            self._show_opinion(None)
            self.nothing.setText(line)

    def _on_chosen(self, label: str) -> None:
        self._looking.want(Wanted(label, self.evidence.method) if label else None)

    def _on_method(self) -> None:
        wanted = self._looking.wanted
        if wanted is not None:
            self._looking.want(Wanted(wanted.label, self.evidence.method))


def quiet(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "quiet")
    label.setWordWrap(True)
    return label
