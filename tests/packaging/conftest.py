from pathlib import Path

import pytest

from tests.packaging.machine import Machine


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """An ordinary user's Linux machine with a Python that suits, all libraries and no screen."""
    machine = Machine(tmp_path)
    machine.add_python("python3", 3, 12, 1)
    return machine
