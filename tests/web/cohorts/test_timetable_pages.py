"""The pages of a timetable: what a trainer may change of it, what only a coordinator, and what nobody any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.cast import NOW, Cast
from tests.integration.cohorts.signing import signed
from tests.reader import Reader
from trainer.cohorts.models import TrainingSession
from trainer.cohorts.services import start_cohort
from trainer.people.models import Person

As = Callable[[Person], Reader]
at = datetime.fromisoformat


def typed(**changed: Any) -> dict[str, Any]:
    """A move of session 6 to Friday morning in another room."""
    return {
        "day": "2026-10-23",
        "starts": "09:30",
        "ends": "12:30",
        "place": "Library, ground floor",
        "access_notes": "Ring the bell.",
    } | changed


def test_the_timetable_says_when_where_and_who_and_what_is_signed(db: Session, cast: Cast, as_person: As) -> None:
    signed(db, cast.session_a(1), cast.ruth)
    page = as_person(cast.ruth).get(f"/cohorts/{cast.cohort_a.id}/timetable")
    assert "Session 1 : Starting safely Monday 5 October, 14:00 to 17:00 signed" in page.text
    assert "not signed yet" in page.text and "Led by Ruth Hallam and Daniel Achterberg" in page.text
    assert f"/sessions/{cast.session_a(1).id}/edit" not in page.html
    assert f"/sessions/{cast.session_a(6).id}/edit" in page.html


def test_a_trainer_is_offered_only_the_sessions_they_lead(cast: Cast, as_person: As) -> None:
    html = as_person(cast.daniel).get(f"/cohorts/{cast.cohort_a.id}/timetable").html
    assert [n for n in range(1, 11) if f"/sessions/{cast.session_a(n).id}/edit" in html] == [1, 4, 7, 8, 9]


def test_who_leads_a_session_moves_it_to_another_time_and_room(db: Session, cast: Cast, as_person: As) -> None:
    session = cast.session_a(6)
    page = as_person(cast.ruth).post(f"/sessions/{session.id}/edit", typed(leaders=cast.ruth.id))
    assert "Session 6 is saved." in page.text and "Friday 23 October, 09:30 to 12:30" in page.text
    db.refresh(session)
    assert (session.starts, session.ends) == (at("2026-10-23 09:30"), at("2026-10-23 12:30"))
    assert (session.place, session.access_notes) == ("Library, ground floor", "Ring the bell.")
    assert [person.name for person in session.leaders] == ["Ruth Hallam"]


def test_a_session_may_end_after_midnight(db: Session, cast: Cast, as_person: As) -> None:
    session = cast.session_a(6)
    reader = as_person(cast.ruth)
    late = typed(starts="22:00", ends="01:00", next_day="y", leaders=cast.ruth.id)
    reader.post(f"/sessions/{session.id}/edit", late)
    db.refresh(session)
    assert session.ends == at("2026-10-24 01:00")
    page = reader.get(f"/sessions/{session.id}/edit")
    assert "checked" in page.html and 'value="01:00"' in page.html


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"day": ""}, "Give the day."),
        ({"day": "23/10/2026"}, "Write the day as 2026-10-22."),
        ({"starts": ""}, "Give the time it starts."),
        ({"starts": "half nine"}, "Write the time as 14:00."),
        ({"ends": "09:00"}, "The session must end after it starts."),
        ({"ends": "09:31", "next_day": "y"}, "The session must not last longer than a day."),
        ({"day": "0026-10-23"}, "Check the year: 26 is far from now."),
        ({"day": "2027-03-28", "starts": "01:15"}, "There is no 01:15 on 2027-03-28: the clocks go forward."),
        ({"place": "P" * 201}, "The place has 201 characters; 200 is the most."),
    ],
)
def test_a_time_that_cannot_be_is_refused_and_what_was_typed_stays(
    db: Session, cast: Cast, as_person: As, changed: dict[str, str], sentence: str
) -> None:
    page = as_person(cast.ruth).post(f"/sessions/{cast.session_a(6).id}/edit", typed(**changed), 422)
    assert sentence in page.text and "Ring the bell." in page.text
    db.refresh(cast.session_a(6))
    assert cast.session_a(6).starts == at("2026-10-22 14:00")


def test_a_trainer_who_does_not_lead_a_session_cannot_change_it(db: Session, cast: Cast, as_person: As) -> None:
    daniel, address = as_person(cast.daniel), f"/sessions/{cast.session_a(6).id}/edit"
    daniel.get(address, 403)
    assert "Only who leads this session" in daniel.post(address, typed(), 403).text
    db.refresh(cast.session_a(6))
    assert cast.session_a(6).place == "Seminar Room 2, Counselling Service"


def test_who_leads_a_session_hands_it_over_to_another_trainer(db: Session, cast: Cast, as_person: As) -> None:
    session = cast.session_a(6)
    ruth = as_person(cast.ruth)
    ruth.post(f"/sessions/{session.id}/edit", typed(leaders=cast.daniel.id))
    db.refresh(session)
    assert [person.name for person in session.leaders] == ["Daniel Achterberg"]
    ruth.post(f"/sessions/{session.id}/edit", typed(leaders=cast.ruth.id), status=403)


def test_a_coordinator_hands_a_session_over_and_both_leadings_stay(db: Session, cast: Cast, as_person: As) -> None:
    session = cast.session_a(8)
    leaders = {"leaders": [cast.daniel.id, cast.sol.id]}
    page = as_person(cast.priya).post(f"/sessions/{session.id}/edit", typed(day="2026-10-29", **leaders))
    assert "Led by Daniel Achterberg and Sol Ferreira" in page.text
    db.expire_all()
    rows = {one.person.given_name: (one.from_on, one.ended_on) for one in session.leadings}
    assert rows["Ruth"][1] == NOW.date() and rows["Daniel"][1] is None
    assert rows["Sol"] == (NOW.date(), None)


def test_who_would_be_in_two_places_is_said_and_not_forbidden(cast: Cast, as_person: As) -> None:
    changed = typed(day="2026-10-22", starts="14:00", ends="17:00", leaders=[cast.ruth.id])
    page = as_person(cast.priya).post(f"/sessions/{cast.session_b(7).id}/edit", changed)
    assert "Ruth Hallam also leads session 6 of Michaelmas A at that time." in page.text


@pytest.mark.parametrize(
    ("leaders", "sentence"),
    [([], "Choose at least one trainer who leads the session."), (["nobody"], "Choose among the trainers")],
)
def test_somebody_known_must_lead(cast: Cast, as_person: As, leaders: list[str], sentence: str) -> None:
    page = as_person(cast.priya).post(f"/sessions/{cast.session_a(6).id}/edit", typed(leaders=leaders), 422)
    assert sentence in page.text


def test_nothing_of_a_signed_session_changes(db: Session, cast: Cast, as_person: As) -> None:
    session = cast.session_a(1)
    signed(db, session, cast.ruth)
    priya = as_person(cast.priya)
    for page in (
        priya.get(f"/sessions/{session.id}/edit", 409),
        priya.post(f"/sessions/{session.id}/edit", typed(leaders=[cast.ruth.id]), 409),
        priya.post(f"/sessions/{session.id}/cancel", status=409),
        priya.post(f"/sessions/{session.id}/restore", status=409),
    ):
        assert "Session 1 is signed; it cannot change any more." in page.text
    db.refresh(session)
    assert session.starts == at("2026-10-05 14:00") and session.cancelled_on is None


def test_a_session_is_cancelled_and_takes_place_after_all(db: Session, cast: Cast, as_person: As) -> None:
    session, priya = cast.session_a(6), as_person(cast.priya)
    for _ in range(2):
        assert "Session 6 is cancelled." in priya.post(f"/sessions/{session.id}/cancel").text
    db.refresh(session)
    assert session.cancelled_on == NOW.date()
    assert "Cancelled since" in priya.get(f"/sessions/{session.id}/edit").text
    priya.post(f"/sessions/{session.id}/restore")
    db.refresh(session)
    assert session.cancelled_on is None


def test_who_leads_a_session_cancels_it_and_takes_that_back(db: Session, cast: Cast, as_person: As) -> None:
    session = cast.session_a(6)
    ruth = as_person(cast.ruth)
    ruth.post(f"/sessions/{session.id}/cancel")
    db.refresh(session)
    assert session.cancelled_on == NOW.date()
    ruth.post(f"/sessions/{session.id}/restore")
    db.refresh(session)
    assert session.cancelled_on is None


def test_nobody_cancels_a_session_that_others_lead(db: Session, cast: Cast, as_person: As) -> None:
    as_person(cast.ruth).post(f"/sessions/{cast.session_a(4).id}/cancel", status=403)
    as_person(cast.sol).post(f"/sessions/{cast.session_a(6).id}/cancel", status=404)
    as_person(cast.ruth).get(f"/cohorts/{cast.cohort_a.id}/sessions/new", 404)
    db.refresh(cast.session_a(4))
    assert cast.session_a(4).cancelled_on is None


def test_a_session_is_put_into_an_empty_timetable_by_hand(db: Session, cast: Cast, as_person: As) -> None:
    cohort = start_cohort(db, "Hilary", "peer-support", NOW)
    db.commit()
    priya, address = as_person(cast.priya), f"/cohorts/{cohort.id}/sessions/new"
    assert "No session yet" in priya.get(f"/cohorts/{cohort.id}/timetable").text
    page = priya.post(address, typed(number="3", day="2027-01-20", leaders=[cast.sol.id]))
    assert "Session 3 is in the timetable." in page.text
    again = priya.post(address, typed(number="3", day="2027-01-20", leaders=[cast.sol.id]), 422)
    assert "Choose one of the list." in again.text
    [session] = db.query(TrainingSession).where(TrainingSession.cohort_id == cohort.id)
    assert session.number == 3 and [person.name for person in session.leaders] == ["Sol Ferreira"]


def test_a_full_timetable_offers_no_further_session(cast: Cast, as_person: As) -> None:
    page = as_person(cast.priya).get(f"/cohorts/{cast.cohort_a.id}/sessions/new")
    assert "Every session is in the timetable" in page.text


def test_other_trainers_trainees_and_senior_members_find_nothing(cast: Cast, as_person: As, reader: Reader) -> None:
    addresses = [f"/cohorts/{cast.cohort_a.id}/timetable", f"/sessions/{cast.session_a(6).id}/edit"]
    for somebody in (cast.sol, cast.amara, cast.eleanor):
        for address in addresses:
            assert "Michaelmas A" not in as_person(somebody).get(address, 404).text
        as_person(somebody).post(f"/sessions/{cast.session_a(6).id}/edit", typed(), 404)
    assert as_person(cast.sol).get("/cohorts/nothing/timetable", 404)
    assert reader.get(addresses[0]).address == "/sign-in"


def test_a_cohort_is_started_renamed_and_keeps_its_programme(db: Session, cast: Cast, as_person: As) -> None:
    priya = as_person(cast.priya)
    page = priya.post("/cohorts/new", {"name": "Hilary 2027", "programme": "peer-support"})
    assert "Hilary 2027 is started." in page.text and "Nobody is on the list yet" in page.text
    taken = priya.post("/cohorts/new", {"name": "hilary  2027", "programme": "peer-support"}, 422)
    assert "There is Hilary 2027 already." in taken.text and "hilary  2027" in taken.html
    assert "Give a name" in priya.post("/cohorts/new", {"name": "", "programme": "peer-support"}, 422).text
    assert "Choose one of the list." in priya.post("/cohorts/new", {"name": "X", "programme": "y"}, 422).text
    address = f"/cohorts/{cast.cohort_a.id}/edit"
    priya.post(address, {"name": "Michaelmas One", "programme": "peer-support"})
    assert (
        "Michaelmas B already" in priya.post(address, {"name": "michaelmas b", "programme": "peer-support"}, 422).text
    )
    db.refresh(cast.cohort_a)
    assert cast.cohort_a.name == "Michaelmas One"


def test_only_coordinators_start_and_rename_cohorts(cast: Cast, as_person: As) -> None:
    for address in ("/cohorts/new", f"/cohorts/{cast.cohort_a.id}/edit", "/import/people", "/import/timetable"):
        for somebody in (cast.ruth, cast.amara, cast.eleanor):
            as_person(somebody).get(address, 404)
            as_person(somebody).post(address, status=404)
