"""What trainers do with registers, as the pages would do it: for tests that need something signed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from tests.cast import NOW, ZONE
from trainer.cohorts.models import Cohort, TrainingSession
from trainer.curriculum.rules import Programme
from trainer.people.models import Person
from trainer.people.rules import Role, Viewer
from trainer.signoff import boards, registers, services
from trainer.signoff.boards import Case
from trainer.signoff.models import SignOff
from trainer.signoff.rules import Presence
from trainer.signoff.sheet import Change, Draft, Given, fingerprint

THERE = Draft(Presence.PRESENT, 180)
AWAY = Draft(Presence.ABSENT)
SORRY = Draft(Presence.APOLOGIES)


def viewer_of(person: Person, *roles: Role) -> Viewer:
    """Return somebody as the one who asks; a trainer unless it is said otherwise."""
    return Viewer(person.id, person.name, frozenset(roles or (Role.TRAINER,)))


def there(*seen: str, minutes: int = 180) -> Draft:
    return Draft(Presence.PRESENT, minutes, frozenset(seen))


def mark(
    db: Session,
    leader: Person,
    session: TrainingSession,
    wanted: Mapping[str, Draft],
    *,
    all_present: bool = False,
    shown: Mapping[str, Draft] | None = None,
    now: datetime = NOW,
) -> list[str]:
    """Mark trainees by person as a page would that shows `shown`, or the register as it is kept."""
    kept = {row.person_id: row.draft for row in registers.sheet_of(db, session).rows}
    before = {**kept, **(shown or {})}
    changes = [Change(person_id, before.get(person_id, Draft()), draft) for person_id, draft in wanted.items()]
    given = Given(tuple(changes), all_present=all_present)
    return services.save_marks(db, viewer_of(leader), session.id, given, ZONE, now)


def sign(
    db: Session,
    leader: Person,
    session: TrainingSession,
    programme: Programme,
    wanted: Mapping[str, Draft] | None = None,
    now: datetime = NOW,
) -> SignOff:
    """Mark everybody present but for whom `wanted` says otherwise, read the register and sign it."""
    mark(db, leader, session, wanted or {}, all_present=True, now=now)
    return sign_as_shown(db, leader, session, programme, now)


def sign_as_shown(
    db: Session, leader: Person, session: TrainingSession, programme: Programme, now: datetime = NOW
) -> SignOff:
    """Sign a register as it is kept."""
    rows = registers.sheet_of(db, session).rows
    shown = fingerprint(rows, session.minutes, programme.edition)
    return services.sign_off(db, viewer_of(leader), session.id, programme, shown, ZONE, now)


def case_of(
    db: Session, reader: Person, cohort: Cohort, person: Person, programme: Programme, now: datetime = NOW
) -> Case:
    """What a trainer sees of one trainee."""
    table = boards.get_timetable(db, viewer_of(reader), cohort.id)
    return boards.case(db, table, programme, boards.get_place(db, cohort.id, person.id), ZONE, now)
