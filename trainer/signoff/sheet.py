"""A register before it is signed: its rows, what differs between two looks at it, what stands in a signature's way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from trainer.ledger.rules import canonical
from trainer.refusal import NotNow, NotValid, Refused
from trainer.signoff.rules import Presence


@dataclass(frozen=True, slots=True)
class Draft:
    """What is marked for one trainee; nothing yet when `presence` is None. `minutes` are 0 unless present."""

    presence: Presence | None = None
    minutes: int = 0
    seen: frozenset[str] = frozenset()

    @property
    def mark(self) -> tuple[Presence | None, int]:
        """Presence and minutes, which are one decision; what was seen is a decision for each behaviour."""
        return self.presence, self.minutes


@dataclass(frozen=True, slots=True)
class Row:
    """One trainee in a register; `joined` is true for who came onto the list after it was opened."""

    person_id: str
    name: str
    draft: Draft
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What a page showed for one trainee, and what its reader made of it."""

    person_id: str
    shown: Draft
    wanted: Draft

    @property
    def marks(self) -> bool:
        """Whether presence or minutes were changed."""
        return self.shown.mark != self.wanted.mark

    @property
    def seen_now(self) -> frozenset[str]:
        """Behaviours that were ticked."""
        return self.wanted.seen - self.shown.seen

    @property
    def taken_back(self) -> frozenset[str]:
        """Behaviours whose tick was taken away."""
        return self.shown.seen - self.wanted.seen


@dataclass(frozen=True, slots=True)
class Given:
    """What a page sends: its changes, and whether everybody unmarked is to be marked present."""

    changes: tuple[Change, ...]
    all_present: bool = False


def check_minutes(presence: Presence, minutes: int, longest: int, *, field: str | None = None) -> None:
    """Raise NotValid unless the minutes fit the presence and lie within what there was to attend."""
    if minutes < 0:
        raise NotValid("minutes-negative", "Minutes cannot be less than nothing.", field=field)
    if minutes > longest:
        raise NotValid("minutes-too-many", f"It lasted {longest} minutes; nobody can be there for longer.", field=field)
    if presence is Presence.PRESENT and not minutes:
        raise NotValid("minutes-none", "Whoever was there for no minute was absent.", field=field)
    if presence is not Presence.PRESENT and minutes:
        raise NotValid("minutes-away", "Whoever was away has no minutes.", field=field)


def refuse_unsound(rows: Sequence[Row], longest: int) -> None:
    """Raise the refusal that stands in the way of signing these rows, naming whom it is about; else do nothing."""
    if not rows:
        raise NotNow("nobody", "Nobody has a place on this cohort on that day, so there is nothing to sign.")
    if unmarked := [row.name for row in rows if row.draft.presence is None]:
        raise NotNow("unmarked", f"Not marked yet: {say_names(unmarked)}. Mark everybody, then sign.")
    for row in rows:
        if refusal := _fault_of(row, longest):
            raise refusal


def _fault_of(row: Row, longest: int) -> Refused | None:
    draft = row.draft
    if draft.presence is not Presence.PRESENT and draft.seen:
        return NotNow(
            "seen-while-away",
            f"{row.name} is marked {draft.presence}, yet something is ticked as seen. Put one of the two right.",
        )
    try:
        check_minutes(draft.presence or Presence.ABSENT, draft.minutes, longest)
    except NotValid as refusal:
        return NotValid(refusal.code, f"{row.name}: {refusal.sentence}")
    return None


def say_names(names: Sequence[str]) -> str:
    """Return "Amara", "Amara and Tāne", "Amara, Tāne and Yael"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def say_signature(name: str, what: str, at: datetime, zone: ZoneInfo) -> str:
    """Return "Ruth Hallam signed this session on 20 October 2026, 12:00." in the installation's zone."""
    local = at.astimezone(zone)
    return f"{name} signed {what} on {local.day} {local:%B %Y, %H:%M}."


def fingerprint(rows: Iterable[Row], longest: int, edition: str) -> str:
    """Return a hash (hex) of what a page shows to be signed, so that nothing else can be signed from it."""
    lines = [
        [row.person_id, row.draft.presence or "", row.draft.minutes, sorted(row.draft.seen)]
        for row in sorted(rows, key=lambda row: row.person_id)
    ]
    facts = {"lines": lines, "minutes": longest, "edition": edition}
    return sha256(canonical("register", facts)).hexdigest()
