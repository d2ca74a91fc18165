"""Import a timetable from CSV: read, hold against the database, then all of it or nothing. Nothing here commits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from trainer.cohorts import guards, services
from trainer.cohorts.models import Cohort, TrainingSession
from trainer.cohorts.preview import Preview, in_order
from trainer.cohorts.queries import every_session
from trainer.cohorts.rules import Slot
from trainer.cohorts.timetable_file import read_timetable
from trainer.cohorts.timetable_plan import (
    Known,
    KnownCohort,
    KnownSession,
    Leader,
    SessionChange,
    TimetablePlan,
    plan_timetable,
)
from trainer.curriculum.rules import Catalogue
from trainer.people.models import Person, RoleGrant
from trainer.people.queries import in_force
from trainer.people.rules import Role, full_name, name_key


def preview_timetable(db: Session, content: bytes | str, catalogue: Catalogue, zone: ZoneInfo, on: date) -> Preview:
    """Return what importing this file would change, and every fault; changes nothing."""
    return _decide(db, content, catalogue, zone, on)[1]


def import_timetable(
    db: Session, content: bytes | str, catalogue: Catalogue, zone: ZoneInfo, on: date, seen: str | None = None
) -> Preview:
    """Import a timetable unless it has a fault, or would change something else than what was `seen`.

    The answer is as of `preview_timetable`; its `done` says whether everything was imported.
    """
    plan, preview = _decide(db, content, catalogue, zone, on)
    if not preview.may_go(seen):
        return preview
    for change in plan.changes:
        _carry_out(db, change, on)
    return replace(preview, done=True)


def _decide(
    db: Session, content: bytes | str, catalogue: Catalogue, zone: ZoneInfo, on: date
) -> tuple[TimetablePlan, Preview]:
    lines, faults = read_timetable(content, zone)
    plan, more = plan_timetable(lines, _known(db, catalogue, on))
    return plan, Preview(plan.sections, tuple(in_order([*faults, *more])), plan.warnings)


def _known(db: Session, catalogue: Catalogue, on: date) -> Known:
    """Every cohort, trainer and session, in four statements: a leader may lead elsewhere at the same time."""
    cohorts = {name_key(cohort.name): _known_cohort(cohort, catalogue) for cohort in db.scalars(select(Cohort))}
    sessions = every_session(db)
    signed = guards.frozen_sessions(db, [session.id for session in sessions])
    known = {(session.cohort_id, session.number): _known_session(session, session.id in signed) for session in sessions}
    return Known(cohorts, _leaders(db, on), known)


def _known_cohort(cohort: Cohort, catalogue: Catalogue) -> KnownCohort:
    programme = catalogue.programmes.get(cohort.programme)
    planned = {plan.number: plan.minutes for plan in programme.sessions} if programme else {}
    return KnownCohort(cohort.id, cohort.name, programme.title if programme else cohort.programme, planned)


def _known_session(session: TrainingSession, signed: bool) -> KnownSession:
    return KnownSession(
        session.id,
        session.cohort_id,
        session.number,
        Slot(session.starts, session.ends, session.place, session.access_notes),
        tuple(person.id for person in session.leaders),
        cancelled=session.cancelled_on is not None,
        signed=signed,
    )


def _leaders(db: Session, on: date) -> dict[str, Leader]:
    trains = and_(
        RoleGrant.person_id == Person.id,
        RoleGrant.role == Role.TRAINER,
        in_force(RoleGrant.granted_on, RoleGrant.ended_on, on),
    )
    query = (
        select(
            Person.id,
            Person.given_name,
            Person.family_name,
            func.coalesce(Person.email, ""),
            RoleGrant.id.is_not(None),
        )
        .outerjoin(RoleGrant, trains)
        .where(Person.email.is_not(None))
    )
    rows = db.execute(query)
    return {
        email: Leader(person_id, full_name(given, family), trains) for person_id, given, family, email, trains in rows
    }


def _carry_out(db: Session, change: SessionChange, on: date) -> None:
    leaders = [db.get_one(Person, leader.id) for leader in change.leaders]
    slot = change.slot
    if change.known is None:
        cohort = db.get_one(Cohort, change.cohort.id)
        services.schedule(
            db, cohort, change.line.number, slot.starts, slot.ends, slot.place, slot.access_notes, leaders, on
        )
        return
    training_session = db.get_one(TrainingSession, change.known.id)
    services.retime(db, training_session, slot)
    if change.other_leaders:
        services.set_leaders(db, training_session, leaders, on)
