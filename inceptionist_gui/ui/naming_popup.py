"""A popup that asks for a name."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

WIDTH = 220


class NamingPopup(QFrame):
    """A field: Enter takes the name, Escape or a click elsewhere gives up."""

    named = Signal(str)

    def __init__(self, title: str, name: str, most: int, parent: QWidget | None = None) -> None:
        """`most`: characters."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(title)
        self.field = QLineEdit(name)
        self.field.setMaxLength(most)
        self.field.setAccessibleName(title)
        self.field.selectAll()
        self.field.returnPressed.connect(self._take)
        heading = QLabel(title)
        heading.setProperty("role", "quiet")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(8, 8, 8, 8)
        lines.setSpacing(4)
        lines.addWidget(heading)
        lines.addWidget(self.field)
        self.setFixedWidth(WIDTH)

    def open_at(self, corner: QPoint) -> None:
        """Opens with its upper left corner there, or as near as the screen lets it."""
        room, size = self.screen().availableGeometry(), self.sizeHint()
        x = max(room.left(), min(corner.x(), room.right() - WIDTH))
        y = max(room.top(), min(corner.y(), room.bottom() - size.height()))
        self.move(x, y)
        self.show()
        self.field.setFocus()

    def _take(self) -> None:
        name = self.field.text().strip()
        if name:
            self.named.emit(name)
            self.close()
