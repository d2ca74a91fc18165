"""The demonstration's dates stand around any today."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from trainer.demonstration.calendar import dated_timetable, meeting_on

days = st.dates(date(2026, 1, 1), date(2030, 1, 1))


@given(days, st.integers(-40, 10))
def test_meetings_are_on_mondays_and_thursdays_in_order(today: date, number: int) -> None:
    assert meeting_on(number, today).weekday() in {0, 3}
    assert meeting_on(number, today) < meeting_on(number + 1, today)


@given(days)
def test_the_next_meeting_is_today_or_later_and_the_one_before_it_is_past(today: date) -> None:
    assert meeting_on(0, today) >= today > meeting_on(-1, today)


def test_a_timetable_that_counts_meetings_becomes_one_with_dates() -> None:
    text = 'cohort,session,meeting,starts,ends,place,led_by\nA,1,-1,14:00,17:00,"Room 2, East",ruth@x.example\n'
    assert dated_timetable(text, date(2026, 11, 25)) == (
        'cohort,session,starts,ends,place,led_by\nA,1,2026-11-23 14:00,2026-11-23 17:00,"Room 2, East",ruth@x.example\n'
    )
