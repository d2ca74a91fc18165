"""What prose must not contain: near-misses of structure, and what Git hosts and our renderer read differently."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from trainer.curriculum.faults import Faults
from trainer.curriculum.scan import Line

NESTED_INDENT = 4
DEEPEST_LIST = 2
DEEPEST_QUOTATION = 2
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_EMPHASIS = tuple(re.compile(rf"(?<![*\w]){mark}(?![\s*])[^*]*(?<![\s*]){mark}(?![*\w])") for mark in (r"\*", r"\*\*"))
_ITEM = re.compile(r"( *)(-|[0-9]{1,6}\.) +(\S.*)")
_QUOTATION = re.compile(r"( *)> ?(.*)")
_NOT_A_LINK = "this looks like a link; write it `[text](address)`, without spaces and on one line."
_NEAR_MISSES = tuple(
    (re.compile(pattern), message)
    for pattern, message in (
        (
            r"<!|-->|<--",
            "a comment stands alone on the line directly below a heading, or ends an option or a choice; "
            "write it `<!-- word -->`.",
        ),
        (r"<(?!https://|mailto:)[A-Za-z/?]", "raw HTML is not shown; write Markdown."),
        (
            r"^\s*(?:[-*+]|\d+[.)])?\s*\[[ xX]?\](?!\()",
            "this looks like an option; options stand in a `single` or `multiple` question as `- [ ] text` or "
            "`- [x] text`.",
        ),
        (r"^\s*[*+]\s", "start the items of a list with `- `."),
        (r"^\s*-[^\s\d-]", "leave a space between the dash and the text of a list item."),
        (r"^\s*\d+\)\s|^\s*\d+\.[^\s\d]", "number the items of a list `1. `, `2. `."),
        (r"^\s*(?:-|\d+[.)])\s*$", "this list item is empty."),
        (r"^\s*(?:-|\d+\.)\s{2}", "leave one space before the text of a list item."),
        (
            r"^\s*(?:-|\d+\.)\s+(?:[-*+>]\s|#|\d+[.)](?:\s|$)|[-*+>]$)",
            "a list item does not begin with another mark of a list.",
        ),
        (
            r"^\s*(?:[-_=]\s*){3,}$|^\s*[-=]+\s*$",
            "a line of dashes or equals signs reads as a heading or a rule; leave it out.",
        ),
        (r"^\s*(?:```|~~~)", "a fence starts at the beginning of a line."),
        (r"~~", "Git hosts strike this text through and we do not; reword it."),
        (r"\[\^", "footnotes are not shown; put the note into the text or under sources."),
        (r"\\[^\w\s\\`*_{}\[\]()>#+.!|-]", "this backslash is shown to some readers; leave it out."),
        (r"\\\s*$", "a backslash at the end of a line is a line break on Git hosts only."),
        (r"^\s*\[[^\]]+\]:\s|\]\[", "write the address of a link beside it: `[text](address)`."),
        (r"\]\s+\(#|(?<!\])\(#", _NOT_A_LINK),
        (
            r"(?<![(<\w])(?:https?://|www\.)|(?<![:<\w.])[\w.+-]+@[\w-]+\.\w",
            "Git hosts make a link of this and we do not; write `[text](address)`.",
        ),
        (r"\t", "write spaces, not a tab."),
    )
)
# Every near-miss has one of these; most lines have none, and need no closer look.
_SUSPICIOUS = re.compile(r"[<>\[\]~\\\t@`]|\(#|//|www|^\s*[-*+=_\d]")
_LINK = re.compile(r'(!?)\[([^\]]*)\]\(([^)\s]*)(?:\s+"[^"]*")?\)')


@dataclass(frozen=True, slots=True)
class Link:
    """A link or, when `figure`, a picture as written in the file."""

    line: int
    text: str
    target: str
    figure: bool


def check_inline(line: Line, faults: Faults) -> None:
    """Note what no line of prose, option, choice or quotation may contain; at most one fault a line."""
    message = _near_miss(line.text)
    if message:
        faults.add(line.number, message)


@lru_cache(maxsize=8192)
def _near_miss(text: str) -> str:
    if not _SUSPICIOUS.search(text):
        return ""
    plain = _CODE.sub("code", text)
    found = next((message for pattern, message in _NEAR_MISSES if pattern.search(plain)), "")
    return found or ("" if plain.count("](") == len(_LINK.findall(plain)) else _NOT_A_LINK)


def check_prose(lines: Sequence[Line], faults: Faults) -> None:
    """Note near-misses of structure and blocks that two renderers would read differently."""
    for index, message in _problems(tuple((line.text, line.fenced) for line in lines)):
        faults.add(lines[index].number, message)


@lru_cache(maxsize=8192)
def _problems(texts: tuple[tuple[str, bool], ...]) -> tuple[tuple[int, str], ...]:
    """Return the index and message of every problem; remembered, for most prose is the same when it is read again."""
    found = Faults("")
    _check([Line(index, text, fenced) for index, (text, fenced) in enumerate(texts)], found, 0)
    return tuple((fault.line, fault.message) for fault in found.found)


def _check(lines: Sequence[Line], faults: Faults, depth: int) -> None:
    for line in lines:
        if not line.fenced and not _QUOTATION.fullmatch(line.text):
            check_inline(line, faults)
    for block in _blocks(lines):
        _check_stars(block, faults)
        _check_block(block, faults, depth)
    _check_neighbouring_lists(lines, faults)


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield runs of lines without a blank one between them; fences are left out."""
    block: list[Line] = []
    for line in lines:
        if line.blank or line.fenced:
            if block:
                yield block
            block = []
        else:
            block.append(line)
    if block:
        yield block


