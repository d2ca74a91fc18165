"""Mark a register, and sign it off: what only the session's current leaders do. Nothing here commits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.cohorts.models import TrainingSession
from trainer.cohorts.queries import get_training_session
from trainer.cohorts.rules import instant_of, is_over
from trainer.curriculum.rules import Programme
from trainer.ledger.services import seal
from trainer.people.rules import Viewer
from trainer.refusal import AlreadyDone, NotAllowed, NotNow, Refused
from trainer.signoff import records, registers
from trainer.signoff.models import Mark, Observation, Register, SignOff, SignOffLine
from trainer.signoff.registers import Sheet
from trainer.signoff.rules import Presence
from trainer.signoff.sheet import Change, Given, Row, fingerprint, refuse_unsound, say_names, say_signature


def may_sign(training_session: TrainingSession, viewer: Viewer) -> bool:
    """Whether somebody leads this session now; who only coordinates may look, not sign."""
    return viewer.is_trainer and training_session.led_by(viewer.person_id)


def require_leader(training_session: TrainingSession, viewer: Viewer) -> None:
    """Raise NotAllowed unless this person leads the session now."""
    if may_sign(training_session, viewer):
        return
    names = [person.name for person in training_session.leaders]
    if not names:
        raise NotAllowed("not-leader", "Nobody leads this session at present. A coordinator can name who does.")
    raise NotAllowed("not-leader", f"Only who leads this session can do that: {say_names(names)}.")


def refuse_own(person_id: str, viewer: Viewer) -> None:
    """Raise NotAllowed if somebody would sign about themselves."""
    if person_id == viewer.person_id:
        raise NotAllowed("own-attendance", "This is about yourself, so another trainer has to sign it.")


def save_marks(
    db: Session,
    viewer: Viewer,
    training_session_id: str,
    given: Given,
    zone: ZoneInfo,
    now: datetime,
) -> list[str]:
    """Keep what a page changed in the draft, and mark whoever is unmarked as present if it asks for that.

    The first save opens the register; every save takes in who came onto the list since, and drops whoever left
    it unmarked. Returns a sentence for each trainee whom somebody else marked differently in the meantime. Raises
    NotFound, NotAllowed, NotNow, AlreadyDone.
    """
    session = get_training_session(db, viewer, training_session_id)
    require_leader(session, viewer)
    _refuse_cancelled(session)
    register = _open_register(db, session, viewer, now)
    _refuse_signed(db, session, zone)
    sheet = registers.sheet_of(db, session)
    marks = _reconciled(db, register, sheet)
    said = [_set_mark(marks, change, session, viewer, now) for change in given.changes if change.marks]
    _set_seen(db, session, [change for change in given.changes if change.person_id in marks], viewer, now)
    if given.all_present:
        _mark_present([mark for mark in marks.values() if not mark.presence], session.minutes, viewer, now)
    db.flush()
    return [sentence for sentence in said if sentence]


def _refuse_cancelled(session: TrainingSession) -> None:
    if session.cancelled_on is not None:
        raise NotNow("cancelled", "This session was cancelled, so there is nothing to sign. It can be made up.")


def _refuse_signed(db: Session, session: TrainingSession, zone: ZoneInfo) -> None:
    signed = registers.find_sign_off(db, session.id)
    if signed is not None:
        said = say_signature(signed.signer.name, "this session", signed.signed_at, zone)
        raise AlreadyDone("signed", f"{said} What was signed stays as it is; a correction can be added.")


def _open_register(db: Session, session: TrainingSession, viewer: Viewer, now: datetime) -> Register:
    """The register, locked until the transaction ends, so that marks and a signature follow one another."""
    query = select(Register).where(Register.training_session_id == session.id).with_for_update()
    found = db.scalars(query).one_or_none()
    if found is not None:
        return found
    try:
        with db.begin_nested():
            db.add(
                Register(
                    training_session_id=session.id,
                    opened_at=now,
                    opened_by=viewer.person_id,
                    session_minutes=session.minutes,
                )
            )
    except IntegrityError:  # another process was first
        pass
    return db.scalars(query).one()


def _reconciled(db: Session, register: Register, sheet: Sheet) -> dict[str, Mark]:
    """A mark for every row, by person: joiners get one, whoever left unmarked loses theirs."""
    marks = {mark.person_id: mark for mark in db.scalars(select(Mark).where(Mark.register_id == register.id))}
    wanted = {row.person_id for row in sheet.rows}
    for person_id in marks.keys() - wanted:
        db.delete(marks.pop(person_id))
    for person_id in wanted - marks.keys():
        marks[person_id] = Mark(register_id=register.id, person_id=person_id, presence="", minutes=0)
        db.add(marks[person_id])
    return marks


def _set_mark(
    marks: Mapping[str, Mark], change: Change, session: TrainingSession, viewer: Viewer, now: datetime
) -> str:
    """Write one changed mark; returns a sentence if somebody else had set it to something else meanwhile."""
    mark = marks.get(change.person_id)
    if mark is None:
        return ""
    presence, minutes = change.wanted.mark
    stored = (Presence(mark.presence) if mark.presence else None, mark.minutes)
    by_another = mark.marked_by is not None and mark.marked_by != viewer.person_id
    differs = stored not in (change.shown.mark, change.wanted.mark)
    said = _say_overridden(mark, session) if by_another and differs else ""
    mark.presence, mark.minutes = presence or "", minutes
    mark.marked_at, mark.marked_by = now, viewer.person_id
    return said


def _say_overridden(mark: Mark, session: TrainingSession) -> str:
    other = next((person.name for person in session.leaders if person.id == mark.marked_by), "Somebody else")
    return f"{other} had marked {mark.person.name} {mark.presence}; what you set now stands."


def _set_seen(db: Session, session: TrainingSession, changes: Iterable[Change], viewer: Viewer, now: datetime) -> None:
    known = {
        (one.person_id, one.behaviour): one
        for one in db.scalars(select(Observation).where(Observation.training_session_id == session.id))
    }
    for change in changes:
        for behaviour in sorted(change.taken_back):
            if gone := known.get((change.person_id, behaviour)):
                db.delete(gone)
        for behaviour in sorted(change.seen_now):
            if (change.person_id, behaviour) not in known:
                db.add(
                    Observation(
                        training_session_id=session.id,
                        person_id=change.person_id,
                        behaviour=behaviour,
                        seen_at=now,
                        seen_by=viewer.person_id,
                    )
                )


def _mark_present(marks: Iterable[Mark], minutes: int, viewer: Viewer, now: datetime) -> None:
    for mark in marks:
        mark.presence, mark.minutes = Presence.PRESENT.value, minutes
        mark.marked_at, mark.marked_by = now, viewer.person_id


def refuse_to_sign(sheet: Sheet, viewer: Viewer, zone: ZoneInfo, now: datetime) -> None:
    """Raise the refusal that stands in the way of signing this register; do nothing if there is none."""
    require_leader(sheet.session, viewer)
    _refuse_cancelled(sheet.session)
    if not is_over(sheet.session.ends, zone, now):
        raise NotNow("not-over", "This session is not over yet. Sign it when it has ended; the marks are kept.")
    if any(row.person_id == viewer.person_id for row in sheet.rows):
        raise NotAllowed("own-attendance", "You are on this register yourself, so somebody else has to sign it.")
    refuse_unsound(sheet.rows, sheet.session.minutes)


def sign_off(
    db: Session,
    viewer: Viewer,
    training_session_id: str,
    programme: Programme,
    shown: str,
    zone: ZoneInfo,
    now: datetime,
) -> SignOff:
    """Sign a register: freeze it with trainer, time, roster, minutes, behaviours and edition, and seal it.

    `shown` is the fingerprint of what the signer's page showed. Raises NotFound, NotAllowed, NotNow, NotValid, and
    AlreadyDone with who signed.
    """
    session = get_training_session(db, viewer, training_session_id)
    require_leader(session, viewer)
    _open_register(db, session, viewer, now)
    _refuse_signed(db, session, zone)
    sheet = registers.sheet_of(db, session)
    refuse_to_sign(sheet, viewer, zone, now)
    if shown != fingerprint(sheet.rows, session.minutes, programme.edition):
        raise NotNow("changed-meanwhile", "The register was changed while you looked. Read it again, then sign.")
    signed = _signed(sheet, viewer, programme, zone, now)
    add_sealed(db, signed, AlreadyDone("signed", "Somebody else has just signed this session."))
    return signed


def _signed(sheet: Sheet, viewer: Viewer, programme: Programme, zone: ZoneInfo, now: datetime) -> SignOff:
    session = sheet.session
    return SignOff(
        training_session_id=session.id,
        cohort_id=session.cohort_id,
        session_number=session.number,
        programme=programme.slug,
        edition=programme.edition,
        starts_at=instant_of(session.starts, zone),
        ends_at=instant_of(session.ends, zone),
        session_minutes=session.minutes,
        signed_by=viewer.person_id,
        signed_at=now,
        lines=[_line(row) for row in sheet.rows],
    )


def _line(row: Row) -> SignOffLine:
    return SignOffLine(
        person_id=row.person_id,
        presence=row.draft.presence or "",
        minutes=row.draft.minutes,
        behaviours=" ".join(sorted(row.draft.seen)),
    )


def add_sealed(db: Session, record: records.Signed, faster: Refused) -> None:
    """Add and seal a record; raises `faster` if another process was first."""
    try:
        with db.begin_nested():
            db.add(record)
    except IntegrityError:
        raise faster from None
    seal(db, records.kind_of(record), record.id, records.facts(record), record.salt)
