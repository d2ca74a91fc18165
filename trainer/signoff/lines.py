"""The signed lines about one trainee in one session, and what counts of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from trainer.signoff.rules import Counted, Kind, Presence


class Entry(NamedTuple):
    """One signed line about one trainee in one session, as it was signed and as it stays.

    `session_minutes` is the length of the session; `corrects` names what kind of record a correction corrects;
    `number` counts the corrections of one line from 1; `reason` is a correction's reason or a make-up's way;
    `signer` is the signer's name, for reading only. A page makes a hundred of them: a named tuple takes a fraction
    of the time of a frozen dataclass.
    """

    kind: Kind
    record_id: str
    person_id: str
    training_session_id: str
    session_number: int
    session_minutes: int
    presence: Presence
    minutes: int
    behaviours: frozenset[str]
    signed_by: str
    signer: str
    signed_at: datetime
    corrects: Kind | None = None
    reason: str = ""
    note: str = ""
    held_on: date | None = None
    number: int = 0

    @property
    def about_make_up(self) -> bool:
        """Whether this is a make-up or corrects one."""
        return Kind.MAKE_UP in (self.kind, self.corrects)


def count(entries: Iterable[Entry]) -> list[Counted]:
    """Return what counts for each trainee and session, by session.

    A correction replaces what it corrects: the latest one counts. A make-up adds to what was signed for the
    session it stands for, and both together never count for more than the session's length.
    """
    newest = _newest(entries)
    whom = {(person_id, session_id) for person_id, session_id, _ in newest}
    counted = [_together(newest.get((*key, False)), newest.get((*key, True))) for key in whom]
    return sorted(counted, key=lambda one: (one.session_number, one.person_id))


def superseded(entries: Iterable[Entry]) -> frozenset[tuple[str, str]]:
    """Return (person, record) of the lines that a correction took the place of."""
    lines = tuple(entries)
    standing = {id(entry) for entry in _newest(lines).values()}
    return frozenset((entry.person_id, entry.record_id) for entry in lines if id(entry) not in standing)


def _newest(entries: Iterable[Entry]) -> dict[tuple[str, str, bool], Entry]:
    """The newest line by person, session, and whether it is about a make-up."""
    return {
        (entry.person_id, entry.training_session_id, entry.about_make_up): entry
        for entry in sorted(entries, key=lambda entry: entry.number)
    }


def _together(signed: Entry | None, made_up: Entry | None) -> Counted:
    if made_up is None or made_up.presence is not Presence.PRESENT:
        return _as_counted(signed or made_up)
    alone = _as_counted(made_up)
    if signed is None or signed.presence is not Presence.PRESENT:
        return alone
    minutes = min(alone.minutes + signed.minutes, alone.session_minutes)
    return alone._replace(minutes=minutes, behaviours=made_up.behaviours | signed.behaviours)


def _as_counted(entry: Entry | None) -> Counted:
    if entry is None:
        raise ValueError("nothing was signed, so nothing can count")
    there = entry.presence is Presence.PRESENT
    return Counted(
        person_id=entry.person_id,
        session_number=entry.session_number,
        training_session_id=entry.training_session_id,
        presence=entry.presence,
        minutes=min(entry.minutes, entry.session_minutes) if there else 0,
        session_minutes=entry.session_minutes,
        how=entry.corrects if entry.corrects is Kind.MAKE_UP else entry.kind,
        behaviours=entry.behaviours if there else frozenset(),
        signed_by=entry.signed_by,
        signer=entry.signer,
        signed_at=entry.signed_at,
        record_id=entry.record_id,
    )
