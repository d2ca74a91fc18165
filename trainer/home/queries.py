"""Reads for start pages: what waits for a coordinator, and who serves or trains at a Senior Member's college."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Label, func, or_, select
from sqlalchemy.orm import Session

from trainer.cohorts.models import Cohort, Enrolment, TrainingSession
from trainer.people.models import Body, Membership, Person
from trainer.people.rules import BodyKind, Viewer, full_name, sort_key
from trainer.signoff.models import SignOff


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A session that is over and not signed."""

    training_session_id: str
    number: int
    cohort: str
    starts: datetime


@dataclass(frozen=True, slots=True)
class Running:
    """A cohort with its counts of places by what is known of them, and of signed sessions."""

    id: str
    name: str
    places: int
    unaccepted: int
    reserves: int
    completed: int
    signed: int


@dataclass(frozen=True, slots=True)
class Attention:
    """What a coordinator's page shows."""

    unsigned: tuple[Unsigned, ...]
    cohorts: tuple[Running, ...]


def attention(db: Session, now: datetime, zone: ZoneInfo) -> Attention:
    """Return what waits for a signature, oldest first, and every cohort with its counts: three statements."""
    return Attention(_unsigned(db, now.astimezone(zone).replace(tzinfo=None)), _cohorts(db))


def _unsigned(db: Session, wall: datetime) -> tuple[Unsigned, ...]:
    query = (
        select(TrainingSession.id, TrainingSession.number, Cohort.name, TrainingSession.starts)
        .join(Cohort, Cohort.id == TrainingSession.cohort_id)
        .outerjoin(SignOff, SignOff.training_session_id == TrainingSession.id)
        .where(TrainingSession.ends <= wall, TrainingSession.cancelled_on.is_(None), SignOff.id.is_(None))
        .order_by(TrainingSession.starts)
    )
    return tuple(Unsigned(*row) for row in db.execute(query))


def _cohorts(db: Session) -> tuple[Running, ...]:
    signed = dict(db.execute(select(SignOff.cohort_id, func.count()).group_by(SignOff.cohort_id)).all())
    place = Enrolment.withdrawn_on.is_(None) & Enrolment.reserve.is_(False)
    query = (
        select(
            Cohort.id,
            Cohort.name,
            func.count(Enrolment.id).filter(place),
            func.count(Enrolment.id).filter(place, Enrolment.accepted_on.is_(None)),
            func.count(Enrolment.id).filter(Enrolment.withdrawn_on.is_(None), Enrolment.reserve.is_(True)),
            func.count(Enrolment.id).filter(Enrolment.completed_on.is_not(None)),
        )
        .outerjoin(Enrolment, Enrolment.cohort_id == Cohort.id)
        .group_by(Cohort.id, Cohort.name, Cohort.made_at)
        .order_by(Cohort.made_at.desc(), Cohort.name)
    )
    return tuple(Running(*row, signed=signed.get(row[0], 0)) for row in db.execute(query))


@dataclass(frozen=True, slots=True)
class Panel:
    """A college: who has completed the training, who is in it; names only."""

    body: str
    trained: tuple[str, ...]
    in_training: tuple[str, ...]
    next_on: datetime | None


def panels(db: Session, viewer: Viewer, today: date) -> list[Panel]:
    """Return the panel of each body whose Senior Member asks: two statements. Community groups are never shown."""
    bodies = db.execute(
        select(Body.id, Body.name)
        .where(Body.id.in_(viewer.senior_of), Body.kind != BodyKind.COMMUNITY)
        .order_by(Body.name)
    ).all()
    rows = db.execute(
        select(Membership.body_id, Person.given_name, Person.family_name, Enrolment.completed_on, _next_of(today))
        .join(Person, Person.id == Membership.person_id)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(
            Membership.body_id.in_([body.id for body in bodies]),
            Membership.panel,
            Membership.from_on <= today,
            or_(Membership.until_on.is_(None), Membership.until_on >= today),
            Enrolment.withdrawn_on.is_(None),
            Enrolment.reserve.is_(False),
        )
    ).all()
    return [_panel(body.name, [row for row in rows if row.body_id == body.id]) for body in bodies]


def _next_of(today: date) -> Label[datetime]:
    return (
        select(func.min(TrainingSession.starts))
        .where(
            TrainingSession.cohort_id == Enrolment.cohort_id,
            TrainingSession.starts >= datetime.combine(today, time.min),
            TrainingSession.cancelled_on.is_(None),
        )
        .correlate(Enrolment)
        .scalar_subquery()
        .label("next_on")
    )


def _panel(body: str, rows: Sequence[Any]) -> Panel:
    by_name = sorted(rows, key=lambda row: sort_key(row.given_name, row.family_name))
    trained = dict.fromkeys(full_name(row.given_name, row.family_name) for row in by_name if row.completed_on)
    training = dict.fromkeys(full_name(row.given_name, row.family_name) for row in by_name if not row.completed_on)
    coming = [row.next_on for row in rows if row.next_on and not row.completed_on]
    return Panel(
        body, tuple(trained), tuple(name for name in training if name not in trained), min(coming, default=None)
    )
