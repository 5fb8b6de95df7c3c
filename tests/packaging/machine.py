"""A made-up machine for the shell scripts: a checkout, and stand-ins for the tools they call."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# `-c` is answered by the Python of this test, under the version that the stand-in claims.
_PYTHON = """#!/usr/bin/env bash
case $1 in
  -c)
    case $2 in *ensurepip*) exit "${NO_ENSUREPIP:-0}" ;; esac
    exec REAL -c 'import sys; sys.version_info = VERSION; exec(sys.argv[1])' "$2" ;;
esac
echo "python $*" >>"$CALLS"
case "$2 $3" in
  "venv .venv") mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
  "pip install") eval "${ON_INSTALL:-}" ;;
esac
"""

_TOOL = """#!/usr/bin/env bash
echo "NAME $*" >>"$CALLS"
"""

_ALL_LIBRARIES = (
    "libc.so.6",
    "libGL.so.1",
    "libEGL.so.1",
    "libdbus-1.so.3",
    "libfontconfig.so.1",
    "libglib-2.0.so.0",
    "libxkbcommon.so.0",
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-keysyms.so.1",
    "libxcb-shape.so.0",
    "libxkbcommon-x11.so.0",
)


@dataclass(frozen=True)
class Outcome:
    code: int
    told: str
    """What stood on stderr."""


@dataclass
class Machine:
    folder: Path
    system: str = "Linux"
    root: bool = False
    libraries: list[str] = field(default_factory=lambda: list(_ALL_LIBRARIES))
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for made in (self.checkout, self.tools):
            made.mkdir(parents=True)
        shutil.copytree(ROOT / "packaging", self.checkout / "packaging")
        (self.checkout / "pyproject.toml").write_text("[project]\n")
        # Nothing of the machine that runs the test is on the PATH but the plainest tools.
        for name in ("bash", "env", "cat", "cp", "dirname", "mkdir", "rm"):
            (self.tools / name).symlink_to(_found(name))
        self.add_tool("apt-get")

    @property
    def checkout(self) -> Path:
        return self.folder / "check out"

    @property
    def venv(self) -> Path:
        return self.checkout / ".venv"

    @property
    def tools(self) -> Path:
        return self.folder / "tools"

    @property
    def calls(self) -> list[str]:
        """The calls of stand-ins so far, but for the questions a script asks of Python."""
        return self._log.read_text().splitlines() if self._log.exists() else []

    @property
    def installs(self) -> list[str]:
        """What pip was asked to install, call by call."""
        return [call.split()[-1] for call in self.calls if call.startswith("python -m pip install")]

    @property
    def _log(self) -> Path:
        return self.folder / "calls"

    def add_python(self, name: str, *version: int) -> None:
        text = _PYTHON.replace("REAL", f"'{sys.executable}'").replace("VERSION", repr(version))
        _write_script(self.tools / name, text)

    def add_tool(self, name: str, then: str = "") -> None:
        _write_script(self.tools / name, _TOOL.replace("NAME", name) + then)

    def add_program(self, name: str, then: str = "") -> None:
        """A stand-in for a program inside the environment."""
        (self.venv / "bin").mkdir(parents=True, exist_ok=True)
        _write_script(self.venv / "bin" / name, _TOOL.replace("NAME", name) + then)

    def bash(self, script: str, *arguments: str) -> Outcome:
        """Runs a script of the checkout, from elsewhere."""
        _write_script(self.tools / "uname", f"#!/usr/bin/env bash\necho {self.system}\n")
        _write_script(self.tools / "id", f"#!/usr/bin/env bash\necho {0 if self.root else 1000}\n")
        listed = "\n".join(f"echo '\t{name} (libc6,x86-64) => /lib/{name}'" for name in self.libraries)
        _write_script(self.tools / "ldconfig", f"#!/usr/bin/env bash\n{listed}\n")
        done = subprocess.run(
            ["bash", str(self.checkout / script), *arguments],
            cwd=self.folder,
            env={"PATH": str(self.tools), "CALLS": str(self._log), **self.environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
        return Outcome(done.returncode, done.stderr)


def _found(name: str) -> Path:
    path = shutil.which(name, path=os.defpath)
    assert path is not None
    return Path(path)


def _write_script(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)
