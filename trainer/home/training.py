"""What a trainee's start page says: the next session, what to read, hours so far, what each session still wants."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from trainer.cohorts.models import TrainingSession
from trainer.cohorts.rules import is_over
from trainer.curriculum.rules import Catalogue, Module, Programme, SessionPlan
from trainer.learning.rules import ModuleProgress
from trainer.signoff.rules import Counted, Kind, credit, hours_of, is_whole
from trainer.web.words import hours


class Mood(StrEnum):
    """How a line is drawn: settled, wanting something, or neither."""

    DONE = "done"
    ATTENTION = "attention"
    PLAIN = ""


@dataclass(frozen=True, slots=True)
class ToRead:
    """A module and where the trainee stands in it."""

    module: Module
    progress: ModuleProgress


@dataclass(frozen=True, slots=True)
class Line:
    """One session of the programme as its trainee sees it; `meeting` is None until it is timetabled."""

    plan: SessionPlan
    meeting: TrainingSession | None
    words: str
    mood: Mood
    reading: tuple[ToRead, ...]

    @property
    def minutes_left(self) -> int:
        """Minutes of reading and practice that are not done."""
        return sum(one.progress.minutes_left for one in self.reading)


@dataclass(frozen=True, slots=True)
class Training:
    """Everything the page is made from; `counted` is about this trainee alone, `signed` are ids of meetings."""

    programme: Programme
    catalogue: Catalogue
    meetings: Sequence[TrainingSession]
    signed: Collection[str]
    counted: Sequence[Counted]
    progress: Mapping[str, ModuleProgress]
    now: datetime
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class View:
    """The page: the line of the next session if there is one, all lines, minutes that count."""

    next: Line | None
    lines: tuple[Line, ...]
    minutes: int


def compose(given: Training) -> View:
    """Compose the page from what was fetched."""
    lines = tuple(_line(given, plan) for plan in given.programme.sessions)
    coming = [line for line in lines if line.meeting and _is_coming(given, line.meeting)]
    first = min(coming, key=_starts, default=None)
    return View(first, lines, hours_of(given.counted, given.programme))


def _starts(line: Line) -> datetime:
    assert line.meeting is not None
    return line.meeting.starts


def _is_coming(given: Training, meeting: TrainingSession) -> bool:
    return meeting.cancelled_on is None and not is_over(meeting.ends, given.zone, given.now)


def _line(given: Training, plan: SessionPlan) -> Line:
    meeting = next((one for one in given.meetings if one.number == plan.number), None)
    counted = next((one for one in given.counted if one.session_number == plan.number), None)
    modules = (*given.catalogue.pre_reading(plan), *given.catalogue.revision(plan))
    reading = tuple(ToRead(module, given.progress[module.slug]) for module in modules)
    words, mood = _said_of(given, counted) if counted else _said_before(given, meeting, reading)
    return Line(plan, meeting, words, mood, reading)


def _said_of(given: Training, counted: Counted) -> tuple[str, Mood]:
    if not counted.attended:
        return "Missed. Talk with your trainer about making it up.", Mood.ATTENTION
    if not is_whole(counted, given.programme):
        return f"Signed off with {counted.minutes} of {counted.session_minutes} minutes", Mood.ATTENTION
    made_up = counted.how is Kind.MAKE_UP
    return f"{'Made up' if made_up else 'Signed off'}: {hours(credit(counted, given.programme))}", Mood.DONE


def _said_before(given: Training, meeting: TrainingSession | None, reading: Sequence[ToRead]) -> tuple[str, Mood]:
    if meeting is None:
        return "No date yet", Mood.PLAIN
    if meeting.cancelled_on:
        return "Cancelled. Your trainer will tell you the new date.", Mood.ATTENTION
    if meeting.id in given.signed:
        return "Held without you. Talk with your trainer about making it up.", Mood.ATTENTION
    if is_over(meeting.ends, given.zone, given.now):
        return "Waiting for your trainer’s signature", Mood.PLAIN
    if not reading:
        return "Nothing to read", Mood.PLAIN
    left = sum(one.progress.minutes_left for one in reading)
    return (f"About {left} minutes to read and practise", Mood.PLAIN) if left else ("Reading done", Mood.DONE)
