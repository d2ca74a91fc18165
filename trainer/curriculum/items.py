"""The lists of questions and scenes: items, the comment that ends one, and the quotation indented under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from trainer.curriculum.addresses import Addresses
from trainer.curriculum.faults import Faults
from trainer.curriculum.prose import Link, check_inline, check_prose, links_of
from trainer.curriculum.render import prose
from trainer.curriculum.scan import Line

_LIST_LIKE = re.compile(r"\s*(?:[-*+]\s|[-*+]?\[[ xX]?\]|[-*+]\[|\d+[.)]\s)")
_UNDER = re.compile(r" {2,5}> ?(.*)")
_CONTINUED = re.compile(r" {2,5}([^\s>].*)")
_END_COMMENT = re.compile(r"(.*?) *<!-- *([^<>]*?) *--> *")


@dataclass(frozen=True, slots=True)
class Mention:
    """A text of the file that a later check looks at, and its line."""

    line: int
    text: str


@dataclass(slots=True)
class Reading:
    """What is carried along while a module is read, and what later checks need beside the parsed module."""

    faults: Faults
    addresses: Addresses
    anchors: frozenset[str]
    links: list[Link] = field(default_factory=list)
    misconceptions: list[Mention] = field(default_factory=list)
    models: list[Mention] = field(default_factory=list)

    def prose(self, lines: Sequence[Line]) -> str:
        """Check prose, note its links and return its HTML; "" while it has faults."""
        before = len(self.faults.found)
        check_prose(lines, self.faults)
        self.links.extend(links_of(lines))
        if len(self.faults.found) > before:
            return ""
        return prose("\n".join("" if line.blank else line.text for line in lines).strip("\n"), self.addresses)


@dataclass(slots=True)
class Item:
    """A list item: its text on one line, the word of its comment, and the quotation under it."""

    line: int
    text: str
    comment: str | None = None
    comment_line: int = 0
    under: list[Line] = field(default_factory=list)
    text_ends: bool = False

    def take(self, line: Line) -> bool:
        """Take a blank line, a line of the quotation or one that continues the text; say whether it belongs here."""
        under, more = _UNDER.fullmatch(line.text), _CONTINUED.fullmatch(line.text)
        if under:
            self.under.append(Line(line.number, under[1]))
        elif more and not self.text_ends:
            self.text = f"{self.text.rstrip()} {more[1]}"
            self.comment_line = line.number
        self.text_ends = self.text_ends or line.blank or under is not None
        return line.blank or under is not None or (more is not None and not self.text_ends)


def list_like(line: Line) -> bool:
    """Say whether a reader would take the line for a list item."""
    return not line.fenced and _LIST_LIKE.match(line.text) is not None


def split_at_list(lines: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    """Split into what comes before the first list item and the rest."""
    index = next((i for i, line in enumerate(lines) if list_like(line)), len(lines))
    return lines[:index], lines[index:]


@dataclass(slots=True)
class Items:
    """The items of a list; `whole` is false if a line that looks like an item is none, so that counting misleads."""

    found: list[Item] = field(default_factory=list)
    whole: bool = True


def read_items(lines: Sequence[Line], item: re.Pattern[str], expected: str, faults: Faults) -> Items:
    """Read a list in which nothing but items, their continued lines and their quotations may stand."""
    items = Items()
    open_item: Item | None = None
    for line in lines:
        if line.fenced or (list_like(line) and not item.fullmatch(line.text)):
            faults.add(line.number, expected)
            open_item, items.whole = Item(line.number, ""), False
        elif item.fullmatch(line.text):
            open_item = Item(line.number, line.text)
            items.found.append(open_item)
        elif open_item is None or not open_item.take(line):
            faults.add(line.number, expected)
    for found in items.found:
        _take_comment(found, faults)
    return items


def _take_comment(item: Item, faults: Faults) -> None:
    mark = _END_COMMENT.fullmatch(item.text)
    if mark and mark[2]:
        item.text, item.comment = mark[1], mark[2]
    item.text = item.text.rstrip()
    item.comment_line = item.comment_line or item.line
    check_inline(Line(item.line, _bare(item.text)), faults)


def _bare(text: str) -> str:
    return re.sub(r"^- \[[ x]\] ", "- ", text)


def note_misconception(item: Item, reading: Reading) -> str | None:
    """Return the misconception of an item and remember it for the check against the programme."""
    if item.comment is None:
        return None
    if re.search(r"\s", item.comment):
        reading.faults.add(item.comment_line, "the comment at the end of an item is the id of one misconception.")
        return None
    reading.misconceptions.append(Mention(item.comment_line, item.comment))
    return item.comment


def split_quotation(lines: Sequence[Line]) -> tuple[list[Line], Sequence[Line]]:
    """Split leading lines that begin with `>` (after blank ones) from the rest."""
    start = next((i for i, line in enumerate(lines) if not line.blank), len(lines))
    end = start
    while end < len(lines) and lines[end].text.startswith(">") and not lines[end].fenced:
        end += 1
    quoted = [Line(line.number, re.sub(r"^> ?", "", line.text)) for line in lines[start:end]]
    return quoted, lines[end:]
