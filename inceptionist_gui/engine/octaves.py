"""The sizes of the octaves: pure arithmetic."""

Size = tuple[int, int]
"""Height and width in pixels."""


def fitted(height: int, width: int, longest: int) -> Size:
    """The size of the same shape whose longer side is `longest`; no side vanishes."""
    scale = longest / max(height, width)
    return max(1, round(height * scale)), max(1, round(width * scale))


def octave_sizes(full: Size, octaves: int, scale: float, least: int) -> tuple[Size, ...]:
    """The sizes to dream at, smallest first, `full` last: round(full / scale^k) (Mordvintsev et al. 2015).

    Octaves whose shorter side would be under `least` are left out; `full` itself always stays.
    """
    sizes = [full]
    for k in range(1, octaves):
        size = round(full[0] / scale**k), round(full[1] / scale**k)
        if min(size) < least:
            break
        sizes.append(size)
    return tuple(reversed(sizes))
