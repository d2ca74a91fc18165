"""Start cohorts, give and take places, timetable sessions: verbs that change cohorts. Nothing here commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from trainer.cohorts import guards, queries
from trainer.cohorts.models import Cohort, Enrolment, Leading, TrainingSession
from trainer.cohorts.rules import NAME_MOST, Slot, State, may_change_session, tidy_slot
from trainer.people.models import Body, Person
from trainer.people.queries import find_person_by_email, holders_of, memberships_of
from trainer.people.rules import Role, Span, Viewer, tidy_name
from trainer.people.services import grant_role
from trainer.refusal import AlreadyDone, NotAllowed, NotNow, NotValid

AGREED_BY_MOST = 200


@dataclass(frozen=True, slots=True)
class Said:
    """Who said on which day that somebody agrees; both are empty while nobody has."""

    by: str
    on: date | None


def start_cohort(db: Session, name: str, programme: str, now: datetime) -> Cohort:
    """Start a cohort on the programme of that slug. Raises NotValid, AlreadyDone on its name."""
    cohort = Cohort(name=_free_name(db, name, None), programme=programme, made_at=now)
    db.add(cohort)
    db.flush()
    return cohort


def edit_cohort(db: Session, cohort: Cohort, name: str, programme: str) -> None:
    """Rename a cohort; its programme may change until it has a timetable. Raises NotValid, AlreadyDone, NotNow."""
    if programme != cohort.programme and queries.timetable(db, cohort.id):
        raise NotNow(
            "programme-set",
            "The timetable follows the programme already. Start another cohort for another programme.",
            field="programme",
        )
    cohort.name, cohort.programme = _free_name(db, name, cohort), programme
    db.flush()


def _free_name(db: Session, name: str, owner: Cohort | None) -> str:
    tidied = tidy_name(name)
    if not 0 < len(tidied) <= NAME_MOST:
        raise NotValid("cohort-name", f"Give a name of at most {NAME_MOST} characters.", field="name")
    other = queries.find_cohort_named(db, tidied)
    if other is not None and other is not owner:
        raise AlreadyDone("cohort-known", f"There is {other.name} already.", field="name")
    return tidied


def enrol(
    db: Session,
    cohort: Cohort,
    person: Person,
    body: Body | None,
    on: date,
    *,
    today: date | None = None,
    reserve: bool = False,
) -> Enrolment:
    """Give somebody a place on a cohort, or stand them in reserve; makes them a trainee from that day.

    Where that day is after `today` they are a trainee at once: they accept and read before their first session.

    Raises AlreadyDone if they have or had a place there.
    """
    if queries.find_enrolment(db, cohort.id, person.id) is not None:
        raise AlreadyDone("enrolled", f"{person.name} is on the list of {cohort.name} already.", field="email")
    enrolment = Enrolment(
        cohort_id=cohort.id,
        cohort=cohort,
        person_id=person.id,
        person=person,
        body_id=body.id if body else None,
        body=body,
        enrolled_on=on,
        reserve=reserve,
    )
    db.add(enrolment)
    grant_role(db, person, Role.TRAINEE, min(on, today or on), None)
    return enrolment


def enrol_by_address(db: Session, cohort: Cohort, email: str, on: date, today: date, reserve: bool) -> Enrolment:
    """Enrol the person with that address, for the body whose panel they serve on, or their only one.

    Raises NotValid if nobody has the address, AlreadyDone if they are on the list; both name `email`.
    """
    person = find_person_by_email(db, email)
    if person is None:
        raise NotValid("nobody", "Nobody known here has this address. Add the person first.", field="email")
    memberships = [one for one in memberships_of(db, person.id) if Span(one.from_on, one.until_on).holds_on(today)]
    chosen = [one for one in memberships if one.panel] or (memberships if len(memberships) == 1 else [])
    return enrol(db, cohort, person, chosen[0].body if chosen else None, on, today=today, reserve=reserve)


def give_place(db: Session, enrolment: Enrolment, on: date) -> None:
    """Give who stands in reserve a place from that day: earlier sessions were not missed. Harmless twice."""
    if enrolment.state is State.RESERVE:
        enrolment.reserve, enrolment.enrolled_on = False, on
    db.flush()


def make_reserve(db: Session, enrolment: Enrolment) -> None:
    """Stand who was invited in reserve. Raises NotNow for who has accepted, withdrawn or completed."""
    if enrolment.state not in {State.INVITED, State.RESERVE}:
        raise NotNow(
            "not-invited",
            f"{enrolment.person.name} is {enrolment.state}. Only who is invited and has not accepted can be a reserve.",
        )
    enrolment.reserve = True
    db.flush()


def accept(db: Session, enrolment: Enrolment, on: date) -> None:
    """Record that a trainee accepts the commitment; the first date stays. Raises NotNow without a place."""
    if enrolment.state in {State.RESERVE, State.WITHDRAWN}:
        raise NotNow("no-place", "You have no place on this cohort at present. Ask your coordinator if that is wrong.")
    enrolment.accepted_on = enrolment.accepted_on or on
    db.flush()


def withdraw(db: Session, enrolment: Enrolment, on: date) -> None:
    """End a place; no reason is kept, the first date stays. Raises NotNow for who has completed the programme."""
    if enrolment.state is State.COMPLETED:
        raise NotNow("completed", f"{enrolment.person.name} has completed the programme; there is no place to end.")
    enrolment.withdrawn_on = enrolment.withdrawn_on or on
    db.flush()


def undo_withdrawal(db: Session, enrolment: Enrolment) -> None:
    """Take a withdrawal back, as if it had not been. Harmless twice."""
    enrolment.withdrawn_on = None
    db.flush()


def note_agreements(db: Session, enrolment: Enrolment, college: Said, tutor: Said) -> None:
    """Record who said that the college and the tutor agree, and when; empty takes it back.

    Raises NotValid naming `college_by`, `college_on`, `tutor_by` or `tutor_on`.
    """
    college, tutor = _checked(college, "college"), _checked(tutor, "tutor")
    enrolment.college_agreed_by, enrolment.college_agreed_on = college.by, college.on
    enrolment.tutor_agreed_by, enrolment.tutor_agreed_on = tutor.by, tutor.on
    db.flush()


def _checked(said: Said, who: str) -> Said:
    by = tidy_name(said.by)
    if bool(by) != bool(said.on):
        missing = "by" if said.on else "on"
        raise NotValid("half-agreed", "Give both: who said so, and on which day.", field=f"{who}_{missing}")
    if len(by) > AGREED_BY_MOST:
        raise NotValid("agreed-long", f"Use at most {AGREED_BY_MOST} characters.", field=f"{who}_by")
    return Said(by, said.on)


def schedule(  # noqa: PLR0913, PLR0917 - one line of a timetable has that many columns
    db: Session,
    cohort: Cohort,
    number: int,
    starts: datetime,
    ends: datetime,
    place: str,
    access_notes: str,
    leaders: Sequence[Person],
    on: date,
) -> TrainingSession:
    """Put session `number` into a cohort's timetable; `starts` and `ends` are wall times, `on` is today.

    Raises AlreadyDone naming `number` if it is there, NotValid naming the field that does not fit.
    """
    slot = tidy_slot(Slot(starts, ends, place, access_notes))
    if any(one.number == number for one in queries.timetable(db, cohort.id)):
        raise AlreadyDone("number-taken", f"Session {number} is in the timetable already.", field="number")
    training_session = TrainingSession(cohort_id=cohort.id, cohort=cohort, number=number, leadings=[])
    _place(training_session, slot)
    db.add(training_session)
    db.flush()
    _lead(db, training_session, leaders, on)
    return training_session


def get_changeable(db: Session, viewer: Viewer, training_session_id: str) -> TrainingSession:
    """Return a session that this person may move. Raises NotFound, NotAllowed, and NotNow once it is signed."""
    training_session = queries.get_training_session(db, viewer, training_session_id)
    _require_leading(viewer, training_session)
    refuse_if_signed(db, training_session)
    return training_session


def _require_leading(viewer: Viewer, training_session: TrainingSession) -> None:
    if not may_change_session(viewer, training_session.led_by(viewer.person_id)):
        raise NotAllowed("not-leading", "Only who leads this session, or a coordinator, can change it.")


def change_session(
    db: Session,
    viewer: Viewer,
    training_session: TrainingSession,
    slot: Slot,
    leaders: Sequence[Person],
    on: date,
) -> None:
    """Move a session and say who leads it, as who leads it now or coordinates. Raises NotAllowed, NotNow, NotValid."""
    _require_leading(viewer, training_session)
    retime(db, training_session, slot)
    set_leaders(db, training_session, leaders, on)


def retime(db: Session, training_session: TrainingSession, slot: Slot) -> None:
    """Set when and where a session is, for whoever was found to be allowed it. Raises NotNow once signed, NotValid."""
    refuse_if_signed(db, training_session)
    _place(training_session, tidy_slot(slot))
    db.flush()


def _place(training_session: TrainingSession, slot: Slot) -> None:
    training_session.starts, training_session.ends = slot.starts, slot.ends
    training_session.place, training_session.access_notes = slot.place, slot.access_notes


def refuse_if_signed(db: Session, training_session: TrainingSession) -> None:
    """Raise NotNow once a session is signed: what was signed states when it was and who led it."""
    if guards.frozen_sessions(db, [training_session.id]):
        raise NotNow("signed", f"Session {training_session.number} is signed; it cannot change any more.")


def set_leaders(db: Session, training_session: TrainingSession, leaders: Sequence[Person], on: date) -> None:
    """Say who leads a session, in that order: who no longer does ends today, who is new begins today.

    Raises NotValid naming `leaders` if there is none, or one who is no trainer on that day; NotNow once signed.
    """
    refuse_if_signed(db, training_session)
    _lead(db, training_session, leaders, on)


def _lead(db: Session, training_session: TrainingSession, leaders: Sequence[Person], on: date) -> None:
    _check_leaders(db, leaders, on)
    now_leading = {one.person_id: one for one in training_session.leadings if one.ended_on is None}
    for person_id in now_leading.keys() - {person.id for person in leaders}:
        now_leading[person_id].ended_on = on
    for position, person in enumerate(leaders):
        leading = now_leading.get(person.id)
        if leading is None:
            leading = Leading(training_session=training_session, person_id=person.id, person=person, from_on=on)
            db.add(leading)
        leading.position = position
    db.flush()


def _check_leaders(db: Session, leaders: Sequence[Person], on: date) -> None:
    if not leaders:
        raise NotValid("nobody-leads", "Choose at least one trainer who leads the session.", field="leaders")
    trainers = {person.id for person in holders_of(db, Role.TRAINER, on)}
    for person in leaders:
        if person.id not in trainers:
            raise NotValid("no-trainer", f"{person.name} is not a trainer. Grant that role first.", field="leaders")


def cancel(db: Session, training_session: TrainingSession, on: date) -> None:
    """Cancel a session; the first date stays. Raises NotNow once it is signed."""
    refuse_if_signed(db, training_session)
    training_session.cancelled_on = training_session.cancelled_on or on
    db.flush()


def restore(db: Session, training_session: TrainingSession) -> None:
    """Take a cancellation back. Raises NotNow once it is signed. Harmless twice."""
    refuse_if_signed(db, training_session)
    training_session.cancelled_on = None
    db.flush()
