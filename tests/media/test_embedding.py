"""The recipe inside a picture, as this and other programs find it."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from inceptionist_gui.errors import UserError
from inceptionist_gui.media import (
    FORMATS,
    Format,
    Picture,
    UnreadablePictureError,
    encoded,
    format_named,
    picture_from_bytes,
    png,
    read_provenance,
    write_picture,
)
from inceptionist_gui.media.embedding import KEY, NAMESPACE, jpeg_segments, xmp
from inceptionist_gui.recipe import LayerGoal, Mask, Provenance, Recipe, RecipeError
from tests.media.files import by_pillow, by_program, eight_bit, long_provenance, picture, provenance

each_format = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)


def carried(found: Provenance, form: Format) -> Provenance | None:
    return picture_from_bytes(encoded(Picture(eight_bit(), provenance=found), form), "dream").provenance


@each_format
def test_recipe_comes_back_without_decoding(form: Format, tmp_path: Path) -> None:
    path = tmp_path / f"dream{form.suffixes[0]}"
    write_picture(picture(), path)
    assert read_provenance(path) == provenance()


@each_format
def test_long_recipe(form: Format) -> None:
    assert carried(long_provenance(), form) == long_provenance()


@each_format
def test_masks_as_large_as_they_may_be(form: Format) -> None:
    noise = np.random.default_rng(3).integers(0, 256, (1024, 1024), dtype=np.uint8)
    found = Provenance(
        recipe=Recipe(mask=Mask.of(noise), restored=Mask.of(noise.T), goals=(LayerGoal(layer="a"),))
    )
    assert carried(found, form) == found


@each_format
@settings(max_examples=25)
@given(source=st.text(max_size=60), steered=st.booleans())
def test_any_source(form: Format, source: str, steered: bool) -> None:
    found = Provenance(recipe=Recipe(), source=source, steered=steered)
    assert carried(found, form) == found


@each_format
def test_no_recipe(form: Format, tmp_path: Path) -> None:
    path = tmp_path / f"cat{form.suffixes[0]}"
    write_picture(picture(recipe=False), path)
    with pytest.raises(UserError) as caught:
        read_provenance(path)
    assert str(caught.value) == (f"{path.name}: no recipe inside; pictures saved by Inceptionist carry one")


@pytest.mark.parametrize("form", ["BMP", "GIF", "AVIF"])
def test_kinds_that_carry_none(form: str, tmp_path: Path) -> None:
    path = tmp_path / "cat"
    path.write_bytes(by_pillow(eight_bit(), form))
    with pytest.raises(UserError, match="no recipe inside"):
        read_provenance(path)


def test_no_picture_at_all(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePictureError, match="no such file"):
        read_provenance(tmp_path / "none.png")


def test_damaged_recipe_says_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "cat.png"
    text = png.text_chunk(KEY, '{"version": 1, "recipe": {"size": -3}}')
    path.write_bytes(png.with_chunks(by_pillow(eight_bit(), "PNG"), text))
    with pytest.raises(RecipeError, match=r"cat\.png: .*size"):
        read_provenance(path)


def test_png_text_is_plain_json(tmp_path: Path) -> None:
    path = tmp_path / "dream.png"
    write_picture(picture(), path)
    with Image.open(path) as image:
        image.load()
        assert isinstance(image, Image.Image)
        assert image.info["inceptionist"] == provenance().text()


def test_other_programs_text_chunks_are_found_too() -> None:
    from PIL import PngImagePlugin

    for compressed in (False, True):
        info = PngImagePlugin.PngInfo()
        info.add_text("Comment", "hello")
        info.add_itxt(KEY, provenance().text(), zip=compressed)
        assert picture_from_bytes(by_pillow(eight_bit(), "PNG", pnginfo=info), "a").provenance == provenance()
    info = PngImagePlugin.PngInfo()
    info.add_text(KEY, Provenance(recipe=Recipe()).text(), zip=True)
    assert picture_from_bytes(by_pillow(eight_bit(), "PNG", pnginfo=info), "a").provenance is not None


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "TIFF"])
def test_xmp_as_an_attribute(form: str) -> None:
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f"<rdf:Description xmlns:i='{NAMESPACE}' i:provenance='{{\"recipe\": {{}}}}'/></rdf:RDF></x:xmpmeta>"
    )
    asked = {"tiffinfo": {700: packet.encode()}} if form == "TIFF" else {"xmp": packet.encode()}
    found = picture_from_bytes(by_pillow(eight_bit(), form, **asked), "a").provenance
    assert found == Provenance(recipe=Recipe())


def test_other_programs_xmp_is_nothing_to_speak_of() -> None:
    for packet in (b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>", b"<<< not XML", b""):
        found = picture_from_bytes(by_pillow(eight_bit(), "JPEG", xmp=packet), "a")
        assert (found.provenance, found.notes) == (None, ())


def test_xmp_names_the_program() -> None:
    packet = xmp(provenance()).decode()
    assert f"<xmp:CreatorTool>{provenance().program}</xmp:CreatorTool>" in packet


def test_short_recipe_takes_one_segment_and_a_long_one_several() -> None:
    assert jpeg_segments(provenance()).count(b"http://ns.adobe.com/") >= 1
    assert b"xmp/extension" not in jpeg_segments(provenance())
    assert jpeg_segments(long_provenance()).count(b"xmp/extension") > 2


def test_jpeg_that_lost_a_part_of_its_recipe_is_noted() -> None:
    data = encoded(Picture(eight_bit(), provenance=long_provenance()), format_named("jpeg"))
    at = data.rindex(b"http://ns.adobe.com/xmp/extension")
    picture = picture_from_bytes(data[:at] + b"?" + data[at + 1 :], "a.jpg")
    assert picture.provenance is None
    assert "a.jpg" in picture.notes[0]


def test_provenance_is_not_looked_for_in_pixels() -> None:
    assert by_program("png").count(KEY.encode() + b"\x00") == 1
