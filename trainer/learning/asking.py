"""A question as a page shows it: its options shuffled, what is said after an answer, an earlier wording. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from trainer.curriculum.rules import Option, Question, QuestionKind
from trainer.learning.marking import is_right
from trainer.learning.wording import asked_text, chosen_texts, token_of

Shuffle = Callable[[Sequence[int]], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Offer:
    """An option as a page shows it: its token, and the place that the reader last gave it in an order (0: none)."""

    token: str
    option: Option
    place: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """An option with what is said of it after an answer; `place` is where the reader put it in an order, from 1."""

    option: Option
    chosen: bool
    belongs: bool
    place: int = 0


@dataclass(frozen=True, slots=True)
class Try:
    """A try as it was kept: which it was, what was answered in which wording, and that wording's text."""

    number: int
    positions: Sequence[int]
    wording: str
    source: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an answer to a question was none, with the places that were given to the steps of an order, by token."""

    question: str
    sentence: str
    places: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a quiz is laid out this time.

    `right` are the questions that were ever right, `fault` what was wrong with the answer just sent, `again` the id of
    a question to be asked as if it were new.
    """

    shuffle: Shuffle
    right: frozenset[str] = frozenset()
    fault: Fault | None = None
    again: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a page shows it.

    `number` is the number that the next try will have. `told` and `verdict` are empty until it was answered in today's
    wording; `was_asked` and `was_answered` are filled when the latest answer was to another wording. `open` says that
    an answer can be given.
    """

    question: Question
    number: int
    ever_right: bool
    open: bool
    offers: Sequence[Offer]
    told: Sequence[Told] = ()
    verdict: str = ""
    right: bool = False
    was_asked: str = ""
    was_answered: Sequence[str] = ()
    fault: str = ""


def ask(question: Question, latest: Try | None, sheet: Sheet) -> Asked:
    """Return a question as it is shown to somebody whose latest try at it is `latest`."""
    ever_right = question.id in sheet.right
    fault = sheet.fault if sheet.fault and sheet.fault.question == question.id else None
    if latest is None or latest.wording != question.wording or fault or sheet.again == question.id:
        return _afresh(question, latest, sheet.shuffle, ever_right, fault)
    right = is_right(question, latest.positions)
    order = page_order(question, latest.positions, sheet.shuffle)
    return Asked(
        question=question,
        number=latest.number + 1,
        ever_right=ever_right,
        open=not right,
        offers=() if right else offers(question, order, latest.positions),
        told=told(question, latest.positions),
        verdict=verdict(question, latest.positions),
        right=right,
    )


def show(question: Question) -> Asked:
    """Return a question with all its feedback, for who only looks at the course."""
    everything = [Told(option, False, option.right, place) for place, option in enumerate(question.options, start=1)]
    return Asked(question, 1, ever_right=False, open=False, offers=(), told=everything)


def _afresh(question: Question, latest: Try | None, shuffle: Shuffle, ever_right: bool, fault: Fault | None) -> Asked:
    """Return a question without feedback: nobody answered it in this wording, or the answer was none."""
    shown = offers(question, shuffle(range(len(question.options))))
    if fault:
        shown = [Offer(one.token, one.option, _place(fault.places.get(one.token, ""))) for one in shown]
    earlier = latest if latest and latest.wording != question.wording else None
    return Asked(
        question=question,
        number=latest.number + 1 if latest else 1,
        ever_right=ever_right,
        open=True,
        offers=shown,
        was_asked=asked_text(earlier.source) if earlier else "",
        was_answered=chosen_texts(earlier.source, earlier.positions) if earlier else (),
        fault=fault.sentence if fault else "",
    )


def _place(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0


def offers(question: Question, order: Iterable[int], answer: Sequence[int] = ()) -> list[Offer]:
    """Return the options in the order of a page; `answer` fills in the places of an earlier try."""
    places = {position: place for place, position in enumerate(answer, start=1)}
    ordered = question.kind is QuestionKind.ORDER
    return [
        Offer(
            token_of(question.wording, question.options[position].text),
            question.options[position],
            places.get(position, 0) if ordered else 0,
        )
        for position in order
    ]


def page_order(question: Question, answer: Sequence[int], shuffle: Shuffle) -> Sequence[int]:
    """Return the positions as a page shows them: an order as the reader last put it, anything else afresh."""
    everything = range(len(question.options))
    if question.kind is QuestionKind.ORDER and sorted(answer) == list(everything):
        return answer
    return shuffle(everything)


def told(question: Question, answer: Sequence[int]) -> list[Told]:
    """Return what is said of the options: those chosen first; the others, too, once the answer is right.

    A wrong answer leaves the others for the next try. An order comes as the reader put it.
    """
    if question.kind is QuestionKind.ORDER:
        return [
            Told(question.options[position], True, position == place, place + 1)
            for place, position in enumerate(answer)
        ]
    chosen = [Told(question.options[position], True, question.options[position].right) for position in answer]
    if not is_right(question, answer):
        return sorted(chosen, key=lambda one: one.belongs)
    rest = [option for position, option in enumerate(question.options) if position not in answer]
    return chosen + [Told(option, False, option.right) for option in rest]


def verdict(question: Question, answer: Sequence[int]) -> str:
    """Return the sentence that heads the feedback."""
    if question.kind is QuestionKind.RECALL:
        return "Compared."
    if is_right(question, answer):
        return "Right."
    if question.kind is QuestionKind.ORDER:
        placed = sum(position == place for place, position in enumerate(answer))
        return f"Not yet: {placed} of {len(answer)} steps are in place."
    if question.kind is QuestionKind.SINGLE:
        return "Not this one."
    return _several(question, answer)


def _several(question: Question, answer: Sequence[int]) -> str:
    wrong = sum(not question.options[position].right for position in answer)
    if not wrong:
        return "Not yet: what you chose belongs here, and something is still missing."
    return f"Not yet: {wrong} of the {len(answer)} you chose {'does' if wrong == 1 else 'do'} not belong here."
