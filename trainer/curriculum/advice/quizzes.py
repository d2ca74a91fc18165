"""What gives an answer away or makes a question unfair, question by question."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trainer.curriculum.advice.findings import Finding, Rule, chosen_from, listed, matching, option_lines, parts_of
from trainer.curriculum.advice.runs import words_of
from trainer.curriculum.faults import Fault
from trainer.curriculum.modules import Draft
from trainer.curriculum.render import plain, words_in
from trainer.curriculum.rules import PartKind, Question, QuestionKind

FEWEST_QUESTIONS, MOST_QUESTIONS = 6, 10
FEWEST_OPTIONS = 3
FEEDBACK_WORDS = 60
_CATCH_ALL = re.compile(
    r"\b(?:all|any|both|either|neither|none|some|each|most) of (?:the )?(?:above|below|other (?:answers|options))\b"
    r"|^(?:all|any|both|neither|none|each) of (?:these|them)\W*$",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"(?:- \[[ x]\]|\d+\.) |>")
_QUOTED = re.compile(r'"[^"“”]*"|“[^"“”]*”')
_EMPHASISED = re.compile(r"\*[^*]+\*")
_SENTENCE = re.compile(r"[^.?!:\s][^.?!:]*[.?!:]")
# A question asks from its question word on; an instruction asks as a whole.
_ASKING = re.compile(
    r"\b(?:which|what|who|whom|whose|where|when|how)\b.*\?|^\s*(?:choose|pick|tick|select|mark|find)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_NEGATION = re.compile(
    r"\b(?:not|never|except|least|none|nobody|cannot|no(?! (?:further|more|longer|doubt|matter)))\b|\b\w+n['’]t\b",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"(?<!^)\b(?:if|when|because|while|after|before|who|that|since|so|although|once)\b", re.IGNORECASE
)


def check_quiz(draft: Draft) -> Iterator[Finding]:
    """Yield a finding when the module's questions are too few or too many, or a type of question is missing."""
    questions, quizzes = draft.module.questions, parts_of(draft, PartKind.QUIZ)
    line = quizzes[0].line if quizzes else 1
    if not FEWEST_QUESTIONS <= len(questions) <= MOST_QUESTIONS:
        message = f"this module has {len(questions)} questions; write {FEWEST_QUESTIONS} to {MOST_QUESTIONS}."
        yield Finding(Rule.QUIZ_SIZE, Fault(draft.file, line, message))
    missing = [f"`{kind}`" for kind in QuestionKind if kind not in {question.kind for question in questions}]
    if missing:
        message = f"this module has no {listed(missing, 'or')} question; ask at least one of each type."
        yield Finding(Rule.QUIZ_TYPES, Fault(draft.file, line, message))


def check_options(draft: Draft) -> Iterator[Finding]:
    """Yield questions with too few options, two that read the same, or one that sums up the others."""
    for question in chosen_from(draft):
        if len(question.options) < FEWEST_OPTIONS:
            message = f"this question has {len(question.options)} options; write at least {FEWEST_OPTIONS}."
            yield Finding(Rule.FEW_OPTIONS, Fault(draft.file, question.line, message))
        yield from _alike(draft.file, question)
        for line, option in zip(option_lines(question), question.options, strict=False):
            if _CATCH_ALL.search(option.text):
                message = "an option stands for itself; name what is right instead of summing up the others."
                yield Finding(Rule.CATCH_ALL, Fault(draft.file, line, message), option.text)


def _alike(file: str, question: Question) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for line, option in zip(option_lines(question), question.options, strict=False):
        text = " ".join(words_of(option.text))
        if text in seen:
            message = f"this option says the same as the one on line {seen[text]}; write another."
            yield Finding(Rule.OPTIONS_ALIKE, Fault(file, line, message), option.text)
        seen.setdefault(text, line)


def check_feedback(draft: Draft) -> Iterator[Finding]:
    """Yield feedback that is longer than anybody reads."""
    for question in draft.module.questions:
        for line, feedback in _feedbacks(question):
            words = words_in([plain(feedback)])
            if words > FEEDBACK_WORDS:
                message = f"this feedback has {words} words; write at most {FEEDBACK_WORDS}."
                yield Finding(Rule.LONG_FEEDBACK, Fault(draft.file, line, message))


def _feedbacks(question: Question) -> Iterator[tuple[int, str]]:
    """Yield every feedback of a question with the line where it stands, or where its option does."""
    quoted = next((line for line, _ in matching(question.source, question.line, ">")), question.line)
    yield quoted, question.feedback_html
    for line, option in zip(option_lines(question), question.options, strict=False):
        yield line, option.feedback_html


def check_stems(draft: Draft) -> Iterator[Finding]:
    """Yield questions that turn on a small word which a quick reader misses."""
    for question in draft.module.questions:
        first, text = _stem(question)
        for asked in _SENTENCE.finditer(_QUOTED.sub(_as_long, text)):
            negation = _NEGATION.search(_main_clause(asked[0]))
            if negation:
                line = first + text.count("\n", 0, asked.start())
                message = f"this question turns on `{negation[0]}`; ask what is so, or set it apart: `*{negation[0]}*`."
                yield Finding(Rule.NEGATIVE_STEM, Fault(draft.file, line, message), " ".join(asked[0].split()))


def _stem(question: Question) -> tuple[int, str]:
    """Return what stands between the comment below the heading and the answers, and its first line."""
    lines = question.source.split("\n")[2:]
    end = next((index for index, line in enumerate(lines) if _ANSWER.match(line)), len(lines))
    return question.line + 2, "\n".join(lines[:end])


def _main_clause(sentence: str) -> str:
    """Return what a sentence asks, without emphasised words and without what follows an "if" or the like."""
    asked = _ASKING.search(_EMPHASISED.sub("", sentence))
    return _SUBORDINATE.split(asked[0])[0] if asked else ""


def _as_long(mark: re.Match[str]) -> str:
    return re.sub(r"[^\n]", "_", mark[0])
