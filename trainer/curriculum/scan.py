"""The line scanner: finds headings, comments and fences of a module, so that every element knows its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trainer.curriculum.faults import Faults

LONGEST_ID = 64
_HEADING = re.compile(r"\s*(#{1,6})\s*([^\s#].*?)\s*")
_PROPER_HEADING = re.compile(r"#{1,6} \S.*")
_HEADING_LIKE = re.compile(r"\s*#")
_COMMENT = re.compile(r"<!--(.*)-->\s*")
_FENCE = re.compile(r"(`{3,}|~{3,})([a-z0-9]*) *")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HEADING_MARKUP = re.compile(r"[*_`\[\]<>#\\|~]")
# Control characters, zero-width ones and those that turn the direction of text: they hide what a line says.
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file. A fenced one is code: nothing on it is structure."""

    number: int
    text: str
    fenced: bool = False

    @property
    def blank(self) -> bool:
        """Whether there is nothing on it."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Comment:
    """The words of the comment below a heading."""

    line: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it up to the next heading of any level. `source` begins with the heading."""

    level: int
    title: str
    id: str
    line: int
    comment: Comment | None
    lines: tuple[Line, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Scan:
    """A module's file in pieces: front matter without its dashes (None if it has none), then sections in order."""

    front: tuple[Line, ...] | None
    sections: tuple[Section, ...]


def slug_of(title: str) -> str:
    """Return the anchor that Git hosts give a heading: lower case, punctuation dropped, spaces to hyphens."""
    kept = re.sub(r"[^\w\- ]", "", title.lower())
    return kept.replace(" ", "-")


def valid_id(text: str) -> bool:
    """Say whether a text can be an id: a to z, digits, single hyphens, at most 64 characters."""
    return len(text) <= LONGEST_ID and _ID.fullmatch(text) is not None


def decode(data: bytes, faults: Faults) -> str | None:
    """Return the text of a file with plain newlines, or None after noting that it is not UTF-8 text."""
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        faults.add(data.count(b"\n", 0, error.start) + 1, "this is not UTF-8 text.")
        return None
    text = text.replace("\r\n", "\n")
    hidden = list(_INVISIBLE.finditer(text))
    for mark in hidden:
        line = text.count("\n", 0, mark.start()) + 1
        faults.add(line, f"there is an invisible character here (U+{ord(mark[0]):04X}); delete it.")
    return None if hidden else text


def scan(text: str, faults: Faults) -> Scan:
    """Split a module's text at its front matter and headings; what is not in its place is noted."""
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    front, body = _split_front(lines, faults)
    marked = tuple(_mark_fences(body, faults))
    return Scan(front, tuple(_sections(marked, faults)))


def _split_front(lines: Sequence[Line], faults: Faults) -> tuple[tuple[Line, ...] | None, Sequence[Line]]:
    if lines[0].text.rstrip() != "---":
        faults.add(1, "a module begins with front matter between two lines of `---`.")
        return None, lines
    for index, line in enumerate(lines[1:], 1):
        if line.text.rstrip() == "---":
            return tuple(lines[1:index]), lines[index + 1 :]
        if line.text.startswith("##"):
            break
    faults.add(1, "the front matter is not closed by a line of `---`.")
    return None, ()


def _mark_fences(lines: Sequence[Line], faults: Faults) -> Iterator[Line]:
    """Mark the lines of fences; one that is never closed is noted and hides nothing of what follows."""
    end = -1
    for index, line in enumerate(lines):
        mark = _FENCE.fullmatch(line.text) if index > end else None
        if mark:
            end = _closing(lines, index, mark[1])
            if end == index:
                faults.add(line.number, f"this fence is never closed; put {mark[1]} on a line of its own.")
        yield Line(line.number, line.text, fenced=index <= end)


def _closing(lines: Sequence[Line], start: int, fence: str) -> int:
    closing = (index for index in range(start + 1, len(lines)) if lines[index].text.rstrip() == fence)
    return next(closing, start)


def _is_heading(line: Line) -> bool:
    return not line.fenced and _HEADING.fullmatch(line.text) is not None


def _sections(lines: Sequence[Line], faults: Faults) -> Iterator[Section]:
    starts = [index for index, line in enumerate(lines) if _is_heading(line)]
    _check_before_first(lines[: starts[0]] if starts else lines, faults)
    for line in lines:
        if not line.fenced and _HEADING_LIKE.match(line.text) and not _PROPER_HEADING.fullmatch(line.text):
            faults.add(line.number, "a heading is one or more `#`, one space and a title, from the start of the line.")
    for start, end in zip(starts, [*starts, len(lines)][1:], strict=bool(starts)):
        yield _section(lines[start:end], faults)


def _check_before_first(lines: Sequence[Line], faults: Faults) -> None:
    text = next((line for line in lines if not line.blank and not _HEADING_LIKE.match(line.text)), None)
    if text is not None:
        faults.add(text.number, "text before the first heading belongs to no part; give it a level-2 heading.")


def _section(lines: Sequence[Line], faults: Faults) -> Section:
    heading = _HEADING.fullmatch(lines[0].text)
    assert heading is not None
    level, title = len(heading[1]), heading[2]
    slug = slug_of(title)
    _check_title(lines[0].number, title, slug, faults)
    comment, body = _comment_of(lines[1:], faults)
    source = "\n".join(line.text.rstrip() for line in lines).rstrip()
    return Section(level, title, slug, lines[0].number, comment, tuple(body), source)


def _check_title(line: int, title: str, slug: str, faults: Faults) -> None:
    if _HEADING_MARKUP.search(title):
        faults.add(line, f"the heading {title!r} has markup; a heading is plain text, because it is an id.")
    elif not valid_id(slug):
        faults.add(
            line,
            f"the heading {title!r} gives the id {slug!r}; an id has a to z, digits, single hyphens, "
            f"at most {LONGEST_ID}.",
        )


def _comment_of(lines: Sequence[Line], faults: Faults) -> tuple[Comment | None, Sequence[Line]]:
    mark = _COMMENT.fullmatch(lines[0].text) if lines and not lines[0].fenced else None
    if mark is None:
        return None, lines
    words = tuple(mark[1].split())
    if not words or "<!--" in mark[1] or "-->" in mark[1]:
        faults.add(lines[0].number, "a comment below a heading holds one or two words.")
    return Comment(lines[0].number, words), lines[1:]
