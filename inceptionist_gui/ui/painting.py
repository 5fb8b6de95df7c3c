"""The brush on the canvas: what pointer, pen and keys do to the mask that is painted, and how it is shown."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette, QPen

from inceptionist_gui.session.brush import Brush, Dab, Point
from inceptionist_gui.session.masking import Masking
from inceptionist_gui.session.targets import Target
from inceptionist_gui.ui.tint import Tint
from inceptionist_gui.ui.viewpoint import Viewpoint

SMALLEST, LARGEST = 0.005, 1.0
"""Diameters of the brush, as shares of the picture's longer side."""
_GROWTH = 1.2
"""The brush's, with each press of a key."""
_HARDER = 0.1
_LEAST_RING = 3.0
"""Pixels; the radius of the smallest ring that can be seen."""
_DARK, _BRIGHT = QColor(0, 0, 0, 150), QColor(255, 255, 255, 230)


class Tool(StrEnum):
    BRUSH = "brush"
    ERASER = "eraser"
    LINEAR = "linear"
    """A gradient from one line to another."""
    RADIAL = "radial"
    """A gradient around a point."""

    @property
    def draws(self) -> bool:
        """It is a gradient, not a brush."""
        return self in (Tool.LINEAR, Tool.RADIAL)


class PressureFor(StrEnum):
    """What the pen's pressure changes."""

    NOTHING = "nothing"
    SIZE = "size"
    STRENGTH = "strength"


@dataclass(frozen=True, slots=True)
class Pen:
    """How the pointer is held."""

    pressure: float = 1.0
    erases: bool = False
    """It is a pen held upside down, or a key says so."""


_MOUSE = Pen()


