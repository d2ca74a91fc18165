"""Whether the hours can still be reached, and where each session stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.signoff.plain import absent, made_up, programme, signed, timetable
from trainer.signoff.lines import Entry, count
from trainer.signoff.rules import Outlook, Standing, can_still_reach

NO_MAKE_UP = programme(make_up=())
ELSEWHERE_ONLY = programme(make_up=("another cohort",))


def outlook(lines: list[Entry], over: int, signed_off: int, which: object = None, **more: object) -> Outlook:
    cancelled = int(str(more.pop("cancelled", 0)))
    planned = timetable(over, signed_off, cancelled=cancelled)
    return can_still_reach(which or programme(), planned, count(lines), **more)  # type: ignore[arg-type]  # a shorthand


def test_before_anything_happened_everything_is_to_come() -> None:
    found = outlook([], 0, 0)
    assert found.numbers(Standing.TO_COME) == (1, 2, 3, 4)
    assert (found.minutes, found.most, found.possible) == (0, 720, True)


def test_a_session_that_is_over_and_not_signed_can_still_count() -> None:
    found = outlook([signed(1)], 2, 1)
    assert found.numbers(Standing.UNSIGNED) == (2,)
    assert found.possible


def test_a_missed_session_can_be_made_up_where_the_programme_allows_meetings() -> None:
    found = outlook([absent(1), signed(2)], 2, 2)
    assert found.numbers(Standing.MISSED) == (1,)
    assert (found.minutes, found.most, found.possible) == (180, 720, True)


def test_a_session_that_was_made_up_is_missed_no_more() -> None:
    assert outlook([absent(1), made_up(1)], 1, 1).numbers(Standing.WHOLE) == (1,)


def test_a_part_of_a_session_is_still_missed_and_counts_meanwhile() -> None:
    found = outlook([signed(1, 100)], 1, 1)
    assert found.numbers(Standing.MISSED) == (1,)
    assert (found.minutes, found.most) == (100, 720)


def test_without_make_ups_one_absence_is_the_end() -> None:
    found = outlook([absent(1)], 1, 1, NO_MAKE_UP)
    assert found.numbers(Standing.BEYOND) == (1,)
    assert (found.most, found.possible) == (540, False)


def test_without_make_ups_an_absence_ends_it_even_when_the_hours_would_do() -> None:
    enough = programme(make_up=(), required_minutes=500)
    assert not outlook([absent(1)], 1, 1, enough).possible


def test_a_programme_that_asks_for_hours_alone_forgives_an_absence() -> None:
    lenient = programme(make_up=(), required_minutes=500, every_session=False)
    assert outlook([absent(1)], 1, 1, lenient).possible


def test_without_make_ups_a_part_counts_towards_hours_that_can_do_without_the_rest() -> None:
    found = outlook([signed(1, 100)], 1, 1, programme(make_up=(), required_minutes=600))
    assert (found.most, found.possible) == (640, True)


def test_another_cohort_helps_only_while_it_has_the_session_to_come() -> None:
    assert outlook([absent(1)], 1, 1, ELSEWHERE_ONLY, elsewhere={1}).possible
    assert not outlook([absent(1)], 1, 1, ELSEWHERE_ONLY, elsewhere={2, 3}).possible


def test_who_joined_after_a_session_has_missed_it() -> None:
    assert outlook([], 1, 1).numbers(Standing.MISSED) == (1,)


def test_a_cancelled_session_has_to_be_made_up() -> None:
    found = outlook([], 0, 0, cancelled=3)
    assert found.numbers(Standing.MISSED) == (3,)
    assert not outlook([], 0, 0, NO_MAKE_UP, cancelled=3).possible


def test_a_session_without_a_date_is_to_come() -> None:
    found = can_still_reach(programme(), [], [])
    assert found.numbers(Standing.TO_COME) == (1, 2, 3, 4)


marks = st.lists(st.integers(0, 180), min_size=4, max_size=4)


@given(marks, st.integers(0, 4), st.booleans())
def test_one_never_has_more_than_one_can_reach(attended: list[int], happened: int, lenient: bool) -> None:
    course = programme(every_session=not lenient, make_up=() if lenient else ("meeting",))
    lines = [signed(n, m) if m else absent(n) for n, m in enumerate(attended[:happened], 1)]
    found = outlook(lines, happened, happened, course)
    assert found.minutes <= found.most <= 720
    assert set(found.sessions) == {1, 2, 3, 4}


@given(marks, st.integers(0, 3))
def test_hope_only_shrinks_as_sessions_are_signed(attended: list[int], happened: int) -> None:
    lines = [signed(n, m) if m else absent(n) for n, m in enumerate(attended, 1)]
    before = outlook(lines[:happened], happened, happened, NO_MAKE_UP)
    after = outlook(lines[: happened + 1], happened + 1, happened + 1, NO_MAKE_UP)
    assert after.most <= before.most
    assert before.possible or not after.possible