def _check_stars(block: Sequence[Line], faults: Faults) -> None:
    """Every `*`, `**` and backtick of a paragraph has its partner; otherwise it depends on the renderer."""
    text = "\n".join(re.sub(r"\\.", "", line.text) for line in block)
    text = _CODE.sub("code", text)
    for pattern in _EMPHASIS:
        text = pattern.sub(_keep_lines, text)
    alone = re.search(r"(?<! )\*|\*(?! \S)|`", text)
    if alone is not None:
        line = block[text.count("\n", 0, alone.start())]
        faults.add(
            line.number, f"this `{alone[0]}` has no partner; emphasis is `*so*` or `**so**`, code is between backticks."
        )


def _keep_lines(mark: re.Match[str]) -> str:
    return "x" + "\n" * mark[0].count("\n") + "x"


def _check_block(block: list[Line], faults: Faults, depth: int) -> None:
    first = block[0]
    if _QUOTATION.fullmatch(first.text):
        _check_quotation(block, faults, depth)
    elif first.text.lstrip().startswith("|"):
        _check_table(block, faults)
    elif _ITEM.fullmatch(first.text):
        _check_list(block, faults)
    else:
        _check_paragraph(block, faults)


def _check_quotation(block: list[Line], faults: Faults, depth: int) -> None:
    inner = []
    for line in block:
        mark = _QUOTATION.fullmatch(line.text)
        if mark is None or mark[1]:
            faults.add(line.number, "start every line of a quotation with `> `, and leave a blank line after it.")
            return
        inner.append(Line(line.number, mark[2]))
    if depth + 1 > DEEPEST_QUOTATION:
        faults.add(block[0].number, "a quotation inside a quotation inside a quotation is too deep.")
    else:
        _check(inner, faults, depth + 1)
    for line in inner:
        if line.text.lstrip().startswith("#"):
            faults.add(line.number, "a quotation has no headings.")


def _cells(line: Line) -> int:
    row = _CODE.sub("code", line.text).replace("\\|", "")
    return row.strip().strip("|").count("|") + 1


def _check_table(block: list[Line], faults: Faults) -> None:
    if len(block) < 3 or not re.fullmatch(r"\|(?: *:?-{3,}:? *\|)+ *", block[1].text):
        faults.add(block[0].number, "a table is a row of headings, a row `| --- | --- |` and at least one row more.")
        return
    for line in block:
        if not re.fullmatch(r"\|.*\| *", line.text):
            faults.add(
                line.number, "every row of a table begins and ends with `|`; leave a blank line after the table."
            )
        elif _cells(line) != _cells(block[0]):
            faults.add(line.number, f"this row has {_cells(line)} cells, its table has {_cells(block[0])} columns.")


def _check_list(block: list[Line], faults: Faults) -> None:
    """Check each item against the last one of its depth; `last` holds the marks of the open lists, outermost first."""
    last: list[str] = []
    for line in block:
        item = _ITEM.fullmatch(line.text)
        if item is None:
            _check_continued(line, faults)
            continue
        depth, rest = divmod(len(item[1]), NESTED_INDENT)
        if rest or depth > min(len(last), DEEPEST_LIST):
            faults.add(line.number, "indent a list inside a list by four spaces; the two renderers differ otherwise.")
            return
        _check_mark(line, item[2], last[depth] if depth < len(last) else "", faults)
        last = [*last[:depth], item[2]]


def _check_continued(line: Line, faults: Faults) -> None:
    if not line.text.startswith("  ") or _QUOTATION.fullmatch(line.text):
        faults.add(line.number, "indent what belongs to a list item by two spaces, or leave a blank line before it.")


def _check_mark(line: Line, mark: str, before: str, faults: Faults) -> None:
    if before and (mark == "-") != (before == "-"):
        faults.add(line.number, "a list is either numbered or not; put a sentence between two lists.")
    elif mark != "-":
        expected = int(before[:-1]) + 1 if before else 1
        if mark != f"{expected}.":
            faults.add(line.number, f"number this item {expected}; a list counts 1, 2, 3.")


def _check_paragraph(block: list[Line], faults: Faults) -> None:
    for line in block:
        if line.text.startswith(" "):
            faults.add(line.number, "do not indent a paragraph; it reads as code or as part of a list.")
        elif line is not block[0] and _ITEM.fullmatch(line.text):
            faults.add(line.number, "leave a blank line before a list; Git hosts see a list here and we see text.")
            return
        elif line is not block[0] and line.text.startswith(("|", ">")):
            faults.add(line.number, "leave a blank line before a table or a quotation.")
            return


def _check_neighbouring_lists(lines: Sequence[Line], faults: Faults) -> None:
    """Two lists with only blank lines between them are one list to us and two to a Git host."""
    previous: list[Line] = []
    for block in _blocks(lines):
        item, before = _ITEM.fullmatch(block[0].text), previous and _ITEM.fullmatch(previous[0].text)
        if item and before and not item[1]:
            faults.add(
                block[0].number, "leave no blank line between the items of a list; put a sentence between two lists."
            )
        previous = block


def links_of(lines: Sequence[Line]) -> tuple[Link, ...]:
    """Return the links and pictures of prose, in order, code left out."""
    plain = [line for line in lines if not line.fenced]
    return tuple(
        Link(line.number, mark[2].strip(), mark[3], bool(mark[1]))
        for line in plain
        for mark in _LINK.finditer(_CODE.sub("code", line.text))
    )
