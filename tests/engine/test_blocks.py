import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from inceptionist_gui.engine.blocks import ALIGNMENT, Block, blocks

SIDES = st.integers(1, 3000)


@given(SIDES, SIDES, st.integers(5_000, 3_000_000))
def test_blocks_cover_every_pixel_once_aligned_and_about_as_large_as_asked(
    height: int, width: int, pixels: int
) -> None:
    covered = np.zeros((height, width), dtype=np.uint8)
    for block in blocks((height, width), pixels):
        covered[*block.index] += 1
        assert block.rows.start % ALIGNMENT == block.columns.start % ALIGNMENT == 0
        assert block.size[0] * block.size[1] <= 2 * pixels
    assert (covered == 1).all()


def test_what_fits_is_one_block() -> None:
    assert list(blocks((50, 70), 3500)) == [Block.whole((50, 70))]


@given(st.integers(0, 60), st.integers(1, 40), st.integers(0, 50))
def test_a_block_knows_its_place_in_the_one_around_it(start: int, length: int, margin: int) -> None:
    values = np.arange(100 * 100).reshape(100, 100)
    block = Block(slice(start, start + length), slice(3, 9))
    wide = block.grown(margin, (100, 100))
    np.testing.assert_array_equal(values[*wide.index][*block.within(wide).index], values[*block.index])


def test_halved_too() -> None:
    block = Block(slice(40, 72), slice(0, 13))
    assert block.within(block.grown(32, (100, 13)), 3) == Block(slice(4, 8), slice(0, 2))
