"""Reads for the pages of a cohort and of one trainee: timetable, places, what counts, what was judged."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, bindparam, literal, null, select, union_all
from sqlalchemy.orm import Session, joinedload

from trainer.cohorts.models import Cohort, Enrolment, TrainingSession
from trainer.cohorts.queries import get_cohort, sight_of
from trainer.cohorts.rules import is_over
from trainer.curriculum.rules import Programme
from trainer.people.models import Person
from trainer.people.rules import Viewer, full_name, sort_key
from trainer.refusal import NotFound
from trainer.signoff import queries
from trainer.signoff.lines import Entry, count, superseded
from trainer.signoff.models import MetAnotherWay, Readiness
from trainer.signoff.rules import MEETING, Counted, Outlook, can_still_reach


@dataclass(frozen=True, slots=True)
class Timetable:
    """A cohort with its sessions by number; `signed` are the ids of those that are signed off."""

    cohort: Cohort
    sessions: tuple[TrainingSession, ...]
    signed: frozenset[str]

    def led_by(self, person_id: str) -> bool:
        """Whether somebody leads one of its sessions now."""
        return any(session.led_by(person_id) for session in self.sessions)

    def find(self, number: int) -> TrainingSession | None:
        """Return the session of that number, or None."""
        return next((session for session in self.sessions if session.number == number), None)

    def waiting(self, zone: ZoneInfo, now: datetime) -> list[TrainingSession]:
        """Return the sessions that are over and not signed yet."""
        return [
            session
            for session in self.sessions
            if session.id not in self.signed and session.cancelled_on is None and is_over(session.ends, zone, now)
        ]


def get_timetable(db: Session, viewer: Viewer, cohort_id: str) -> Timetable:
    """Return the timetable of a cohort that this person leads or has led a session of, or any for a coordinator.

    Raises NotFound otherwise. One statement, two for a cohort without sessions.
    """
    sessions, signed = queries.timetable(db, cohort_id, sight_of(viewer))
    if not sessions:
        return Timetable(get_cohort(db, viewer, cohort_id), (), signed)
    return Timetable(sessions[0].cohort, tuple(sessions), signed)


PLACE = (
    select(Enrolment)
    .where(Enrolment.cohort_id == bindparam("cohort_id"), Enrolment.person_id == bindparam("person_id"))
    .options(joinedload(Enrolment.person, innerjoin=True), joinedload(Enrolment.body))
)


def get_place(db: Session, cohort_id: str, person_id: str) -> Enrolment:
    """Return somebody's place on a cohort that the reader may see, with the person; raises NotFound otherwise."""
    found = db.scalars(PLACE, {"cohort_id": cohort_id, "person_id": person_id}).one_or_none()
    if found is None:
        raise NotFound
    return found


ROSTER = (
    select(Enrolment.person_id, Person.given_name, Person.family_name, Enrolment.withdrawn_on)
    .join(Enrolment.person)
    .where(Enrolment.cohort_id == bindparam("cohort_id"), Enrolment.reserve.is_(False))
)


@dataclass(frozen=True, slots=True)
class Line:
    """One trainee of a cohort: who, what counts by session number, outlook, which way readiness went."""

    person_id: str
    name: str
    withdrawn_on: date | None
    counted: dict[int, Counted]
    outlook: Outlook
    ready: bool | None


def board(db: Session, table: Timetable, programme: Programme, zone: ZoneInfo, now: datetime) -> list[Line]:
    """Return everybody with a place on a cohort, now or once, by name: three statements, four without meetings."""
    planned = queries.as_timetabled(table.sessions, table.signed, zone, now)
    elsewhere = _elsewhere(db, table, programme, zone, now)
    readiness = queries.readiness_in(db, table.cohort.id)
    by_person: dict[str, list[Counted]] = defaultdict(list)
    for one in queries.counted_in_cohort(db, table.cohort.id):
        by_person[one.person_id].append(one)
    return [
        Line(
            person_id=person_id,
            name=full_name(given_name, family_name),
            withdrawn_on=withdrawn_on,
            counted={one.session_number: one for one in by_person[person_id]},
            outlook=can_still_reach(programme, planned, by_person[person_id], elsewhere),
            ready=readiness.get(person_id),
        )
        for person_id, given_name, family_name, withdrawn_on in _by_name(db, table.cohort.id)
    ]


