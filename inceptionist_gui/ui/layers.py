"""See through: the network, its layers, and which of them the dream follows."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from inceptionist_gui.engine.networks import Layer, judge_of, networks
from inceptionist_gui.recipe import LayerGoal, Mode, NeuronGoal, Recipe
from inceptionist_gui.recipe.goals import MOST_GOALS
from inceptionist_gui.render.sheets import StageTile
from inceptionist_gui.session.previews import Previews
from inceptionist_gui.session.session import Session
from inceptionist_gui.ui.channels import ChannelsField, channels_text
from inceptionist_gui.ui.glyphs import GlyphButton, grid
from inceptionist_gui.ui.layer_tree import LayerTree, seen_by
from inceptionist_gui.ui.mixing import Goals, goal_of_layer, only_layer, with_channels, without_layer
from inceptionist_gui.ui.pixmaps import pixmap_of
from inceptionist_gui.ui.tips import tip
from inceptionist_gui.words import _


class LayersPanel(QWidget):
    """Chooses the network, and by a click the layer whose sight the dream follows.

    The stages show what they make of the photo that is open, where there are previews.
    """

    looked_at = Signal(object)
    """The current Layer."""
    pictures_wanted = Signal()
    """The channels are to be chosen by their pictures."""

    def __init__(self, session: Session, previews: Previews | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._previews = previews
        self._shown_network = ""
        self.chooser = _NetworkChooser()
        self.search = _SearchField()
        self.tree = LayerTree()
        self.nothing = _quiet(_("Nothing found"))
        self.note = _quiet("")
        self.judge = _quiet("")
        self.channels = ChannelsField()
        self.pictures = GlyphButton(grid, _("Pictures of the channels"), _("Choose channels by their pictures"))
        self._connect()
        self._lay_out()
        session.recipe_changed.connect(self._show)
        self._show(session.recipe)

    def _connect(self) -> None:
        self.chooser.activated.connect(lambda row: self._session.set_network(networks()[row].name))
        self.search.textChanged.connect(self._on_search)
        self.search.entered.connect(self._on_search_entered)
        self.search.wandered.connect(self._on_wandered)
        self.tree.typed.connect(self._on_typed)
        self.tree.wanted.connect(self._on_wanted)
        self.tree.toggled.connect(self._on_toggled)
        self.tree.looked_at.connect(self._look_at)
        self.channels.chosen.connect(self._on_channels)
        self.pictures.clicked.connect(self.pictures_wanted)
        if self._previews is not None:
            self._previews.stages_begun.connect(self._expect_pictures)
            self._previews.staged.connect(self._show_stage)

    def _lay_out(self) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(12, 8, 12, 8)
        lines.setSpacing(8)
        for widget in (self.chooser, self.judge, self.search, self.nothing):
            lines.addWidget(widget)
        lines.addWidget(self.tree, stretch=1)
        # What takes the tree's place while there is nothing in it.
        lines.addStretch(0)
        # Its lines may come to two, and the tree above it must not be counted on to give way.
        self.note.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        lines.addWidget(self.note)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.channels, 1)
        line.addWidget(self.pictures, 0, Qt.AlignmentFlag.AlignTop)
        lines.addLayout(line)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._previews is not None:
            self._previews.want_stages(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._previews is not None:
            self._previews.want_stages(False)

    def _expect_pictures(self) -> None:
        self.tree.expect_pictures(self._session.photo is not None)

    def _show_stage(self, tile: StageTile) -> None:
        self.tree.show_picture(tile.layer, pixmap_of(tile.pixels))

    # From the session

    def _show(self, recipe: Recipe) -> None:
        network = self._session.network
        self.chooser.setCurrentIndex(networks().index(network))
        self.chooser.setToolTip(tip(f"{_(network.tells)}.", f"{network.megabytes} MB"))
        if network.name != self._shown_network:
            self._shown_network = network.name
            self.tree.show_network(network)
        self._mark(recipe.goals)
        self._look_at(self.tree.current_layer())
        self._show_mode(recipe.mode)

    def _show_mode(self, mode: Mode) -> None:
        """Fooled is the network as a whole: its layers are no matter then."""
        fooling = mode is Mode.FOOL
        judge = judge_of(self._session.network).title
        self.judge.setText(
            _("This network is to be fooled. {judge} takes no part and is asked for its opinion.").format(
                judge=judge
            )
        )
        self.judge.setVisible(fooling)
        for part in (self.search, self.note, self.channels, self.pictures):
            part.setHidden(fooling)
        self._on_search(self.search.text())
        if fooling:
            self.tree.hide()
            self.nothing.hide()

    def _mark(self, goals: Goals) -> None:
        layers = [goal.layer for goal in goals if isinstance(goal, LayerGoal)]
        neurons = [goal.layer for goal in goals if isinstance(goal, NeuronGoal)]
        for layer in self.tree.mark(layers, neurons):
            self.tree.reveal(layer)

    def _look_at(self, layer: Layer) -> None:
        """Tells of the layer below the tree and offers its channels."""
        goal = goal_of_layer(self._session.recipe.goals, layer.name)
        self.note.setText(seen_by(layer))
        self.channels.show_channels(goal.channels if goal else (), layer.channels)
        self.channels.field.setAccessibleName(_("Channels of {layer}").format(layer=layer.name))
        self.looked_at.emit(layer)

    # By hand

    def _on_search(self, words: str) -> None:
        found = self.tree.search(words)
        self.nothing.setVisible(not found)
        self.tree.setVisible(found)

    def _on_search_entered(self) -> None:
        hit = self.tree.first_hit(self.search.text())
        if hit is not None:
            self.tree.reveal(hit.name)
            self._on_wanted(hit.name)

    def _on_wandered(self) -> None:
        hit = self.tree.first_hit(self.search.text())
        if hit is not None:
            self.tree.reveal(hit.name)
            self.tree.setFocus()

    def _on_typed(self, text: str) -> None:
        self.search.setFocus()
        self.search.setText(text)

    def _on_wanted(self, layer: str) -> None:
        verb = self._session.recipe.mode.value.capitalize()
        self._set(only_layer(self._session.recipe.goals, layer), f"{verb} {layer}")

    def _on_toggled(self, layer: str) -> None:
        goals = self._session.recipe.goals
        if goal_of_layer(goals, layer) is None:
            self._add(layer)
        elif left := without_layer(goals, layer):
            self._set(left, _("Remove {goal}").format(goal=layer))
        else:
            self.note.setText(_("This is the only goal; add another before you take it out"))

    def _add(self, layer: str) -> None:
        goals = self._session.recipe.goals
        if len(goals) < MOST_GOALS:
            self._set((*goals, LayerGoal(layer=layer)), _("Add {goal}").format(goal=layer))
        else:
            self.note.setText(_("A mix holds {count} goals at most").format(count=MOST_GOALS))

    def _on_channels(self, channels: tuple[int, ...]) -> None:
        layer = self.tree.current_layer().name
        goals = with_channels(self._session.recipe.goals, layer, channels)
        self._set(goals, _("Channels of {layer}: {which}").format(layer=layer, which=channels_text(channels)[:40]))

    def _set(self, goals: Goals, text: str) -> None:
        self._session.set_goals(goals, text)


class _NetworkChooser(QComboBox):
    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("Network"))
        self.setMinimumContentsLength(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for row, network in enumerate(networks()):
            self.addItem(network.title)
            self.setItemData(row, tip(f"{_(network.tells)}."), Qt.ItemDataRole.ToolTipRole)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # A network is not to change because the pointer rested here.
        event.ignore()


class _SearchField(QLineEdit):
    entered = Signal()
    wandered = Signal()
    """Down, towards the tree."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(_("Search layers"))
        self.setAccessibleName(_("Search layers"))
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down:
                self.wandered.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered.emit()
            case Qt.Key.Key_Escape if self.text():
                self.clear()
            case _:
                super().keyPressEvent(event)


def _quiet(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "quiet")
    label.setWordWrap(True)
    return label
