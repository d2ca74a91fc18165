"""Reads of cohorts, places and the timetable; each takes the person who asks and gives only what they may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Boolean, String, bindparam, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from trainer.cohorts.models import Cohort, Enrolment, Leading, TrainingSession
from trainer.cohorts.rules import PlaceFacts, State, state_of
from trainer.people.models import Person
from trainer.people.rules import Viewer, name_key
from trainer.refusal import NotFound

SEES_ALL, READER = bindparam("sees_all", type_=Boolean), bindparam("reader", type_=String)
LED_BY_READER = (
    select(TrainingSession.cohort_id)
    .join(Leading, Leading.training_session_id == TrainingSession.id)
    .where(Leading.person_id == READER)
)
VISIBLE = or_(SEES_ALL, Cohort.id.in_(LED_BY_READER))
"""The condition under which somebody may see a cohort; a statement that has it is given `sight_of` its reader."""


def sight_of(viewer: Viewer) -> dict[str, bool | str]:
    """Return what VISIBLE asks of its reader.

    A coordinator sees every cohort, a trainer those they lead or led a session of, anybody else none.
    """
    return {"sees_all": viewer.is_coordinator, "reader": viewer.person_id if viewer.is_trainer else ""}


ANY_COHORT: Mapping[str, bool | str] = {"sees_all": True, "reader": ""}
"""What to give instead where a reader's own place on the cohort has been established."""

# The statements are built once: building one with its relationships takes longer than running it.
SESSIONS = (
    select(TrainingSession)
    .outerjoin(TrainingSession.leadings)
    .outerjoin(Leading.person)
    .options(contains_eager(TrainingSession.leadings).contains_eager(Leading.person))
    .order_by(TrainingSession.cohort_id, TrainingSession.number, Leading.position)
)
VISIBLE_SESSIONS = SESSIONS.join(TrainingSession.cohort).where(VISIBLE).options(contains_eager(TrainingSession.cohort))
ONE_SESSION = VISIBLE_SESSIONS.where(TrainingSession.id == bindparam("session_id"))
TIMETABLE = SESSIONS.where(TrainingSession.cohort_id == bindparam("cohort_id"))
VISIBLE_COHORTS = select(Cohort).where(VISIBLE).order_by(Cohort.made_at.desc(), Cohort.name)
ONE_COHORT = select(Cohort).where(Cohort.id == bindparam("cohort_id"), VISIBLE)
PLACES = (
    select(Enrolment)
    .join(Enrolment.person)
    .where(Enrolment.cohort_id == bindparam("cohort_id"))
    .options(contains_eager(Enrolment.person), joinedload(Enrolment.body))
)
PLACE_FACTS = select(
    Enrolment.cohort_id, Enrolment.reserve, Enrolment.accepted_on, Enrolment.withdrawn_on, Enrolment.completed_on
).where(Enrolment.cohort_id.in_(bindparam("cohort_ids", expanding=True)))
PEOPLE = select(Person).where(Person.id.in_(bindparam("person_ids", expanding=True)))
OWN_PLACE = (
    select(Enrolment)
    .join(Enrolment.cohort)
    .where(Enrolment.person_id == bindparam("person_id"))
    .options(contains_eager(Enrolment.cohort))
    .order_by(Enrolment.withdrawn_on.is_not(None), Enrolment.enrolled_on.desc(), Cohort.made_at.desc())
    .limit(1)
)


def get_cohort(db: Session, viewer: Viewer, cohort_id: str) -> Cohort:
    """Return a cohort that this person leads a session of, or any for a coordinator; raises NotFound otherwise."""
    cohort = db.scalars(ONE_COHORT, {"cohort_id": cohort_id, **sight_of(viewer)}).one_or_none()
    if cohort is None:
        raise NotFound
    return cohort


def cohorts_of(db: Session, viewer: Viewer) -> Sequence[Cohort]:
    """Return the cohorts this person leads a session of, or all for a coordinator, newest first."""
    return db.scalars(VISIBLE_COHORTS, sight_of(viewer)).all()


def timetable(db: Session, cohort_id: str) -> Sequence[TrainingSession]:
    """Return a cohort's sessions by number, with who leads them: one statement."""
    return db.scalars(TIMETABLE, {"cohort_id": cohort_id}).unique().all()


