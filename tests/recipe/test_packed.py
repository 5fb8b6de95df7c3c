"""Small pictures inside a recipe."""

import base64
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from inceptionist_gui.recipe import Guide, Mask


@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 1000))
def test_what_was_packed_comes_out_the_same(width: int, height: int, seed: int) -> None:
    values = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    assert np.array_equal(Guide.of(values).array(), values)
    assert np.array_equal(Mask.of(values[..., 0]).array(), values[..., 0])


def test_nobody_writes_to_what_others_read() -> None:
    with pytest.raises(ValueError, match="read-only"):
        Mask.of(np.zeros((2, 2), np.uint8)).array()[0, 0] = 1


@pytest.mark.parametrize(
    ("packed", "line"),
    [
        ("not base64!", "base64 of zlib"),
        (base64.b64encode(b"not zlib").decode(), "base64 of zlib"),
        (base64.b64encode(zlib.compress(bytes(5))).decode(), "2 x 3 values"),
        (base64.b64encode(zlib.compress(bytes(50_000_000))).decode(), "2 x 3 values"),
    ],
)
def test_what_holds_something_else_is_refused(packed: str, line: str) -> None:
    with pytest.raises(ValidationError, match=line):
        Mask(width=3, height=2, packed=packed)


def test_a_guide_is_small() -> None:
    with pytest.raises(ValidationError, match="at most 256 px"):
        Guide.of(np.zeros((10, 257, 3), np.uint8))
