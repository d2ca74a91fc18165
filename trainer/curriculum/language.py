"""Words that a course does not use, and statements of confidentiality that promise too much."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from trainer.curriculum.contacts import Signposting
from trainer.curriculum.faults import Faults
from trainer.curriculum.items import Mention

_MARKERS = re.compile(r"^[ >]*(?:- (?:\[[ x]\] )?|\d+\. )?", re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_QUOTED = re.compile(r'"[^"“”]*?"|“[^"“”]*?”', re.DOTALL)
_PARAGRAPH = re.compile(r"\n[ ]*\n")


def check_words(text: str, first_line: int, avoid: Mapping[str, str], faults: Faults) -> None:
    """Note every phrase to avoid. Words in quotation marks are someone's, not ours, and pass.

    `text` begins on `first_line` of the file; `avoid` has what to say instead. A phrase is found across line ends.
    """
    ours = _QUOTED.sub(_blank_within_paragraph, _COMMENT.sub(_blank, _MARKERS.sub(_blank, text)))
    _find(ours, first_line, avoid, faults)


def check_models(models: Iterable[Mention], avoid: Mapping[str, str], faults: Faults) -> None:
    """Note phrases to avoid in the quotation marks of what we recommend saying; outside them `check_words` looks."""
    for model in models:
        _find(" ... ".join(_QUOTED.findall(model.text)), model.line, avoid, faults)


def _blank(mark: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", mark[0])


def _blank_within_paragraph(mark: re.Match[str]) -> str:
    return mark[0] if _PARAGRAPH.search(mark[0]) else _blank(mark)


def _find(text: str, first_line: int, avoid: Mapping[str, str], faults: Faults) -> None:
    flat = text.lower()
    likely = tuple(phrase for phrase, words in _words(tuple(avoid)) if all(word in flat for word in words))
    if not likely:
        return
    for mark in _pattern(likely).finditer(text):
        found = " ".join(mark[0].lower().split())
        phrase = next(phrase for phrase in likely if phrase.lower() == found)
        line = first_line + text.count("\n", 0, mark.start())
        faults.add(line, f'do not write "{phrase}"; {avoid[phrase]}')


@lru_cache(maxsize=16)
def _words(phrases: tuple[str, ...]) -> tuple[tuple[str, list[str]], ...]:
    return tuple((phrase, phrase.lower().split()) for phrase in phrases)


@lru_cache(maxsize=64)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for any of the phrases, the longest first."""
    ordered = sorted(phrases, key=len, reverse=True)
    any_phrase = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in ordered)
    return re.compile(rf"(?<!\w)(?:{any_phrase})(?!\w)", re.IGNORECASE)


def check_statements(
    models: Sequence[Mention], quoted: Sequence[Mention], signposting: Signposting, faults: Faults
) -> None:
    """Note statements of confidentiality that leave out a row of the escalation table.

    `models` is what a course recommends saying (right options, recalled answers, choices that lead on); one that
    promises privacy is a statement. A quotation in reading is one when it promises privacy and names a limit, since a
    poor example does neither or only the first.
    """
    statements = [model for model in models if signposting.statement.promises(model.text)]
    statements += [
        one
        for one in quoted
        if signposting.statement.promises(one.text) and signposting.statement.limits_itself(one.text)
    ]
    for one in statements:
        for row in signposting.rows_left_out(one.text):
            words = " or ".join(f'"{word}"' for word in row.statement)
            message = f'this statement of confidentiality leaves out the row "{row.when}": it says none of {words}.'
            faults.add(one.line, message)