def _by_name(db: Session, cohort_id: str) -> list[Row[str, str, str, date | None]]:
    return sorted(db.execute(ROSTER, {"cohort_id": cohort_id}), key=lambda row: sort_key(row[1], row[2]))


def _elsewhere(db: Session, table: Timetable, programme: Programme, zone: ZoneInfo, now: datetime) -> frozenset[int]:
    """What other cohorts have to come, read only where it decides anything."""
    if MEETING in programme.rules.make_up:
        return frozenset()
    return queries.elsewhere(db, table.cohort, zone, now)


@dataclass(frozen=True, slots=True)
class Case:
    """One trainee of a cohort with everything that was signed about them in its sessions, oldest first."""

    table: Timetable
    programme: Programme
    enrolment: Enrolment
    entries: tuple[Entry, ...]
    outlook: Outlook

    @property
    def counted(self) -> dict[int, Counted]:
        """What counts now, by session number."""
        return {one.session_number: one for one in count(self.entries)}

    @property
    def superseded(self) -> frozenset[tuple[str, str]]:
        """Return (person, record) of the lines that a correction took the place of."""
        return superseded(self.entries)

    def about(self, number: int) -> list[Entry]:
        """Return what was signed about the session of that number, oldest first."""
        return [entry for entry in self.entries if entry.session_number == number]


def case(
    db: Session, table: Timetable, programme: Programme, enrolment: Enrolment, zone: ZoneInfo, now: datetime
) -> Case:
    """Return what was signed about one trainee: one statement, two where the programme allows no meetings."""
    entries = tuple(queries.entries_of(db, enrolment.person_id, table.cohort.id))
    planned = queries.as_timetabled(table.sessions, table.signed, zone, now)
    outlook = can_still_reach(programme, planned, count(entries), _elsewhere(db, table, programme, zone, now))
    return Case(table, programme, enrolment, entries, outlook)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A readiness (`ready` says which way), or a module whose safety outcomes were met another way."""

    ready: bool | None
    words: str
    module: str
    way: str
    signed_by: str
    signer: str
    signed_at: datetime


def judgements_of(db: Session, person_id: str, cohort_id: str) -> list[Judgement]:
    """Return what trainers judged of a trainee, oldest first: readiness in this cohort, outcomes in any."""
    rows = db.execute(JUDGED, {"cohort_id": cohort_id, "person_id": person_id})
    found: list[Any] = sorted(rows, key=lambda row: (row.signed_at, row.number))
    return [
        Judgement(
            ready=row.ready,
            words=row.words,
            module=row.module,
            way=row.way,
            signed_by=row.signed_by,
            signer=full_name(row.given_name, row.family_name),
            signed_at=row.signed_at,
        )
        for row in found
    ]


def _readiness() -> Select[*tuple[Any, ...]]:
    return select(
        Readiness.ready.label("ready"),
        Readiness.words.label("words"),
        literal("").label("module"),
        literal("").label("way"),
        Readiness.signed_by,
        Readiness.signed_at,
        Readiness.number.label("number"),
        Person.given_name,
        Person.family_name,
    ).join(Person, Person.id == Readiness.signed_by)


def _met() -> Select[*tuple[Any, ...]]:
    return select(
        null(),
        literal(""),
        MetAnotherWay.module,
        MetAnotherWay.way,
        MetAnotherWay.signed_by,
        MetAnotherWay.signed_at,
        literal(0),
        Person.given_name,
        Person.family_name,
    ).join(Person, Person.id == MetAnotherWay.signed_by)


JUDGED = union_all(  # built once: building it takes longer than running it
    _readiness().where(Readiness.person_id == bindparam("person_id"), Readiness.cohort_id == bindparam("cohort_id")),
    _met().where(MetAnotherWay.person_id == bindparam("person_id")),
)
