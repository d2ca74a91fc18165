"""Reads for start pages: what waits for a coordinator, and who serves or trains at a Senior Member's college."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, or_, select
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


# The statements are built once: building one takes longer than running it.
UNSIGNED = (
    select(TrainingSession.id, TrainingSession.number, Cohort.name, TrainingSession.starts)
    .join(Cohort, Cohort.id == TrainingSession.cohort_id)
    .outerjoin(SignOff, SignOff.training_session_id == TrainingSession.id)
    .where(TrainingSession.ends <= bindparam("wall"), TrainingSession.cancelled_on.is_(None), SignOff.id.is_(None))
    .order_by(TrainingSession.starts)
)
SIGNED = select(SignOff.cohort_id, func.count()).group_by(SignOff.cohort_id)
HAS_PLACE = Enrolment.withdrawn_on.is_(None) & Enrolment.reserve.is_(False)
COHORTS = (
    select(
        Cohort.id,
        Cohort.name,
        func.count(Enrolment.id).filter(HAS_PLACE),
        func.count(Enrolment.id).filter(HAS_PLACE, Enrolment.accepted_on.is_(None)),
        func.count(Enrolment.id).filter(Enrolment.withdrawn_on.is_(None), Enrolment.reserve.is_(True)),
        func.count(Enrolment.id).filter(Enrolment.completed_on.is_not(None)),
    )
    .outerjoin(Enrolment, Enrolment.cohort_id == Cohort.id)
    .group_by(Cohort.id, Cohort.name, Cohort.made_at)
    .order_by(Cohort.made_at.desc(), Cohort.name)
)


def _unsigned(db: Session, wall: datetime) -> tuple[Unsigned, ...]:
    return tuple(Unsigned(*row) for row in db.execute(UNSIGNED, {"wall": wall}))


def _cohorts(db: Session) -> tuple[Running, ...]:
    signed = dict(db.execute(SIGNED).all())
    return tuple(Running(*row, signed=signed.get(row[0], 0)) for row in db.execute(COHORTS))


@dataclass(frozen=True, slots=True)
class Panel:
    """A college: who has completed the training, who is in it; names only."""

    body: str
    trained: tuple[str, ...]
    in_training: tuple[str, ...]
    next_on: datetime | None


NEXT_ON = (
    select(func.min(TrainingSession.starts))
    .where(
        TrainingSession.cohort_id == Enrolment.cohort_id,
        TrainingSession.starts >= bindparam("midnight"),
        TrainingSession.cancelled_on.is_(None),
    )
    .correlate(Enrolment)
    .scalar_subquery()
    .label("next_on")
)
BODIES = (
    select(Body.id, Body.name)
    .where(Body.id.in_(bindparam("body_ids", expanding=True)), Body.kind != BodyKind.COMMUNITY)
    .order_by(Body.name)
)
SERVING = (
    select(Membership.body_id, Person.given_name, Person.family_name, Enrolment.completed_on, NEXT_ON)
    .join(Person, Person.id == Membership.person_id)
    .join(Enrolment, Enrolment.person_id == Person.id)
    .where(
        Membership.body_id.in_(bindparam("body_ids", expanding=True)),
        Membership.panel,
        Membership.from_on <= bindparam("today"),
        or_(Membership.until_on.is_(None), Membership.until_on >= bindparam("today")),
        HAS_PLACE,
    )
)


def panels(db: Session, viewer: Viewer, today: date) -> list[Panel]:
    """Return the panel of each body whose Senior Member asks: two statements. Community groups are never shown."""
    bodies = db.execute(BODIES, {"body_ids": list(viewer.senior_of)}).all()
    midnight = datetime.combine(today, time.min)
    given = {"body_ids": [body.id for body in bodies], "today": today, "midnight": midnight}
    rows = db.execute(SERVING, given).all()
    return [_panel(body.name, [row for row in rows if row.body_id == body.id]) for body in bodies]


def _panel(body: str, rows: Sequence[Any]) -> Panel:
    by_name = sorted(rows, key=lambda row: sort_key(row.given_name, row.family_name))
    trained = dict.fromkeys(full_name(row.given_name, row.family_name) for row in by_name if row.completed_on)
    training = dict.fromkeys(full_name(row.given_name, row.family_name) for row in by_name if not row.completed_on)
    coming = [row.next_on for row in rows if row.next_on and not row.completed_on]
    return Panel(
        body, tuple(trained), tuple(name for name in training if name not in trained), min(coming, default=None)
    )
