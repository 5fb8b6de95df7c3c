"""Where the network runs: what there is on this machine, and what is taken where a wish cannot be had."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from inceptionist_gui.engine.device_names import DeviceName, Offer
from inceptionist_gui.words import _

_NEAR = 0.02
"""Of the RMS: how far a device's results may be from the CPU's. Half precision is at about a tenth of that."""
_FAULTS = (RuntimeError, AssertionError, ImportError, OSError)
"""What a device that does not work raises: kernels and drivers, a torch built without it, missing libraries."""


@dataclass(frozen=True, slots=True)
class Device:
    """Where a network is, in what numbers and layout; two that differ in words alone are equal."""

    name: DeviceName
    place: torch.device
    dtype: torch.dtype
    """Of the network and what passes through it. Pictures and objectives are float32 everywhere."""
    layout: torch.memory_format
    title: str = field(compare=False)
    note: str = field(default="", compare=False)
    """One line for the user where another device was wished for."""


CPU = Device(DeviceName.CPU, torch.device("cpu"), torch.float32, torch.channels_last, "CPU")


def offers() -> tuple[Offer, ...]:
    """Every device that can be asked for by name, and what is in the way of it. Takes up to a second."""
    return (
        Offer(DeviceName.CPU, CPU.title),
        Offer(DeviceName.CUDA, _cuda_title(), _lack_of_cuda()),
        Offer(DeviceName.MPS, _mps_title(), _lack_of_mps()),
    )


def chosen(wish: DeviceName) -> Device:
    """The device for a wish: itself where it is there and works, else the CPU, with a note that says why."""
    if wish is DeviceName.AUTO:
        wish = _quickest()
    if wish is DeviceName.CPU:
        return CPU
    lack = _lack_of_cuda() if wish is DeviceName.CUDA else _lack_of_mps()
    if lack:
        return replace(CPU, note=f"{lack}: running on the CPU")
    device = _cuda() if wish is DeviceName.CUDA else _mps()
    try:
        probe(device)
    except _FAULTS as error:
        return replace(CPU, note=f"{device.title} does not work here ({_first_words(error)}): running on the CPU")
    return device


@cache
def probe(device: Device) -> None:
    """Runs two small convolutions forward and back. Raises where that fails or comes out unlike on the CPU.

    That a device is there says little: the driver may be too old for this torch, or this torch have no kernels
    for it. What works is remembered; what fails is tried anew with the next dream.
    """
    with warnings.catch_warnings():
        # An old device is warned of in several lines; whether it works is found out here.
        warnings.simplefilter("ignore")
        found = _tried(device).to("cpu", torch.float32)
    wanted = _tried(CPU)
    # Written so that what is no number fails, too.
    if not float((found - wanted).square().mean().sqrt()) < _NEAR * float(wanted.square().mean().sqrt()):
        raise RuntimeError(_("its results are wrong"))


def free_memory(place: torch.device) -> int | None:
    """Bytes that can still be taken on a GPU, those that torch keeps for reuse included; None for the CPU."""
    if place.type == "cuda":
        kept = torch.cuda.memory_reserved(place) - torch.cuda.memory_allocated(place)
        return int(torch.cuda.mem_get_info(place)[0]) + kept
    if place.type == "mps":
        return torch.mps.recommended_max_memory() - torch.mps.current_allocated_memory()
    return None


def give_back(place: torch.device) -> None:
    """Gives memory that torch keeps for reuse back to the GPU, in pieces that fit nothing any more."""
    if place.type == "cuda":
        torch.cuda.empty_cache()
    elif place.type == "mps":
        torch.mps.empty_cache()


def fetching(tensor: Tensor) -> Callable[[], npt.NDArray[Any]]:
    """Begins to copy the tensor to the CPU; what is returned waits for the copy and gives it.

    On CUDA the copy goes on beside whatever is computed next, which must not write to the tensor in place.
    """
    if tensor.device.type != "cuda":
        array: npt.NDArray[Any] = tensor.cpu().numpy()
        return lambda: array
    stream = torch.cuda.Stream(tensor.device)  # type: ignore[no-untyped-call]
    stream.wait_stream(torch.cuda.current_stream(tensor.device))
    with torch.cuda.stream(stream):
        # Pinned, or the copy would hold up this thread.
        copy = torch.empty(tensor.shape, dtype=tensor.dtype, pin_memory=True)
        copy.copy_(tensor, non_blocking=True)
        # Else its memory would be given out anew before it is read.
        tensor.record_stream(stream)
        arrived = stream.record_event()

    def fetched() -> npt.NDArray[Any]:
        arrived.synchronize()
        array: npt.NDArray[Any] = copy.numpy()
        return array

    return fetched


def _quickest() -> DeviceName:
    if not _lack_of_cuda():
        return DeviceName.CUDA
    return DeviceName.CPU if _lack_of_mps() else DeviceName.MPS


@cache
def _lack_of_cuda() -> str:
    """What is in the way of CUDA; a driver that is there or not stays so while the program runs."""
    with warnings.catch_warnings():
        # The reason comes as a warning here, in several lines, and as an exception below.
        warnings.simplefilter("ignore")
        if torch.cuda.is_available():
            return ""
    try:
        torch.cuda.init()  # type: ignore[no-untyped-call]
    except _FAULTS as error:
        return _("No CUDA device here ({error})").format(error=_first_words(error))
    return _("No CUDA device here")


def _lack_of_mps() -> str:
    if torch.backends.mps.is_available():
        return ""
    built = torch.backends.mps.is_built()
    return (
        _("No MPS device here (it takes a newer macOS)")
        if built
        else _("No MPS device here (this torch is built without MPS)")
    )


def _cuda() -> Device:
    # Some of cuDNN's ways back through a convolution add up in any order; a recipe gives the same bytes again.
    torch.backends.cudnn.deterministic = True
    return Device(
        DeviceName.CUDA, torch.device("cuda", 0), torch.float16, torch.channels_last, title=_cuda_title()
    )


def _mps() -> Device:
    # Channels-last has given wrong numbers there without a word (pytorch#140902, #180984), and wins nothing.
    return Device(
        DeviceName.MPS, torch.device("mps", 0), torch.float32, torch.contiguous_format, title=_mps_title()
    )


def _cuda_title() -> str:
    """The maker's name for the device, where there is one."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return str(torch.cuda.get_device_name(0))
    except _FAULTS:
        return "NVIDIA GPU"


