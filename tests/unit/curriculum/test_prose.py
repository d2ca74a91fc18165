"""Prose that two renderers read differently, or that looks like structure, is a fault; ordinary prose is none."""

from __future__ import annotations

import random

import pytest

from trainer.curriculum import prose
from trainer.curriculum.faults import Faults
from trainer.curriculum.scan import Line

SOUND = (
    "A plain line, with 2 * 3 and 3 < 5 and a dash - so.",
    "**Bold** and *emphasis* and **bold with *emphasis* in it**.",
    "Code: `a < b`, `-->` and ``a ` b``.",
    "[A page](https://host.example/a_b) and [above](#limits).",
    "<https://host.example/>",
    "- One\n- Two\n  goes on\n    - Two and a half\n- Three",
    "1. One\n2. Two",
    "> One.\n>\n> Two.\n\n> Another.",
    "| a | b |\n| --- | --- |\n| `x|y` | 2 |",
    "```\n- [x] code\n## code\n```",
    "snake_case_words, and 5% of 10.5 minutes",
)
FAULTY = (
    "Text.\n- One",
    "- One\n- Two\nand on",
    "- One\n  - Half",
    "- One\n\n- Two",
    "- One\n1. Two",
    "1. One\n3. Three",
    "2. Two",
    "* One",
    "+ One",
    "1) One",
    "-One",
    "- ",
    "-  One",
    "- - One",
    "- # One",
    "    indented",
    "Text.\n> Quoted",
    "> Quoted\ngoes on",
    "> > > Deep",
    "> - One\n> 2. Two",
    "| a | b |\n| --- | --- |\n| 1 |",
    "| a | b |\n| 1 | 2 |",
    "| a |\n| --- |\n| 1 |\nText.",
    "Text\n---",
    "***",
    "Half *emphasis",
    "Half **bold*",
    "Half `code",
    "~~struck~~",
    "A note[^1]",
    "[a][b]",
    "[b]: https://host.example",
    "[a](b c)",
    "[a] (#b)",
    "a(#b)",
    "[a](#b",
    "https://host.example",
    "www.host.example",
    "someone@host.example",
    "<b>bold</b>",
    "<!-- quiz -->",
    "<!-- quiz",
    "quiz -->",
    "[x] Yes",
    "- [ ] Yes",
    "-[x] Yes",
    "A line\\",
    'An \\" escape',
    "A\ttab",
    " ```\ncode",
    "- One\n  > Quoted",
)


def _faults(text: str) -> list[str]:
    faults, fenced, lines = Faults("x.md"), False, []
    for number, line in enumerate(text.split("\n"), 1):
        fence = line == "```"
        lines.append(Line(number, line, fenced or fence))
        fenced ^= fence
    prose.check_prose(lines, faults)
    return [fault.message for fault in faults.found]


@pytest.mark.parametrize("text", SOUND)
def test_ordinary_prose_is_no_fault(text: str) -> None:
    assert _faults(text) == []


@pytest.mark.parametrize("text", FAULTY)
def test_what_two_renderers_read_differently_is_a_fault(text: str) -> None:
    assert _faults(text)


def test_a_line_without_a_suspicious_character_has_no_near_miss() -> None:
    chance = random.Random(3)
    for _ in range(20_000):
        text = "".join(chance.choice("ab .,-*+_=#<>[]()!~\\\t@/:01`x|^w") for _ in range(chance.randint(1, 9)))
        if not prose._SUSPICIOUS.search(text):
            assert not any(pattern.search(text) for pattern, _ in prose._NEAR_MISSES), text
