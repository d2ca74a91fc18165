"""What a certificate states and what it does not, its number, and where it stands: pure decisions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

from trainer.curriculum.rules import Programme
from trainer.signoff.rules import Counted, Kind, hours_of


class State(StrEnum):
    """Where a certificate stands. Withdrawn: its holder's name is gone, and the document with it."""

    VALID = "valid"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"


class Reason(StrEnum):
    """Why a certificate is revoked. The list is short, and anyone with the code reads it: it says nothing private."""

    DETAIL = "detail"
    RECORD = "record"
    MISTAKE = "mistake"
    HOLDER = "holder"


REASONS = {
    Reason.DETAIL: "A detail on it was wrong; another may have been issued in its place.",
    Reason.RECORD: "The training record that it rests on was corrected.",
    Reason.MISTAKE: "It was issued by mistake.",
    Reason.HOLDER: "Its holder asked for it.",
}


@dataclass(frozen=True, slots=True)
class Attended:
    """One session as the certificate lists it; `signed_by` identifies who signed what counts."""

    number: int
    title: str
    on: date
    minutes: int
    made_up: bool
    signed_by: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the paper, the public page and the leaf share. People are identifiers: their names stand apart.

    `minutes` are those signed that count; `editions` are the hex hashes of the programme as it stood when the
    sessions were signed; `verify_at` is the address that a code is appended to.
    """

    number: str
    issued_on: date
    university: str
    programme: str
    title: str
    statement: str
    minutes: int
    sessions: tuple[Attended, ...]
    topics: tuple[str, ...]
    editions: tuple[str, ...]
    readiness_by: str
    readiness_on: date
    verify_at: str

    @property
    def first_on(self) -> date:
        """The day of the first session."""
        return min(one.on for one in self.sessions)

    @property
    def last_on(self) -> date:
        """The day of the last session, on which the training was completed."""
        return max(one.on for one in self.sessions)

    @property
    def signers(self) -> tuple[str, ...]:
        """Who signed the sessions, each once, in the order of the sessions."""
        return tuple(dict.fromkeys(one.signed_by for one in self.sessions))


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the facts need to know beside the training itself: number, day of issue, who issues, where it is checked."""

    number: str
    issued_on: date
    university: str
    verify_at: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A readiness: who judged, and on which day."""

    by: str
    on: date


def compose(
    programme: Programme,
    counted: Sequence[Counted],
    held: Mapping[int, date],
    editions: Iterable[str],
    judged: Judged,
    occasion: Occasion,
) -> Facts:
    """Return the facts of one trainee's training; `counted` is about them alone, `held` has days by session number."""
    there = [one for one in counted if one.attended]
    return Facts(
        number=occasion.number,
        issued_on=occasion.issued_on,
        university=occasion.university,
        programme=programme.slug,
        title=programme.title,
        statement=" ".join(programme.certificate_statement.split()),
        minutes=hours_of(there, programme),
        sessions=tuple(_attended(programme, one, held[one.session_number]) for one in there),
        topics=_topics(programme, {one.session_number for one in there}),
        editions=tuple(dict.fromkeys(editions)),
        readiness_by=judged.by,
        readiness_on=judged.on,
        verify_at=occasion.verify_at,
    )


def _attended(programme: Programme, one: Counted, on: date) -> Attended:
    plan = programme.session(one.session_number)
    title = plan.title if plan else f"Session {one.session_number}"
    return Attended(one.session_number, title, on, one.minutes, one.how is Kind.MAKE_UP, one.signed_by)


def _topics(programme: Programme, numbers: set[int]) -> tuple[str, ...]:
    met = {slug for plan in programme.sessions if plan.number in numbers for slug in (*plan.topics, *plan.again)}
    return tuple(topic.title for topic in programme.topics if topic.slug in met)


def write(facts: Facts) -> str:
    """Return the facts as the JSON that is kept; `read` gives them back."""
    return json.dumps(asdict(facts), default=date.isoformat, ensure_ascii=False, sort_keys=True)


def read(kept: str) -> Facts:
    """Return the facts that were kept. Raises ValueError, TypeError or KeyError if these are none."""
    given: dict[str, Any] = json.loads(kept)
    for name in ("issued_on", "readiness_on"):
        given[name] = date.fromisoformat(given[name])
    for name in ("topics", "editions"):
        given[name] = tuple(given[name])
    given["sessions"] = tuple(Attended(**{**one, "on": date.fromisoformat(one["on"])}) for one in given["sessions"])
    return Facts(**given)


def next_number(year: int, latest: str | None) -> str:
    """Return the number that follows the latest of that year: 2026-0001 where there is none."""
    return f"{year}-{int(latest.partition('-')[2]) + 1 if latest else 1:04}"


def commitment(salt: bytes, name: str) -> bytes:
    """Return the 32 bytes that stand for a name in the leaf; without the salt nobody can try names against them."""
    return sha256(salt + name.encode()).digest()


def say_date(day: date) -> str:
    """Return "5 November 2026"."""
    return f"{day.day} {day:%B} {day.year}"


def say_span(first: date, last: date) -> str:
    """Return "5 October to 5 November 2026", leaving out what both days share."""
    if first == last:
        return say_date(last)
    return f"{say_date(first) if first.year != last.year else f'{first.day} {first:%B}'} to {say_date(last)}"


def say_hours(minutes: int) -> str:
    """Return "30 hours", "29 hours 30 minutes"."""
    whole, rest = divmod(minutes, 60)
    hours = f"{whole} {'hour' if whole == 1 else 'hours'}"
    return f"{hours} {rest} {'minute' if rest == 1 else 'minutes'}" if rest else hours


def file_names(number: str, name: str) -> tuple[str, str]:
    """Return what a downloaded certificate is called: in plain ASCII, and with its holder's name."""
    safe = "".join("-" if letter in '/\\:*?"<>|' else letter for letter in name)
    return f"certificate-{number}.pdf", f"Certificate {number} {safe}.pdf"


def limits(facts: Facts) -> tuple[str, ...]:
    """Return what the certificate states and what nobody may read into it."""
    return (
        f"This certificate states that the training was completed on {say_date(facts.last_on)}.",
        "It is no clinical qualification.",
        "It does not show whether the holder is active as a peer supporter now.",
    )
