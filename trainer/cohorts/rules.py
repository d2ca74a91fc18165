"""The state of an enrolment, which sessions are over, what a session's time and place may be: plain decisions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from trainer.people.rules import Viewer, tidy_name, tidy_words
from trainer.refusal import NotValid


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


NAME_MOST = 120
PLACE_MOST = 200
ACCESS_MOST = 1000
LONGEST = timedelta(days=1)
YEARS = (2000, 2199)


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """When and where a session is: wall times in the installation's zone."""

    starts: datetime
    ends: datetime
    place: str = ""
    access_notes: str = ""

    def overlaps(self, other: Slot) -> bool:
        """Whether one person cannot be at both."""
        return self.starts < other.ends and other.starts < self.ends


def tidy_slot(slot: Slot) -> Slot:
    """Return the slot with its texts tidied. Raises NotValid naming the field that does not fit."""
    if not YEARS[0] <= slot.starts.year <= YEARS[1]:
        raise NotValid("odd-year", f"Check the year: {slot.starts.year} is far from now.", field="starts")
    if slot.ends <= slot.starts:
        raise NotValid("ends-first", "The session must end after it starts.", field="ends")
    if slot.ends - slot.starts > LONGEST:
        raise NotValid("too-long", "The session must not last longer than a day.", field="ends")
    place = tidy_name(slot.place)
    if len(place) > PLACE_MOST:
        sentence = f"The place has {len(place)} characters; {PLACE_MOST} is the most."
        raise NotValid("place-long", sentence, field="place")
    notes = tidy_words(slot.access_notes)
    if len(notes) > ACCESS_MOST:
        sentence = f"This has {len(notes)} characters; {ACCESS_MOST} is the most."
        raise NotValid("access-long", sentence, field="access_notes")
    return replace(slot, place=place, access_notes=notes)


def exists(wall: datetime, zone: ZoneInfo) -> bool:
    """Whether clocks show this wall time: when they go forward, an hour is left out."""
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall


def check_on_clock(slot: Slot, zone: ZoneInfo) -> None:
    """Raise NotValid naming `starts` or `ends` if no clock will ever show that time."""
    for field, wall in (("starts", slot.starts), ("ends", slot.ends)):
        if not exists(wall, zone):
            sentence = f"There is no {wall:%H:%M} on {wall:%Y-%m-%d}: the clocks go forward. Choose an hour later."
            raise NotValid("no-such-time", sentence, field=field)


def may_change_session(viewer: Viewer, leads: bool) -> bool:
    """Who may move a session or change its room: coordinators, and the trainers who lead it."""
    return viewer.is_coordinator or (viewer.is_trainer and leads)


def say_slot(slot: Slot) -> str:
    """Return when and where, as a timetable file writes it: "2026-10-05 14:00 to 17:00, Seminar Room 2"."""
    same_day = slot.starts.date() == slot.ends.date()
    ends = f"{slot.ends:%H:%M}" if same_day else f"{slot.ends:%Y-%m-%d %H:%M}"
    times = f"{slot.starts:%Y-%m-%d %H:%M} to {ends}"
    return f"{times}, {slot.place}" if slot.place else times
