"""The power spectrum of natural pictures: its law, what one's own photos say of it, and how far a picture is off.

Amplitudes are of a picture's Fourier coefficients, averaged over all directions, in sRGB units; frequencies are in
cycles per side, as if the picture were square.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from inceptionist_gui.engine.octaves import Size
from inceptionist_gui.engine.resample import resized

POINTS = 24
"""Of a profile."""
HIGHEST = 128.0
"""Cycles per side at a profile's last point; its first is at 1."""
POWER = 1.35
"""Of the natural law: amplitudes fall as 1 / f ** POWER. Photos as they are shown, in sRGB, have 1.2 to 1.5
(measured; in linear light Tolhurst, Tadmor & Chao 1992 found 0.7 to 1.5)."""
CONTRAST = 0.22
"""RMS of a photo's light and dark, in sRGB units."""

_SIDE = 256
"""px; photos are measured at this size."""
_LEAST = 1e-6


def natural(count: int = POINTS) -> tuple[float, ...]:
    """The law's amplitudes at the points of a profile, for a picture of natural contrast."""
    raw = points(count) ** -POWER
    # By Parseval: on the plane, as many frequencies lie at a radius as it has length.
    radius = torch.arange(1.0, HIGHEST + 1.0)
    power = float((2.0 * torch.pi * radius * radius ** (-2.0 * POWER)).sum())
    return tuple((raw * (CONTRAST / power**0.5)).tolist())


def points(count: int) -> Tensor:
    """The frequencies of a profile, lowest first."""
    return torch.logspace(0.0, float(np.log10(HIGHEST)), count)


def measured(pictures: Sequence[npt.NDArray[np.float32]]) -> tuple[float, ...]:
    """The mean profile of some pictures, each of shape (height, width, 3), sRGB in [0, 1]."""
    profiles = []
    for picture in pictures:
        tensor = torch.from_numpy(np.ascontiguousarray(picture)).permute(2, 0, 1)[None]
        profiles.append(_filled(profile(resized(tensor, (_SIDE, _SIDE)), POINTS)))
    mean = torch.stack(profiles).log().mean(0).exp()
    return tuple(round(amplitude, 9) for amplitude in mean.clamp_min(_LEAST).tolist())


def amplitudes(frequencies: Tensor, wanted: Sequence[float]) -> Tensor:
    """A profile at any frequencies: interpolated, and beyond its ends carried on, in both logarithms."""
    logs = torch.tensor(wanted, device=frequencies.device).log()
    place = frequencies.clamp_min(1.0).log() / np.log(HIGHEST) * (len(wanted) - 1)
    left = place.floor().clamp(0, len(wanted) - 2).long()
    return torch.lerp(logs[left], logs[left + 1], place - left).exp()


def profile(picture: Tensor, count: int) -> Tensor:
    """The amplitudes of light and dark at a profile's points, NaN where the picture has no such frequencies.

    `picture` has shape (1, 3, height, width). Its borders are faded out: their jump from one side to the other
    would count as fine detail.
    """
    size = picture.shape[-2], picture.shape[-1]
    window, bands, counts = _bands(size, count)
    grey = picture.mean((0, 1))
    window = window.to(grey)
    faded = (grey - (grey * window).sum() / window.sum()) * window
    power = torch.fft.rfft2(faded, norm="forward").abs().square() / window.square().mean()
    sums = torch.zeros(count + 1, device=picture.device).index_add(0, bands.to(picture.device), power.flatten())
    return (sums[:count] / counts.to(picture.device) + _LEAST**2).sqrt()


def distance(picture: Tensor, wanted: Sequence[float]) -> Tensor:
    """The mean squared difference of the logarithms of a picture's profile and the wanted one."""
    found = profile(picture, len(wanted))
    target = torch.tensor(wanted, device=picture.device)
    there = ~found.isnan()
    return (found[there].log() - target[there].log()).square().mean()


def _filled(found: Tensor) -> Tensor:
    """The profile with frequencies that no coefficient lies at taken from the one below."""
    values = found.tolist()
    for index, amplitude in enumerate(values):
        if amplitude != amplitude:
            values[index] = values[index - 1]
    return torch.tensor(values)


@lru_cache(maxsize=16)
def _bands(size: Size, count: int) -> tuple[Tensor, Tensor, Tensor]:
    """A window that fades out the borders, the point that each coefficient is nearest to, and how many each has.

    Coefficients that belong to none are counted at one point more. Counts are NaN where there are none.
    """
    height, width = size
    window = torch.hann_window(height, periodic=False)[:, None] * torch.hann_window(width, periodic=False)
    radius = radii(size)
    place = (radius.clamp_min(_LEAST).log() / np.log(HIGHEST) * (count - 1)).round().long()
    # The window smears the mean over the lowest frequencies, and the corners have no whole circles.
    outside = (radius < 1.0) | (radius > min(min(size) / 2, HIGHEST * 1.05))
    bands = torch.where(outside, count, place.clamp(0, count - 1)).flatten()
    counts = torch.bincount(bands, minlength=count + 1)[:count].float()
    return window, bands, torch.where(counts > 0, counts, torch.nan)


def radii(size: Size) -> Tensor:
    """The frequency of each coefficient of `rfft2`, in cycles per side; shape (height, width // 2 + 1)."""
    height, width = size
    return torch.hypot(torch.fft.fftfreq(height, 1 / height)[:, None], torch.fft.rfftfreq(width, 1 / width))
