"""Who may have a certificate, from what was signed and answered: reads for a whole cohort, and for one trainee."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from trainer.cohorts.models import Enrolment, TrainingSession
from trainer.cohorts.queries import timetable
from trainer.curriculum.rules import Catalogue, Programme
from trainer.learning.queries import mastered_safety
from trainer.signoff import queries as signed
from trainer.signoff.boards import Judgement, judgements_of
from trainer.signoff.lines import Entry, count
from trainer.signoff.models import MakeUp, SignOff, SignOffLine
from trainer.signoff.rules import Counted, Eligibility, Kind, eligibility, safety_modules


@dataclass(frozen=True, slots=True)
class Case:
    """One trainee: whether they may have the certificate, what counts, how each session came to count, readiness."""

    enrolment: Enrolment
    eligibility: Eligibility
    counted: tuple[Counted, ...]
    entries: tuple[Entry, ...]
    readiness: Judgement | None


def case_of(db: Session, enrolment: Enrolment, programme: Programme, catalogue: Catalogue) -> Case:
    """Return one trainee's case: three statements."""
    person_id = enrolment.person_id
    entries = tuple(signed.entries_of(db, person_id, enrolment.cohort_id))
    judgements = judgements_of(db, person_id, enrolment.cohort_id)
    readiness = next((one for one in reversed(judgements) if one.ready is not None), None)
    modules = safety_modules(programme, catalogue)
    met = {slug for _, slug in mastered_safety(db, [person_id], modules)} | {one.module for one in judgements}
    counted, ready = tuple(count(entries)), readiness.ready if readiness else None
    verdict = eligibility(programme, enrolment.state, counted, ready, modules, met)
    return Case(enrolment, verdict, counted, entries, readiness)


def eligible_in(
    db: Session, cohort_id: str, enrolments: Sequence[Enrolment], programme: Programme, catalogue: Catalogue
) -> dict[str, Eligibility]:
    """Return whether each trainee of a cohort may have the certificate, by person: four statements for them all."""
    counted: dict[str, list[Counted]] = defaultdict(list)
    for one in signed.counted_in_cohort(db, cohort_id):
        counted[one.person_id].append(one)
    readiness, modules = signed.readiness_in(db, cohort_id), safety_modules(programme, catalogue)
    people = [enrolment.person_id for enrolment in enrolments]
    met: dict[str, set[str]] = defaultdict(set)
    for person_id, slug in mastered_safety(db, people, modules) | signed.safety_met(db, cohort_id):
        met[person_id].add(slug)
    return {
        enrolment.person_id: eligibility(
            programme,
            enrolment.state,
            counted[enrolment.person_id],
            readiness.get(enrolment.person_id),
            modules,
            met[enrolment.person_id],
        )
        for enrolment in enrolments
    }


def held_on(db: Session, case: Case) -> dict[int, date]:
    """Return the day of each session that counts, by its number: a make-up's where it was made up. One statement."""
    days = {one.id: one.starts.date() for one in timetable(db, case.enrolment.cohort_id)}
    made_up = {one.training_session_id: one.held_on for one in case.entries if one.held_on}
    return {
        one.session_number: made_up[one.training_session_id]
        if one.how is Kind.MAKE_UP
        else days[one.training_session_id]
        for one in case.counted
    }


def editions_of(db: Session, case: Case) -> list[str]:
    """Return the editions of the programme on which a trainee's sessions were signed, oldest first: one statement."""
    person_id, cohort_id = case.enrolment.person_id, case.enrolment.cohort_id
    lines = (
        select(SignOff.edition, SignOff.signed_at)
        .join(SignOffLine, SignOffLine.sign_off_id == SignOff.id)
        .where(SignOffLine.person_id == person_id, SignOff.cohort_id == cohort_id)
    )
    made_up = (
        select(MakeUp.edition, MakeUp.signed_at)
        .join(TrainingSession, TrainingSession.id == MakeUp.missed_session_id)
        .where(MakeUp.person_id == person_id, TrainingSession.cohort_id == cohort_id)
    )
    found = db.execute(union_all(lines, made_up))
    return list(dict.fromkeys(edition for edition, _ in sorted(found, key=lambda row: row[1])))
