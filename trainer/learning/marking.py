"""What a form says about an answer, and whether it is right: pure functions over a question.

An option is named on a page by a token of its wording, so that neither the place where it stands nor the value that
a form sends gives its place in the course away; an answer is kept as the positions that the course has written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from trainer.curriculum.rules import Question, QuestionKind
from trainer.learning.wording import token_of
from trainer.refusal import NotNow, NotValid

REWORDED = "This question was reworded while you had it open. Here it is as it stands now."


def chosen_positions(question: Question, tokens: Iterable[str]) -> list[int]:
    """Return the positions of ticked options, ascending. Raises NotNow for a token of another wording."""
    return sorted(set(_positions(question, tokens)))


def ordered_positions(question: Question, places: Mapping[str, str]) -> list[int]:
    """Return the positions in the order that the reader gave, from the place sent for each token.

    Raises NotValid unless every place from 1 to the number of steps is given once.
    """
    given = list(zip(_positions(question, places), places.values(), strict=True))
    wanted = [str(place) for place in range(1, len(question.options) + 1)]
    if sorted(place for _, place in given) != sorted(wanted):
        raise NotValid("places", "Give every step a place, and no two steps the same one.")
    return [position for position, _ in sorted(given, key=lambda pair: int(pair[1]))]


def _positions(question: Question, tokens: Iterable[str]) -> list[int]:
    known = {token_of(question.wording, option.text): position for position, option in enumerate(question.options)}
    try:
        return [known[token] for token in tokens]
    except KeyError:
        raise NotNow("reworded", REWORDED) from None


def refuse_incomplete(question: Question, answer: Sequence[int]) -> None:
    """Raise NotValid when an answer is none: nothing ticked, more than one of a single question."""
    if question.kind is QuestionKind.SINGLE and len(answer) != 1:
        raise NotValid("choose-one", "Choose one answer first.")
    if question.kind is QuestionKind.MULTIPLE and not answer:
        raise NotValid("choose-some", "Choose at least one answer first.")


def is_right(question: Question, answer: Sequence[int]) -> bool:
    """Whether an answer, in positions as written, is right. What a reader compares for themselves counts as done."""
    if question.kind is QuestionKind.RECALL:
        return True
    if question.kind is QuestionKind.ORDER:
        return list(answer) == list(range(len(question.options)))
    return set(answer) == {position for position, option in enumerate(question.options) if option.right}
