import random
from io import BytesIO

import pytest
import torch

from inceptionist_gui.engine.memory import Budget
from inceptionist_gui.engine.raster import Filed, Held
from inceptionist_gui.engine.standing import Standing, Written, write_standing
from inceptionist_gui.engine.store import Store
from tests.engine.directed import everything

SMALL = 10**6


def standing(size: int) -> tuple[Standing, Store]:
    store = Store(Budget(size))
    generator = torch.Generator().manual_seed(3)
    rasters = [store.raster((70, 90), kind) for kind in (torch.float16, torch.bfloat16)]
    for raster in rasters:
        for block in store.blocks(raster.size):
            raster[block] = torch.randn(1, 3, *block.size, generator=generator)
    return Standing(2, 5, rasters[0], rasters[1], random.Random(7).getstate(), size), store


def written(of: Standing) -> bytes:
    file = BytesIO()
    write_standing(of, file)
    return file.getvalue()


@pytest.mark.parametrize("size", [SMALL, 10**9])
def test_what_is_written_is_read(size: int) -> None:
    before, store = standing(size)
    assert isinstance(before.detail, Filed if size == SMALL else Held)
    file = Written(BytesIO(written(before)))
    assert file.budget == size
    after = file.read(store)
    assert (after.octave, after.iteration, after.chance) == (2, 5, before.chance)
    assert torch.equal(everything(after.detail), everything(before.detail))
    assert before.velocity is not None
    assert after.velocity is not None
    assert torch.equal(everything(after.velocity), everything(before.velocity))


def test_before_the_first_move_there_is_no_velocity() -> None:
    before, store = standing(10**9)
    plain = Standing(0, 0, before.detail, None, before.chance, before.budget)
    assert Written(BytesIO(written(plain))).read(store).velocity is None


@pytest.mark.parametrize("left", [0, 5, 200, -1])
def test_what_is_cut_short_is_told(left: int) -> None:
    before, store = standing(10**9)
    data = written(before)[:left]
    with pytest.raises(ValueError, match=r"."):
        Written(BytesIO(data)).read(store)
