"""People, roles, bodies and standings on a real database: what begins, what ends, what is harmless twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.cast import LONG_AGO, NOW, Cast
from trainer.people import queries, services
from trainer.people.rules import BodyKind, Role
from trainer.refusal import AlreadyDone, NotNow, NotValid

TODAY = NOW.date()
YESTERDAY = TODAY - timedelta(days=1)


def test_a_person_is_added_tidied(db: Session, cast: Cast) -> None:
    kai = services.add_person(db, " Kai ", "Smith\u202e", " KAI@x.Example ", NOW)
    assert (kai.name, kai.email, kai.known_since) == ("Kai Smith", "kai@x.example", NOW)
    assert queries.find_person_by_email(db, "Kai@X.example") is kai


def test_an_address_belongs_to_one_person(db: Session, cast: Cast) -> None:
    with pytest.raises(AlreadyDone) as refused:
        services.add_person(db, "Kai", "", "RUTH.hallam@counselling.example", NOW)
    assert refused.value.field == "email"
    services.edit_person(db, cast.ruth, "Ruth", "Hallam-Jones", "ruth.hallam@counselling.example")
    assert cast.ruth.name == "Ruth Hallam-Jones"


def test_a_role_is_granted_once_and_an_end_is_lifted(db: Session, cast: Cast) -> None:
    grant = services.grant_role(db, cast.ruth, Role.TRAINER, TODAY, cast.priya.id)
    assert grant.granted_on == LONG_AGO
    services.end_role(db, grant, TODAY, TODAY)
    assert services.grant_role(db, cast.ruth, Role.TRAINER, TODAY, None) is grant and grant.ended_on is None


def test_a_role_that_is_over_is_granted_anew(db: Session, cast: Cast) -> None:
    [old] = queries.roles_of(db, cast.ruth.id)
    services.end_role(db, old, YESTERDAY, TODAY)
    new = services.grant_role(db, cast.ruth, Role.TRAINER, TODAY, cast.priya.id)
    assert new is not old and (new.granted_on, new.granted_by) == (TODAY, cast.priya.id)
    assert cast.ruth in queries.holders_of(db, Role.TRAINER, TODAY)


def test_the_programme_always_has_a_coordinator(db: Session, cast: Cast) -> None:
    [grant] = queries.roles_of(db, cast.priya.id)
    with pytest.raises(NotNow):
        services.end_role(db, grant, TODAY + timedelta(days=100), TODAY)
    later = services.grant_role(db, cast.ruth, Role.COORDINATOR, TODAY + timedelta(days=5), None)
    with pytest.raises(NotNow):
        services.end_role(db, grant, TODAY, TODAY)
    later.granted_on = TODAY
    services.end_role(db, grant, TODAY, TODAY)
    assert queries.lasting_coordinators(db, TODAY) == {cast.ruth.id}


def test_one_of_several_memberships_is_the_panel(db: Session, cast: Cast) -> None:
    service = services.join_body(db, cast.amara, cast.service, TODAY, True)
    assert [one.body.name for one in queries.memberships_of(db, cast.amara.id) if one.panel] == ["Counselling Service"]
    services.leave_body(db, service, TODAY)
    assert services.join_body(db, cast.amara, cast.service, TODAY, False) is service and service.until_on is None


def test_a_membership_that_is_over_begins_anew(db: Session, cast: Cast) -> None:
    [old] = queries.memberships_of(db, cast.amara.id)
    services.leave_body(db, old, YESTERDAY)
    assert services.join_body(db, cast.amara, cast.stmary, TODAY, True) is not old
    assert [one.until_on for one in queries.memberships_of(db, cast.amara.id)] == [None, YESTERDAY]


def test_a_standing_ends_with_its_last_day(db: Session, cast: Cast) -> None:
    standing = services.appoint_senior_member(db, cast.eleanor, cast.stmary, TODAY)
    assert standing.from_on == LONG_AGO
    with pytest.raises(NotValid):
        services.end_standing(db, standing, LONG_AGO - timedelta(days=2))
    services.end_standing(db, standing, TODAY)
    assert queries.find_standing(db, cast.eleanor.id, cast.stmary.id, TODAY + timedelta(days=1)) is None


def test_a_body_keeps_a_name_of_its_own(db: Session, cast: Cast) -> None:
    with pytest.raises(AlreadyDone):
        services.add_body(db, "st mary’s  college", BodyKind.COLLEGE)
    services.edit_body(db, cast.stmary, "St Mary’s College", BodyKind.COLLEGE)
    assert cast.stmary.name == "St Mary’s College"


def test_people_come_in_the_order_asked_for(db: Session, cast: Cast) -> None:
    assert queries.people_with(db, [cast.sol.id, "nobody", cast.amara.id]) == [cast.sol, cast.amara]