class Painting(QObject):
    """The tool in hand. Points are those of the viewpoint's view."""

    changed = Signal()
    """Another tool, or another size, hardness or strength."""
    repaint_wanted = Signal()

    def __init__(self, masking: Masking, viewpoint: Viewpoint, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.masking = masking
        self._viewpoint = viewpoint
        self.tool = Tool.BRUSH
        self.pressure_for = PressureFor.STRENGTH
        self.brush = Brush(diameter=0.12)
        """Its diameter is a share of the picture's longer side."""
        self.shown = True
        """The mask lies over the picture."""
        self._tint = Tint()
        self._erasing = False
        self._pointer: QPointF | None = None
        self._from: QPointF | None = None
        """Where the gradient under way begins, in the picture."""
        masking.changed.connect(self._on_changed)
        masking.target_changed.connect(self._on_target)

    @property
    def active(self) -> bool:
        return self.masking.target is not None

    @property
    def busy(self) -> bool:
        """A stroke or a gradient is under way."""
        return self.masking.busy

    # What is in hand

    def take(self, tool: Tool) -> None:
        self.tool = tool
        self._tell()

    def set_brush(
        self, *, diameter: float | None = None, hardness: float | None = None, strength: float | None = None
    ) -> None:
        brush = self.brush
        self.brush = Brush(
            brush.diameter if diameter is None else min(LARGEST, max(SMALLEST, diameter)),
            brush.hardness if hardness is None else min(1.0, max(0.0, hardness)),
            brush.strength if strength is None else min(1.0, max(0.01, strength)),
        )
        self._tell()

    def press_for(self, pressure_for: PressureFor) -> None:
        """What a pen's pressure changes from now on."""
        self.pressure_for = pressure_for
        self._tell()

    def show_mask(self, shown: bool) -> None:
        self.shown = shown
        self._tell()

    def _tell(self) -> None:
        self.changed.emit()
        self.repaint_wanted.emit()

    # Pointer

    def press(self, point: QPointF, pen: Pen = _MOUSE) -> None:
        self._pointer = point
        if self.tool.draws:
            self._from = self._viewpoint.to_picture(point)
            return
        self._erasing = pen.erases != (self.tool is Tool.ERASER)
        self.masking.press(self.brush, self._dab(point, pen), erase=self._erasing)

    def move(self, point: QPointF, pen: Pen = _MOUSE) -> None:
        """Whether it is down or hovers."""
        self._pointer = point
        if self._from is not None:
            start, radial = self._share(self._from), self.tool is Tool.RADIAL
            end = self._share(self._viewpoint.to_picture(point))
            self.masking.draw_gradient(start, end, radial=radial, strength=self.brush.strength)
        else:
            self.masking.move(self._dab(point, pen))
        self.repaint_wanted.emit()

    def release(self) -> None:
        self._from = None
        self.masking.release()
        self.repaint_wanted.emit()

    def leave(self) -> None:
        """The pointer is elsewhere."""
        self._pointer = None
        self.repaint_wanted.emit()

    def _dab(self, point: QPointF, pen: Pen) -> Dab:
        pressure = min(1.0, max(0.0, pen.pressure))
        return Dab(
            self._share(self._viewpoint.to_picture(point)),
            size=pressure if self.pressure_for is PressureFor.SIZE else 1.0,
            strength=pressure if self.pressure_for is PressureFor.STRENGTH else 1.0,
        )

    def _share(self, place: QPointF) -> Point:
        picture = self._viewpoint.picture
        return place.x() / max(1.0, picture.width()), place.y() / max(1.0, picture.height())

    # Keys

    def take_press(self, event: QKeyEvent) -> bool:
        """Whether the key means something while painting."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if self._take_brush_key(event, shift):
            return True
        # A key held down is one press.
        return self._take_command(event.key(), shift) if not event.isAutoRepeat() else True

    def _take_command(self, key: int, shift: bool) -> bool:
        match key:
            case Qt.Key.Key_B if shift:
                self.masking.begin(Target.photo())
            case Qt.Key.Key_B:
                self.take(Tool.BRUSH)
            case Qt.Key.Key_E:
                self.take(Tool.BRUSH if self.tool is Tool.ERASER else Tool.ERASER)
            case Qt.Key.Key_G:
                self.take(Tool.RADIAL if shift else Tool.LINEAR)
            case Qt.Key.Key_O:
                self.show_mask(not self.shown)
            case Qt.Key.Key_I:
                self.masking.invert()
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.masking.clear()
            case Qt.Key.Key_Escape:
                self._give_up()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.masking.end()
            case _:
                return False
        return True

    def _take_brush_key(self, event: QKeyEvent, shift: bool) -> bool:
        key, brush = event.key(), self.brush
        smaller = key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BraceLeft)
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_9 and not shift:
            tenths = key - Qt.Key.Key_0.value
            self.set_brush(strength=(tenths or 10) / 10)
        elif not smaller and key not in (Qt.Key.Key_BracketRight, Qt.Key.Key_BraceRight):
            return False
        elif shift:
            self.set_brush(hardness=round(brush.hardness + (-_HARDER if smaller else _HARDER), 2))
        else:
            self.set_brush(diameter=brush.diameter * (1.0 / _GROWTH if smaller else _GROWTH))
        return True

    def _give_up(self) -> None:
        if self.busy:
            self._from = None
            self.masking.give_up()
        else:
            self.masking.end()

    # Looks

    def paint(self, painter: QPainter, palette: QPalette) -> None:
        """Paints the mask over the picture."""
        if self.active and self.shown:
            self._tint.paint(painter, self._viewpoint, palette.color(QPalette.ColorRole.Highlight))

    def paint_cursor(self, painter: QPainter) -> None:
        """Paints where the tool is, and how large; dark and bright, to be seen on both."""
        if not self.active or self._pointer is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if not self.tool.draws:
            self._paint_ring(painter, self._pointer)
        elif self._from is not None:
            self._paint_way(painter, self._viewpoint.to_view(self._from), self._pointer)
        painter.restore()

    def _paint_ring(self, painter: QPainter, at: QPointF) -> None:
        radius = max(_LEAST_RING, self._radius())
        for colour, wider in ((_DARK, 0.5), (_BRIGHT, -0.5)):
            painter.setPen(QPen(colour, 1.0))
            painter.drawEllipse(at, radius + wider, radius + wider)
        if self.tool is Tool.ERASER or (self.busy and self._erasing):
            for colour, width in ((_DARK, 3.0), (_BRIGHT, 1.0)):
                painter.setPen(QPen(colour, width))
                painter.drawLine(at - QPointF(4.0, 0.0), at + QPointF(4.0, 0.0))

    def _paint_way(self, painter: QPainter, start: QPointF, end: QPointF) -> None:
        for colour, width in ((_DARK, 3.0), (_BRIGHT, 1.0)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(start, end)
            painter.drawEllipse(start, 4.0, 4.0)

    def _radius(self) -> float:
        """Of the brush, in pixels of the view."""
        picture, scale = self._viewpoint.picture, self._viewpoint.zoom / self._viewpoint.ratio
        return 0.5 * self.brush.diameter * max(picture.width(), picture.height()) * scale

    @property
    def cursor(self) -> Qt.CursorShape:
        """The ring is the cursor, where there is one."""
        return Qt.CursorShape.CrossCursor if self.tool.draws else Qt.CursorShape.BlankCursor

    def _on_changed(self, _touched: object) -> None:
        target = self.masking.target
        self._tint.show(self.masking.values, veils=target is not None and target.everywhere)
        self.repaint_wanted.emit()

    def _on_target(self, _target: Target | None) -> None:
        self._from = None
        self._on_changed(None)
        self._tell()
