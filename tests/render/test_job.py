"""Jobs as text, the photos kept for them, and names that nothing has yet."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.errors import UserError
from inceptionist_gui.media import Picture
from inceptionist_gui.recipe import Imagine, LayerGoal, Magnitudes, Mode, Recipe, Start
from inceptionist_gui.render.job import (
    KEPT_SUFFIX,
    VERSION,
    RenderJob,
    job_from_text,
    keep_photo,
    photo_of,
    unused,
    wants_photo,
)
from inceptionist_gui.render.thumbnail import LONGEST, thumbnail

NAMES = st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=40)


@given(name=NAMES, depth=st.sampled_from([8, 16]), quality=st.integers(1, 100), device=st.sampled_from(DeviceName))
def test_a_job_comes_back_from_its_text(name: str, depth: int, quality: int, device: DeviceName) -> None:
    recipe = Recipe(goals=(LayerGoal(layer="blocks.2"),), seed=7)
    job = RenderJob(recipe, Path("/out") / name, Path("/in") / name, name, depth, quality, device)
    assert job_from_text(job.text(), "job") == job


def test_a_name_that_is_no_text_comes_back_too() -> None:
    strange = Path(b"/in/caf\xe9.png".decode("utf-8", "surrogateescape"))
    job = RenderJob(Recipe(), strange, strange, strange.name)
    assert job_from_text(job.text().encode(), "job") == job


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"recipe": {}}', '{"recipe": 3}', "[" * 100_000])
def test_what_is_no_job_is_said_in_a_line(text: str) -> None:
    with pytest.raises(UserError, match=r"^job: [^\n]+$"):
        job_from_text(text, "job")


def test_a_newer_job_is_refused() -> None:
    text = RenderJob(Recipe(), Path("a.png")).text().replace(f'"version": {VERSION}', '"version": 99', 1)
    with pytest.raises(UserError, match="newer"):
        job_from_text(text, "job")


class TestPhotos:
    @pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.float32])
    @pytest.mark.parametrize("transparent", [False, True])
    def test_a_kept_photo_is_the_same_to_the_bit(self, tmp_path: Path, kind: type, transparent: bool) -> None:
        values: npt.NDArray[Any] = (
            np.random.default_rng(1).random((5, 7, 3)) * (1 if kind is np.float32 else 255)
        ).astype(kind)
        photo = Picture(values, values[..., 0] if transparent else None, name="cat.png")
        keep_photo(photo, tmp_path / f"kept{KEPT_SUFFIX}")
        job = RenderJob(Recipe(), tmp_path / "a.png", tmp_path / f"kept{KEPT_SUFFIX}", "cat.png")
        back = photo_of(job)
        assert back is not None
        assert back.name == "cat.png"
        assert back.pixels.dtype == values.dtype
        assert np.array_equal(back.pixels, values)
        assert (back.alpha is None) is not transparent

    @pytest.mark.parametrize("content", [None, b"", b"no zip", b"PK\x03\x04cut short"])
    def test_one_that_is_gone_or_damaged_is_said_in_a_line(self, tmp_path: Path, content: bytes | None) -> None:
        path = tmp_path / f"kept{KEPT_SUFFIX}"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(UserError, match=r"^cat.png: its kept copy is gone or damaged"):
            photo_of(RenderJob(Recipe(), tmp_path / "a.png", path, "cat.png"))

    def test_a_file_that_is_gone_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(UserError, match=r"cat\.png: there is no such file"):
            photo_of(RenderJob(Recipe(), tmp_path / "a.png", tmp_path / "cat.png"))

    def test_who_needs_one(self) -> None:
        contrasts = Imagine(magnitudes=Magnitudes.PHOTOS)
        assert wants_photo(Recipe())
        assert not wants_photo(Recipe(start=Start.NOISE))
        assert not wants_photo(Recipe(mode=Mode.IMAGINE))
        assert wants_photo(Recipe(mode=Mode.IMAGINE, imagine=contrasts))
        assert not wants_photo(Recipe(mode=Mode.IMAGINE, imagine=contrasts.model_copy(update={"profile": (1.0,)})))


def test_an_unused_name_is_no_files_and_nobody_elses(tmp_path: Path) -> None:
    wanted = tmp_path / "cat dream.png"
    assert unused(wanted) == wanted
    wanted.touch()
    (tmp_path / "cat dream 2.png").symlink_to(tmp_path / "nowhere")
    assert unused(wanted, {tmp_path / "cat dream 3.png"}) == tmp_path / "cat dream 4.png"


@pytest.mark.parametrize(("height", "width"), [(20, 30), (900, 600), (1, 5000)])
def test_a_thumbnail_is_small_and_keeps_the_proportions(height: int, width: int) -> None:
    small = thumbnail(Picture(np.full((height, width, 3), 0.5, np.float32), name="secret.png"))
    assert max(small.width, small.height) == min(LONGEST, max(height, width))
    assert small.pixels.dtype == np.uint8
    assert abs(small.width / width - small.height / height) <= 1 / min(height, width)
    assert not small.name
