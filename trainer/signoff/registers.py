"""Reads of one session's register: who is on it, what is marked so far, and what was signed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from trainer.cohorts.models import Enrolment, TrainingSession
from trainer.cohorts.queries import enrolments, get_training_session, people_named
from trainer.people.models import Person
from trainer.people.rules import Viewer
from trainer.signoff.models import Mark, Observation, Register, SignOff
from trainer.signoff.rules import Presence
from trainer.signoff.sheet import Draft, Row


@dataclass(frozen=True, slots=True)
class Sheet:
    """The register of a session as it stands: its rows by name; `opened` once anything was saved."""

    session: TrainingSession
    rows: tuple[Row, ...]
    opened: bool

    @property
    def unmarked(self) -> int:
        """How many rows nobody has marked yet."""
        return sum(row.draft.presence is None for row in self.rows)


def get_sheet(db: Session, viewer: Viewer, training_session_id: str) -> Sheet:
    """Return the register of a session this person may see; raises NotFound otherwise. Three statements."""
    return sheet_of(db, get_training_session(db, viewer, training_session_id))


def sheet_of(db: Session, session: TrainingSession) -> Sheet:
    """Return the register of a session: two statements, and one more if somebody on it left the cohort's list."""
    marked, drafts = _drafts(db, session.id)
    known = enrolments(db, session.cohort_id)
    rows = _rows(db, session, known, drafts, opened=marked)
    return Sheet(session, rows, marked)


SIGNED = (
    select(SignOff)
    .where(SignOff.training_session_id == bindparam("session_id"))
    .options(joinedload(SignOff.signer, innerjoin=True))
)
MARKED = (
    select(Register.id, Mark.person_id, Mark.presence, Mark.minutes, Observation.behaviour)
    .outerjoin(Mark, Mark.register_id == Register.id)
    .outerjoin(
        Observation,
        (Observation.training_session_id == Register.training_session_id) & (Observation.person_id == Mark.person_id),
    )
    .where(Register.training_session_id == bindparam("session_id"))
)


def find_sign_off(db: Session, training_session_id: str) -> SignOff | None:
    """Return the sign-off of a session with who signed it, or None."""
    return db.scalars(SIGNED, {"session_id": training_session_id}).one_or_none()


def _drafts(db: Session, training_session_id: str) -> tuple[bool, dict[str, Draft]]:
    """Whether the register is open, and what is marked in it by person."""
    drafts: dict[str, Draft] = {}
    opened = False
    for _, person_id, presence, minutes, behaviour in db.execute(MARKED, {"session_id": training_session_id}):
        opened = True
        if person_id is None:
            continue
        before = drafts.get(person_id, Draft()).seen
        seen = before | {behaviour} if behaviour else before
        drafts[person_id] = Draft(Presence(presence) if presence else None, minutes, seen)
    return opened, drafts


def _rows(
    db: Session, session: TrainingSession, known: Iterable[Enrolment], drafts: dict[str, Draft], *, opened: bool
) -> tuple[Row, ...]:
    """Who belongs on that day's register, and whoever is marked on it although they no longer do."""
    day = session.starts.date()
    people = [one.person for one in known if one.on_register(day) or _is_marked(drafts.get(one.person_id))]
    people += _strangers(db, drafts, {one.person_id for one in known})
    return tuple(
        Row(
            person_id=person.id,
            name=person.name,
            draft=drafts.get(person.id, Draft()),
            joined=opened and person.id not in drafts,
        )
        for person in sorted(people, key=lambda person: person.sort_key)
    )


def _is_marked(draft: Draft | None) -> bool:
    return draft is not None and draft != Draft()


def _strangers(db: Session, drafts: dict[str, Draft], known: set[str]) -> Sequence[Person]:
    """Whoever was marked and has since been moved to another cohort."""
    ids = [person_id for person_id, draft in drafts.items() if person_id not in known and _is_marked(draft)]
    return list(people_named(db, ids).values()) if ids else []
