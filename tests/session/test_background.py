import pytest
from pytestqt.qtbot import QtBot

from inceptionist_gui.errors import UserError
from inceptionist_gui.session.background import Background

pytestmark = pytest.mark.qt


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        (UserError("cat.png: no permission"), "cat.png: no permission"),
        (MemoryError(), "Not enough memory for this picture"),
        (ValueError("odd"), "Something went wrong (ValueError: odd)"),
    ],
)
def test_whatever_goes_wrong_is_heard_of(qtbot: QtBot, fault: Exception, line: str) -> None:
    def failing() -> None:
        raise fault

    told: list[str] = []
    background = Background()
    background.run(failing, lambda _: None, told.append)
    qtbot.waitUntil(lambda: bool(told))
    background.finish()
    assert told == [line]
