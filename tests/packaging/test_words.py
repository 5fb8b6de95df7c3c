"""The catalogues: complete, fitting, and compiled from what stands beside them."""

import ast
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORDS = ("_", "n_", "later")

pytest.importorskip("babel")


def _packaging() -> ModuleType:
    spec = importlib.util.spec_from_file_location("packaging_words", ROOT / "packaging" / "words.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


words = _packaging()
CATALOGUES = words.catalogues()


def _said() -> Iterator[tuple[str, str]]:
    """Every text given to one of the functions that translate, and the file it stands in."""
    for path in sorted((ROOT / "inceptionist_gui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in WORDS:
                text = node.args[0]
                if isinstance(text, ast.Constant):
                    yield path.name, str(text.value)
                else:
                    assert not isinstance(text, ast.JoinedStr), (
                        f"{path.name}:{node.lineno} varies before it is looked up"
                    )


def test_every_text_is_gathered() -> None:
    gathered = {text for message in words.template() for text in words._texts(message.id)}
    # A call inside an f-string is one that babel does not see.
    missing = [(file, text) for file, text in _said() if text not in gathered]
    assert not missing


def test_there_is_german() -> None:
    assert [path.parent.parent.name for path in CATALOGUES] == ["de"]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
class TestCatalogue:
    def test_nothing_is_missing_and_everything_fits(self, path: Path) -> None:
        assert words.faults(words.read(path)) == []

    def test_nothing_is_left_over(self, path: Path) -> None:
        ids = {message.id for message in words.template()}
        assert [message.id for message in words.read(path) if message.id not in ids] == []

    def test_what_is_compiled_is_what_stands_beside_it(self, path: Path) -> None:
        assert path.with_suffix(".mo").read_bytes() == words.compiled(words.read(path))

    def test_it_is_written_as_the_command_writes_it(self, path: Path) -> None:
        assert path.read_bytes() == words.written(words.read(path))


def test_faults_are_found(tmp_path: Path) -> None:
    catalog = words.template()
    first, second = [message for message in catalog if isinstance(message.id, str) and "{" in message.id][:2]
    first.string = "{strange}"
    lines = words.faults(catalog)
    assert any("other parts" in line and "{strange}" in line for line in lines)
    assert any("not translated" in line and repr(second.id) in line for line in lines)
    path = tmp_path / "de" / "LC_MESSAGES" / "inceptionist.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(words.written(catalog))
    assert len(words.update(path)) == len(words.template())
