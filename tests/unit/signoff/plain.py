"""A small programme, and signed lines about one trainee, made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from trainer.curriculum.rules import Behaviour, Module, Programme, ProgrammeRules, SessionPlan
from trainer.signoff.lines import Entry
from trainer.signoff.rules import Kind, Presence, Timetabled

NAMES_LIMITS = Behaviour("names-limits", "Names the limits first.", critical=True)
ASKS = Behaviour("asks-about-suicide", "Asks plainly", critical=True)
WAITS = Behaviour("waits", "Waits for the answer", critical=False)
SIGNED = datetime(2026, 10, 5, 17, 5, tzinfo=UTC)
RULES = ProgrammeRules(
    required_minutes=720,
    whole_session_minutes=165,
    every_session=True,
    make_up=("another cohort", "meeting"),
    pass_mark=0.8,
    ordinary_behaviours=0.8,
    spacing_days=(7,),
    supervision_due_days=14,
    supervision_lapsed_days=28,
    commitment_terms=2,
    refresher_after_days=120,
    retention_years=6,
)


def plan(number: int, *behaviours: Behaviour, minutes: int = 180) -> SessionPlan:
    return SessionPlan(number, f"Title {number}", minutes, (), (), (), (), behaviours)


def programme(**changed: Any) -> Programme:
    """Four sessions of three hours; twelve hours are needed, 165 minutes count as a whole session."""
    rules = replace(RULES, **changed)
    sessions = (plan(1, NAMES_LIMITS), plan(2, WAITS), plan(3, ASKS), plan(4, NAMES_LIMITS, ASKS))
    return Programme("small", "Small", "", "", sessions, (), {}, rules, "e" * 64)


def safety_module(number: int = 13, slug: str = "suicide-prevention", title: str = "A hard topic") -> Module:
    return Module(number, slug, "en", title, 5, 5, (), True, "", (), (), "f" * 64)


def signed(
    number: int,
    minutes: int = 180,
    presence: Presence = Presence.PRESENT,
    *seen: str,
    person: str = "amara",
    session_minutes: int = 180,
) -> Entry:
    """A line of a sign-off; whoever is not present has no minutes."""
    return Entry(
        kind=Kind.SIGN_OFF,
        record_id=f"sign-off-{number}",
        person_id=person,
        training_session_id=f"session-{number}",
        session_number=number,
        session_minutes=session_minutes,
        presence=presence,
        minutes=minutes if presence is Presence.PRESENT else 0,
        behaviours=frozenset(seen),
        signed_by="ruth",
        signer="Ruth Hallam",
        signed_at=SIGNED + timedelta(days=number),
    )


def absent(number: int, **more: Any) -> Entry:
    return signed(number, 0, Presence.ABSENT, **more)


def corrected(entry: Entry, nth: int, minutes: int, *seen: str) -> Entry:
    """The nth correction of a line; no minutes make it an absence."""
    return entry._replace(
        kind=Kind.CORRECTION,
        record_id=f"{entry.record_id}-correction-{nth}",
        corrects=Kind.MAKE_UP if entry.about_make_up else Kind.SIGN_OFF,
        number=nth,
        presence=Presence.PRESENT if minutes else Presence.ABSENT,
        minutes=minutes,
        behaviours=frozenset(seen),
        reason="minutes-wrong",
    )


def made_up(number: int, minutes: int = 180, *seen: str, person: str = "amara") -> Entry:
    return signed(number, minutes, Presence.PRESENT, *seen, person=person)._replace(
        kind=Kind.MAKE_UP,
        record_id=f"make-up-{number}",
        reason="meeting",
    )


def timetable(over: int, signed_off: int, *, cancelled: int = 0) -> list[Timetabled]:
    """Four sessions of which the first `over` are over and the first `signed_off` signed."""
    return [Timetabled(n, 180, n <= over, n == cancelled, n <= signed_off and n != cancelled) for n in range(1, 5)]
