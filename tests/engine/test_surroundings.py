import os

import pytest

from inceptionist_gui.engine.surroundings import SURROUNDINGS, expect_many_sizes, prepare_surroundings

PROGRAMS = "ONEDNN_PRIMITIVE_CACHE_CAPACITY"


def test_what_the_user_has_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PROGRAMS, "7")
    prepare_surroundings()
    expect_many_sizes()
    assert os.environ[PROGRAMS] == "7"


def test_fewer_programs_are_kept_where_sizes_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PROGRAMS, raising=False)
    prepare_surroundings()
    assert os.environ[PROGRAMS] == SURROUNDINGS[PROGRAMS]
    expect_many_sizes()
    assert int(os.environ[PROGRAMS]) < int(SURROUNDINGS[PROGRAMS])
