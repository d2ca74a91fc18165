"""Dates, minutes and counts as people say them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests.cast import ZONE
from trainer.web import words


def test_a_day_is_said_with_its_weekday_and_keeps_the_machines_form() -> None:
    assert words.day(date(2026, 10, 14)) == '<time datetime="2026-10-14">Wednesday 14 October</time>'


def test_a_session_is_said_with_both_its_times() -> None:
    start, end = datetime(2026, 10, 15, 14), datetime(2026, 10, 15, 17)  # noqa: DTZ001 - wall times
    assert ">Thursday 15 October, 14:00 to 17:00<" in words.when(start, end)


def test_an_instant_is_said_in_the_installations_zone() -> None:
    assert ">20 October 2026, 12:00<" in words.instant(datetime(2026, 10, 20, 11, tzinfo=UTC), ZONE)


def test_minutes_are_said_as_hours() -> None:
    said = [words.hours(minutes) for minutes in (0, 1, 45, 60, 165, 1800)]
    assert said == ["0 hours", "1 minute", "45 minutes", "1 hour", "2 hours 45 minutes", "30 hours"]


def test_nouns_follow_their_number() -> None:
    assert [words.count(n, "person", "people") for n in (0, 1, 2)] == ["0 people", "1 person", "2 people"]
