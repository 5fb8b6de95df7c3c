"""The catalogues of the translations: gathers every text that the user reads, and compiles what was translated.

`python packaging/words.py update` brings each `.po` up to date with the source, and `compile` makes its `.mo`.
What is new in a `.po` stands there with an empty translation; what is gone is left out. Both commands say what is
missing, and fail where something is.
"""

import json
import sys
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from inceptionist_gui.engine.networks import networks
from inceptionist_gui.recipe import choices, controls
from inceptionist_gui.words import DOMAIN

ROOT = Path(__file__).resolve().parent.parent
SOURCE, LANGUAGES = ROOT / "inceptionist_gui", ROOT / "resources" / "languages"
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "n_": (1, 2), "later": None}
WIDTH = 110
_RECIPE, _NETWORKS = "inceptionist_gui/recipe", "inceptionist_gui/engine/networks"

Found = tuple[str, str | tuple[str, ...]]
"""Where a text is, and the text; its singular and its plural where it counts something."""


def template() -> Catalog:
    """Every text that is to be translated, in no language, with the places where it is used."""
    catalog = Catalog(project="Inceptionist", copyright_holder="the Inceptionist authors", charset="utf-8")
    for place, text in (*_in_source(), *_in_recipe(), *_in_presets(), *_in_networks()):
        # Without line numbers: they would change with every edit.
        catalog.add(text, locations=[(place, 0)])
    return catalog


def _in_source() -> Iterator[Found]:
    found = extract_from_dir(str(SOURCE), method_map=[("**.py", "python")], keywords=KEYWORDS)
    for name, _line, message, _comments, _context in found:
        yield f"inceptionist_gui/{name}", message


def _in_recipe() -> Iterator[Found]:
    texts = [(each.group, each.title, each.term, each.tells) for each in controls()]
    texts += [(each.group, each.title, each.term, each.tells) for each in choices()]
    for text in chain.from_iterable(texts):
        yield _RECIPE, text


def _in_presets() -> Iterator[Found]:
    for path in sorted((ROOT / "resources" / "presets").glob("*.json")):
        preset = json.loads(path.read_text("utf-8"))
        for text in (preset["title"], preset["tells"]):
            yield f"resources/presets/{path.name}", text


def _in_networks() -> Iterator[Found]:
    for network in networks():
        yield _NETWORKS, network.tells
        for layer in network.layers():
            yield _NETWORKS, layer.tells


# Bringing catalogues up to date


def update(path: Path) -> Catalog:
    """The catalogue as it should be: the template's texts with the translations that it already has."""
    catalog = read(path)
    catalog.update(template(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    path.write_bytes(written(catalog))
    return catalog


def compile_(path: Path) -> Catalog:
    catalog = read(path)
    path.with_suffix(".mo").write_bytes(compiled(catalog))
    return catalog


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name, domain=DOMAIN)


def written(catalog: Catalog) -> bytes:
    """A catalogue as its `.po`."""
    file = BytesIO()
    write_po(file, catalog, width=WIDTH, sort_output=True, include_lineno=False)
    return file.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """A catalogue as its `.mo`."""
    file = BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


# Finding faults


def faults(catalog: Catalog) -> list[str]:
    """What is missing in a catalogue or does not fit, a line each."""
    return [*_missing(catalog), *_unlike(catalog)]


def _missing(catalog: Catalog) -> Iterator[str]:
    for message in template():
        found = catalog.get(message.id)
        # One that is marked as fuzzy is left out when the catalogue is compiled.
        if message.id and (found is None or found.fuzzy or not all(_translations(found))):
            yield f"not translated: {message.id!r}"


def _unlike(catalog: Catalog) -> Iterator[str]:
    """Translations that name other parts than the text, which would fail where it is shown."""
    for message in catalog:
        wanted = {part for text in _texts(message.id) for part in parts_of(text)}
        for translation in _translations(message):
            if message.id and not parts_of(translation) <= wanted:
                yield f"other parts than in {message.id!r}: {translation!r}"


def parts_of(text: str) -> set[str]:
    """The names in braces that are filled in."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def _texts(id_: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (id_,) if isinstance(id_, str) else tuple(id_)


def _translations(message: Message | None) -> tuple[str, ...]:
    return _texts(message.string) if message is not None and message.string else ("",)


def catalogues() -> list[Path]:
    return sorted(LANGUAGES.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def main(command: str) -> int:
    do = {"update": update, "compile": compile_}[command]
    lines = [f"{path.parent.parent.name}: {line}" for path in catalogues() for line in faults(do(path))]
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
