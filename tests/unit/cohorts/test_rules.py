"""Where a place stands, who is on a register, what a session's time may be, and who may change it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from trainer.cohorts.rules import (
    PlaceFacts,
    Slot,
    State,
    check_on_clock,
    exists,
    has_begun,
    has_place,
    is_over,
    may_change_session,
    say_slot,
    state_of,
    tidy_slot,
)
from trainer.people.rules import Role, Viewer
from trainer.refusal import NotValid

at = datetime.fromisoformat
LONDON = ZoneInfo("Europe/London")
DAY = date(2026, 10, 5)


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (PlaceFacts(True, None, None, None), State.RESERVE),
        (PlaceFacts(False, None, None, None), State.INVITED),
        (PlaceFacts(False, DAY, None, None), State.ACTIVE),
        (PlaceFacts(False, DAY, DAY, None), State.WITHDRAWN),
        (PlaceFacts(True, None, DAY, None), State.WITHDRAWN),
        (PlaceFacts(False, DAY, None, DAY), State.COMPLETED),
        (PlaceFacts(False, DAY, DAY, DAY), State.COMPLETED),
    ],
)
def test_the_latest_fact_decides_where_a_place_stands(facts: PlaceFacts, state: State) -> None:
    assert state_of(facts) is state


def test_who_joins_later_or_has_left_is_not_on_the_register() -> None:
    assert has_place(DAY, None, False, DAY)
    assert not has_place(DAY, None, False, date(2026, 10, 4))
    assert not has_place(DAY, date(2026, 10, 8), False, date(2026, 10, 8))
    assert has_place(DAY, date(2026, 10, 8), False, date(2026, 10, 7))
    assert not has_place(DAY, None, True, DAY)


def test_a_session_begins_and_ends_by_the_clock_on_the_wall() -> None:
    ends = at("2026-10-05 17:00")  # British Summer Time
    assert not is_over(ends, LONDON, datetime(2026, 10, 5, 15, 59, tzinfo=UTC))
    assert is_over(ends, LONDON, datetime(2026, 10, 5, 16, 0, tzinfo=UTC))
    assert has_begun(ends, LONDON, datetime(2026, 10, 5, 16, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("wall", "there"),
    [
        ("2027-03-28 00:59", True),
        ("2027-03-28 01:00", False),
        ("2027-03-28 01:59", False),
        ("2027-03-28 02:00", True),
        ("2026-10-25 01:30", True),
    ],
)
def test_the_hour_that_spring_leaves_out_is_not_there_and_the_one_autumn_repeats_is(wall: str, there: bool) -> None:
    assert exists(at(wall), LONDON) is there


def test_a_slot_on_a_missing_hour_names_the_field() -> None:
    for field, slot in (
        ("starts", Slot(at("2027-03-28 01:30"), at("2027-03-28 04:00"))),
        ("ends", Slot(at("2027-03-27 23:00"), at("2027-03-28 01:30"))),
    ):
        with pytest.raises(NotValid) as refused:
            check_on_clock(slot, LONDON)
        assert refused.value.field == field


def test_a_day_is_the_longest_a_session_lasts() -> None:
    day = Slot(at("2026-10-05 14:00"), at("2026-10-06 14:00"))
    assert tidy_slot(day) == day
    with pytest.raises(NotValid):
        tidy_slot(Slot(day.starts, at("2026-10-06 14:01")))


def test_a_place_is_tidied() -> None:
    slot = tidy_slot(Slot(at("2026-10-05 14:00"), at("2026-10-05 17:00"), "  Room\u202e  2 ", " Ring. "))
    assert (slot.place, slot.access_notes) == ("Room 2", "Ring.")


def test_sessions_that_touch_do_not_overlap() -> None:
    morning = Slot(at("2026-10-05 09:00"), at("2026-10-05 12:00"))
    noon = Slot(at("2026-10-05 12:00"), at("2026-10-05 13:00"))
    assert not morning.overlaps(noon) and not noon.overlaps(morning)
    assert morning.overlaps(Slot(at("2026-10-05 11:59"), at("2026-10-05 12:01")))
    assert noon.overlaps(noon)


def test_a_slot_is_said_as_a_file_writes_it() -> None:
    assert say_slot(Slot(at("2026-10-05 14:00"), at("2026-10-05 17:00"), "Hall")) == "2026-10-05 14:00 to 17:00, Hall"
    assert say_slot(Slot(at("2026-10-05 22:00"), at("2026-10-06 01:00"))) == "2026-10-05 22:00 to 2026-10-06 01:00"


@pytest.mark.parametrize(
    ("roles", "leads", "may"),
    [
        ({Role.COORDINATOR}, False, True),
        ({Role.TRAINER}, True, True),
        ({Role.TRAINER}, False, False),
        ({Role.TRAINEE}, True, False),
        (set(), True, False),
    ],
)
def test_only_coordinators_and_who_leads_it_may_change_a_session(roles: set[Role], leads: bool, may: bool) -> None:
    assert may_change_session(Viewer("p", "P", frozenset(roles)), leads) is may


def test_access_notes_are_as_long_as_a_page_can_carry() -> None:
    starts, ends = at("2026-10-05 14:00"), at("2026-10-05 17:00")
    with pytest.raises(NotValid) as refused:
        tidy_slot(Slot(starts, ends, "", "x" * 1001))
    assert (refused.value.code, refused.value.field) == ("access-long", "access_notes")
