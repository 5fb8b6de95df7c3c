"""What the tests of several rooms share."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from inceptionist_gui.engine.surroundings import prepare_surroundings

# Before Qt or torch is imported: no window on anyone's screen (without a screen Qt would end the process).
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
prepare_surroundings()
# A busy machine is no fault of the code's.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is kept on disk between two starts is the tests' own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("INCEPTIONIST_DATA", str(tmp_path_factory.mktemp("data")))
        yield
