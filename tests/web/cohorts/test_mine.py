"""The page of a trainer and of a coordinator: today, what waits for a signature, what is next, the cohorts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from tests.cast import NOW, Cast
from tests.integration.cohorts.signing import signed
from tests.reader import Reader
from trainer import clock
from trainer.cohorts.models import Cohort, Enrolment, Leading, TrainingSession
from trainer.people.models import Person

As = Callable[[Person], Reader]
THURSDAY_NOON = datetime(2026, 10, 22, 11, tzinfo=UTC)
THURSDAY_NIGHT = datetime(2026, 10, 22, 21, tzinfo=UTC)


def test_a_trainer_sees_the_next_session_and_who_leads_what(cast: Cast, as_person: As) -> None:
    text = as_person(cast.ruth).get("/cohorts").text
    assert "Nothing today. Next Session 6" in text
    assert "Thursday 22 October, 14:00 to 17:00" in text
    assert "Step-free from the side door; hearing loop." in text
    assert "you lead Ruth Hallam and Daniel Achterberg" in text
    assert "5 active, 1 in reserve" in text
    assert "Michaelmas B" not in text and "Start a cohort" not in text


def test_todays_session_comes_first_with_the_way_to_its_register(cast: Cast, as_person: As) -> None:
    with clock.stopped_at(THURSDAY_NOON):
        page = as_person(cast.ruth).get("/cohorts")
    assert page.text.index("Today Session 6") < page.text.index("Waiting for a signature")
    assert f'href="/sessions/{cast.session_a(6).id}/register">Take the register' in page.html


def test_a_session_that_ended_today_does_not_wait_twice(cast: Cast, as_person: As) -> None:
    with clock.stopped_at(THURSDAY_NIGHT):
        page = as_person(cast.ruth).get("/cohorts")
    assert page.html.count(f"/sessions/{cast.session_a(6).id}/register") == 1
    assert "Take the register" in page.text


def test_what_is_over_and_not_signed_waits_for_who_leads_it(db: Session, cast: Cast, as_person: As) -> None:
    signed(db, cast.session_a(1), cast.ruth)
    cast.session_a(2).cancelled_on = NOW.date()
    db.commit()
    ruth = as_person(cast.ruth).get("/cohorts").html
    waiting = [n for n in range(1, 11) if f"/sessions/{cast.session_a(n).id}/register" in ruth]
    assert waiting == [3, 5]
    daniel = as_person(cast.daniel).get("/cohorts").html
    assert [n for n in range(1, 11) if f"/sessions/{cast.session_a(n).id}/register" in daniel] == [4]


def test_a_coordinator_sees_every_cohort_and_all_that_waits(cast: Cast, as_person: As) -> None:
    page = as_person(cast.priya).get("/cohorts")
    assert "All cohorts" in page.text and "Michaelmas A" in page.text and "Michaelmas B" in page.text
    assert page.html.count("/register") == 10
    assert "Start a cohort" in page.text and "Import a timetable" in page.text


def test_a_cancelled_session_of_today_is_said_to_be_cancelled(db: Session, cast: Cast, as_person: As) -> None:
    cast.session_a(6).cancelled_on = NOW.date()
    db.commit()
    with clock.stopped_at(THURSDAY_NOON):
        text = as_person(cast.ruth).get("/cohorts").text
    assert "Today cancelled Session 6" in text and "Take the register" not in text


def test_whoever_leads_nothing_reads_what_will_be_here(db: Session, cast: Cast, as_person: As) -> None:
    db.execute(delete(Leading))
    db.commit()
    assert "You lead no session yet" in as_person(cast.ruth).get("/cohorts").text
    for model in (TrainingSession, Enrolment, Cohort):
        db.execute(delete(model))
    db.commit()
    assert "No cohort yet" in as_person(cast.priya).get("/cohorts").text


def test_a_timetable_that_is_over_says_so(db: Session, cast: Cast, as_person: As) -> None:
    for session in cast.sessions_a:
        signed(db, session, cast.ruth)
    with clock.stopped_at(NOW + timedelta(days=60)):
        assert "No session ahead" in as_person(cast.ruth).get("/cohorts").text


def test_trainees_and_senior_members_have_no_such_page(cast: Cast, as_person: As, reader: Reader) -> None:
    for somebody in (cast.amara, cast.eleanor):
        as_person(somebody).get("/cohorts", 404)
    assert reader.get("/cohorts").address == "/sign-in"


def test_a_very_long_name_is_shown_whole(db: Session, cast: Cast, as_person: As) -> None:
    cast.cohort_a.name = "Ünivërsitätsübergreifende" * 4
    cast.ruth.family_name = "Wolfeschlegelsteinhausenbergerdorff" * 5
    db.commit()
    page = as_person(cast.ruth).get("/cohorts")
    assert cast.cohort_a.name in page.text and cast.ruth.name in page.text
