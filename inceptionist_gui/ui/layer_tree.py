"""The tree of a network's layers: stage, block, layer, in forward order."""

from collections.abc import Iterator

from PySide6.QtCore import (
    QPointF,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from inceptionist_gui.engine.networks import Layer, Network
from inceptionist_gui.ui.layer_painter import BOX, LAYER, MARK, PICTURE, ROW, Index, LayerPainter
from inceptionist_gui.ui.pixmaps import picture_tip
from inceptionist_gui.words import _

LEAST_ROWS = 3


class LayerTree(QTreeWidget):
    """Shows which layers are goals. A click wants only that layer, Ctrl or the tick box wants it in the mix."""

    wanted = Signal(str)
    """This layer alone."""
    toggled = Signal(str)
    """This layer added to the goals, or taken out."""
    typed = Signal(str)
    """Text that belongs in the search field."""
    looked_at = Signal(object)
    """The current Layer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._marked: set[str] = set()
        self._mixes = False
        self._clicked_into = False
        """The focus came by the mouse."""
        self._searching = False
        self._opened_before: set[str] = set()
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIndentation(14)
        self.setMinimumHeight(LEAST_ROWS * ROW)
        self.setMouseTracking(True)
        # Rows are current, not selected: the accent belongs to the goals.
        self.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._painter = LayerPainter(self)
        self.setItemDelegate(self._painter)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(_("Layers"))
        self.itemClicked.connect(self._on_clicked)
        self.currentItemChanged.connect(self._on_current)

    def show_network(self, network: Network) -> None:
        opened = self._opened()
        # What was marked in another network is new in this one.
        self._items, self._marked = {}, set()
        with QSignalBlocker(self):
            self.clear()
            for stage in network.stages:
                self.addTopLevelItem(self._item(stage, 1))
            self.setCurrentItem(self._items[network.stages[0].name])
        self._open(opened)

    def expect_pictures(self, expected: bool) -> None:
        """Whether the stages are to have pictures; those they had are gone."""
        self._painter.pictured = expected
        for item in self._stages():
            item.setData(0, PICTURE, None)
            item.setToolTip(0, _told(layer_of(item), None))
        self.scheduleDelayedItemsLayout()
        # The rows are of another height now.
        self.scrollTo(self.currentIndex())

    def show_picture(self, layer: str, picture: QPixmap) -> None:
        """A layer that is not there is passed over."""
        item = self._items.get(layer)
        if item is not None:
            item.setData(0, PICTURE, picture)
            item.setToolTip(0, _told(layer_of(item), picture))

    @property
    def pictured(self) -> bool:
        """The stages have pictures, or will have."""
        return self._painter.pictured

    def item_of(self, layer: str) -> QTreeWidgetItem:
        return self._items[layer]

    def current_layer(self) -> Layer:
        item = self.currentItem()
        assert item is not None, "the first stage is current from the start"
        return layer_of(item)

    def mark(self, layers: list[str], neighbours: list[str]) -> list[str]:
        """Ticks the layers, and half-ticks the neighbours and whatever has a ticked one within.

        Returns those of the layers that were not ticked before.
        """
        marked = {*layers, *neighbours}
        for name, item in self._items.items():
            half = name in neighbours or any(other.startswith(f"{name}.") for other in marked)
            rest = Qt.CheckState.PartiallyChecked if half else Qt.CheckState.Unchecked
            _mark(item, Qt.CheckState.Checked if name in layers else rest)
        newly = [layer for layer in layers if layer not in self._marked]
        self._marked = set(layers)
        return newly

    def reveal(self, layer: str) -> None:
        """Makes the layer the current one and opens what it lies in."""
        self.setCurrentItem(self._items[layer])
        self.scrollToItem(self._items[layer])

    def search(self, words: str) -> bool:
        """Shows only the layers in whose name or meaning the words occur, and what these lie in.

        False when there is none.
        """
        wanted = words.casefold().split()
        if wanted and not self._searching:
            self._opened_before = self._opened()
        if self._searching and not wanted:
            self.collapseAll()
            self._open(self._opened_before)
        self._searching = bool(wanted)
        hits = [self._filter(item, wanted) for item in self._stages()]
        return any(hits)

    def first_hit(self, words: str) -> Layer | None:
        """The first layer, in forward order, in whose name or meaning the words occur."""
        wanted = words.casefold().split()
        return next((layer for layer in map(layer_of, self._items.values()) if _hit(layer, wanted)), None)

    def _filter(self, item: QTreeWidgetItem, wanted: list[str]) -> bool:
        within = [self._filter(self._items[child.name], wanted) for child in layer_of(item).children]
        shown = any(within) or _hit(layer_of(item), wanted)
        item.setHidden(not shown)
        if wanted:
            item.setExpanded(any(within))
        return shown

    def _stages(self) -> Iterator[QTreeWidgetItem]:
        for row in range(self.topLevelItemCount()):
            if item := self.topLevelItem(row):
                yield item

    def _opened(self) -> set[str]:
        return {name for name, item in self._items.items() if item.isExpanded()}

    def _open(self, layers: set[str]) -> None:
        for name in layers & self._items.keys():
            self._items[name].setExpanded(True)

    def _item(self, layer: Layer, number: int) -> QTreeWidgetItem:
        item = QTreeWidgetItem(
            [_("block {number}").format(number=number) if layer.kind == "block" else _(layer.tells)]
        )
        item.setData(0, LAYER, layer)
        item.setToolTip(0, _told(layer, None))
        for count, child in enumerate(layer.children, start=1):
            item.addChild(self._item(child, count))
        self._items[layer.name] = item
        _mark(item, Qt.CheckState.Unchecked)
        return item

    # By hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        self._mixes = ctrl or self._box_at(event.position()) is not None
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        ticked = self._box_at(event.position())
        if ticked is None:
            super().mouseDoubleClickEvent(event)
        else:
            # Two quick clicks on a tick box are two clicks.
            self._want(ticked, mixed=True)

    def _box_at(self, place: QPointF) -> QTreeWidgetItem | None:
        """The item whose tick box is there."""
        item = self.itemAt(place.toPoint())
        within = item is not None and 0 <= place.x() - self.visualItemRect(item).left() < BOX + 8
        return item if within else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._clicked_into = event.reason() is Qt.FocusReason.MouseFocusReason

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item:
            self._want(item, mixed=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif not event.text().isprintable() or not event.text():
            super().keyPressEvent(event)
        elif event.text().isspace() or self._clicked_into:
            # Whoever only clicked a layer goes on with the canvas's keys, as space to dream.
            event.ignore()
        else:
            self.typed.emit(event.text())

    def _on_clicked(self, item: QTreeWidgetItem) -> None:
        self._want(item, mixed=self._mixes)

    def _want(self, item: QTreeWidgetItem, *, mixed: bool) -> None:
        (self.toggled if mixed else self.wanted).emit(layer_of(item).name)

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.looked_at.emit(layer_of(item))

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        current = index == self.currentIndex()
        if current or option.rect.contains(self.viewport().mapFromGlobal(self.cursor().pos())):
            ground = self.palette().color(QPalette.ColorRole.Text)
            ground.setAlphaF(0.1 if current else 0.05)
            painter.fillRect(option.rect, ground)
        super().drawRow(painter, option, index)


def _told(layer: Layer, picture: QPixmap | None) -> str:
    """A row's tooltip."""
    return picture_tip(
        picture, seen_by(layer), _("{layer}, stride {stride}").format(layer=layer.name, stride=layer.stride)
    )


def _mark(item: QTreeWidgetItem, mark: Qt.CheckState) -> None:
    layer = layer_of(item)
    said = {Qt.CheckState.Checked: _(", among the goals"), Qt.CheckState.PartiallyChecked: _(", partly")}.get(
        mark, ""
    )
    item.setData(0, MARK, mark)
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{_(layer.tells)}, {layer.name}{said}")


def _hit(layer: Layer, wanted: list[str]) -> bool:
    return all(word in f"{layer.name} {_(layer.tells)}".casefold() for word in wanted)


def in_words(network: Network, name: str) -> str:
    """A layer by what it brings out, for where its stage is not to be seen."""
    layer = network.layer(name)
    stage = next(stage for stage in network.stages if layer in stage.walk())
    if layer is stage:
        return _(stage.tells)
    blocks = [block.name for block in stage.children]
    place = _("block {number}").format(number=blocks.index(name) + 1) if name in blocks else _(layer.tells)
    return f"{_(stage.tells)}, {place}"


def seen_by(layer: Layer) -> str:
    """What a layer is, in plain words."""
    return _("{count} channels, each sees {size} px of the picture").format(
        count=layer.channels, size=layer.receptive_field
    )


def layer_of(item: QTreeWidgetItem) -> Layer:
    layer = item.data(0, LAYER)
    assert isinstance(layer, Layer)
    return layer
