"""The class names of a network."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from inceptionist_gui.shipped import resource


@dataclass(frozen=True)
class Classes:
    """Class names in the order of the logits. No two labels are alike, whatever their case."""

    labels: tuple[str, ...]
    other_names: tuple[tuple[str, ...], ...]
    """Further names of each class, for searching; two classes may share one."""

    @cached_property
    def _indices(self) -> dict[str, int]:
        # Labels are written last so that they win over another class's further names.
        further = {name.casefold(): i for i, names in enumerate(self.other_names) for name in names}
        return further | {label.casefold(): i for i, label in enumerate(self.labels)}

    def __len__(self) -> int:
        return len(self.labels)

    def index(self, label: str) -> int | None:
        """The number of the class with that label, further name or number; None where there is none."""
        text = label.strip().casefold()
        if text.isdecimal() and int(text) < len(self.labels):
            return int(text)
        return self._indices.get(text)

    def search(self, words: str) -> Iterator[int]:
        """The classes in whose names all the words occur: first the one called so, then those that begin so."""
        begun, wanted = words.casefold(), words.casefold().split()
        found = [i for i in range(len(self)) if all(word in self._searched(i) for word in wanted)]
        folded = {i: self.labels[i].casefold() for i in found}
        yield from sorted(found, key=lambda i: (folded[i] != begun, not folded[i].startswith(begun)))

    def nearest(self, word: str) -> Iterator[int]:
        """The classes with a name most like this one, for when none is found; nearest first, a few at most."""
        close = difflib.get_close_matches(word.strip().casefold(), self._indices, n=5, cutoff=0.6)
        yield from dict.fromkeys(self._indices[name] for name in close)

    def _searched(self, index: int) -> str:
        return ", ".join((self.labels[index], *self.other_names[index])).casefold()


@cache
def imagenet() -> Classes:
    """The 1,000 classes of ImageNet's 2012 challenge, by their WordNet names."""
    rows = [line.partition("\t") for line in resource("imagenet_classes.txt").read_text("utf-8").splitlines()]
    return Classes(
        labels=tuple(label for label, _, _ in rows),
        other_names=tuple(tuple(filter(None, further.split(", "))) for _, _, further in rows),
    )
