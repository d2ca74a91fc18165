"""The reading age of a module's reading, by the SMOG formula, which is made for texts that must be understood whole."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from trainer.curriculum.advice.findings import Finding, Rule, listed, parts_of
from trainer.curriculum.faults import Fault
from trainer.curriculum.modules import Draft
from trainer.curriculum.rules import PartKind

OLDEST = 14
TOLERANCE = 0.5  # years: an age is rounded to whole ones
_AGE_AT_GRADE_0 = 5  # a school grade of the United States, as formulas give it, begins at this age more
_HEADING = re.compile(r"<h\d.*?</h\d>", re.DOTALL)
_BLOCK = re.compile(r"</?(?:p|li|ul|ol|t[dhr]|table|thead|tbody|blockquote|pre|div|figure|figcaption)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+")


def check_age(draft: Draft) -> Iterator[Finding]:
    """Yield a finding when a module reads harder than for readers of fourteen; easier is no fault."""
    parts = parts_of(draft, PartKind.READING)
    found = sentences([part.html for part in parts])
    age = reading_age(found)
    if age > OLDEST + TOLERANCE:
        often = listed([f"`{word}` ({count} times)" for word, count in _long_words(found)])
        message = (
            f"the reading has a reading age of {age:.1f} (SMOG), aim at 12 to {OLDEST}: write shorter sentences, or "
            f"find other words for {often}."
        )
        yield Finding(Rule.READING_AGE, Fault(draft.file, parts[0].line, message))


def reading_age(found: Sequence[str]) -> float:
    """Return the age at which all of these sentences are understood; 0 if they are too few to tell."""
    from docassemble_textstat import textstat

    grade: float = textstat.smog_index(" ".join(found))
    return grade + _AGE_AT_GRADE_0 if grade else 0.0


def sentences(markup: Sequence[str]) -> list[str]:
    """Return the sentences of HTML without headings; an item of a list and a cell of a table end one.

    Each begins with a capital and ends with a full stop, since the library tells sentences by that.
    """
    pieces = [piece for one in markup for piece in _BLOCK.split(_HEADING.sub("", one))]
    texts = [" ".join(html.unescape(_TAG.sub("", piece)).split()) for piece in pieces]
    bare = [re.sub(r"^\W+|\W+$", "", sentence) for text in texts for sentence in _SENTENCE_END.split(text)]
    return [f"{sentence[0].upper()}{sentence[1:]}." for sentence in bare if sentence]


def _long_words(found: Sequence[str]) -> list[tuple[str, int]]:
    from docassemble_textstat import textstat

    words = re.findall(r"[a-z]+", " ".join(found).lower())
    return Counter(word for word in words if textstat.syllable_count(word) >= 3).most_common(3)
