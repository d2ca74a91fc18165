"""Reads of people, bodies, roles and memberships; who may ask is decided by the features above."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, contains_eager, joinedload

from trainer.people.models import Body, Membership, Person, RoleGrant, SeniorMember
from trainer.people.rules import Role, name_key, tidy_email
from trainer.refusal import NotFound


def in_force(
    start: InstrumentedAttribute[date], end: InstrumentedAttribute[date | None], day: date
) -> ColumnElement[bool]:
    """Return the condition that a dated row holds on `day`: both its first and its last day belong to it."""
    return and_(start <= day, or_(end.is_(None), end >= day))


def _joined(
    start: InstrumentedAttribute[date], end: InstrumentedAttribute[date | None], day: date
) -> ColumnElement[bool]:
    """In force on `day`, or begun that day and undone: what one would take up again rather than begin anew."""
    return or_(in_force(start, end, day), start == day)


def find_person_by_email(db: Session, email: str) -> Person | None:
    """Return the person with that address, or None."""
    return db.scalars(select(Person).where(Person.email == tidy_email(email))).one_or_none()


def get_person(db: Session, person_id: str) -> Person:
    """Return a person; raises NotFound."""
    person = db.get(Person, person_id)
    if person is None:
        raise NotFound
    return person


def people_with(db: Session, person_ids: Collection[str]) -> list[Person]:
    """Return people by identifier, in the order asked for; who is unknown is left out."""
    found = {person.id: person for person in db.scalars(select(Person).where(Person.id.in_(person_ids)))}
    return [found[person_id] for person_id in person_ids if person_id in found]


def bodies(db: Session) -> list[Body]:
    """Return every body, sorted by name."""
    return sorted(db.scalars(select(Body)), key=lambda body: name_key(body.name))


def get_body(db: Session, body_id: str) -> Body:
    """Return a body; raises NotFound."""
    body = db.get(Body, body_id)
    if body is None:
        raise NotFound
    return body


def find_body_named(db: Session, name: str) -> Body | None:
    """Return the body of that name, without regard to case, spacing and apostrophes, or None."""
    return next((body for body in bodies(db) if name_key(body.name) == name_key(name)), None)


def roles_of(db: Session, person_id: str) -> Sequence[RoleGrant]:
    """Return every role somebody holds or held, oldest first."""
    query = select(RoleGrant).where(RoleGrant.person_id == person_id)
    return db.scalars(query.order_by(RoleGrant.granted_on, RoleGrant.role)).all()


def find_role(db: Session, person_id: str, role: Role, day: date) -> RoleGrant | None:
    """Return the grant of a role that holds on `day` or began on it (the one that lasts longest), or None."""
    query = select(RoleGrant).where(
        RoleGrant.person_id == person_id,
        RoleGrant.role == role,
        _joined(RoleGrant.granted_on, RoleGrant.ended_on, day),
    )
    return db.scalars(query.order_by(RoleGrant.ended_on.is_not(None), RoleGrant.ended_on.desc())).first()


def holders_of(db: Session, role: Role, day: date) -> list[Person]:
    """Return who holds a role on `day`, sorted by name."""
    query = (
        select(Person)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.role == role, in_force(RoleGrant.granted_on, RoleGrant.ended_on, day))
        .distinct()
    )
    return sorted(db.scalars(query), key=lambda person: person.sort_key)


def lasting_coordinators(db: Session, day: date) -> set[str]:
    """Return ids of the people who are coordinators on `day` without an end in sight."""
    query = select(RoleGrant.person_id).where(
        RoleGrant.role == Role.COORDINATOR, RoleGrant.granted_on <= day, RoleGrant.ended_on.is_(None)
    )
    return set(db.scalars(query))


def memberships_of(db: Session, person_id: str) -> list[Membership]:
    """Return every membership of a person with its body, running ones first, then by name."""
    query = (
        select(Membership)
        .join(Membership.body)
        .where(Membership.person_id == person_id)
        .options(contains_eager(Membership.body))
    )
    return sorted(db.scalars(query), key=lambda one: (one.until_on is not None, name_key(one.body.name), one.from_on))


def find_membership(db: Session, person_id: str, body_id: str, day: date) -> Membership | None:
    """Return somebody's membership of a body that holds on `day` or began on it, or None."""
    query = select(Membership).where(
        Membership.person_id == person_id,
        Membership.body_id == body_id,
        _joined(Membership.from_on, Membership.until_on, day),
    )
    return db.scalars(query.order_by(Membership.until_on.is_not(None), Membership.from_on)).first()


def standings_of(db: Session, person_id: str) -> Sequence[SeniorMember]:
    """Return the bodies somebody is or was Senior Member of, oldest first."""
    query = (
        select(SeniorMember)
        .where(SeniorMember.person_id == person_id)
        .options(joinedload(SeniorMember.body))
        .order_by(SeniorMember.from_on)
    )
    return db.scalars(query).all()


def find_standing(db: Session, person_id: str, body_id: str, day: date) -> SeniorMember | None:
    """Return somebody's standing as Senior Member of a body that holds on `day` or began on it, or None."""
    query = select(SeniorMember).where(
        SeniorMember.person_id == person_id,
        SeniorMember.body_id == body_id,
        _joined(SeniorMember.from_on, SeniorMember.until_on, day),
    )
    return db.scalars(query.order_by(SeniorMember.until_on.is_not(None), SeniorMember.from_on)).first()
