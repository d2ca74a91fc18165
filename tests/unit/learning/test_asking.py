"""What a page shows of a question before and after an answer."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.learning.course import TEXT, question, read
from trainer.learning.asking import Asked, Fault, Sheet, Try, ask, show, told, verdict
from trainer.learning.wording import asked_text, chosen_texts

MODULE = read()
SINGLE, SEVERAL = question(MODULE, "in-fog"), question(MODULE, "what-to-log")
ORDER, RECALL = question(MODULE, "handing-over"), question(MODULE, "from-memory")


def backwards(positions: Sequence[int]) -> Sequence[int]:
    return list(reversed(positions))


SHEET = Sheet(backwards)


def after(positions: list[int], asked: str = "in-fog", number: int = 1) -> Asked:
    one = question(MODULE, asked)
    return ask(one, Try(number, positions, one.wording, one.source), SHEET)


def test_before_an_answer_nothing_is_told() -> None:
    asked = ask(SINGLE, None, SHEET)
    assert asked.open and not asked.told and not asked.verdict and asked.number == 1
    assert [offer.option for offer in asked.offers] == list(reversed(SINGLE.options))


def test_a_wrong_choice_is_told_what_it_overlooks_and_nothing_of_the_others() -> None:
    asked = after([0])
    assert asked.open and not asked.right and asked.number == 2
    assert [one.option for one in asked.told] == [SINGLE.options[0]]
    assert "Ring at once" in asked.told[0].option.feedback_html


def test_a_right_choice_comes_first_and_then_why_the_others_are_not() -> None:
    asked = after([1])
    assert asked.right and not asked.open and not asked.offers
    assert [one.option for one in asked.told] == [SINGLE.options[1], SINGLE.options[0], SINGLE.options[2]]
    assert [one.chosen for one in asked.told] == [True, False, False]


def test_of_several_choices_those_that_do_not_belong_are_told_first() -> None:
    assert [one.belongs for one in told(SEVERAL, [0, 2, 3])] == [False, False, True]
    assert verdict(SEVERAL, [0, 2, 3]) == "Not yet: 2 of the 3 you chose do not belong here."
    assert verdict(SEVERAL, [0, 2]) == "Not yet: 1 of the 2 you chose does not belong here."
    assert verdict(SEVERAL, [0]) == "Not yet: what you chose belongs here, and something is still missing."


def test_an_order_comes_back_as_the_reader_put_it_with_the_steps_that_are_in_place() -> None:
    asked = after([0, 2, 1, 3], "handing-over")
    assert [offer.option for offer in asked.offers] == [ORDER.options[at] for at in (0, 2, 1, 3)]
    assert [offer.place for offer in asked.offers] == [1, 2, 3, 4]
    assert [one.belongs for one in asked.told] == [True, False, False, True]
    assert asked.verdict == "Not yet: 2 of 4 steps are in place."


@given(st.permutations(range(4)))
def test_every_option_has_something_said_of_it_once_the_order_is_right(order: list[int]) -> None:
    asked = after(order, "handing-over")
    assert len(asked.told) == 4
    assert asked.right is (order == [0, 1, 2, 3])


def test_an_answer_that_was_none_keeps_the_places_that_were_given() -> None:
    fresh = ask(ORDER, None, SHEET)
    places = {fresh.offers[0].token: "3", fresh.offers[1].token: "", fresh.offers[2].token: "many"}
    asked = ask(ORDER, None, Sheet(backwards, fault=Fault(ORDER.id, "Give every step a place.", places)))
    assert [offer.place for offer in asked.offers] == [3, 0, 0, 0]
    assert asked.fault == "Give every step a place."


def test_a_fault_of_one_question_does_not_stand_at_another() -> None:
    sheet = Sheet(backwards, fault=Fault(ORDER.id, "Give every step a place.", {}))
    assert ask(SINGLE, None, sheet).fault == ""


def test_a_question_is_asked_again_as_if_it_were_new() -> None:
    kept = Try(3, [1], SINGLE.wording, SINGLE.source)
    asked = ask(SINGLE, kept, Sheet(backwards, right=frozenset({"in-fog"}), again="in-fog"))
    assert asked.open and not asked.told and asked.number == 4 and asked.ever_right


def test_an_answer_to_an_earlier_wording_stays_readable_and_the_question_is_open() -> None:
    newer = question(read(TEXT.replace("Wait until it lifts.", "Go to sleep.")), "in-fog")
    asked = ask(newer, Try(2, [0], SINGLE.wording, SINGLE.source), SHEET)
    assert asked.was_asked == "Fog comes in. What do you do?"
    assert asked.was_answered == ["Wait until it lifts."]
    assert asked.open and not asked.told and asked.number == 3


def test_an_earlier_order_and_earlier_lines_read_without_their_marks() -> None:
    assert chosen_texts(ORDER.source, [1, 0]) == ["Read the log together", "Wake the next keeper"]
    wrapped = (
        "### A\n<!-- single -->\n\nWhat?\n\n- [ ] one that\n  goes on <!-- wrong -->\n  > No.\n- [x] two\n  > Yes.\n"
    )
    assert chosen_texts(wrapped, [0, 1, 7]) == ["one that goes on", "two"]
    assert asked_text(wrapped) == "What?"


def test_whoever_only_looks_sees_what_is_right_and_why() -> None:
    asked = show(SEVERAL)
    assert not asked.open and [one.belongs for one in asked.told] == [True, True, False, False]
    assert not any(one.chosen for one in asked.told)


def test_recall_is_never_called_right_or_wrong() -> None:
    assert after([], "from-memory").verdict == "Compared."