def _mps_title() -> str:
    try:
        return str(torch.backends.mps.get_name())
    except (AttributeError, *_FAULTS):  # Not every torch that the program runs with knows it.
        return "Apple GPU"


def _tried(device: Device) -> Tensor:
    """The gradient of a small network's outputs squared, computed as objectives are."""
    picture = _waves(1, 3, 32, 32).to(device.place, device.dtype).contiguous(memory_format=device.layout)
    mix, each = (_waves(*shape).to(device.place, device.dtype) for shape in ((8, 3, 3, 3), (8, 1, 3, 3)))
    with torch.enable_grad():
        hidden = F.relu6(F.conv2d(picture.requires_grad_(), mix, stride=2, padding=1))
        outputs = F.conv2d(hidden, each, padding=1, groups=8)
        (gradient,) = torch.autograd.grad(outputs.float().square().mean(), picture)
    return gradient


def _waves(*shape: int) -> Tensor:
    """Numbers between -1 and 1, the same on every machine."""
    return torch.arange(torch.Size(shape).numel(), dtype=torch.float32).mul(0.7).sin().reshape(shape)


def _first_words(error: BaseException) -> str:
    """A fault's first sentence, as a part of one of ours."""
    told = str(error).strip()
    line = told.splitlines()[0].split(". ")[0].rstrip(".:") if told else type(error).__name__
    return line[:1].lower() + line[1:] if told and line[1:2].islower() else line
