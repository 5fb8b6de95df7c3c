"""The button of a goal's mask: a sign, or the mask itself where there is one."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QMenu, QWidget

from inceptionist_gui.recipe import Mask
from inceptionist_gui.ui.glyphs import GlyphButton, masked
from inceptionist_gui.ui.pixmaps import RADIUS, paint_picture, picture_tip, pixmap_of
from inceptionist_gui.ui.tips import tip
from inceptionist_gui.words import _

_PLACE = QRectF(-8, -6.5, 16, 13)


class MaskButton(GlyphButton):
    """A click asks for the mask to be painted; its menu can take it away."""

    removal_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self._draw, _("Paint its mask"), "", parent)
        self._mask: Mask | None = None
        self._picture: QPixmap | None = None
        self.setCheckable(True)
        self.setToolTip(tip(_("Paint where in the picture this goal counts")))

    def show_mask(self, mask: Mask | None) -> None:
        if mask == self._mask:
            return
        self._mask = mask
        self._picture = None if mask is None else pixmap_of(mask.array())
        tells = _("Paint where in the picture this goal counts")
        note = _("It counts where this is light; a right click takes the mask away") if mask else ""
        self.setToolTip(picture_tip(self._picture, tells, note))
        self.setAccessibleName(_("Paint its mask; it has one") if mask else _("Paint its mask"))
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_of_mask().popup(event.globalPos())

    def menu_of_mask(self) -> QMenu:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(_("&Paint the Mask")).triggered.connect(self.click)
        remove = menu.addAction(_("&Remove the Mask"))
        remove.setEnabled(self._mask is not None)
        remove.triggered.connect(self.removal_wanted)
        return menu

    def _draw(self, painter: QPainter) -> None:
        if self._picture is None:
            masked(painter)
            return
        paint_picture(painter, _PLACE, self._picture, self.palette())
        role = QPalette.ColorRole.Highlight
        painter.setPen(QPen(self.palette().color(role), 1.0))
        painter.drawRoundedRect(_PLACE, RADIUS, RADIUS)
