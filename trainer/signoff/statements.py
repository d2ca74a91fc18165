"""The statements that read every signed line about trainees in sessions: lines of sign-offs, corrections, make-ups."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Select,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from trainer.cohorts.models import TrainingSession
from trainer.people.models import Person
from trainer.signoff.models import Correction, MakeUp, SignOff, SignOffLine
from trainer.signoff.rules import Kind, Presence

Branch = tuple[Select[*tuple[Any, ...]], ColumnElement[str]]
"""One kind of signed line, and the column that says whom it is about."""

SESSION = (
    TrainingSession.id.label("training_session_id"),
    func.coalesce(SignOff.session_number, TrainingSession.number).label("session_number"),
    func.coalesce(SignOff.session_minutes, 0).label("session_minutes"),  # 0: never signed, see the timetable
    TrainingSession.starts,
    TrainingSession.ends,
    Person.given_name,
    Person.family_name,
)


def _lines() -> Branch:
    query = (
        select(
            literal(Kind.SIGN_OFF.value).label("kind"),
            SignOff.id.label("record_id"),
            SignOffLine.person_id,
            SignOffLine.presence,
            SignOffLine.minutes,
            SignOffLine.behaviours,
            SignOff.signed_by,
            SignOff.signed_at,
            literal("").label("corrects"),
            literal("").label("reason"),
            literal("").label("note"),
            cast(null(), Date).label("held_on"),
            literal(0).label("number"),
            *SESSION,
        )
        .join_from(SignOffLine, SignOff)
        .join(TrainingSession, TrainingSession.id == SignOff.training_session_id)
        .join(Person, Person.id == SignOff.signed_by)
    )
    return query, SignOffLine.person_id.expression


def _corrections() -> Branch:
    corrected = aliased(SignOff)
    query = (
        select(
            literal(Kind.CORRECTION.value),
            Correction.id,
            Correction.person_id,
            Correction.presence,
            Correction.minutes,
            Correction.behaviours,
            Correction.signed_by,
            Correction.signed_at,
            case((Correction.make_up_id.is_(None), Kind.SIGN_OFF.value), else_=Kind.MAKE_UP.value),
            Correction.reason,
            Correction.note,
            cast(null(), Date),
            Correction.number,
            *SESSION,
        )
        .select_from(Correction)
        .outerjoin(corrected, corrected.id == Correction.sign_off_id)
        .outerjoin(MakeUp, MakeUp.id == Correction.make_up_id)
        .join(
            TrainingSession,
            TrainingSession.id == func.coalesce(corrected.training_session_id, MakeUp.missed_session_id),
        )
        .outerjoin(SignOff, SignOff.training_session_id == TrainingSession.id)
        .join(Person, Person.id == Correction.signed_by)
    )
    return query, Correction.person_id.expression


def _make_ups() -> Branch:
    query = (
        select(
            literal(Kind.MAKE_UP.value),
            MakeUp.id,
            MakeUp.person_id,
            literal(Presence.PRESENT.value),
            MakeUp.minutes,
            MakeUp.behaviours,
            MakeUp.signed_by,
            MakeUp.signed_at,
            literal(""),
            MakeUp.way,
            literal(""),
            MakeUp.held_on,
            literal(0),
            *SESSION,
        )
        .join_from(MakeUp, TrainingSession, TrainingSession.id == MakeUp.missed_session_id)
        .outerjoin(SignOff, SignOff.training_session_id == TrainingSession.id)
        .join(Person, Person.id == MakeUp.signed_by)
    )
    return query, MakeUp.person_id.expression


def _union(where: ColumnElement[bool], *, of_person: bool = False) -> CompoundSelect[*tuple[Any, ...]]:
    branches = []
    for branch, person in (_lines(), _corrections(), _make_ups()):
        mine = branch.where(where)
        branches.append(mine.where(person == bindparam("person_id")) if of_person else mine)
    return union_all(*branches)


# Built once: building one of these takes several times as long as running it.
IN_COHORT = _union(TrainingSession.cohort_id == bindparam("cohort_id"))
OF_PERSON = _union(TrainingSession.cohort_id == bindparam("cohort_id"), of_person=True)
OF_SESSION = _union(TrainingSession.id == bindparam("session_id"))
