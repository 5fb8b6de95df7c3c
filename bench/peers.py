"""A whole dream beside the peers', on one job: the same network, weights, layer, size and number of iterations.

The peers come from PyPI, each into a virtual environment of its own below `bench/.peers/`, which sees this
project's torch and torchvision rather than fetching them again; remove it to begin anew. What no longer installs
or runs is reported so. All take turns, each in a process of its own. Those without octaves do all their iterations
at full size, and their work is counted accordingly.
"""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile

import torch
from PIL import Image
from skimage import data

from bench.figure import Figure, at_least
from bench.peer_runs.job import PHOTO, WEIGHTS, Plan, write_plan
from bench.speed import _googlenet
from inceptionist_gui.engine.octaves import octave_sizes
from inceptionist_gui.engine.surroundings import SURROUNDINGS

CACHE = Path(__file__).parent / ".peers"
PEERS = {"neural-dream": "0.0.4", "torch-dreams": "4.0.0", "torch-lucent": "0.1.8", "dreamlens": "0.1.1"}
"""With the releases that are measured, so that figures of different days can be compared."""
ROUNDS = 3
PLAN = Plan(layer="inception4c", iterations=10, sizes=octave_sizes((512, 768), 4, 1.4, least=1))
_LONGEST_REASON = 120
"""Characters."""


class _Gone(Exception):  # noqa: N818  Told as a figure, not as a fault.
    """A peer that no longer installs or runs, with the reason in one line."""


def measure() -> list[Figure]:
    folder, figures = _job(), []
    sides = {"ours": _Side(Path(sys.executable), "ours", folder)}
    try:
        for name, release in PEERS.items():
            try:
                side = _Side(_environment(name, release), name.replace("-", "_"), folder)
                side.run()
                sides[name] = side
            except _Gone as reason:
                figures.append(Figure(f"peers: {name} {release} no longer {reason}", 0.0, "", "", None))
        rates = _rates(sides)
    finally:
        for side in sides.values():
            side.end()
    return _compared(rates.pop("ours"), rates) + figures


def _compared(ours: float, peers: dict[str, float]) -> list[Figure]:
    figures = [
        Figure(f"peers: {name} {PEERS[name]}", round(rate, 3), "s/MPit", "", None) for name, rate in peers.items()
    ]
    figures.append(Figure("peers: ours", round(ours, 3), "s/MPit", "", None))
    if peers:
        fastest = min(peers, key=lambda name: peers[name])
        figures.append(at_least(f"peers: ours against the fastest ({fastest})", peers[fastest] / ours, "x", 2.2))
    if "neural-dream" in peers:
        figures.append(at_least("peers: ours against neural-dream", peers["neural-dream"] / ours, "x", 3.2))
    return figures


def _rates(sides: "dict[str, _Side]") -> dict[str, float]:
    """The median seconds per megapixel-iteration of each."""
    sides["ours"].run()
    taken = [{name: side.run() for name, side in sides.items()} for _ in range(ROUNDS)]
    return {name: median(rates[name] for rates in taken) for name in sides}


def _job() -> Path:
    """The folder with what all of them dream."""
    folder = CACHE / "job"
    folder.mkdir(parents=True, exist_ok=True)
    height, width = PLAN.full
    Image.fromarray(data.coffee()).resize((width, height)).save(folder / PHOTO)  # type: ignore[no-untyped-call]
    torch.save(_googlenet().state_dict(), folder / WEIGHTS)
    write_plan(folder, PLAN)
    return folder


def _environment(name: str, release: str) -> Path:
    """The Python that has the peer. Raises _Gone."""
    folder = CACHE / f"{name}-{release}-py{sys.version_info.major}.{sys.version_info.minor}"
    python, ready = folder / "bin" / "python", folder / "ready"
    if not ready.exists():
        sys.stderr.write(f"installing {name} {release} from PyPI ...\n")
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        _share_torch(folder)
        install = [str(python), "-m", "pip", "install", "--disable-pip-version-check", f"{name}=={release}"]
        done = subprocess.run(install, capture_output=True, text=True, check=False)
        if done.returncode:
            raise _Gone(f"installs: {_reason(done.stderr)}")
        ready.touch()
    return python


def _share_torch(environment: Path) -> None:
    """Puts the packages of this Python behind those of the environment: pip finds torch there already."""
    scheme = {"base": str(environment), "platbase": str(environment)}
    own = Path(sysconfig.get_path("purelib", "venv", scheme))
    places = dict.fromkeys(sysconfig.get_path(kind) for kind in ("purelib", "platlib"))
    (own / "shared.pth").write_text("\n".join(places) + "\n", "utf-8")


class _Side:
    """A process that dreams the job whenever it is asked to."""

    def __init__(self, python: Path, module: str, folder: Path) -> None:
        # Idle threads sleep, theirs as ours: otherwise whatever else runs here would count against them.
        environment = os.environ | SURROUNDINGS | {"PYTHONPATH": str(Path(__file__).parents[1])}
        self._complaints = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  Closed with the process.
        self._process = subprocess.Popen(
            [python, "-m", f"bench.peer_runs.{module}", folder],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._complaints, text=True, env=environment,
        )  # fmt: skip

    def run(self) -> float:
        """Seconds per megapixel-iteration. Raises _Gone."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write("\n")
            self._process.stdin.flush()
            seconds, work = self._process.stdout.readline().split()
        except (BrokenPipeError, ValueError):
            self._process.wait()
            self._complaints.seek(0)
            complaints = self._complaints.read()
            self.end()
            raise _Gone(f"runs: {_reason(complaints)}") from None
        return float(seconds) / float(work)

    def end(self) -> None:
        self._process.communicate()
        self._complaints.close()


def _reason(complaints: str) -> str:
    lines = [line.strip() for line in complaints.splitlines() if line.strip()]
    return lines[-1][:_LONGEST_REASON] if lines else "it says nothing"
