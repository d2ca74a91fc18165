"""What stands before a trainer or coordinator: sessions today, what waits for a signature, what is next."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from trainer.cohorts.models import TrainingSession
from trainer.cohorts.rules import has_begun, is_over
from trainer.people.rules import Viewer


@dataclass(frozen=True, slots=True)
class Agenda:
    """Sessions in the order of time. `today` has cancelled ones too, since somebody may stand before the door.

    `waiting` are over and not signed, today's left out; `next_of` has the next session of a cohort by its id.
    """

    today: tuple[TrainingSession, ...]
    waiting: tuple[TrainingSession, ...]
    upcoming: tuple[TrainingSession, ...]
    next_of: dict[str, TrainingSession]


def agenda_of(
    sessions: Sequence[TrainingSession], signed: Collection[str], viewer: Viewer, zone: ZoneInfo, now: datetime
) -> Agenda:
    """Sort sessions into an agenda; what waits for a signature is all of it for a coordinator, else what one leads."""
    ordered = sorted(sessions, key=lambda one: (one.starts, one.cohort.name, one.number))
    day = now.astimezone(zone).date()
    today = [one for one in ordered if one.starts.date() <= day <= one.ends.date()]
    held = [one for one in ordered if one.cancelled_on is None and one not in today]
    upcoming = [one for one in held if not has_begun(one.starts, zone, now)]
    over = [one for one in held if is_over(one.ends, zone, now) and one.id not in signed]
    return Agenda(
        tuple(today),
        tuple(one for one in over if viewer.is_coordinator or one.led_by(viewer.person_id)),
        tuple(upcoming),
        {one.cohort_id: one for one in reversed(upcoming)},
    )
