"""Every structural line of a module, and the ways in which a hand can spoil it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from trainer.curriculum.faults import Fault, Faults
from trainer.curriculum.modules import Place, read_body, read_module
from trainer.curriculum.scan import scan

Change = tuple[str, str]


@dataclass(frozen=True)
class Kind:
    """A kind of structural line: how it is recognised, slips of the hand in it, and edits that say something else.

    A slip is never what somebody means, so it must be reported. An edit (or deleting, or doubling) must be reported or
    show in the parsed course.
    """

    pattern: str
    slips: tuple[Change, ...]
    edits: tuple[Change, ...]


KINDS = {
    "heading": Kind(
        r"#{2,6} .*",
        slips=((r"^(#+) ", r"\1"), (r"^", " "), (r"^(#+ )", r"\1*")),
        edits=((r"^#", ""), (r"^#", "##"), (r"$", "x"), (r"^#+ ", "")),
    ),
    "comment": Kind(
        r"<!-- .* -->",
        slips=(
            (r"<!--", "<!-"),
            (r" -->", " ->"),
            (r" -->", ""),
            (r"(\w) -->", r"\1x -->"),
            (r"<!-- ", "<!-- x"),
            (r"^", "\n"),
            (r"$", " and"),
            (r"<!--", "<--"),
            (r"<!-- (\w)(\w)", r"<!-- \2\1"),
        ),
        edits=((r"<!-- (.*) -->", r"\1"),),
    ),
    "option": Kind(
        r"- \[[ x]\] .*",
        slips=(
            (r"^- \[", "-["),
            (r"^- ", ""),
            (r"^- ", "* "),
            (r"\[[ x]\] ", "[] "),
            (r"\[[ x]\] ", ""),
            (r"\[([ x])\] ", r"[\1]"),
            (r"\[([ x])\] ", r"(\1) "),
            (r"\[([ x])\] ", r"[\1 "),
            (r"\[[ x]\]", "[X]"),
            (r"^- ", "1. "),
            (r"^", "  "),
            (r"^", "> "),
            (r"-->$", "->"),
            (r"<!-- ", ""),
        ),
        edits=((r"^- \[x\]", "- [ ]"), (r"^- \[ \]", "- [x]"), (r"(\w) -->$", r"\1x -->")),
    ),
    "choice": Kind(
        r"- \[.*\]\(#.*",
        slips=(
            (r"^- \[", "-["),
            (r"^- ", ""),
            (r"^- ", "* "),
            (r"\]\(#", "] (#"),
            (r"\]\(#", "](# "),
            (r"\]\(#", "]("),
            (r"\]\(#", "(#"),
            (r"\)(?=$| <)", ""),
            (r"\)(?=$| <)", "x)"),
            (r"^- \[", "- ("),
            (r"^- ", "- Say "),
            (r"^", "  "),
            (r"-->$", "->"),
            (r"<!-- ", ""),
        ),
        edits=((r"(\w) -->$", r"\1x -->"),),
    ),
    "quotation": Kind(
        r" *> .*",
        slips=((r"^ +", ""), (r"^ *", "      ")),
        edits=((r"> ", ""), (r"> ", ">> "), (r"^( *)> ", r"\1\> "), (r"^( *)> ", r"\1&gt; ")),
    ),
    "step": Kind(
        r"\d+\. .*",
        slips=((r"\. ", ") "), (r"\. ", "."), (r"^\d+", "7"), (r"^\d+\.", "-"), (r"^", "  ")),
        edits=((r"\. ", " "), (r"^\d+\. ", "")),
    ),
    "key": Kind(
        r"[a-z_]+:.*",
        slips=((r":", ""), (r"^.", ""), (r"(:.*)", "x:"), (r":.*", ":"), (r"^", " "), (r"$", " # more")),
        edits=((r": ", ":"),),
    ),
}


@dataclass(frozen=True)
class Mutant:
    """A spoilt module: which line, what happened to it, and the text before and after, as far as it matters."""

    line: int
    what: str
    slip: bool
    before: str
    after: str


def kind_of(line: str, in_front: bool) -> str | None:
    """Return what a line is, None for prose."""
    kinds = ["key"] if in_front else [kind for kind in KINDS if kind != "key"]
    return next((kind for kind in kinds if re.fullmatch(KINDS[kind].pattern, line)), None)


def mutants_of(text: str) -> Iterator[Mutant]:
    """Yield the mutants of a module: each structural line deleted, doubled and misspelt in several ways, by turns."""
    lines = text.split("\n")
    end_of_front = lines.index("---", 1)
    for index, line in enumerate(lines[1:], 1):
        kind = kind_of(line, index < end_of_front)
        if kind is None:
            continue
        before, after = _surroundings(lines, index, end_of_front)
        for what, slip, spoilt in _spoilt(line, kind, index, 1 if _continues(lines, index) else 3):
            parts = [*before, *([] if spoilt is None else [spoilt]), *after]
            text = "\n".join([*before, line, *after])
            yield Mutant(index + 1, f"{kind} {what}", slip, text, "\n".join(parts))


def _continues(lines: list[str], index: int) -> bool:
    """Say whether a line continues a quotation."""
    return all(kind_of(line, in_front=False) == "quotation" for line in lines[index - 1 : index + 1])


def _spoilt(line: str, kind: str, turn: int, count: int) -> Iterator[tuple[str, bool, str | None]]:
    """Yield what happened to a line, whether that is a slip, and what became of it (None: deleted).

    Besides deleting and doubling, `count` of the changes of its kind are made, other ones at each `turn`.
    """
    yield "deleted", False, None
    yield "doubled", False, f"{line}\n{line}"
    changes = [(change, True) for change in KINDS[kind].slips] + [(change, False) for change in KINDS[kind].edits]
    for (old, new), slip in [changes[(turn + step * len(changes) // count) % len(changes)] for step in range(count)]:
        spoilt = re.sub(old, new, line, count=1)
        if spoilt != line:
            yield f"{old} to {new}", slip, spoilt


def _surroundings(lines: list[str], index: int, end_of_front: int) -> tuple[list[str], list[str]]:
    """Return what stands before and after a line, without the parts and questions that cannot matter to it."""
    if index < end_of_front:
        first = next(i for i, line in enumerate(lines) if line.startswith("## "))
        return lines[:index], lines[index + 1 : _around(lines, first, "## ")[1]]
    start, end = _around(lines, index, "## ")
    head: list[str] = []
    if index <= start + 1:
        start = _around(lines, max(start - 1, end_of_front + 1), "## ")[0]
    elif lines[start + 1] in ("<!-- quiz -->", "<!-- reflect -->") and "### " in (
        lines[index][:4],
        lines[index - 1][:4],
    ):
        inner = _around(lines, index, "### ")
        previous = _around(lines, inner[0] - 1, "### ")[0]
        head += lines[start : start + 2] if previous > start else []
        start, end = max(previous, start), min(inner[1], end)
    elif lines[start + 1] in ("<!-- quiz -->", "<!-- reflect -->"):
        inner = _around(lines, index, "### ")
        head += lines[start : start + 2] if inner[0] > start else []
        start, end = max(inner[0], start), min(inner[1], end)
    return [*head, *lines[start:index]], lines[index + 1 : end]


def _around(lines: list[str], index: int, mark: str) -> tuple[int, int]:
    """Return where the heading above a line stands, and where the next one does."""
    start = next((i for i in range(index, -1, -1) if lines[i].startswith(mark)), index)
    end = next((i for i in range(index + 1, len(lines)) if lines[i].startswith(mark)), len(lines))
    return start, end


def read(slug: str, text: str) -> tuple[Any, list[Fault]]:
    """Read a module's text, or its parts alone if it has no front matter; return what it gave and its faults."""
    faults, place = Faults(f"modules/{slug}.md"), Place(slug, "en", ((slug, 1),))
    if text.startswith("---\n"):
        draft = read_module(text, place, {}, faults)
        return draft and draft.module, faults.found
    body = read_body(scan(f"---\n---\n{text}", faults).sections, place, faults)[1]
    return tuple(body), faults.found


def meaning(value: Any) -> Any:
    """Return what a module says, without line numbers, hashes and its own source."""
    if is_dataclass(value):
        kept = [field.name for field in fields(value) if field.name not in ("line", "edition", "wording", "source")]
        return {name: meaning(getattr(value, name)) for name in kept}
    return [meaning(one) for one in value] if isinstance(value, tuple) else value
