"""Sign a further line that counts in place of a signed one; the signed one stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.cohorts.models import TrainingSession
from trainer.cohorts.queries import get_training_session
from trainer.people.models import Person
from trainer.people.rules import Viewer, tidy_words
from trainer.refusal import AlreadyDone, NotNow, NotValid
from trainer.signoff import queries
from trainer.signoff.boards import get_place, get_timetable
from trainer.signoff.lines import Entry
from trainer.signoff.models import Correction, MakeUp, SignOff
from trainer.signoff.rules import Kind, Presence
from trainer.signoff.services import add_sealed, refuse_own, require_leader
from trainer.signoff.sheet import check_minutes, say_signature

REASONS = {
    "marked-wrongly": "The wrong box was pressed",
    "minutes-wrong": "The minutes were wrong",
    "not-on-register": "They were there, but not on the register",
    "apologies-later": "Their apologies arrived later",
    "behaviour-wrong": "What was seen was ticked or left out by mistake",
    "signed-by-mistake": "It was signed by mistake",
}
NOTE_MOST = 300


@dataclass(frozen=True, slots=True)
class Amendment:
    """What shall count instead; `shown` is the id of the record that the page showed, empty if there was none."""

    presence: Presence
    minutes: int
    behaviours: frozenset[str]
    reason: str
    note: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class SignedLine:
    """What is signed about one trainee in one session: by a sign-off or a make-up (`target`), and what counts of it.

    `latest` is the newest line of it, None for who was not on the register; `longest` the minutes there were.
    """

    session: TrainingSession
    person: Person
    target: SignOff | MakeUp
    latest: Entry | None
    longest: int

    @property
    def shown(self) -> str:
        """What a page remembers of which line it showed."""
        return self.latest.record_id if self.latest else ""


def get_line(db: Session, viewer: Viewer, training_session_id: str, person_id: str, of: Kind) -> SignedLine:
    """Return a line that this person may correct.

    Raises NotFound for what they may not see, NotAllowed for who does not lead the session (for a make-up: the
    cohort) or is the trainee, NotNow if nothing is signed yet.
    """
    session = get_training_session(db, viewer, training_session_id)
    _require_right(db, viewer, session, of)
    refuse_own(person_id, viewer)
    place = get_place(db, session.cohort_id, person_id)
    target = _target(db, session, person_id, of)
    latest = _latest(queries.entries_of(db, person_id, session.cohort_id), session, of)
    longest = target.session_minutes if isinstance(target, SignOff) else session.minutes
    return SignedLine(session, place.person, target, latest, longest)


def _require_right(db: Session, viewer: Viewer, session: TrainingSession, of: Kind) -> None:
    """A sign-off is corrected by who leads the session, a make-up by who leads any session of the cohort."""
    by_cohort = of is Kind.MAKE_UP and viewer.is_trainer
    if not (by_cohort and get_timetable(db, viewer, session.cohort_id).led_by(viewer.person_id)):
        require_leader(session, viewer)


def _target(db: Session, session: TrainingSession, person_id: str, of: Kind) -> SignOff | MakeUp:
    found: SignOff | MakeUp | None
    if of is Kind.MAKE_UP:
        query = select(MakeUp).where(MakeUp.missed_session_id == session.id, MakeUp.person_id == person_id)
        found = db.scalars(query).one_or_none()
    else:
        found = db.scalars(select(SignOff).where(SignOff.training_session_id == session.id)).one_or_none()
    if found is None:
        raise NotNow("not-signed", "Nothing is signed there yet, so there is nothing to correct.")
    return found


def _latest(entries: list[Entry], session: TrainingSession, of: Kind) -> Entry | None:
    made_up = of is Kind.MAKE_UP
    about = [one for one in entries if one.training_session_id == session.id and one.about_make_up is made_up]
    return max(about, key=lambda entry: entry.number, default=None)


def correct(
    db: Session, viewer: Viewer, line: SignedLine, given: Amendment, zone: ZoneInfo, now: datetime
) -> Correction:
    """Sign a further line that counts in place of what was signed about one trainee.

    Raises NotValid on its field, NotNow when it changes nothing or somebody was faster, and AlreadyDone when it is
    the very line that this person has just signed.
    """
    _refuse_idle(line.latest, given, viewer, zone)
    _refuse_faulty(given, line.longest)
    correction = Correction(
        sign_off_id=line.target.id if isinstance(line.target, SignOff) else None,
        make_up_id=line.target.id if isinstance(line.target, MakeUp) else None,
        number=line.latest.number + 1 if line.latest else 1,
        person_id=line.person.id,
        presence=given.presence.value,
        minutes=given.minutes,
        behaviours=" ".join(sorted(given.behaviours)),
        reason=given.reason,
        note=tidy_words(given.note),
        signed_by=viewer.person_id,
        signed_at=now,
    )
    add_sealed(db, correction, NotNow("changed-meanwhile", CHANGED))
    return correction


CHANGED = "Somebody else signed a correction while you looked. Read it again, then decide."


def _refuse_idle(latest: Entry | None, given: Amendment, viewer: Viewer, zone: ZoneInfo) -> None:
    """Refuse what changes nothing, and what was decided on a page that is out of date."""
    wanted = (given.presence, given.minutes, given.behaviours)
    same = latest is not None and (latest.presence, latest.minutes, latest.behaviours) == wanted
    if latest and same and latest.record_id != given.shown and latest.signed_by == viewer.person_id:
        raise AlreadyDone("corrected", say_signature(latest.signer, "this correction", latest.signed_at, zone))
    if given.shown != (latest.record_id if latest else ""):
        raise NotNow("changed-meanwhile", CHANGED)
    if same:
        raise NotNow("nothing-changes", "That is what counts already, so there is nothing to sign.")


def _refuse_faulty(given: Amendment, longest: int) -> None:
    check_minutes(given.presence, given.minutes, longest, field="minutes")
    if given.behaviours and given.presence is not Presence.PRESENT:
        raise NotValid("seen-while-away", "Whoever was away was not seen to do anything.", field="behaviours")
    if given.reason not in REASONS:
        raise NotValid("reason", "Choose the reason that fits best.", field="reason")
    if len(given.note) > NOTE_MOST:
        raise NotValid("note-long", f"Keep the note to {NOTE_MOST} characters.", field="note")
