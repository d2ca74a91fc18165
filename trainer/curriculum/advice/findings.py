"""What a rule of the advice looks at, and what it finds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from trainer.curriculum.faults import Fault
from trainer.curriculum.guides import HandbookDraft
from trainer.curriculum.modules import Draft
from trainer.curriculum.programmes import ProgrammeDraft
from trainer.curriculum.rules import Part, PartKind, Question, QuestionKind

CHOSEN = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)


class Rule(StrEnum):
    """The rules by name, as an exception names them."""

    READING_AGE = "reading-age"
    PRACTICE_TIME = "practice-time"
    QUIZ_SIZE = "quiz-size"
    QUIZ_TYPES = "quiz-types"
    FEW_OPTIONS = "few-options"
    OPTIONS_ALIKE = "options-alike"
    CATCH_ALL = "catch-all"
    LONG_FEEDBACK = "long-feedback"
    NEGATIVE_STEM = "negative-stem"
    LONGEST_RIGHT = "longest-right"
    KEY_POSITIONS = "key-positions"
    ABSOLUTE_WORDS = "absolute-words"
    DIALOGUE_SHAPE = "dialogue-shape"
    UNKNOWN_SOURCE = "unknown-source"
    UNNAMED_SOURCE = "unnamed-source"
    UNSOURCED_FACT = "unsourced-fact"
    SHARED_WORDS = "shared-words"


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """A fault with the name of its rule, and the words it is about where an exception can name them.

    `before` and `after` are the words of the same block around these.
    """

    rule: Rule
    fault: Fault
    phrase: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Study:
    """The files whose structure is sound; `whole` says that these are all, so that counts over a course mean something.

    `modules` are in the default language: formulas and words are English, and a translation has the same structure.
    """

    modules: tuple[Draft, ...]
    handbook: tuple[HandbookDraft, ...]
    programmes: tuple[ProgrammeDraft, ...]
    whole: bool

    def modules_of(self, programme: ProgrammeDraft) -> tuple[Draft, ...]:
        """Return the modules of a programme's topics."""
        slugs = {topic.slug for topic in programme.programme.topics}
        return tuple(draft for draft in self.modules if draft.module.slug in slugs)


def parts_of(draft: Draft, kind: PartKind) -> tuple[Part, ...]:
    """Return the parts of a kind, in order."""
    return tuple(part for part in draft.module.parts if part.kind is kind)


def chosen_from(draft: Draft) -> tuple[Question, ...]:
    """Return the questions with options to choose from."""
    return tuple(question for question in draft.module.questions if question.kind in CHOSEN)


def option_lines(question: Question) -> tuple[int, ...]:
    """Return the line of each option of a question to choose from."""
    return tuple(line for line, _ in matching(question.source, question.line, r"- \[[ x]\] "))


def matching(source: str, first: int, pattern: str) -> Iterator[tuple[int, str]]:
    """Yield number and text of the lines of a source that begin like the pattern; the source stands on line `first`."""
    for number, text in enumerate(source.split("\n"), first):
        if re.match(pattern, text):
            yield number, text


def listed(items: Sequence[str], word: str = "and") -> str:
    """Return "a, b and c"."""
    return " ".join([", ".join(items[:-1]), word, items[-1]]) if len(items) > 1 else "".join(items)
