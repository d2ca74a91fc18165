"""The prose of a course in blocks: paragraphs, items of lists, rows of tables, with their lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trainer.curriculum.advice.findings import parts_of
from trainer.curriculum.items import Mention
from trainer.curriculum.modules import Draft
from trainer.curriculum.rules import PartKind

_BEGINS = re.compile(r" *(?:> ?)*(?:- |\d+\. |#|\|)| *(?:> ?)*$")
_MARKERS = re.compile(r" *(?:> ?)*(?:- (?:\[[ x]\] )?|\d+\. )?")
_DROPPED = re.compile(r"<!--.*?-->|\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, item or row as written: its lines of text and the number of the first one."""

    line: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The text with its line ends, so that what is found in it has a line; comments and addresses are blank."""
        return "\n".join(_DROPPED.sub(" ", line) for line in self.lines)

    @property
    def quotation(self) -> bool:
        """Whether it is quoted, which means that somebody says it."""
        return self.lines[0].lstrip().startswith(">")

    def pieces(self) -> list[str]:
        """Return each line without marks of lists and quotations."""
        return [_MARKERS.sub("", _DROPPED.sub(" ", line), count=1) for line in self.lines]


def blocks_of(texts: Iterable[Mention]) -> Iterator[Block]:
    """Yield the blocks of sections; headings are left out."""
    for text in texts:
        open_lines: list[str] = []
        first = text.line + 1
        for number, line in enumerate(text.text.split("\n")[1:], text.line + 1):
            if _BEGINS.match(line):
                yield from [Block(first, tuple(open_lines))] if open_lines else []
                first, open_lines = number, []
            if line.strip("> "):
                first, open_lines = (number if not open_lines else first), [*open_lines, line]
        yield from [Block(first, tuple(open_lines))] if open_lines else []


def reading_of(draft: Draft) -> Iterator[Mention]:
    """Yield the sections of a module's reading, the headings inside a part too."""
    parts = {part.line for part in parts_of(draft, PartKind.READING)}
    reading = False
    for text in draft.texts:
        reading = text.line in parts or (reading and not text.text.startswith("## "))
        if reading:
            yield text
