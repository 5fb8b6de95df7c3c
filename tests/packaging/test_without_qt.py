import os
import subprocess
import sys
from pathlib import Path

from tests.packaging.machine import ROOT

_FOLDER = ROOT / "packaging" / "without_qt"


def test_pyside_cannot_be_imported() -> None:
    done = _python(_FOLDER, "-c", "import PySide6.QtCore")
    assert "ModuleNotFoundError: PySide6 is out of reach here" in done.stderr


def test_nor_in_a_process_that_a_test_starts() -> None:
    inner = "import subprocess, sys; sys.exit(subprocess.call([sys.executable, '-c', 'import PySide6']))"
    assert "out of reach" in _python(_FOLDER, "-c", inner).stderr


def test_the_projects_tests_run_so(tmp_path: Path) -> None:
    test = "import pytest\ndef test_it():\n    with pytest.raises(ImportError):\n        import PySide6\n"
    (tmp_path / "test_it.py").write_text(test)
    done = _pytest(_FOLDER, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout


def test_a_run_that_could_import_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "without_qt.py").write_bytes((_FOLDER / "without_qt.py").read_bytes())
    done = _pytest(tmp_path, tmp_path)
    assert done.returncode != 0
    assert "would prove nothing" in done.stderr


def _pytest(folder: Path, tests: Path) -> subprocess.CompletedProcess[str]:
    plugins = ("-p", "no:pytest-qt", "-p", "without_qt", "-p", "no:cacheprovider")
    settings = ("-c", str(ROOT / "pyproject.toml"), "--rootdir", str(tests))
    return _python(folder, "-m", "pytest", *plugins, *settings, str(tests))


def _python(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
