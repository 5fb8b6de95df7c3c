"""How one job of the queue is drawn: its picture, its name, how it stands, and two small buttons."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPalette,
    QPen,
    QPixmap,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from inceptionist_gui.session.queue_entry import Entry, Standing
from inceptionist_gui.ui.glyphs import Glyph, back, cross, onward, outward, pause
from inceptionist_gui.ui.queue_model import ENTRY, PICTURE, Index
from inceptionist_gui.ui.queue_words import KEYS, Verb, possible, status, title
from inceptionist_gui.ui.tips import tip
from inceptionist_gui.ui.tones import Tones
from inceptionist_gui.words import _

LEAST_WIDTH = 256
GAP, PAD = 4, 8
_PICTURE = QSize(72, 56)
_BUTTON, _BAR = 20, 4
_GLYPHS: dict[Verb, Glyph] = {
    Verb.PAUSE: pause,
    Verb.RESUME: onward,
    Verb.OPEN: outward,
    Verb.RETRY: back,
    Verb.CANCEL: cross,
    Verb.REMOVE: cross,
}
_WITH_BAR = (Standing.RUNNING, Standing.PAUSED, Standing.WAITING)


class QueueCard(QStyledItemDelegate):
    """Draws the cards of a view whose grid has their size."""

    pressed = Signal(str, object)
    """A key of a job and the Verb of the button that was clicked."""

    def __init__(self, tones: Callable[[], Tones], parent: QListView) -> None:
        super().__init__(parent)
        self._tones = tones
        self._view = parent

    def height(self) -> int:
        """Of a card with its gaps, in pixels."""
        metrics = QFontMetrics(self._view.font())
        words = metrics.height() + 2 * QFontMetrics(small(self._view.font())).height() + 2 * PAD
        return max(words, _PICTURE.height()) + 2 * PAD + 2 * GAP

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return self._view.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry, picture = index.data(ENTRY), index.data(PICTURE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_ground(painter, option)
        place = QRect(_card(option).topLeft() + QPoint(PAD, PAD), _PICTURE)
        _paint_picture(painter, place, picture, option.palette)
        self._paint_words(painter, option, entry)
        for verb, box in _buttons(option, entry):
            self._paint_button(painter, option, verb, box)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        flags = QStyle.StateFlag
        tones = self._tones()
        chosen = bool(option.state & flags.State_Selected)
        touched = bool(option.state & flags.State_MouseOver)
        ground = QColor(tones.raised) if chosen or touched else QColor(tones.field)
        focused = bool(option.state & flags.State_HasFocus)
        painter.setBrush(ground)
        painter.setPen(QPen(QColor(tones.accent), 1.0) if focused else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(_card(option)).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _paint_words(self, painter: QPainter, option: QStyleOptionViewItem, entry: Entry) -> None:
        tones, place = self._tones(), _words(option)
        painter.setFont(option.font)
        painter.setPen(QColor(tones.text))
        metrics = option.fontMetrics
        name = metrics.elidedText(title(entry), Qt.TextElideMode.ElideMiddle, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, name)
        painter.setFont(small(option.font))
        painter.setPen(QColor(tones.fault if entry.standing is Standing.FAILED else tones.quiet))
        below = place.adjusted(0, metrics.height() + 2, 0, 0)
        for number, line in enumerate(_lines(painter.font(), status(entry), below.width())):
            step = painter.fontMetrics().height()
            painter.drawText(below.adjusted(0, number * step, 0, 0), Qt.AlignmentFlag.AlignTop, line)
        if entry.standing in _WITH_BAR and entry.done:
            self._paint_bar(painter, place, entry)

    def _paint_bar(self, painter: QPainter, place: QRect, entry: Entry) -> None:
        tones = self._tones()
        bar = QRectF(place.left(), place.bottom() + 1 - _BAR, place.width(), _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tones.disabled))
        painter.drawRoundedRect(bar, 2, 2)
        bar.setWidth(max(_BAR, bar.width() * entry.done))
        painter.setBrush(QColor(tones.accent if entry.standing is Standing.RUNNING else tones.quiet))
        painter.drawRoundedRect(bar, 2, 2)

    def _paint_button(self, painter: QPainter, option: QStyleOptionViewItem, verb: Verb, box: QRect) -> None:
        pointer = self._view.viewport().mapFromGlobal(self._view.cursor().pos())
        lively = bool(option.state & QStyle.StateFlag.State_MouseOver) and box.contains(pointer)
        colour = QColor(self._tones().text if lively else self._tones().quiet)
        painter.save()
        painter.translate(QRectF(box).center())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.4, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        _GLYPHS[verb](painter)
        painter.restore()

    # The pointer

    def editorEvent(self, event: QEvent, model: QObject, option: QStyleOptionViewItem, index: Index) -> bool:  # noqa: ARG002
        verb = _verb_at(event.position().toPoint(), option, index) if isinstance(event, QMouseEvent) else None
        if verb is None or not isinstance(event, QMouseEvent) or event.button() is not Qt.MouseButton.LeftButton:
            return False
        if event.type() is QEvent.Type.MouseButtonRelease:
            self.pressed.emit(index.data(ENTRY).key, verb)
        return True

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        verb = _verb_at(event.pos(), option, index) if index.isValid() else None
        if verb is None:
            return super().helpEvent(event, view, option, index)
        keys = f" ({KEYS[verb]})" if verb in KEYS else ""
        QToolTip.showText(event.globalPos(), tip(f"{_(verb.value)}{keys}"), view)
        return True


def small(font: QFont) -> QFont:
    """For what stands below a name."""
    smaller = QFont(font)
    smaller.setPointSizeF(font.pointSizeF() * 0.9)
    return smaller


def _card(option: QStyleOptionViewItem) -> QRect:
    return option.rect.adjusted(GAP, GAP, -GAP, -GAP)


def _words(option: QStyleOptionViewItem) -> QRect:
    left = 2 * PAD + _PICTURE.width()
    return _card(option).adjusted(left, PAD, -(PAD + _BUTTON + GAP), -PAD)


def _buttons(option: QStyleOptionViewItem, entry: Entry) -> list[tuple[Verb, QRect]]:
    """What is wanted most above, what ends it below."""
    card, verbs = _card(option), possible(entry)
    left = card.right() + 1 - GAP - _BUTTON
    top = QRect(left, card.top() + PAD - 2, _BUTTON, _BUTTON)
    bottom = QRect(left, card.bottom() + 3 - PAD - _BUTTON, _BUTTON, _BUTTON)
    return [(verbs[0], top), (verbs[-1], bottom)]


def _verb_at(place: QPoint, option: QStyleOptionViewItem, index: Index) -> Verb | None:
    entry = index.data(ENTRY)
    if not isinstance(entry, Entry):
        return None
    return next((verb for verb, box in _buttons(option, entry) if box.contains(place)), None)


def _lines(font: QFont, texts: tuple[str, str], width: int) -> list[str]:
    """The two lines, or the first alone broken over both; what is too long ends in an ellipsis."""
    metrics = QFontMetrics(font)
    first, second = texts
    broken = [second]
    if not second and metrics.horizontalAdvance(first) > width:
        end = _break(font, first, width)
        first, broken = first[:end].rstrip(), [first[end:].lstrip()]
    return [metrics.elidedText(text, Qt.TextElideMode.ElideRight, width) for text in (first, *broken) if text]


def _break(font: QFont, text: str, width: int) -> int:
    """After how many characters the first line ends."""
    layout = QTextLayout(text, font)
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    layout.endLayout()
    return line.textLength()


def _paint_picture(painter: QPainter, place: QRect, picture: QPixmap, palette: QPalette) -> None:
    path = QPainterPath()
    path.addRoundedRect(QRectF(place), 4, 4)
    painter.save()
    painter.setClipPath(path)
    if picture.isNull():
        painter.fillRect(place, palette.color(QPalette.ColorRole.Mid))
    else:
        painter.drawPixmap(place, picture, _middle(picture.size(), place.size()))
    painter.restore()


def _middle(picture: QSize, place: QSize) -> QRect:
    """The largest part of the picture that has the place's proportions."""
    part = place.scaled(picture, Qt.AspectRatioMode.KeepAspectRatio)
    return QRect(QPoint((picture.width() - part.width()) // 2, (picture.height() - part.height()) // 2), part)
