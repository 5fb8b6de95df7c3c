"""That the installed Qt can be lived with."""

import sys

import pytest
from PySide6.QtCore import QObject, Signal

pytestmark = pytest.mark.qt
TIMES = 200


class Bell(QObject):
    rung = Signal()


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None and True are immortal")
def test_it_gives_back_no_reference_that_it_was_not_given() -> None:
    """PySide6 6.12 does, and the studio aborts as soon as None or True has none left."""
    bell = Bell()
    before = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(TIMES):
        bell.rung.emit()
        bell.blockSignals(False)
        bell.setObjectName("bell")
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert all(now > then - TIMES // 2 for now, then in zip(after, before, strict=True))
