"""What is done to a whole mask: gradients, selections, softer edges, other sizes."""

import numpy as np

from inceptionist_gui.session.brush import Levels, Point, Shares, eased


def gradient(shape: tuple[int, int], start: Point, end: Point, *, radial: bool = False) -> Shares:
    """1 at the start and 0 at the end: across a line between them, or around the start.

    A line without length is 0 all over where it is radial, else 1.
    """
    down = np.arange(shape[0], dtype=np.float32)[:, None] + np.float32(0.5 - start[1])
    across = np.arange(shape[1], dtype=np.float32)[None] + np.float32(0.5 - start[0])
    way = np.float32(end[0] - start[0]), np.float32(end[1] - start[1])
    length = np.float32(max(float(np.hypot(*way)), 1e-6))
    gone = np.hypot(across, down) if radial else (across * way[0] + down * way[1]) / length
    return eased(np.asarray(1.0 - gone / length, np.float32))


def selection(heat: Shares, threshold: float, softness: float) -> Shares:
    """What is hotter than the threshold, with an edge that is `softness` wide; both in the heat's units."""
    width = max(softness, 1e-6)
    return eased((heat - np.float32(threshold - width / 2.0)) / np.float32(width))


def feathered(values: Levels, radius: float) -> Levels:
    """With softer edges; the radius is the deviation of a Gaussian, in pixels."""
    from PIL import Image, ImageFilter

    return np.asarray(Image.fromarray(values).filter(ImageFilter.GaussianBlur(radius)))


def resized(values: Levels, shape: tuple[int, ...]) -> Levels:
    """Of this height and width; itself where it already is."""
    if values.shape == shape:
        return values
    from PIL import Image

    height, width = shape
    return np.asarray(Image.fromarray(values).resize((width, height), Image.Resampling.BILINEAR))
