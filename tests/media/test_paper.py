import pytest

from inceptionist_gui.media.paper import PAPERS, millimetres, paper_named, pixels


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("60cm", 600.0), ("594 mm", 594.0), ("24in", 609.6), ('24"', 609.6), ("1,5 m", 1500.0), ("600px", 50.8)],
)
def test_lengths(text: str, wanted: float) -> None:
    assert millimetres(text, 300.0) == pytest.approx(wanted)


@pytest.mark.parametrize("text", ["", "60", "cm", "-3cm", "3 ells", "1e3cm", "nan cm"])
def test_what_is_no_length(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        millimetres(text, 300.0)


def test_pixels_come_back_as_they_were() -> None:
    assert all(
        pixels(millimetres(f"{count}px", dpi), dpi) == count for count in (1, 777, 40_001) for dpi in (72, 299)
    )


def test_papers_are_upright_and_have_names_of_their_own() -> None:
    assert all(paper.width <= paper.height for paper in PAPERS)
    assert len({paper.name for paper in PAPERS}) == len(PAPERS)


@pytest.mark.parametrize(
    ("name", "size"), [("A1", (594, 841)), ("100 x 150 cm", (1000, 1500)), ("letter", (215.9, 279.4))]
)
def test_papers_by_name(name: str, size: tuple[float, float]) -> None:
    paper = paper_named(name)
    assert paper is not None
    assert (paper.width, paper.height) == pytest.approx(size)


def test_no_such_paper() -> None:
    assert paper_named("a11") is None
