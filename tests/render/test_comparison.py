import numpy as np

from inceptionist_gui.render.comparison import Panel, comparison


def plain(height: int, width: int, value: int = 255) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.full((height, width, 3), value, np.uint8)


def boxes(sheet: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> list[tuple[int, int]]:
    """Columns at which white pictures begin and end; no letter is white."""
    white = (sheet == 255).all(2).any(0).astype(int)
    edges = np.flatnonzero(np.diff(np.pad(white, 1)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def test_pictures_are_as_high_as_each_other_and_keep_their_shape() -> None:
    found = boxes(comparison([Panel("a", plain(40, 60)), Panel("b", plain(500, 500))], tall=100))
    assert [end - start for start, end in found] == [150, 100]


def test_a_panorama_stays_within_its_panel() -> None:
    ((start, end),) = boxes(comparison([Panel("a", plain(10, 400))], tall=100))
    assert end - start == 180


def test_a_slim_picture_leaves_room_for_words() -> None:
    found = boxes(comparison([Panel("a", plain(100, 5), ("some words",)), Panel("b", plain(9, 9))], tall=100))
    assert found[1][0] - found[0][0] >= 90


def test_words_are_written_and_cut_to_their_panel() -> None:
    long = "words " * 40
    bare, told = (comparison([Panel("", plain(50, 50, 0), (text,))], tall=100) for text in ("", long))
    assert bare.shape == told.shape
    changed = (bare != told).any(2)
    assert changed.any()
    columns = np.flatnonzero(changed.any(0))
    assert columns.max() < told.shape[1] - 20


def test_more_lines_make_it_higher() -> None:
    one, two = (comparison([Panel("a", plain(9, 9), ("x",) * count)], tall=50) for count in (1, 2))
    assert two.shape[0] > one.shape[0]
