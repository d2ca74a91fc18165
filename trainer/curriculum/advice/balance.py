"""What only shows over a whole course: that the right answers cannot be told by length, place or a sweeping word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from math import sqrt

from trainer.curriculum.advice.findings import Finding, Rule, Study, chosen_from, listed
from trainer.curriculum.faults import Fault
from trainer.curriculum.programmes import ProgrammeDraft
from trainer.curriculum.rules import Option, Question, QuestionKind

TOLERANCE = 2  # standard errors
ABSOLUTE = (
    *("all", "always", "anyone", "anything", "completely", "ever", "every", "everybody", "everyone", "everything"),
    *("must", "never", "nobody", "none", "nothing", "only", "totally", "whatever", "whoever"),
)
_ABSOLUTE = re.compile(rf"\b(?:{'|'.join(ABSOLUTE)}|no one)\b", re.IGNORECASE)


def check_balance(study: Study) -> Iterator[Finding]:
    """Yield, once for each programme, how its right answers stand out from the others."""
    for programme in study.programmes if study.whole else ():
        questions = [question for draft in study.modules_of(programme) for question in chosen_from(draft)]
        singles = [question for question in questions if question.kind is QuestionKind.SINGLE]
        options = [option for question in questions for option in question.options]
        for rule, message in (
            *((Rule.LONGEST_RIGHT, message) for message in _longest(singles)),
            *((Rule.KEY_POSITIONS, message) for message in _positions(singles)),
            *((Rule.ABSOLUTE_WORDS, message) for message in _absolute(options)),
        ):
            yield Finding(rule, Fault(programme.file, _line(programme), message))


def _line(programme: ProgrammeDraft) -> int:
    return min(line for (kind, *_), line in programme.lines.items() if kind == "topic")


def beyond_chance(count: int, chances: Sequence[float]) -> float:
    """Return by how many standard errors a count differs from the sum of independent chances; 0 without chances."""
    error = sqrt(sum(chance * (1 - chance) for chance in chances))
    return (count - sum(chances)) / error if error else 0.0


def _longest(singles: Sequence[Question]) -> Iterator[str]:
    count = sum(_right_is_longest(question.options) for question in singles)
    chances = [1 / len(question.options) for question in singles if question.options]
    if beyond_chance(count, chances) > TOLERANCE:
        yield (
            f"the right option is the longest in {count} of {len(singles)} `single` questions, by chance it would be "
            f"{round(sum(chances))}; shorten right options or lengthen wrong ones."
        )


def _right_is_longest(options: Sequence[Option]) -> bool:
    right = max((len(option.text) for option in options if option.right), default=0)
    return right > max((len(option.text) for option in options if not option.right), default=right)


def _positions(singles: Sequence[Question]) -> Iterator[str]:
    counts = Counter(index for question in singles for index, option in enumerate(question.options) if option.right)
    most = max((len(question.options) for question in singles), default=0)
    uneven = []
    for index in range(most):
        chances = [1 / len(question.options) for question in singles if len(question.options) > index]
        if abs(beyond_chance(counts[index], chances)) > TOLERANCE:
            uneven.append(f"position {index + 1} instead of {round(sum(chances))}")
    if uneven:
        told = listed([str(counts[index]) for index in range(most)])
        yield f"right options stand {told} times in positions 1 to {most}; move some to or from {listed(uneven)}."


def _absolute(options: Sequence[Option]) -> Iterator[str]:
    """Tell absolute words as a whole and one by one, a single one only if all its options are right or all wrong."""
    share = sum(option.right for option in options) / len(options) if options else 0
    used = [(option.right, words) for option in options if (words := _words(option))]
    found = {word: [right for right, words in used if word in words] for word in (*ABSOLUTE, "no one")}
    any_word = [right for right, _ in used]
    told = [f"`{word}` {_split(rights)}" for word, rights in found.items() if _one_sided(rights, share)]
    if abs(beyond_chance(sum(any_word), [share] * len(any_word))) > TOLERANCE:
        told.append(f"all such words {_split(any_word)}")
    if told:
        yield f"absolute words give answers away ({'; '.join(told)}); use them in right and wrong options alike."


def _words(option: Option) -> set[str]:
    return {mark[0].lower() for mark in _ABSOLUTE.finditer(option.text)}


def _one_sided(rights: Sequence[bool], share: float) -> bool:
    return len(set(rights)) == 1 and abs(beyond_chance(sum(rights), [share] * len(rights))) > TOLERANCE


def _split(rights: Sequence[bool]) -> str:
    return f"in {sum(rights)} right and {len(rights) - sum(rights)} wrong options"
