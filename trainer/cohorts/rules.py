"""The state of an enrolment, and which sessions are over: computed from dated facts, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


class State(StrEnum):
    """Where a trainee's place on a cohort stands."""

    RESERVE = "reserve"
    INVITED = "invited"
    ACTIVE = "active"
    WITHDRAWN = "withdrawn"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """The dated facts of an enrolment that decide its state."""

    reserve: bool
    accepted_on: date | None
    withdrawn_on: date | None
    completed_on: date | None


def state_of(facts: PlaceFacts) -> State:
    """Return the state: the latest fact that happened counts; a reserve has no place yet."""
    if facts.completed_on:
        return State.COMPLETED
    if facts.withdrawn_on:
        return State.WITHDRAWN
    if facts.reserve:
        return State.RESERVE
    return State.ACTIVE if facts.accepted_on else State.INVITED


def has_place(enrolled_on: date, withdrawn_on: date | None, reserve: bool, day: date) -> bool:
    """Whether somebody belongs on the register of a session on `day`: who joins later was not absent before."""
    return not reserve and enrolled_on <= day and (withdrawn_on is None or day < withdrawn_on)


def instant_of(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the aware instant of a wall time in the installation's zone."""
    return wall.replace(tzinfo=zone)


def is_over(ends: datetime, zone: ZoneInfo, now: datetime) -> bool:
    """Whether a session that ends at this wall time has ended."""
    return instant_of(ends, zone) <= now


def has_begun(starts: datetime, zone: ZoneInfo, now: datetime) -> bool:
    """Whether a session that starts at this wall time has started."""
    return instant_of(starts, zone) <= now
