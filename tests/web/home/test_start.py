"""The start page of each role."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from tests.cast import LATER, LONG_AGO, NOW, Cast
from tests.integration.cohorts.signing import signed
from tests.reader import Reader
from trainer.cohorts.models import Enrolment
from trainer.cohorts.services import enrol, start_cohort
from trainer.people.models import Person

As = Callable[[Person], Reader]


def test_a_stranger_can_find_whom_to_call_sign_in_or_check_a_certificate(reader: Reader) -> None:
    page = reader.get("/")
    links = {link.get("href") for link in page.all("a")}
    assert {"/help", "/sign-in", "/verify"} <= links


def test_a_trainee_sees_the_next_session_what_to_read_and_what_counts(as_person: As, cast: Cast) -> None:
    page = as_person(cast.amara).get("/")
    assert "Thursday 22 October, 14:00 to 17:00" in page.text
    assert "Seminar Room 2" in page.text
    assert "hearing loop" in page.text
    assert "Ruth Hallam" in page.text
    assert "0 hours of 30 hours" in page.text
    assert page.text.count("Waiting for your trainer’s signature") == 5


def test_a_cancelled_session_is_not_the_next_one(as_person: As, db: Session, cast: Cast) -> None:
    cast.session_a(6).cancelled_on = cast.session_a(5).starts.date()
    db.commit()
    page = as_person(cast.amara).get("/")
    assert "Monday 26 October, 14:00 to 17:00" in page.text
    assert "Cancelled. Your trainer will tell you the new date." in page.text


def test_a_trainee_who_has_not_accepted_is_asked_to(as_person: As, db: Session, cast: Cast) -> None:
    place = db.query(Enrolment).filter_by(person_id=cast.amara.id).one()
    place.accepted_on = None
    db.commit()
    assert "Read the commitment" in as_person(cast.amara).get("/").text


def test_a_reserve_is_told_so(as_person: As, cast: Cast) -> None:
    assert "reserve list of Michaelmas A" in as_person(cast.wolfe).get("/").text


def test_each_role_is_led_to_its_own_page(as_person: As, cast: Cast) -> None:
    assert as_person(cast.ruth).get("/").address == "/cohorts"
    assert as_person(cast.priya).get("/").address == "/programme"
    assert as_person(cast.eleanor).get("/").address == "/panel"


def test_a_coordinator_sees_which_sessions_wait_for_a_signature(as_person: As, cast: Cast) -> None:
    text = as_person(cast.priya).get("/programme").text
    assert text.count("Michaelmas A, session") == 5
    assert text.count("Michaelmas B, session") == 5


def test_a_senior_member_sees_names_of_the_own_college_and_nothing_else(as_person: As, cast: Cast) -> None:
    text = as_person(cast.eleanor).get("/panel").text
    assert "Amara Okafor-Lindqvist" in text
    assert "Noor van der Berg" in text
    assert "Tāne Parata" not in text
    assert "Wolfe" not in text
    as_person(cast.eleanor).get("/programme", status=404)
    as_person(cast.eleanor).get(f"/cohorts/{cast.cohort_a.id}", status=404)


def test_a_trainer_who_is_a_trainee_too_finds_their_own_training(as_person: As, db: Session, cast: Cast) -> None:
    enrol(db, cast.cohort_b, cast.ruth, None, LONG_AGO)
    db.commit()
    ruth = as_person(cast.ruth)
    start = ruth.get("/")
    (link,) = [link for link in start.all("a") if link.text == "My training"]
    page = ruth.get(link.get("href") or "")
    assert start.address == "/cohorts"
    assert page.all("h1")[0].text == "My training"
    assert "0 hours of 30 hours" in page.text


def test_a_session_signed_without_a_latecomer_does_not_wait_for_a_signature(
    as_person: As, db: Session, cast: Cast
) -> None:
    enrol(db, cast.cohort_a, cast.thomas, None, LATER[0], today=NOW.date())
    signed(db, cast.session_a(2), cast.ruth)
    text = as_person(cast.thomas).get("/training").text
    assert text.count("Held without you. Talk with your trainer about making it up.") == 1
    assert text.count("Waiting for your trainer’s signature") == 4


def test_who_has_no_place_is_not_told_of_a_next_session(as_person: As, db: Session, cast: Cast) -> None:
    place = db.query(Enrolment).filter_by(person_id=cast.amara.id).one()
    place.withdrawn_on = cast.session_a(5).starts.date()
    db.commit()
    for person in (cast.amara, cast.wolfe):
        assert "Next session" not in as_person(person).get("/").text


def test_a_session_without_a_date_says_so_once(as_person: As, db: Session, cast: Cast) -> None:
    enrol(db, start_cohort(db, "Hilary", "peer-support", NOW), cast.amara, None, NOW.date())
    db.commit()
    assert as_person(cast.amara).get("/").text.count("No date yet") == 10
