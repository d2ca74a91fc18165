"""An answer is right or not whatever the page looked like on which it was given."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.learning.course import TEXT, question, read
from trainer.curriculum.rules import Question
from trainer.learning.asking import offers
from trainer.learning.marking import chosen_positions, is_right, ordered_positions, refuse_incomplete
from trainer.learning.wording import token_of
from trainer.refusal import NotNow, NotValid

MODULE = read()
SINGLE, SEVERAL = question(MODULE, "in-fog"), question(MODULE, "what-to-log")
ORDER, RECALL = question(MODULE, "handing-over"), question(MODULE, "from-memory")


def orders(asked: Question) -> st.SearchStrategy[list[int]]:
    return st.permutations(range(len(asked.options)))


@given(orders(SINGLE), st.integers(0, 2))
def test_shuffling_never_changes_what_a_single_choice_is_worth(order: list[int], pick: int) -> None:
    shown = offers(SINGLE, order)[pick]
    answer = chosen_positions(SINGLE, [shown.token])
    assert is_right(SINGLE, answer) is shown.option.right


@given(orders(SEVERAL), st.sets(st.integers(0, 3), min_size=1))
def test_shuffling_never_changes_what_several_choices_are_worth(order: list[int], picks: set[int]) -> None:
    shown = [offers(SEVERAL, order)[pick] for pick in picks]
    answer = chosen_positions(SEVERAL, [one.token for one in shown])
    everything_right = {option.text for option in SEVERAL.options if option.right}
    assert is_right(SEVERAL, answer) is ({one.option.text for one in shown} == everything_right)


@given(orders(ORDER), orders(ORDER))
def test_an_order_is_right_when_the_steps_read_as_written_however_they_were_shown(
    shown: list[int], given_order: list[int]
) -> None:
    page = offers(ORDER, shown)
    places = {one.token: str(given_order[at] + 1) for at, one in enumerate(page)}
    answer = ordered_positions(ORDER, places)
    read_so = sorted(page, key=lambda one: int(places[one.token]))
    assert is_right(ORDER, answer) is ([one.option for one in read_so] == list(ORDER.options))


def test_one_order_in_twenty_four_is_right() -> None:
    assert sum(is_right(ORDER, list(answer)) for answer in permutations(range(4))) == 1


@given(orders(SEVERAL), orders(SEVERAL))
def test_the_values_of_a_form_do_not_follow_the_order_of_the_course(one: list[int], other: list[int]) -> None:
    values = {offer.option.text: offer.token for offer in offers(SEVERAL, one)}
    assert values == {offer.option.text: offer.token for offer in offers(SEVERAL, other)}
    assert not any(token.isdigit() and len(token) < 3 for token in values.values())


def test_a_part_of_what_belongs_is_not_right_and_neither_is_too_much() -> None:
    assert is_right(SEVERAL, [0, 1])
    assert not is_right(SEVERAL, [0]) and not is_right(SEVERAL, [0, 1, 2])


def test_what_a_reader_compares_is_done_and_never_wrong() -> None:
    refuse_incomplete(RECALL, [])
    assert is_right(RECALL, [])


@pytest.mark.parametrize(
    ("asked", "answer", "code"),
    [(SINGLE, [], "choose-one"), (SINGLE, [0, 1], "choose-one"), (SEVERAL, [], "choose-some")],
)
def test_an_answer_that_is_none_is_refused(asked: Question, answer: list[int], code: str) -> None:
    with pytest.raises(NotValid) as refused:
        refuse_incomplete(asked, answer)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "places", [["1", "2", "3", ""], ["1", "1", "2", "3"], ["0", "1", "2", "3"], ["1", "2", "3", "x"]]
)
def test_every_step_of_an_order_needs_a_place_of_its_own(places: list[str]) -> None:
    tokens = [offer.token for offer in offers(ORDER, range(4))]
    with pytest.raises(NotValid):
        ordered_positions(ORDER, dict(zip(tokens, places, strict=True)))


def test_a_step_that_was_left_out_of_the_form_is_missed() -> None:
    tokens = [offer.token for offer in offers(ORDER, range(4))]
    with pytest.raises(NotValid):
        ordered_positions(ORDER, dict(zip(tokens[:3], "123", strict=True)))


def test_an_option_of_another_wording_is_refused_rather_than_taken_for_its_neighbour() -> None:
    reworded = question(read(TEXT.replace("Fog comes in.", "Thick fog comes in.")), "in-fog")
    old = [offer.token for offer in offers(SINGLE, range(3))]
    with pytest.raises(NotNow) as refused:
        chosen_positions(reworded, old[:1])
    assert refused.value.code == "reworded"


def test_two_questions_with_the_same_option_name_it_differently() -> None:
    assert token_of(SINGLE.wording, "Yes") != token_of(SEVERAL.wording, "Yes")
