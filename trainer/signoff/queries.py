"""Reads of what was signed, a statement each; whoever calls them has made sure that their reader may see it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Row,
    bindparam,
    select,
)
from sqlalchemy.orm import Session, contains_eager, joinedload

from trainer.cohorts.models import Cohort, Enrolment, Leading, TrainingSession
from trainer.cohorts.queries import VISIBLE
from trainer.cohorts.rules import is_over
from trainer.people.rules import full_name
from trainer.signoff.lines import Entry, count
from trainer.signoff.models import MetAnotherWay, Readiness, SignOff
from trainer.signoff.rules import Counted, Kind, Presence, Timetabled
from trainer.signoff.statements import IN_COHORT, OF_PERSON, OF_SESSION


def counted_in_cohort(db: Session, cohort_id: str) -> list[Counted]:
    """Return what counts now for everybody in a cohort, by session: one statement."""
    return count(entries_in_cohort(db, cohort_id))


def counted_of(db: Session, person_id: str, cohort_id: str) -> list[Counted]:
    """Return what counts now for one trainee of a cohort, by session: one statement."""
    return count(entries_of(db, person_id, cohort_id))


def entries_in_cohort(db: Session, cohort_id: str) -> list[Entry]:
    """Return every line that was signed about the sessions of a cohort, oldest first: one statement."""
    return _entries(db, IN_COHORT, cohort_id=cohort_id)


def entries_of(db: Session, person_id: str, cohort_id: str) -> list[Entry]:
    """Return every line that was signed about one trainee's sessions in a cohort, oldest first: one statement."""
    return _entries(db, OF_PERSON, cohort_id=cohort_id, person_id=person_id)


def entries_of_session(db: Session, training_session_id: str) -> list[Entry]:
    """Return every line that was signed about a session, make-ups for it included, oldest first: one statement."""
    return _entries(db, OF_SESSION, session_id=training_session_id)


def _entries(db: Session, query: CompoundSelect[*tuple[Any, ...]], **given: str) -> list[Entry]:
    entries = [_entry(row) for row in db.execute(query, given)]
    return sorted(entries, key=lambda entry: (entry.signed_at, entry.number))


def _entry(row: Row[*tuple[Any, ...]]) -> Entry:
    kind, record_id, person_id, presence, minutes, behaviours, signed_by, signed_at, *rest = row
    corrects, reason, note, held_on, number, session_id, session_number, session_minutes, *more = rest
    starts, ends, given_name, family_name = more
    return Entry(
        kind=Kind(kind),
        record_id=record_id,
        person_id=person_id,
        training_session_id=session_id,
        session_number=session_number,
        session_minutes=session_minutes or int((ends - starts).total_seconds() // 60),
        presence=Presence(presence),
        minutes=minutes,
        behaviours=frozenset(behaviours.split()),
        signed_by=signed_by,
        signer=full_name(given_name, family_name),
        signed_at=signed_at,
        corrects=Kind(corrects) if corrects else None,
        reason=reason,
        note=note,
        held_on=held_on,
        number=number,
    )


TIMETABLE = (
    select(TrainingSession, SignOff.id)
    .join(TrainingSession.cohort)
    .outerjoin(TrainingSession.leadings)
    .outerjoin(Leading.person)
    .outerjoin(SignOff, SignOff.training_session_id == TrainingSession.id)
    .where(TrainingSession.cohort_id == bindparam("cohort_id"), VISIBLE)
    .options(
        contains_eager(TrainingSession.leadings).contains_eager(Leading.person),
        contains_eager(TrainingSession.cohort),
    )
    .order_by(TrainingSession.number, Leading.position)
)


def timetable(
    db: Session, cohort_id: str, sight: Mapping[str, bool | str]
) -> tuple[list[TrainingSession], frozenset[str]]:
    """Return a cohort's sessions by number, with who leads or led them, and the ids of the signed ones.

    There are none if the cohort is out of its reader's `sight`. One statement.
    """
    found = db.execute(TIMETABLE, {"cohort_id": cohort_id, **sight}).unique().all()
    return [one for one, _ in found], frozenset(one.id for one, signed in found if signed)


def as_timetabled(
    sessions: Iterable[TrainingSession], signed: frozenset[str], zone: ZoneInfo, now: datetime
) -> list[Timetabled]:
    """Return sessions as `rules.can_still_reach` takes them."""
    return [
        Timetabled(
            number=one.number,
            minutes=one.minutes,
            over=is_over(one.ends, zone, now),
            cancelled=one.cancelled_on is not None,
            signed=one.id in signed,
        )
        for one in sessions
    ]


def elsewhere(db: Session, cohort: Cohort, zone: ZoneInfo, now: datetime) -> frozenset[int]:
    """Return the numbers of the sessions that another cohort of the same programme still has to come."""
    query = select(TrainingSession.number).where(
        TrainingSession.ends > now.astimezone(zone).replace(tzinfo=None), _in_another_cohort(cohort)
    )
    return frozenset(db.scalars(query))


def same_session_elsewhere(db: Session, cohort: Cohort, number: int) -> Sequence[TrainingSession]:
    """Return this session of the other cohorts of the same programme, with their cohort, newest first."""
    query = (
        select(TrainingSession)
        .where(TrainingSession.number == number, _in_another_cohort(cohort))
        .options(joinedload(TrainingSession.cohort, innerjoin=True))
        .order_by(TrainingSession.starts.desc())
    )
    return db.scalars(query).all()


def _in_another_cohort(cohort: Cohort) -> ColumnElement[bool]:
    others = select(Cohort.id).where(Cohort.programme == cohort.programme, Cohort.id != cohort.id)
    return TrainingSession.cohort_id.in_(others) & TrainingSession.cancelled_on.is_(None)


LATEST_READINESS = select(Readiness).options(joinedload(Readiness.signer, innerjoin=True)).order_by(Readiness.number)
READINESS_IN = (
    select(Readiness.person_id, Readiness.ready)
    .where(Readiness.cohort_id == bindparam("cohort_id"))
    .order_by(Readiness.number)
)
SIGNED_AMONG = select(SignOff.training_session_id).where(
    SignOff.training_session_id.in_(bindparam("session_ids", expanding=True))
)
MET_IN = select(MetAnotherWay.person_id, MetAnotherWay.module).where(
    MetAnotherWay.person_id.in_(select(Enrolment.person_id).where(Enrolment.cohort_id == bindparam("cohort_id")))
)


def readiness_in(db: Session, cohort_id: str) -> dict[str, bool]:
    """Return which way the latest readiness went of everybody in a cohort who has one: one statement."""
    return dict(db.execute(READINESS_IN, {"cohort_id": cohort_id}).all())


def readiness_of(db: Session, person_id: str, cohort_id: str) -> Readiness | None:
    """Return a trainee's latest readiness, with who signed it, or None: one statement."""
    query = LATEST_READINESS.where(Readiness.cohort_id == cohort_id, Readiness.person_id == person_id)
    return next(reversed(db.scalars(query).all()), None)


def safety_met(db: Session, cohort_id: str) -> set[tuple[str, str]]:
    """Return (person, module) for each safety outcome of a cohort's people that was met another way: one statement."""
    return {(person_id, module) for person_id, module in db.execute(MET_IN, {"cohort_id": cohort_id})}


def signed_among(db: Session, training_session_ids: Collection[str]) -> set[str]:
    """Return those of the sessions that are signed off: one statement. What `cohorts.guards` asks."""
    return set(db.scalars(SIGNED_AMONG, {"session_ids": list(training_session_ids)}))
