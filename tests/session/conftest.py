"""Sessions that end with their test."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from inceptionist_gui.media import Picture
from inceptionist_gui.recipe import LayerGoal, Recipe, Scale, Strength
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import Message

SMALL = Recipe(
    size=96,
    goals=(LayerGoal(layer="blocks.1"),),
    scale=Scale(octaves=2, jitter=4),
    strength=Strength(iterations=6),
)
LONG = SMALL.model_copy(update={"strength": Strength(iterations=100)})


@pytest.fixture
def session(qapp: QApplication) -> Iterator[Session]:  # noqa: ARG001  Signals need an application.
    session = Session()
    # Whoever paints is quick here: every frame is taken.
    session.viewed.connect(lambda _: session.take_next())
    yield session
    session.close()


@pytest.fixture
def said(session: Session) -> list[Message]:
    messages: list[Message] = []
    session.said.connect(messages.append)
    return messages


@pytest.fixture
def photo() -> Picture:
    pixels = np.random.default_rng(3).integers(40, 210, (64, 96, 3), dtype=np.uint8)
    return Picture(pixels, name="cat.png")


@pytest.fixture
def ready(session: Session, photo: Picture) -> Session:
    """A session with a photo open and a recipe that takes a second."""
    session.adopt(photo)
    session.apply_recipe(SMALL, "Small")
    session.undo_stack.clear()
    return session
