"""Import people from CSV: read, hold against the database, then all of it or nothing. Nothing here commits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import and_, func, literal, select, union_all
from sqlalchemy.orm import Session

from trainer.accounts.models import Account
from trainer.accounts.services import open_account
from trainer.cohorts import services
from trainer.cohorts.models import Cohort, Enrolment
from trainer.cohorts.people_file import (
    Known,
    KnownPerson,
    PeoplePlan,
    PersonChange,
    PersonLine,
    plan_people,
    read_people,
)
from trainer.cohorts.preview import Preview
from trainer.cohorts.rules import State
from trainer.database import Base, new_id
from trainer.people import services as people
from trainer.people.models import Body, Membership, Person, RoleGrant, SeniorMember
from trainer.people.queries import in_force
from trainer.people.rules import Role, name_key

SENIOR, MEMBER, PANEL = "senior", "member", "panel"


@dataclass(frozen=True, slots=True)
class Terms:
    """With what an import is made: the programme of new cohorts, who imports (None: the operator), and when.

    `since` is the first day on which new places count: earlier sessions were not missed.
    """

    programme: str
    by: str | None
    now: datetime
    on: date
    since: date


def preview_people(db: Session, content: bytes | str, on: date) -> Preview:
    """Return what importing this file would change, and every fault; changes nothing."""
    return _decide(db, content, on)[1]


def import_people(db: Session, content: bytes | str, terms: Terms, seen: str | None = None) -> Preview:
    """Import a file of people unless it has a fault, or would change something else than what was `seen`.

    The answer is as of `preview_people`; its `done` says whether everything was imported.
    """
    plan, preview = _decide(db, content, terms.on)
    if not preview.may_go(seen):
        return preview
    _carry_out(db, plan, terms)
    return replace(preview, done=True)


def _decide(db: Session, content: bytes | str, on: date) -> tuple[PeoplePlan, Preview]:
    lines, faults = read_people(content)
    plan = plan_people(lines, _known(db, on))
    return plan, Preview(plan.sections, tuple(faults), plan.warnings)


def _known(db: Session, on: date) -> Known:
    """Everybody and everything there is, in five statements: a file may speak of any of them."""
    cohorts = db.execute(select(Cohort.id, Cohort.name)).all()
    return Known(
        people=_known_people(db, on),
        bodies={name_key(name): body_id for body_id, name in db.execute(select(Body.id, Body.name))},
        cohorts={name_key(name): cohort_id for cohort_id, name in cohorts},
        cohort_names={row.id: row.name for row in cohorts},
        places=_places(db),
    )


def _known_people(db: Session, on: date) -> dict[str, KnownPerson]:
    belonging = _belonging(db, on)
    role_today = and_(RoleGrant.person_id == Person.id, in_force(RoleGrant.granted_on, RoleGrant.ended_on, on))
    query = (
        select(Person.id, Person.given_name, Person.family_name, func.coalesce(Person.email, ""), RoleGrant.role)
        .outerjoin(RoleGrant, role_today)
        .where(Person.email.is_not(None))
    )
    known: dict[str, KnownPerson] = {}
    for person_id, given, family, email, role in db.execute(query):
        before = known.get(email)
        roles = (before.roles if before else frozenset()) | ({Role(role)} if role else set())
        groups = belonging[person_id]
        known[email] = KnownPerson(
            person_id,
            given,
            family,
            roles,
            frozenset(groups[MEMBER] | groups[PANEL]),
            frozenset(groups[SENIOR]),
            bool(groups[PANEL]),
        )
    return known


def _belonging(db: Session, on: date) -> Mapping[str, Mapping[str, set[str]]]:
    """Ids of bodies by person, then by kind of belonging, as they hold that day."""
    members = select(Membership.person_id, Membership.body_id, Membership.panel, literal(MEMBER).label("kind")).where(
        in_force(Membership.from_on, Membership.until_on, on)
    )
    seniors = select(SeniorMember.person_id, SeniorMember.body_id, literal(False), literal(SENIOR)).where(
        in_force(SeniorMember.from_on, SeniorMember.until_on, on)
    )
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for person_id, body_id, panel, kind in db.execute(union_all(members, seniors)):
        found[person_id][PANEL if panel else kind].add(body_id)
    return found


def _places(db: Session) -> dict[str, dict[str, State]]:
    found: dict[str, dict[str, State]] = defaultdict(dict)
    for enrolment in db.scalars(select(Enrolment)):
        found[enrolment.person_id][enrolment.cohort_id] = enrolment.state
    return found


@dataclass(frozen=True, slots=True)
class _Groups:
    """Bodies and cohorts by the key of their name, those that the file brings included."""

    bodies: Mapping[str, Body]
    cohorts: Mapping[str, Cohort]

    def body(self, change: PersonChange) -> Body | None:
        """Return the body that a line names, or None if it names none."""
        return self.bodies.get(name_key(change.line.body))


def _carry_out(db: Session, plan: PeoplePlan, terms: Terms) -> None:
    groups = _groups(db, plan, terms)
    newcomers = [(new_id(), change) for change in plan.changes if change.known is None]
    db.add_all(_newcomer(person_id, change.line, terms) for person_id, change in newcomers)
    db.flush()  # what refers to a person comes after the person, also where no relationship says so
    db.add_all(row for person_id, change in newcomers for row in _rows_of(person_id, change, groups, terms))
    for change in plan.changes:
        if change.known is not None:
            _change(db, change, db.get_one(Person, change.known.id), groups, terms)
    db.flush()


def _groups(db: Session, plan: PeoplePlan, terms: Terms) -> _Groups:
    for name, kind in plan.new_bodies:
        people.add_body(db, name, kind)
    for name in plan.new_cohorts:
        services.start_cohort(db, name, terms.programme, terms.now)
    return _Groups(
        {name_key(body.name): body for body in db.scalars(select(Body))},
        {name_key(cohort.name): cohort for cohort in db.scalars(select(Cohort))},
    )


def _newcomer(person_id: str, line: PersonLine, terms: Terms) -> Person:
    return Person(
        id=person_id,
        given_name=line.given_name,
        family_name=line.family_name,
        email=line.email,
        known_since=terms.now,
    )


def _rows_of(person_id: str, change: PersonChange, groups: _Groups, terms: Terms) -> Iterator[Base]:
    """Everything about somebody new. The verbs would ask, person by person, what a newcomer cannot have yet."""
    line, body = change.line, groups.body(change)
    yield Account(person_id=person_id, made_at=terms.now)
    if line.role:
        yield RoleGrant(person_id=person_id, role=line.role, granted_on=_from(line, terms), granted_by=terms.by)
    if body:
        yield Membership(person_id=person_id, body_id=body.id, from_on=terms.on, panel=change.panel)
    if body and change.becomes_senior:
        yield SeniorMember(person_id=person_id, body_id=body.id, from_on=terms.on)
    if change.enrols:
        cohort = groups.cohorts[name_key(line.cohort)]
        yield Enrolment(
            cohort_id=cohort.id,
            person_id=person_id,
            body_id=body.id if body else None,
            enrolled_on=terms.since,
            reserve=False,
        )


def _change(db: Session, change: PersonChange, person: Person, groups: _Groups, terms: Terms) -> None:
    line, body = change.line, groups.body(change)
    if change.renamed:
        people.edit_person(db, person, line.given_name, line.family_name, line.email)
    open_account(db, person, terms.now)
    if line.role and change.granted:
        people.grant_role(db, person, line.role, _from(line, terms), terms.by)
    if body and (change.joins or change.panel):
        people.join_body(db, person, body, terms.on, change.panel)
    if body and change.becomes_senior:
        people.appoint_senior_member(db, person, body, terms.on)
    if change.enrols:
        services.enrol(db, groups.cohorts[name_key(line.cohort)], person, body, terms.since, today=terms.on)


def _from(line: PersonLine, terms: Terms) -> date:
    """From when a role holds: a trainee's from the first day their place counts, if that is past, else from today."""
    return min(terms.since, terms.on) if line.role is Role.TRAINEE else terms.on
