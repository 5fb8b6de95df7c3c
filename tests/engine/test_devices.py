"""Devices that this machine does not have, simulated."""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from inceptionist_gui.engine import devices
from inceptionist_gui.engine.compile import Compiled
from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.engine.devices import CPU, Device, chosen, fetching, free_memory, give_back, offers, probe
from inceptionist_gui.engine.dream import dream
from inceptionist_gui.engine.evidence import predictions
from inceptionist_gui.engine.memory import Budget
from inceptionist_gui.engine.networks import network_named
from inceptionist_gui.engine.networks.loading import LoadedNetwork, load
from inceptionist_gui.recipe import LayerGoal, Recipe, Scale, Strength
from tests.engine.conftest import TOY, ToyModule

META = Device(DeviceName.CUDA, torch.device("meta"), torch.float16, torch.channels_last, "Fake 9000")
HALF = replace(META, place=torch.device("cpu"))
"""A GPU's numbers, on the CPU."""


@pytest.fixture
def nothing_here(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without a GPU, whatever this one has."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(
        torch.cuda, "init", failing(RuntimeError("Found no NVIDIA driver on your system. Get one."))
    )
    monkeypatch.setattr(torch.cuda, "get_device_name", failing(AssertionError("Torch not compiled with CUDA")))
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_built", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "get_name", failing(AttributeError()), raising=False)
    before = torch.backends.cudnn.deterministic
    for remembered in (probe, devices._lack_of_cuda):
        remembered.cache_clear()
    yield
    for remembered in (probe, devices._lack_of_cuda):
        remembered.cache_clear()
    torch.backends.cudnn.deterministic = before


def failing(fault: Exception) -> Any:
    def fail(*_: object, **__: object) -> None:
        raise fault

    return fail


