"""A stage of the network, chosen from a list."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from inceptionist_gui.engine.networks import Network
from inceptionist_gui.ui.layer_tree import in_words
from inceptionist_gui.words import _


class LayerChoice(QComboBox):
    """The stages, by what they bring out; a layer within one is listed while it is the one chosen."""

    chosen = Signal(str)
    """A layer's name, by hand."""

    def __init__(self, network: Network, layer: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setAccessibleName(_("Layer"))
        names = [stage.name for stage in network.stages]
        for name in names if layer in names else [*names, layer]:
            self.addItem(f"{in_words(network, name)}  ·  {name}", name)
        self.show_layer(layer)
        self.activated.connect(lambda row: self.chosen.emit(self.itemData(row)))

    def show_layer(self, layer: str) -> None:
        self.setCurrentIndex(self.findData(layer))

    def wheelEvent(self, event: QWheelEvent) -> None:
        # A layer is not to change because the pointer rested here.
        event.ignore()