def visible_sessions(db: Session, viewer: Viewer) -> Sequence[TrainingSession]:
    """Return the sessions of every cohort that somebody may see, with cohort and leaders: one statement."""
    return db.scalars(VISIBLE_SESSIONS, sight_of(viewer)).unique().all()


def counted_places(db: Session, cohort_ids: Collection[str]) -> dict[str, Counter[State]]:
    """Return how many places of each state there are, by cohort: one statement."""
    counts: dict[str, Counter[State]] = {cohort_id: Counter() for cohort_id in cohort_ids}
    found = db.execute(PLACE_FACTS, {"cohort_ids": list(cohort_ids)})
    for cohort_id, reserve, accepted_on, withdrawn_on, completed_on in found:
        counts[cohort_id][state_of(PlaceFacts(reserve, accepted_on, withdrawn_on, completed_on))] += 1
    return counts


def overlapping(db: Session, training_session: TrainingSession) -> list[tuple[Person, TrainingSession]]:
    """Return who of its leaders also leads another session at that time, and which: one statement."""
    leaders = {person.id: person for person in training_session.leaders}
    query = (
        select(Leading)
        .join(Leading.training_session)
        .where(
            Leading.person_id.in_(leaders),
            Leading.ended_on.is_(None),
            TrainingSession.id != training_session.id,
            TrainingSession.cancelled_on.is_(None),
            TrainingSession.starts < training_session.ends,
            TrainingSession.ends > training_session.starts,
        )
        .options(contains_eager(Leading.training_session).joinedload(TrainingSession.cohort))
    )
    return [(leaders[one.person_id], one.training_session) for one in db.scalars(query)]


def every_session(db: Session) -> Sequence[TrainingSession]:
    """Return the sessions of all cohorts, with who leads them: one statement; for an import, which may touch any."""
    return db.scalars(SESSIONS).unique().all()


def get_training_session(db: Session, viewer: Viewer, training_session_id: str) -> TrainingSession:
    """Return a session of a cohort this person may see, with its cohort and leaders; raises NotFound otherwise."""
    found = db.scalars(ONE_SESSION, {"session_id": training_session_id, **sight_of(viewer)}).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def enrolments(db: Session, cohort_id: str) -> list[Enrolment]:
    """Return everybody who has or had a place or stands in reserve, with person and body, sorted by name."""
    return sorted(db.scalars(PLACES, {"cohort_id": cohort_id}), key=lambda enrolment: enrolment.person.sort_key)


def get_enrolment(db: Session, viewer: Viewer, cohort_id: str, person_id: str) -> Enrolment:
    """Return a trainee's place on a cohort this person may see; raises NotFound otherwise."""
    get_cohort(db, viewer, cohort_id)
    query = (
        select(Enrolment)
        .where(Enrolment.cohort_id == cohort_id, Enrolment.person_id == person_id)
        .options(joinedload(Enrolment.person), joinedload(Enrolment.cohort), joinedload(Enrolment.body))
    )
    found = db.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def find_enrolment(db: Session, cohort_id: str, person_id: str) -> Enrolment | None:
    """Return somebody's place on a cohort, or None; who may ask is decided by the caller."""
    query = select(Enrolment).where(Enrolment.cohort_id == cohort_id, Enrolment.person_id == person_id)
    return db.scalars(query).one_or_none()


def find_cohort_named(db: Session, name: str) -> Cohort | None:
    """Return the cohort of that name, without regard to case, spacing and apostrophes, or None."""
    return next((cohort for cohort in db.scalars(select(Cohort)) if name_key(cohort.name) == name_key(name)), None)


def find_own_enrolment(db: Session, viewer: Viewer) -> Enrolment | None:
    """Return the viewer's own newest place, with its cohort; None for who never had one."""
    return db.scalars(OWN_PLACE, {"person_id": viewer.person_id}).one_or_none()


def people_named(db: Session, person_ids: Sequence[str]) -> dict[str, Person]:
    """Return people by identifier."""
    return {person.id: person for person in db.scalars(PEOPLE, {"person_ids": list(person_ids)})}
