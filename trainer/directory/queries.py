"""Reads of people and bodies for who runs the programme; everybody else finds nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, literal, select, union_all
from sqlalchemy.orm import Session, joinedload

from trainer.directory.rules import Listed
from trainer.people import queries as people
from trainer.people.models import Body, Membership, Person, RoleGrant, SeniorMember
from trainer.people.queries import in_force
from trainer.people.rules import Viewer, name_key
from trainer.refusal import NotFound

SENIOR = "senior member"
DatedRow = RoleGrant | Membership | SeniorMember
DATED: dict[str, type[DatedRow]] = {"roles": RoleGrant, "bodies": Membership, "standings": SeniorMember}


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that the programme knows of who somebody is, ended things included."""

    person: Person
    roles: Sequence[RoleGrant]
    memberships: Sequence[Membership]
    standings: Sequence[SeniorMember]


@dataclass(frozen=True, slots=True)
class Dated:
    """One dated row about a person, which can end."""

    row: DatedRow
    person: Person

    @property
    def title(self) -> str:
        """What it is, for a heading."""
        if isinstance(self.row, RoleGrant):
            return f"The role of {self.row.role}"
        words = "Senior Member of" if isinstance(self.row, SeniorMember) else "Belonging to"
        return f"{words} {self.row.body.name}"

    @property
    def began_on(self) -> date:
        return self.row.granted_on if isinstance(self.row, RoleGrant) else self.row.from_on


@dataclass(frozen=True, slots=True)
class Counted:
    """A body with its members today and the names of its Senior Members today."""

    body: Body
    members: int
    seniors: tuple[Person, ...]


def _require(viewer: Viewer) -> None:
    if not viewer.is_coordinator:
        raise NotFound


def listed_people(db: Session, viewer: Viewer, role: str, body_id: str, day: date) -> list[Listed]:
    """Return everybody, or who holds a role (or "senior member") or belongs to a body on `day`: one statement."""
    _require(viewer)
    query = select(Person.id, Person.given_name, Person.family_name, func.coalesce(Person.email, ""))
    if role:
        query = query.where(Person.id.in_(_holding(role, day)))
    if body_id:
        query = query.where(Person.id.in_(_belonging(body_id, day)))
    return [Listed(*row) for row in db.execute(query)]


def _holding(role: str, day: date) -> Select[str]:
    if role == SENIOR:
        return select(SeniorMember.person_id).where(in_force(SeniorMember.from_on, SeniorMember.until_on, day))
    return select(RoleGrant.person_id).where(
        RoleGrant.role == role, in_force(RoleGrant.granted_on, RoleGrant.ended_on, day)
    )


def _belonging(body_id: str, day: date) -> Select[str]:
    return select(Membership.person_id).where(
        Membership.body_id == body_id, in_force(Membership.from_on, Membership.until_on, day)
    )


def words_beside(db: Session, person_ids: Sequence[str], day: date) -> dict[str, list[str]]:
    """Return what stands beside a name in a list: roles and standings on `day`, then bodies: one statement."""
    roles = select(RoleGrant.person_id, literal(1).label("place"), RoleGrant.role.label("words")).where(
        RoleGrant.person_id.in_(person_ids), in_force(RoleGrant.granted_on, RoleGrant.ended_on, day)
    )
    seniors = (
        select(SeniorMember.person_id, literal(2), literal("Senior Member of ") + Body.name)
        .join(SeniorMember.body)
        .where(SeniorMember.person_id.in_(person_ids), in_force(SeniorMember.from_on, SeniorMember.until_on, day))
    )
    bodies = (
        select(Membership.person_id, literal(3), Body.name)
        .join(Membership.body)
        .where(Membership.person_id.in_(person_ids), in_force(Membership.from_on, Membership.until_on, day))
    )
    rows = db.execute(union_all(roles, seniors, bodies)).all()
    beside: dict[str, list[str]] = defaultdict(list)
    for person_id, _place, words in sorted(set(rows)):
        beside[person_id].append(words)
    return beside


def all_bodies(db: Session, viewer: Viewer) -> list[Body]:
    """Return every body, sorted by name."""
    _require(viewer)
    return people.bodies(db)


def get_dossier(db: Session, viewer: Viewer, person_id: str) -> Dossier:
    """Return one person with everything dated about them, in four statements; raises NotFound."""
    _require(viewer)
    return Dossier(
        people.get_person(db, person_id),
        people.roles_of(db, person_id),
        people.memberships_of(db, person_id),
        people.standings_of(db, person_id),
    )


def get_person(db: Session, viewer: Viewer, person_id: str) -> Person:
    """Return one person; raises NotFound."""
    _require(viewer)
    return people.get_person(db, person_id)


def get_membership(db: Session, viewer: Viewer, person_id: str, membership_id: str) -> Membership:
    """Return a membership of that person; raises NotFound."""
    _require(viewer)
    membership = db.get(Membership, membership_id)
    if membership is None or membership.person_id != person_id:
        raise NotFound
    return membership


def get_dated(db: Session, viewer: Viewer, person_id: str, what: str, row_id: str) -> Dated:
    """Return one of that person's "roles", "bodies" or "standings", whichever `what` names; raises NotFound."""
    _require(viewer)
    row = db.get(DATED[what], row_id)
    if not isinstance(row, DatedRow) or row.person_id != person_id:
        raise NotFound
    return Dated(row, people.get_person(db, person_id))


def counted_bodies(db: Session, viewer: Viewer, day: date) -> list[Counted]:
    """Return every body with its members and Senior Members on `day`, sorted by name: two statements."""
    _require(viewer)
    members = (
        select(Membership.body_id, func.count(Membership.person_id.distinct()).label("members"))
        .where(in_force(Membership.from_on, Membership.until_on, day))
        .group_by(Membership.body_id)
        .subquery()
    )
    counts = select(Body, func.coalesce(members.c.members, 0)).outerjoin(members, members.c.body_id == Body.id)
    seniors: dict[str, list[Person]] = defaultdict(list)
    for standing in _seniors(db, day):
        seniors[standing.body_id].append(standing.person)
    found = [Counted(body, count, tuple(seniors[body.id])) for body, count in db.execute(counts)]
    return sorted(found, key=lambda one: name_key(one.body.name))


def _seniors(db: Session, day: date) -> Sequence[SeniorMember]:
    query = select(SeniorMember).where(in_force(SeniorMember.from_on, SeniorMember.until_on, day))
    return db.scalars(query.options(joinedload(SeniorMember.person)).order_by(SeniorMember.from_on)).all()


def get_body(db: Session, viewer: Viewer, body_id: str) -> Body:
    """Return a body; raises NotFound."""
    _require(viewer)
    return people.get_body(db, body_id)


def seniors_of(db: Session, body_id: str) -> Sequence[SeniorMember]:
    """Return who is or was Senior Member of a body, newest first."""
    query = select(SeniorMember).where(SeniorMember.body_id == body_id)
    return db.scalars(query.options(joinedload(SeniorMember.person)).order_by(SeniorMember.from_on.desc())).all()


def members_of(db: Session, body_id: str, day: date) -> list[Person]:
    """Return who belongs to a body on `day`, sorted by name."""
    query = select(Person).where(Person.id.in_(_belonging(body_id, day)))
    return sorted(db.scalars(query), key=lambda person: person.sort_key)
