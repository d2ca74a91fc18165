"""How an option is named on a page, and what an earlier wording says: pure functions over texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256

TOKEN_LENGTH = 12
_ITEM = re.compile(r"(?:- \[[ x]\]|\d+\.|- (?=\[)) ?(.*)")
_COMMENT = re.compile(r" *<!--.*?-->")
_LINK = re.compile(r"\[(.+)\]\(#[a-z0-9-]+\)")


def token_of(wording: str, text: str) -> str:
    """Return the name of an option or choice on a page; another wording of the question gives another name."""
    return sha256(f"{wording} {text}".encode()).hexdigest()[:TOKEN_LENGTH]


def chosen_texts(source: str, answer: Sequence[int]) -> list[str]:
    """Return what was chosen, out of the wording as it was kept, for a question or scene that was reworded since."""
    items = _items(source)
    return [items[position] for position in answer if position < len(items)]


def asked_text(source: str) -> str:
    """Return what was asked, out of the wording as it was kept: no heading, comments, items or feedback."""
    lines = [_COMMENT.sub("", line).strip() for line in source.split("\n")[1:]]
    first = next((at for at, line in enumerate(lines) if _ITEM.fullmatch(line)), len(lines))
    return "\n".join(line.removeprefix("> ") for line in lines[:first]).strip()


def _items(source: str) -> list[str]:
    items: list[str] = []
    within = False
    for line in (_COMMENT.sub("", line) for line in source.split("\n")[1:]):
        if mark := _ITEM.fullmatch(line):
            items.append(mark[1])
        elif within and line.startswith("  ") and not line.lstrip().startswith(">"):
            items[-1] += f" {line.strip()}"
        within = bool(items) and bool(line.strip()) and not line.lstrip().startswith(">")
    return [_LINK.sub(r"\1", item).strip() for item in items]
