"""What counts as done, where somebody left off, how long is left, and how a quiz stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.learning.course import TEXT, part, read, shelve
from trainer.curriculum.rules import Programme
from trainer.learning.rules import (
    Record,
    mastery,
    minutes_left,
    neighbours,
    part_minutes,
    pass_mark_of,
    progress,
    records_by_module,
)

MODULE = read()
QUESTIONS = frozenset(question.id for question in MODULE.questions)
READ = frozenset({"before-you-read", "the-lamp", "the-log", "reflect", "bring-to-the-session"})
EVERYTHING = Record(
    read=READ, tried=QUESTIONS, right=frozenset({"in-fog"}), ended=frozenset({"talking-to-the-captain"})
)


def test_nobody_who_has_not_begun_is_anywhere_but_at_the_first_part() -> None:
    standing = progress(MODULE, Record())
    assert not standing.begun and not standing.done and not standing.parts_done
    assert standing.place is MODULE.parts[0]
    assert standing.minutes_left == MODULE.reading_minutes + MODULE.practice_minutes


def test_one_left_off_at_the_first_part_that_is_not_done_in_whatever_order_they_were_opened() -> None:
    standing = progress(MODULE, Record(read=frozenset({"before-you-read", "the-log"})))
    assert standing.place is part(MODULE, "the-lamp")
    assert standing.parts_done == {"before-you-read", "the-log"}


def test_a_quiz_is_done_once_all_is_answered_and_every_safety_question_is_right() -> None:
    assert "check-yourself" in progress(MODULE, EVERYTHING).parts_done
    assert "check-yourself" not in progress(MODULE, replace(EVERYTHING, right=frozenset())).parts_done
    one_left = replace(EVERYTHING, tried=QUESTIONS - {"from-memory"})
    assert "check-yourself" not in progress(MODULE, one_left).parts_done


def test_an_ordinary_question_that_is_wrong_bars_nobody_from_being_done() -> None:
    standing = progress(MODULE, EVERYTHING)
    assert standing.right == {"in-fog"} and standing.done and standing.minutes_left == 0


def test_a_dialogue_is_done_at_a_good_ending_and_not_by_reading_it() -> None:
    opened = replace(EVERYTHING, read=READ | {"talking-to-the-captain"}, ended=frozenset())
    assert progress(MODULE, opened).place is part(MODULE, "talking-to-the-captain")


def test_safety_is_mastered_by_right_answers_alone() -> None:
    assert progress(MODULE, EVERYTHING).safety_mastered
    assert not progress(MODULE, Record(tried=QUESTIONS, right=QUESTIONS - {"in-fog"})).safety_mastered


def test_progress_survives_a_new_edition_and_forgets_what_the_module_has_lost() -> None:
    newer = read(
        TEXT.replace("What belongs in the log?", "What do you write in the log?").replace("## The log", "## Log book")
    )
    assert newer.edition != MODULE.edition
    standing = progress(newer, EVERYTHING)
    assert standing.tried == QUESTIONS
    assert standing.place is part(newer, "log-book")
    assert "the-log" not in standing.parts_done


def test_minutes_shrink_with_every_part_until_none_are_left() -> None:
    done: list[str] = []
    left = [minutes_left(MODULE, done)]
    for one in MODULE.parts:
        done.append(one.id)
        left.append(minutes_left(MODULE, done))
    assert left == sorted(left, reverse=True) and left[0] == 14 and left[-1] == 0


def test_every_part_takes_at_least_a_minute() -> None:
    assert all(part_minutes(MODULE, one) >= 1 for one in MODULE.parts)


def test_recall_is_in_neither_number_of_the_pass_mark() -> None:
    standing = mastery(MODULE.questions, frozenset({"what-to-log", "from-memory"}), 0.8)
    assert (standing.right, standing.total, standing.needed) == (1, 2, 2)
    assert (standing.safety_right, standing.safety_total) == (0, 1)
    assert not standing.reached


@pytest.mark.parametrize(("mark", "needed"), [(0.5, 1), (0.8, 2), (1.0, 2), (0.0, 0)])
def test_a_pass_mark_is_rounded_up_to_whole_questions(mark: float, needed: int) -> None:
    assert mastery(MODULE.questions, frozenset(), mark).needed == needed


def test_the_pass_mark_alone_is_not_enough_without_the_safety_questions() -> None:
    ordinary = frozenset({"what-to-log", "handing-over"})
    assert not mastery(MODULE.questions, ordinary, 0.8).reached
    assert mastery(MODULE.questions, ordinary | {"in-fog"}, 0.8).reached


def test_the_pass_mark_is_that_of_the_programme_that_has_the_topic(programme: Programme) -> None:
    assert pass_mark_of(shelve(MODULE, programme=programme), MODULE.slug) == programme.rules.pass_mark
    assert pass_mark_of(shelve(programme=programme), MODULE.slug) == 1.0


def test_the_first_part_has_none_before_it_and_the_last_none_after() -> None:
    assert neighbours(MODULE, MODULE.parts[0]) == (None, MODULE.parts[1])
    assert neighbours(MODULE, MODULE.parts[-1]) == (MODULE.parts[-2], None)


def test_rows_are_gathered_by_module_and_right_once_is_right() -> None:
    rows = [("read", "a", "x", True), ("tried", "a", "q", True), ("tried", "b", "q", False), ("ended", "b", "d", True)]
    records = records_by_module(rows)
    assert records["a"] == Record(read=frozenset({"x"}), tried=frozenset({"q"}), right=frozenset({"q"}))
    assert records["b"] == Record(tried=frozenset({"q"}), ended=frozenset({"d"}))
