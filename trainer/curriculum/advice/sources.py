"""Marks of sources: what the text names is in the front matter and the other way round, and facts have one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from trainer.curriculum.advice.blocks import Block, blocks_of, reading_of
from trainer.curriculum.advice.findings import Finding, Rule, Study
from trainer.curriculum.faults import Fault

BACKGROUND = "Background: "
_KEY_END = re.compile(r"[,:(;]| and | & ")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_QUOTED = re.compile(r'"[^"“”]*"|“[^"“”]*”')
_MONTH = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b")
_NUMBER = r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten)"
_PEOPLE = (
    "people|persons|students|participants|adults|adolescents|children|teenagers|pupils|patients|clients|respondents|"
    "women|men|users|supporters|volunteers|undergraduates|studies|trials"
)
_STUDY = re.compile(r"\b(?:study|studies|surveys?|trials?|reviews?|research|experiments?|sample)\b", re.IGNORECASE)
_SHARE = re.compile(
    rf"\b{_NUMBER}(?: ?%| per ?cent\b)|\b{_NUMBER} (?:in|out of) (?:every )?(?!one\b){_NUMBER}\b"
    rf"|\b(?:half|third|thirds|quarter|quarters) of (?:all |the |these |those )?(?:{_PEOPLE})\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(rf"\b(\d[\d,]+) (?:[\w-]+ ){{0,3}}(?:{_PEOPLE})\b")
_MANY = 100  # below it, people are counted in ordinary sentences too
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_LAW = re.compile(
    r"\b(?:[A-Z][\w-]+ )+Act (?:1[89]|20)\d\d\b|\bGDPR\b|\bArticle \d+\b"
    r"|\b(?:an? (?:criminal )?offence|illegal|unlawful|against the law)\b|\b(?:protection|equality|criminal) law\b"
)


@dataclass(frozen=True, slots=True)
class Source:
    """An entry of the front matter: whom a mark names first, its years, and whether the text need not name it."""

    line: int
    key: str
    years: frozenset[str]
    background: bool

    def named_by(self, text: str) -> bool:
        """Whether a text has the key as a word of its own, or an institution's initials."""
        if not self.key:
            return False
        initials = "".join(word[0] for word in self.key.split() if word[0].isupper())
        names = [self.key, initials] if len(initials) > 2 else [self.key]
        return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in names)


@dataclass(frozen=True, slots=True)
class Text:
    """A file with sources: its front matter's entries, all its blocks, and those that state facts."""

    file: str
    sources: tuple[Source, ...]
    blocks: tuple[Block, ...]
    stating: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark in brackets, "Fox and others, 2022" or "2022", with the text of its block up to it."""

    line: int
    text: str
    before: str

    def means(self, source: Source) -> bool:
        """Whether it names a source: with its year, or by name alone where the source has no year."""
        year = _YEAR.search(self.text)
        named = source.named_by(self.before if year and year[0] == self.text else self.text)
        return named and (bool(source.years & set(_YEAR.findall(self.text))) if source.years else True)


def check_sources(study: Study) -> Iterator[Finding]:
    """Yield marks without a source, sources that no text names, and facts without a mark, file by file."""
    for text in texts_of(study):
        marks = [mark for block in text.blocks for mark in marks_of(block)]
        yield from _unknown(text, marks)
        yield from _unnamed(text, marks)
        yield from _unmarked(text)


def texts_of(study: Study) -> Iterator[Text]:
    """Yield every module, guide and page. In a module its reading states facts, elsewhere everything."""
    for draft in study.modules:
        sources = sources_of(draft.module.sources, draft.front_lines)
        yield Text(draft.file, sources, tuple(blocks_of(draft.texts)), tuple(blocks_of(reading_of(draft))))
    for one in study.handbook:
        blocks = tuple(blocks_of(one.texts))
        yield Text(one.file, sources_of(one.content.sources, one.lines), blocks, blocks)


def sources_of(entries: Sequence[str], lines: Mapping[str, int]) -> tuple[Source, ...]:
    """Return the sources of a front matter, one entry a line."""
    return tuple(_source(entry, line) for line, entry in enumerate(entries, lines.get("sources", 1)))


def _source(entry: str, line: int) -> Source:
    text = entry.removeprefix(BACKGROUND)
    return Source(line, _KEY_END.split(text)[0].strip(), frozenset(_YEAR.findall(text)), text != entry)


def marks_of(block: Block) -> Iterator[Mark]:
    """Yield what brackets hold that names a source; several stand between semicolons."""
    text = block.text
    for brackets in _BRACKETS.finditer(text):
        line = block.line + text.count("\n", 0, brackets.start())
        for piece in brackets[1].split(";"):
            said = " ".join(piece.split())
            if _YEAR.fullmatch(said) or (said[:1].isupper() and not _MONTH.match(said)):
                yield Mark(line, said, text[: brackets.start()])


def _unknown(text: Text, marks: Sequence[Mark]) -> Iterator[Finding]:
    for mark in marks:
        if _YEAR.search(mark.text) and not any(mark.means(source) for source in text.sources):
            message = f'no source in the front matter is "{mark.text}"; add it there, or correct name and year here.'
            yield Finding(Rule.UNKNOWN_SOURCE, Fault(text.file, mark.line, message), mark.text)


def _unnamed(text: Text, marks: Sequence[Mark]) -> Iterator[Finding]:
    body = "\n".join(block.text for block in text.blocks)
    for source in text.sources:
        named = any(mark.means(source) for mark in marks) or (not source.years and source.named_by(body))
        if not named and not source.background:
            message = f"nothing in the text names this source; name it where it is used, or begin it `{BACKGROUND}`."
            yield Finding(Rule.UNNAMED_SOURCE, Fault(text.file, source.line, message), source.key)


def _unmarked(text: Text) -> Iterator[Finding]:
    """Yield the facts of blocks without any mark; what stands in quotation marks is somebody's."""
    for block in text.stating:
        if block.quotation or _marked(block, text.sources):
            continue
        said = _QUOTED.sub(_as_long, block.text)
        for start, sentence in _sentences(said):
            fact = _fact(sentence)
            if fact:
                line = block.line + said.count("\n", 0, start + sentence.index(fact))
                told = " ".join(fact.split())
                message = f'"{told}" needs its source in this paragraph: "(Name and others, 2022)".'
                yield Finding(Rule.UNSOURCED_FACT, Fault(text.file, line, message), told)


def _marked(block: Block, sources: Sequence[Source]) -> bool:
    marks = list(marks_of(block))
    return any(
        any(mark.means(source) for mark in marks) or (not source.years and source.named_by(block.text))
        for source in sources
    )


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for end in (*(mark.end() for mark in _SENTENCE_END.finditer(text)), len(text)):
        yield start, text[start:end]
        start = end


@lru_cache(maxsize=16384)
def _fact(sentence: str) -> str:
    """Return the first thing in a sentence that needs a source, "" if there is none."""
    flat = re.sub(r"\s", " ", sentence)
    counted = _COUNTED.search(flat)
    if counted and int(counted[1].replace(",", "")) < _MANY and not _STUDY.search(flat):
        counted = None
    fact = _SHARE.search(flat) or _LAW.search(flat) or counted
    return sentence[fact.start() : fact.end()] if fact else ""


def _as_long(mark: re.Match[str]) -> str:
    return re.sub(r"[^\n]", "_", mark[0])
