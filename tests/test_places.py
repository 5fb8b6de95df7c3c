from pathlib import Path

import pytest

from inceptionist_gui.places import OVERRIDE, data_folder


def test_the_user_may_name_another_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OVERRIDE, "/stick/dreams")
    assert data_folder() == Path("/stick/dreams")


def test_else_it_is_the_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OVERRIDE, "")
    assert data_folder().is_absolute()
    assert data_folder().name == "inceptionist"
