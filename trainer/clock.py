"""now() and today(): the only file that asks the time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_stopped: list[datetime] = []


def now() -> datetime:
    """Return this instant, aware, in UTC, to the second: nothing here needs more, and a record reads better."""
    return _stopped[-1] if _stopped else datetime.now(UTC).replace(microsecond=0)


def today(zone: ZoneInfo) -> date:
    """Return the date on the wall of the installation's time zone."""
    return now().astimezone(zone).date()


@contextmanager
def stopped_at(instant: datetime) -> Iterator[None]:
    """Stop the clock of this process: for tests, and for the demonstration that writes its own past."""
    _stopped.append(instant.astimezone(UTC))
    try:
        yield
    finally:
        _stopped.pop()
