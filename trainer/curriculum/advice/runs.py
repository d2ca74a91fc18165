"""Runs of eight words that stand twice: in two files, or twice in the reading of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from trainer.curriculum.advice.blocks import Block, blocks_of, reading_of
from trainer.curriculum.advice.findings import Finding, Rule, Study
from trainer.curriculum.faults import Fault

LENGTH = 8
_SHOWN = 16
_SPOKEN = re.compile(r"\*\*[^*]+:\*\*")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of a block or of a cell, with the line of each.

    `reading` says that it is a module's reading, `spoken` that it is a line of a conversation: in a worked example the
    poor and the better version may have the same words.
    """

    file: str
    reading: bool
    spoken: bool
    words: tuple[str, ...]
    lines: tuple[int, ...]

    @property
    def kind(self) -> tuple[str, bool, bool]:
        """What decides with which other passages it may share words."""
        return self.file, self.reading, self.spoken

    def may_share_with(self, other: Passage) -> bool:
        """Whether the same words may stand in both."""
        return self.file == other.file and not (self.reading and other.reading and not (self.spoken and other.spoken))


@dataclass(slots=True)
class _Seen:
    """Where each run of words stood first, once for each kind of passage."""

    places: dict[tuple[str, ...], list[tuple[Passage, int]]] = field(default_factory=dict)

    def earlier(self, passage: Passage, start: int) -> tuple[Passage, int] | None:
        """Return where the run that starts here stood before, if it may not stand twice."""
        found = self.places.get(passage.words[start : start + LENGTH], [])
        return next((place for place in found if not passage.may_share_with(place[0])), None)

    def add(self, passage: Passage) -> None:
        """Remember the runs of a passage."""
        for start in range(len(passage.words) - LENGTH + 1):
            places = self.places.setdefault(passage.words[start : start + LENGTH], [])
            if not any(passage.kind == place.kind for place, _ in places):
                places.append((passage, start))


def check_runs(study: Study) -> Iterator[Finding]:
    """Yield every run of eight words or more that stood before, at its full length."""
    seen = _Seen()
    for passage in passages_of(study):
        start = 0
        while start <= len(passage.words) - LENGTH:
            earlier = seen.earlier(passage, start)
            length = _length(passage, start, *earlier) if earlier else 1
            if earlier:
                yield _finding(passage, start, length, *earlier)
            start += length
        seen.add(passage)


def _length(passage: Passage, start: int, other: Passage, there: int) -> int:
    words, others = passage.words[start:], other.words[there:]
    same = zip(words, others, strict=False)
    return next((count for count, (one, two) in enumerate(same) if one != two), min(len(words), len(others)))


def _finding(passage: Passage, start: int, length: int, other: Passage, there: int) -> Finding:
    before, words, after = (
        passage.words[:start],
        passage.words[start : start + length],
        passage.words[start + length :],
    )
    shown = " ".join(words[:_SHOWN]) + (" ..." if length > _SHOWN else "")
    place = f"on line {other.lines[there]}" if other.file == passage.file else f"in {other.file}:{other.lines[there]}"
    message = f'"{shown}" stands {place} too; say it in other words.'
    fault = Fault(passage.file, passage.lines[start], message)
    return Finding(Rule.SHARED_WORDS, fault, " ".join(words), " ".join(before), " ".join(after))


def passages_of(study: Study) -> Iterator[Passage]:
    """Yield the passages of every module, guide and page."""
    for draft in study.modules:
        reading = {block.line for block in blocks_of(reading_of(draft))}
        for block in blocks_of(draft.texts):
            yield from _passages(draft.file, block, block.line in reading)
    for one in study.handbook:
        for block in blocks_of(one.texts):
            yield from _passages(one.file, block, False)


def _passages(file: str, block: Block, reading: bool) -> Iterator[Passage]:
    """Yield a block as one passage, a row of a table as one for each cell."""
    lines = block.pieces()
    if lines[0].startswith("|"):
        for cell in lines[0].split("|"):
            yield _passage(file, reading, block.line, [cell.strip()])
    else:
        yield _passage(file, reading, block.line, lines)


def _passage(file: str, reading: bool, first: int, lines: list[str]) -> Passage:
    words = [(word, number) for number, line in enumerate(lines, first) for word in words_of(line)]
    spoken = _SPOKEN.match(lines[0]) is not None
    return Passage(file, reading, spoken, tuple(word for word, _ in words), tuple(line for _, line in words))


@lru_cache(maxsize=16384)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case, without apostrophes and punctuation.

    Remembered, as most lines are the same when a course is checked again.
    """
    return tuple(word.replace("'", "").replace("’", "") for word in _WORD.findall(text.lower()))
