"""The facts of a certificate, its number, and the name that stands apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.unit.signoff.plain import RULES, plan
from trainer.certificates.rules import (
    REASONS,
    Facts,
    Judged,
    Occasion,
    Reason,
    commitment,
    compose,
    file_names,
    limits,
    next_number,
    read,
    say_date,
    say_hours,
    say_span,
    write,
)
from trainer.curriculum.rules import Programme, SessionPlan, Topic
from trainer.signoff.rules import Counted, Kind, Presence

OCCASION = Occasion("2026-0007", date(2026, 11, 10), "The University of Example", "https://peers.example/verify")
HELD = {1: date(2026, 10, 5), 2: date(2026, 10, 30), 3: date(2026, 10, 12)}


def topics(number: int, *slugs: str) -> SessionPlan:
    return replace(plan(number), topics=slugs)


PROGRAMME = Programme(
    "small",
    "Listening",
    "has completed\n  the training.",
    "",
    (topics(1, "limits"), topics(2, "crisis"), topics(3, "asking", "limits")),
    (Topic("asking", "Asking"), Topic("limits", "Limits"), Topic("crisis", "Crisis")),
    {},
    RULES,
    "e" * 64,
)


def counted(number: int, minutes: int = 180, by: str = "ruth", how: Kind = Kind.SIGN_OFF) -> Counted:
    there = Presence.PRESENT if minutes else Presence.ABSENT
    at = datetime(2026, 11, 1, tzinfo=UTC)
    return Counted(
        "amara", number, f"s{number}", there, minutes, 180, how, frozenset(), by, by.title(), at, f"r{number}"
    )


def facts(*lines: Counted) -> Facts:
    lines = lines or (counted(1), counted(2, by="daniel", how=Kind.MAKE_UP), counted(3, 170))
    return compose(PROGRAMME, lines, HELD, ["a" * 64, "b" * 64, "a" * 64], Judged("ruth", date(2026, 11, 6)), OCCASION)


def test_it_states_hours_as_they_count_and_the_days_of_the_training() -> None:
    stated = facts()
    assert stated.minutes == 540  # 170 of 180 count as the whole session
    assert (stated.first_on, stated.last_on) == (date(2026, 10, 5), date(2026, 10, 30))


def test_the_training_was_completed_when_the_last_session_was_made_up() -> None:
    stated = facts()
    assert [(one.number, one.on, one.made_up) for one in stated.sessions] == [
        (1, date(2026, 10, 5), False),
        (2, date(2026, 10, 30), True),
        (3, date(2026, 10, 12), False),
    ]
    assert limits(stated)[0] == "This certificate states that the training was completed on 30 October 2026."


def test_it_names_who_signed_each_once_and_no_person_by_name() -> None:
    stated = facts()
    assert stated.signers == ("ruth", "daniel")
    assert "Ruth" not in write(stated)
    assert "Amara" not in write(stated)


def test_a_missed_session_is_not_on_it_and_its_topics_neither() -> None:
    stated = facts(counted(1), counted(2, 0), counted(3))
    assert [one.number for one in stated.sessions] == [1, 3]
    assert stated.topics == ("Asking", "Limits")


def test_topics_stand_in_the_order_of_the_programme() -> None:
    assert facts().topics == ("Asking", "Limits", "Crisis")


def test_editions_stand_each_once() -> None:
    assert facts().editions == ("a" * 64, "b" * 64)


def test_facts_that_are_kept_are_read_back_as_they_were() -> None:
    assert read(write(facts())) == facts()
    assert write(read(write(facts()))) == write(facts())


def test_it_says_what_nobody_may_read_into_it() -> None:
    said = " ".join(limits(facts()))
    assert "no clinical qualification" in said
    assert "not show whether the holder is active" in said


@pytest.mark.parametrize(
    ("latest", "number"), [(None, "2026-0001"), ("2026-0041", "2026-0042"), ("2026-9999", "2026-10000")]
)
def test_numbers_count_up_within_a_year(latest: str | None, number: str) -> None:
    assert next_number(2026, latest) == number


def test_a_name_cannot_be_tried_against_its_commitment_without_the_salt() -> None:
    assert commitment(b"1" * 16, "Madonna") != commitment(b"2" * 16, "Madonna")
    assert commitment(b"1" * 16, "Madonna") != commitment(b"1" * 16, "Madonnа")  # the last letter is Cyrillic
    assert len(commitment(b"1" * 16, "Madonna")) == 32


def test_dates_and_hours_are_said_as_people_say_them() -> None:
    assert say_date(date(2026, 11, 5)) == "5 November 2026"
    assert say_span(date(2026, 10, 5), date(2026, 11, 5)) == "5 October to 5 November 2026"
    assert say_span(date(2026, 12, 5), date(2027, 1, 9)) == "5 December 2026 to 9 January 2027"
    assert say_span(date(2026, 12, 5), date(2026, 12, 5)) == "5 December 2026"
    assert (say_hours(1800), say_hours(61), say_hours(90)) == ("30 hours", "1 hour 1 minute", "1 hour 30 minutes")


def test_every_reason_has_words_and_none_tells_anything_private() -> None:
    assert set(REASONS) == set(Reason)


def test_a_file_is_named_so_that_no_system_stumbles_on_it() -> None:
    plain, named = file_names("2026-0001", "../Siobhán/O'Rourke\\")
    assert plain == "certificate-2026-0001.pdf"
    assert named == "Certificate 2026-0001 ..-Siobhán-O'Rourke-.pdf"
