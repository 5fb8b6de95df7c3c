from pathlib import Path

import numpy as np
import pytest
from PIL import ImageCms

from inceptionist_gui.media import CannotWriteError, srgb_profile
from inceptionist_gui.media.icc import to_srgb
from inceptionist_gui.media.profiles import Intent, adobe_rgb_profile, converted, profile_of

LATTICE = np.stack(np.meshgrid(*[np.linspace(0, 65_535, 7)] * 3), axis=-1).reshape(49, 7, 3).astype(np.uint16)


def test_srgb_leaves_everything_as_it_is() -> None:
    same = converted(LATTICE, profile_of("srgb"), Intent.RELATIVE, black_point=True)
    assert same is LATTICE


def test_adobe_rgb_by_known_colours() -> None:
    known = np.array([[[255, 255, 255], [255, 0, 0], [0, 0, 255], [128, 128, 128]]]) * 257
    there = converted(known.astype(np.uint16), profile_of("adobe-rgb"), Intent.RELATIVE, black_point=True) / 257
    # Lindbloom's calculator; green of sRGB is what Adobe RGB reaches beyond.
    wanted = [[255, 255, 255], [219, 0, 0], [0, 0, 250], [127, 127, 127]]
    np.testing.assert_allclose(there[0], wanted, atol=2.5)


def test_there_and_back() -> None:
    profile = profile_of("adobe-rgb")
    back, notes = to_srgb(converted(LATTICE, profile, Intent.RELATIVE, black_point=True), profile.data)
    assert notes == ()
    assert np.abs(back.astype(int) - LATTICE).max() < 300


def test_the_made_profile_is_one_that_others_open(tmp_path: Path) -> None:
    path = tmp_path / "adobe.icc"
    path.write_bytes(adobe_rgb_profile())
    opened = ImageCms.getOpenProfile(str(path))
    assert ImageCms.getProfileDescription(opened).strip() == "Compatible with Adobe RGB (1998)"
    assert profile_of(str(path)).space == "rgb"


@pytest.mark.parametrize("content", [b"", b"no profile", srgb_profile()[:200], bytes(500)])
def test_a_file_that_is_no_profile(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.icc"
    path.write_bytes(content)
    with pytest.raises(CannotWriteError, match=r"a\.icc"):
        profile_of(str(path))


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(CannotWriteError, match="srgb, adobe-rgb or an ICC"):
        profile_of("/nowhere/a.icc")
