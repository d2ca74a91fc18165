"""What an import would change, as a reader sees it before it happens: sections of items, faults and warnings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said about one line of a file: a fault, or a warning."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.sentence}"


def in_order(remarks: Iterable[Remark]) -> list[Remark]:
    """Return remarks by line, each once, those of one line as they were made."""
    return sorted(dict.fromkeys(remarks), key=lambda remark: remark.line)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that an import changes: whose name to show, and the words beside it."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    """Things of one kind that an import changes."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The answer to a file. With faults nothing is imported; `done` says that it was."""

    sections: tuple[Section, ...]
    faults: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    done: bool = False

    @property
    def mark(self) -> str:
        """The SHA-256 (hex) of what would change: whoever confirms has seen exactly that."""
        return hashlib.sha256(repr(self.sections).encode("utf-8", "surrogatepass")).hexdigest()

    def may_go(self, seen: str | None) -> bool:
        """Whether it can be imported: no fault, and what changes is what was `seen` (None: no matter)."""
        return not self.faults and seen in {None, self.mark}

    @property
    def summary(self) -> str:
        """One line: "New people: 19. New places: 14." or that nothing changes."""
        counts = [f"{section.heading}: {len(section.items)}." for section in self.sections]
        return " ".join(counts) or "Nothing changes: everything in this file is so already."