@pytest.fixture
def cuda(nothing_here: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001  Its patches come first.
    """A CUDA device that passes for one until something is computed on it."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda _: "Fake 9000")


@pytest.fixture
def mps(nothing_here: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)


def computing_with(monkeypatch: pytest.MonkeyPatch, result: Any) -> list[Device]:
    """What a device other than the CPU computes, and which were asked."""
    asked: list[Device] = []
    real = devices._tried

    def tried(device: Device) -> Tensor:
        if device == CPU:
            return real(device)
        asked.append(device)
        computed: Tensor = result(real)
        return computed

    monkeypatch.setattr(devices, "_tried", tried)
    return asked


def works(real: Any) -> Tensor:
    gradient: Tensor = real(HALF)
    return gradient


@pytest.mark.usefixtures("nothing_here")
class TestChoosing:
    def test_without_a_gpu_it_is_the_cpu_and_nobody_wonders(self) -> None:
        assert chosen(DeviceName.AUTO) == chosen(DeviceName.CPU) == CPU
        assert chosen(DeviceName.AUTO).note == ""

    @pytest.mark.parametrize(
        ("wish", "note"),
        [
            (
                DeviceName.CUDA,
                "No CUDA device here (found no NVIDIA driver on your system): running on the CPU",
            ),
            (DeviceName.MPS, "No MPS device here (this torch is built without MPS): running on the CPU"),
        ],
    )
    def test_a_wish_that_cannot_be_had_is_told(self, wish: DeviceName, note: str) -> None:
        device = chosen(wish)
        assert device == CPU
        assert device.note == note

    @pytest.mark.usefixtures("cuda")
    def test_a_cuda_device_dreams_in_half_precision(self, monkeypatch: pytest.MonkeyPatch) -> None:
        computing_with(monkeypatch, works)
        device = chosen(DeviceName.AUTO)
        assert (device.name, device.place, device.title) == (
            DeviceName.CUDA,
            torch.device("cuda", 0),
            "Fake 9000",
        )
        assert (device.dtype, device.layout, device.note) == (torch.float16, torch.channels_last, "")
        assert torch.backends.cudnn.deterministic

    @pytest.mark.usefixtures("mps")
    def test_an_apple_gpu_dreams_in_single_precision(self, monkeypatch: pytest.MonkeyPatch) -> None:
        computing_with(monkeypatch, works)
        device = chosen(DeviceName.AUTO)
        assert (device.name, device.place) == (DeviceName.MPS, torch.device("mps", 0))
        assert (device.dtype, device.layout, device.note) == (torch.float32, torch.contiguous_format, "")

    @pytest.mark.usefixtures("cuda", "mps")
    def test_cuda_goes_before_mps_and_a_name_before_both(self, monkeypatch: pytest.MonkeyPatch) -> None:
        computing_with(monkeypatch, works)
        wishes = (DeviceName.AUTO, DeviceName.MPS, DeviceName.CPU)
        assert [chosen(wish).name for wish in wishes] == [DeviceName.CUDA, DeviceName.MPS, DeviceName.CPU]

    @pytest.mark.usefixtures("cuda")
    def test_what_works_is_tried_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked = computing_with(monkeypatch, works)
        assert chosen(DeviceName.AUTO) == chosen(DeviceName.CUDA)
        assert len(asked) == 1

    @pytest.mark.usefixtures("cuda")
    @pytest.mark.parametrize(
        ("result", "reason"),
        [
            (
                failing(RuntimeError("CUDA error: no kernel image is available for execution\nCompile with ...")),
                "CUDA error: no kernel image is available for execution",
            ),
            (failing(torch.OutOfMemoryError("CUDA out of memory. Tried to allocate")), "CUDA out of memory"),
            (failing(AssertionError("")), "AssertionError"),
            (lambda real: real(CPU) * 1.1, "its results are wrong"),
            (lambda real: real(CPU) * torch.nan, "its results are wrong"),
        ],
    )
    def test_a_device_that_does_not_work_gives_way(
        self, monkeypatch: pytest.MonkeyPatch, result: Any, reason: str
    ) -> None:
        asked = computing_with(monkeypatch, result)
        for wish in (DeviceName.AUTO, DeviceName.CUDA):
            device = chosen(wish)
            assert device == CPU
            assert device.note == f"Fake 9000 does not work here ({reason}): running on the CPU"
        assert len(asked) == 2, "it may work the next time"

    def test_half_precision_passes_the_probe(self) -> None:
        probe(HALF)

    @pytest.mark.usefixtures("mps")
    def test_offers_say_what_is_in_the_way(self) -> None:
        cpu, cuda, apple = offers()
        assert (cpu.title, cpu.lack) == ("CPU", "")
        assert cuda.title == "NVIDIA GPU"
        assert cuda.lack == "No CUDA device here (found no NVIDIA driver on your system)"
        assert (apple.title, apple.lack) == ("Apple GPU", "")

    def test_names_need_no_torch(self) -> None:
        script = (
            "import sys; import inceptionist_gui.engine.device_names;"
            "print([m for m in ('torch',) if m in sys.modules])"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "[]"


class TestNetworks:
    def test_a_network_is_put_on_the_device_in_its_numbers_and_layout(self) -> None:
        network = LoadedNetwork.of(TOY, ToyModule(), META)
        weight = network.module.get_parameter("edges.weight")
        assert (weight.device.type, weight.dtype) == ("meta", torch.float16)
        assert weight.is_contiguous(memory_format=torch.channels_last)
        assert (network.mean.device.type, network.mean.dtype) == ("meta", torch.float32)
        assert (network.device, network.dtype) == (META, torch.float16)

    def test_a_picture_from_anywhere_becomes_what_the_module_takes(self) -> None:
        network = LoadedNetwork.of(TOY, ToyModule(), META)
        taken = network.normalised(torch.rand(1, 3, 8, 10))
        assert (taken.device.type, taken.dtype, taken.shape) == ("meta", torch.float16, (1, 3, 8, 10))
        assert taken.is_contiguous(memory_format=torch.channels_last)

    def test_a_device_that_wants_plain_layout_gets_it(self) -> None:
        network = LoadedNetwork.of(TOY, ToyModule(), replace(CPU, layout=torch.contiguous_format))
        assert network.normalised(torch.rand(1, 3, 8, 10).to(memory_format=torch.channels_last)).is_contiguous()

    def test_normalising_is_done_in_single_precision(self) -> None:
        picture = torch.rand(1, 3, 8, 10, generator=torch.Generator().manual_seed(1))
        found = LoadedNetwork.of(TOY, ToyModule(), HALF).normalised(picture)
        assert torch.equal(found, LoadedNetwork.of(TOY, ToyModule()).normalised(picture).half())

    def test_logits_come_in_single_precision(self) -> None:
        assert LoadedNetwork.of(TOY, ToyModule(), HALF).logits(torch.rand(1, 3, 8, 10)).dtype == torch.float32

    def test_networks_are_kept_and_a_change_of_device_drops_the_old_ones(self) -> None:
        network = network_named("lite0")
        first = load(network)
        assert load(network, replace(CPU, note="other words")) is first
        half = load(network, HALF)
        assert half.dtype == torch.float16
        assert load(network, HALF) is half
        assert load(network) is not first

    def test_half_precision_takes_a_picture_for_the_same(self) -> None:
        photo = np.random.default_rng(1).random((48, 64, 3)).astype(np.float32)
        network = network_named("lite0")
        found = predictions(photo, load(network, HALF), top=1)[0]
        wanted = predictions(photo, load(network), top=1)[0]
        assert found.index == wanted.index
        assert found.probability == pytest.approx(wanted.probability, rel=0.05)


class TestMemory:
    def test_the_cpu_leaves_it_to_the_system(self) -> None:
        assert free_memory(CPU.place) is None
        give_back(CPU.place)

    def test_what_torch_keeps_on_a_gpu_counts_as_free(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(torch.cuda, "mem_get_info", lambda _: (5_000, 9_000))
        monkeypatch.setattr(torch.cuda, "memory_reserved", lambda _: 700)
        monkeypatch.setattr(torch.cuda, "memory_allocated", lambda _: 200)
        assert free_memory(torch.device("cuda", 0)) == 5_500
        monkeypatch.setattr(torch.mps, "recommended_max_memory", lambda: 8_000)
        monkeypatch.setattr(torch.mps, "current_allocated_memory", lambda: 1_000)
        assert free_memory(torch.device("mps", 0)) == 7_000

    @pytest.mark.parametrize(("kind", "emptied"), [("cuda", ["cuda"]), ("mps", ["mps"]), ("cpu", [])])
    def test_memory_is_given_back_to_the_gpu_in_use(
        self, kind: str, emptied: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        called: list[str] = []
        monkeypatch.setattr(torch.cuda, "empty_cache", lambda: called.append("cuda"))
        monkeypatch.setattr(torch.mps, "empty_cache", lambda: called.append("mps"))
        give_back(torch.device(kind))
        assert called == emptied

    @pytest.mark.parametrize(
        "fault",
        [
            RuntimeError("[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: can't allocate memory"),
            torch.cuda.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB"),
            RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"),
            RuntimeError("MPS backend out of memory (MPS allocated: 5.56 GB, max allowed: 6.80 GB)"),
            RuntimeError("Invalid buffer size: 9.75 GB"),
        ],
        ids=["cpu", "cuda", "cublas", "mps", "metal"],
    )
    def test_a_dream_that_runs_out_of_memory_goes_on_in_tiles(
        self, fault: Exception, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        compiled = LoadedNetwork.compiled
        windows: list[int] = []

        def lacking(network: LoadedNetwork, names: Iterable[str]) -> Compiled:
            real = compiled(network, names)

            def run(pictures: Tensor) -> dict[str, Tensor]:
                windows.append(pictures.shape[-2] * pictures.shape[-1])
                if windows[-1] > 300 * 400:
                    raise fault
                return real(pictures)

            return run

        monkeypatch.setattr(LoadedNetwork, "compiled", lacking)
        # So wide that the activations, and not the picture, take the budget.
        wide = replace(TOY, stages=(replace(TOY.stages[0], channels=400), TOY.stages[1]))
        network = LoadedNetwork.of(wide, ToyModule())
        photo = np.random.default_rng(1).random((400, 400, 3)).astype(np.float32)
        recipe = Recipe(
            size=400, goals=(LayerGoal(layer="edges"),), scale=Scale(octaves=1), strength=Strength(iterations=2)
        )
        frames = list(dream(photo, recipe, network, Budget(2**30)))
        assert [frame.note for frame in frames] == ["Memory ran short: the dream goes on in smaller tiles"] * 2
        assert np.isfinite(frames[-1].floats()).all()
        # Once it fits it stays so: two tiles in each of the two iterations.
        assert max(windows[:-4]) > 300 * 400 >= max(windows[-4:])

    def test_fetching_from_the_cpu_is_there_at_once(self) -> None:
        tensor = torch.arange(6, dtype=torch.uint8).reshape(2, 3)
        np.testing.assert_array_equal(fetching(tensor)(), [[0, 1, 2], [3, 4, 5]])

    def test_fetching_from_cuda_waits_for_the_copy_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        done: list[str] = []

        def pinned(*_: object, pin_memory: bool, **__: object) -> FakeTensor:
            assert pin_memory
            return FakeTensor(done)

        monkeypatch.setattr(torch.cuda, "Stream", lambda _: FakeStream("side", done))
        monkeypatch.setattr(torch.cuda, "current_stream", lambda _: FakeStream("main", done))
        monkeypatch.setattr(torch.cuda, "stream", lambda stream: stream)
        monkeypatch.setattr(torch, "empty", pinned)
        fetched = fetching(FakeTensor(done))  # type: ignore[arg-type]
        assert done == ["side waits for main", "enter side", "copy", "keep for side", "mark side", "leave side"]
        assert fetched() == "array"
        assert done[-1] == "wait for the mark"


class FakeTensor:
    """A tensor on CUDA, or the pinned one that it is copied to."""

    device, shape, dtype = torch.device("cuda", 0), (2, 3), torch.uint8

    def __init__(self, done: list[str]) -> None:
        self.done = done

    def copy_(self, _: object, *, non_blocking: bool) -> None:
        assert non_blocking
        self.done.append("copy")

    def record_stream(self, stream: "FakeStream") -> None:
        self.done.append(f"keep for {stream.name}")

    def numpy(self) -> str:
        return "array"


class FakeStream:
    """As torch.cuda.Stream, and the event that it records."""

    def __init__(self, name: str, done: list[str]) -> None:
        self.name = name
        self.done = done

    def __enter__(self) -> None:
        self.done.append(f"enter {self.name}")

    def __exit__(self, *_: object) -> None:
        self.done.append(f"leave {self.name}")

    def wait_stream(self, other: "FakeStream") -> None:
        self.done.append(f"{self.name} waits for {other.name}")

    def record_event(self) -> "FakeStream":
        self.done.append(f"mark {self.name}")
        return self

    def synchronize(self) -> None:
        self.done.append("wait for the mark")
