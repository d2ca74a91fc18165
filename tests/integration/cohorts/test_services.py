"""Cohorts, places and timetables on a real database: what is done, what is refused, what is harmless twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from unittest.mock import patch

import pytest
from sqlalchemy.orm import Session

from tests.cast import NOW, Cast
from trainer.cohorts import guards, services
from trainer.cohorts.models import Enrolment
from trainer.cohorts.queries import find_enrolment, overlapping
from trainer.cohorts.rules import Slot, State
from trainer.people.models import Person
from trainer.people.queries import roles_of
from trainer.people.rules import Role, Viewer
from trainer.refusal import AlreadyDone, NotAllowed, NotNow, NotValid

TODAY = NOW.date()
at = datetime.fromisoformat
MONDAY = Slot(at("2027-01-18 14:00"), at("2027-01-18 17:00"), "Room 2", "Ring the bell.")


def place_of(db: Session, cast: Cast, person: Person) -> Enrolment:
    found = find_enrolment(db, cast.cohort_a.id, person.id)
    assert found is not None
    return found


def test_an_enrolment_invites_and_makes_a_trainee_from_that_day(db: Session, cast: Cast) -> None:
    enrolment = services.enrol(db, cast.cohort_b, cast.eleanor, cast.stmary, TODAY)
    assert enrolment.state is State.INVITED and enrolment.person is cast.eleanor
    assert [(one.role, one.granted_on) for one in roles_of(db, cast.eleanor.id)] == [(Role.TRAINEE, TODAY)]


def test_who_is_a_trainee_already_gets_no_second_role(db: Session, cast: Cast) -> None:
    services.enrol(db, cast.cohort_b, cast.amara, None, TODAY, reserve=True)
    assert len(roles_of(db, cast.amara.id)) == 1


def test_nobody_is_twice_on_one_list(db: Session, cast: Cast) -> None:
    with pytest.raises(AlreadyDone) as refused:
        services.enrol(db, cast.cohort_a, cast.amara, cast.stmary, TODAY)
    assert refused.value.field == "email"


def test_accepting_keeps_the_first_day(db: Session, cast: Cast) -> None:
    place = place_of(db, cast, cast.amara)
    services.accept(db, place, TODAY)
    assert place.accepted_on == date(2026, 9, 28)


def test_a_reserve_cannot_accept(db: Session, cast: Cast) -> None:
    with pytest.raises(NotNow):
        services.accept(db, place_of(db, cast, cast.wolfe), TODAY)


def test_withdrawing_keeps_the_first_day_and_taking_it_back_keeps_the_place(db: Session, cast: Cast) -> None:
    place = place_of(db, cast, cast.amara)
    services.withdraw(db, place, TODAY)
    services.withdraw(db, place, TODAY + timedelta(days=3))
    assert place.withdrawn_on == TODAY and place.state is State.WITHDRAWN
    services.undo_withdrawal(db, place)
    assert place.state is State.ACTIVE and place.enrolled_on == date(2026, 9, 21)


def test_a_session_is_scheduled_once_with_its_leaders_in_order(db: Session, cast: Cast) -> None:
    cohort = services.start_cohort(db, "Hilary", "peer-support", NOW)
    session = services.schedule(
        db, cohort, 1, MONDAY.starts, MONDAY.ends, " Room  2 ", "", [cast.sol, cast.ruth], TODAY
    )
    assert [one.name for one in session.leaders] == ["Sol Ferreira", "Ruth Hallam"] and session.place == "Room 2"
    with pytest.raises(AlreadyDone) as refused:
        services.schedule(db, cohort, 1, MONDAY.starts, MONDAY.ends, "", "", [cast.sol], TODAY)
    assert refused.value.field == "number"


def test_nobody_but_a_trainer_leads(db: Session, cast: Cast) -> None:
    for leaders in ([], [cast.amara], [cast.ruth, cast.priya]):
        with pytest.raises(NotValid) as refused:
            services.set_leaders(db, cast.session_a(6), leaders, TODAY)
        assert refused.value.field == "leaders"


def test_handing_a_session_over_ends_one_leading_and_begins_another(db: Session, cast: Cast) -> None:
    session = cast.session_a(6)
    services.set_leaders(db, session, [cast.sol], TODAY)
    services.set_leaders(db, session, [cast.ruth], TODAY + timedelta(days=1))
    rows = sorted((one.from_on, one.person.given_name, one.ended_on) for one in session.leadings)
    assert rows == [
        (date(2026, 9, 1), "Ruth", TODAY),
        (TODAY, "Sol", TODAY + timedelta(days=1)),
        (TODAY + timedelta(days=1), "Ruth", None),
    ]
    assert session.led_by(cast.ruth.id) and not session.led_by(cast.sol.id)


@pytest.fixture
def _signed() -> Iterator[None]:
    """Every session is signed, whatever sign-off says."""
    with patch.dict(guards._signed, {"signed": lambda _db, ids: set(ids)}):
        yield


@pytest.mark.usefixtures("_signed")
def test_nothing_of_a_signed_session_changes(db: Session, cast: Cast) -> None:
    session, priya = cast.session_a(6), Viewer(cast.priya.id, "Priya", frozenset({Role.COORDINATOR}))
    for change in (
        lambda: services.change_session(db, priya, session, MONDAY, None, TODAY),
        lambda: services.set_leaders(db, session, [cast.sol], TODAY),
        lambda: services.cancel(db, session, TODAY),
        lambda: services.restore(db, session),
        lambda: services.get_changeable(db, priya, session.id),
    ):
        with pytest.raises(NotNow) as refused:
            change()
        assert refused.value.code == "signed"
    assert session.starts == at("2026-10-22 14:00") and session.cancelled_on is None


def test_a_guard_that_nobody_set_lets_nothing_pass(db: Session, cast: Cast) -> None:
    with patch.dict(guards._signed, clear=True), pytest.raises(LookupError):
        services.cancel(db, cast.session_a(6), TODAY)


def test_a_trainer_says_who_leads_what_they_lead_and_nothing_else(db: Session, cast: Cast) -> None:
    ruth = Viewer(cast.ruth.id, "Ruth", frozenset({Role.TRAINER}))
    services.change_session(db, ruth, cast.session_a(6), MONDAY, [cast.sol], TODAY)
    assert cast.session_a(6).leaders == [cast.sol]
    with pytest.raises(NotAllowed):
        services.change_session(db, ruth, cast.session_a(4), MONDAY, [cast.ruth], TODAY)


def test_an_overlap_is_found_for_current_leaders_of_sessions_that_take_place(db: Session, cast: Cast) -> None:
    six, seven = cast.session_a(6), cast.session_b(7)
    seven.starts, seven.ends = six.starts, six.ends
    services.set_leaders(db, seven, [cast.sol, cast.ruth], TODAY)
    assert [(person.given_name, other.number) for person, other in overlapping(db, seven)] == [("Ruth", 6)]
    services.cancel(db, six, TODAY)
    assert overlapping(db, seven) == []


def test_a_cohort_without_timetable_may_change_its_programme(db: Session, cast: Cast) -> None:
    cohort = services.start_cohort(db, "Hilary", "peer-support", NOW)
    services.edit_cohort(db, cohort, "Hilary", "another")
    assert cohort.programme == "another"
    with pytest.raises(NotNow) as refused:
        services.edit_cohort(db, cast.cohort_a, "Michaelmas A", "another")
    assert refused.value.field == "programme"
