"""What the pages of a module send: an answer to a question, a line of a dialogue. Plain values out of form fields."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from trainer.curriculum.rules import Question, QuestionKind
from trainer.learning.marking import chosen_positions, ordered_positions
from trainer.learning.services import Line

OPTION, PLACE = "option", "place-"
Sent = MultiDict[str, str]


def answer_in(sent: Sent, question: Question) -> tuple[list[int], int]:
    """Return the answer as positions that the course has written, and the number that this try takes itself to have.

    Raises NotValid for an order with a step left out, NotNow for options of another wording.
    """
    if question.kind is QuestionKind.RECALL:
        positions: list[int] = []
    elif question.kind is QuestionKind.ORDER:
        positions = ordered_positions(question, places_in(sent))
    else:
        positions = chosen_positions(question, sent.getlist(OPTION))
    return positions, number_in(sent, "number")


def places_in(sent: Sent) -> dict[str, str]:
    """Return the place that was given to each step of an order, by its token."""
    return {name.removeprefix(PLACE): sent[name] for name in sent if name.startswith(PLACE)}


def line_in(sent: Sent) -> Line:
    """Return the line said in a dialogue."""
    return Line(number_in(sent, "walk"), number_in(sent, "position"), sent.get("choice", ""))


def number_in(sent: Sent, name: str) -> int:
    """Return a small number of a form; 0 for anything else."""
    text = sent.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def path_in(text: str) -> list[int]:
    """Return the choices of a walk that is not kept, out of an address: "0.2.1"; what is no number ends nowhere."""
    return [
        int(step) if step.isascii() and step.isdigit() and len(step) < 3 else -1 for step in text.split(".") if step
    ]
