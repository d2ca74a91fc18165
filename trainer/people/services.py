"""Add people and bodies, grant and end roles, memberships and standings: verbs that change who is who.

Nothing is deleted: what is over ends with a date, and its last day still belongs to it. Who may do this is decided
by the features above; nothing here commits.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from trainer.people import queries
from trainer.people.models import Body, Membership, Person, RoleGrant, SeniorMember
from trainer.people.rules import (
    NAME_MOST,
    BodyKind,
    Role,
    check_email,
    check_last_day,
    tidy_name,
    tidy_names,
)
from trainer.refusal import AlreadyDone, NotNow, NotValid


def add_person(db: Session, given_name: str, family_name: str, email: str, now: datetime) -> Person:
    """Add a person. Raises NotValid on a name or address that does not fit, AlreadyDone if the address is taken."""
    given, family = tidy_names(given_name, family_name)
    address = _free_address(db, email, None)
    person = Person(given_name=given, family_name=family, email=address, known_since=now)
    db.add(person)
    db.flush()
    return person


def edit_person(db: Session, person: Person, given_name: str, family_name: str, email: str) -> None:
    """Correct somebody's name or address. Raises NotValid and AlreadyDone as `add_person` does."""
    given, family = tidy_names(given_name, family_name)
    person.email = _free_address(db, email, person)
    person.given_name, person.family_name = given, family
    db.flush()


def _free_address(db: Session, email: str, owner: Person | None) -> str:
    address = check_email(email)
    other = queries.find_person_by_email(db, address)
    if other is not None and other is not owner:
        raise AlreadyDone("email-taken", f"{other.name} has this address already.", field="email")
    return address


def grant_role(db: Session, person: Person, role: Role, on: date, by: str | None) -> RoleGrant:
    """Grant a role from a date; `by` is the identifier of who granted it.

    A grant that holds on that day is returned as it is, without its end if it had one.
    """
    grant = queries.find_role(db, person.id, role, on)
    if grant is None:
        grant = RoleGrant(person_id=person.id, role=role, granted_on=on, granted_by=by)
        db.add(grant)
    grant.ended_on = None
    db.flush()
    return grant


def end_role(db: Session, grant: RoleGrant, last_day: date, today: date) -> None:
    """End a role after `last_day`. Raises NotNow if nobody would run the programme then, NotValid on an odd date."""
    check_last_day(grant.granted_on, last_day)
    if grant.role == Role.COORDINATOR and queries.lasting_coordinators(db, today) <= {grant.person_id}:
        raise NotNow(
            "last-coordinator",
            "Nobody else is a coordinator without an end date. Make somebody else a coordinator first.",
            field="last_day",
        )
    grant.ended_on = last_day
    db.flush()


def add_body(db: Session, name: str, kind: BodyKind) -> Body:
    """Add a college, department, division, community group or service. Raises NotValid, AlreadyDone on its name."""
    body = Body(name=_free_name(db, name, None), kind=kind)
    db.add(body)
    db.flush()
    return body


def edit_body(db: Session, body: Body, name: str, kind: BodyKind) -> None:
    """Rename a body or change its kind. Raises NotValid and AlreadyDone as `add_body` does."""
    body.name, body.kind = _free_name(db, name, body), kind
    db.flush()


def _free_name(db: Session, name: str, owner: Body | None) -> str:
    tidied = tidy_name(name)
    if not 0 < len(tidied) <= NAME_MOST:
        raise NotValid("body-name", f"Give a name of at most {NAME_MOST} characters.", field="name")
    other = queries.find_body_named(db, tidied)
    if other is not None and other is not owner:
        raise AlreadyDone("body-known", f"There is {other.name} already.", field="name")
    return tidied


def join_body(db: Session, person: Person, body: Body, on: date, panel: bool) -> Membership:
    """Make somebody a member of a body from a date; with `panel` it becomes the one body whose panel they serve on.

    A membership that holds on that day is returned as it is, without its end if it had one.
    """
    membership = queries.find_membership(db, person.id, body.id, on)
    if membership is None:
        membership = Membership(person_id=person.id, person=person, body_id=body.id, body=body, from_on=on)
        db.add(membership)
    membership.until_on = None
    db.flush()
    if panel:
        choose_panel(db, membership)
    return membership


def choose_panel(db: Session, membership: Membership) -> None:
    """Make this the one body whose panel somebody serves on."""
    others = (Membership.person_id == membership.person_id, Membership.id != membership.id)
    db.execute(update(Membership).where(*others).values(panel=False))
    membership.panel = True
    db.flush()


def leave_body(db: Session, membership: Membership, last_day: date) -> None:
    """End a membership after `last_day`. Raises NotValid on an odd date."""
    check_last_day(membership.from_on, last_day)
    membership.until_on = last_day
    db.flush()


def appoint_senior_member(db: Session, person: Person, body: Body, on: date) -> SeniorMember:
    """Make somebody Senior Member of a body from a date.

    A standing that holds on that day is returned as it is, without its end if it had one.
    """
    standing = queries.find_standing(db, person.id, body.id, on)
    if standing is None:
        standing = SeniorMember(person_id=person.id, person=person, body_id=body.id, body=body, from_on=on)
        db.add(standing)
    standing.until_on = None
    db.flush()
    return standing


def end_standing(db: Session, standing: SeniorMember, last_day: date) -> None:
    """End a standing as Senior Member after `last_day`. Raises NotValid on an odd date."""
    check_last_day(standing.from_on, last_day)
    standing.until_on = last_day
    db.flush()
