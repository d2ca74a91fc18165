"""The demonstration's dates, relative to today: meetings are on Mondays and Thursdays."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

MEETING_DAYS = (0, 3)  # Monday, Thursday


def meeting_on(number: int, today: date) -> date:
    """Return the day of meeting `number`: 0 is the next meeting day from today on, -1 the one before it."""
    day = today
    while day.weekday() not in MEETING_DAYS:
        day += timedelta(days=1)
    step = timedelta(days=1 if number > 0 else -1)
    for _ in range(abs(number)):
        day += step
        while day.weekday() not in MEETING_DAYS:
            day += step
    return day


def dated_timetable(text: str, today: date) -> str:
    """Turn our timetable, which counts meetings, into one with dates, as the import takes it."""
    rows = csv.DictReader(io.StringIO(text))
    written = io.StringIO()
    out = csv.writer(written, lineterminator="\n")
    out.writerow(["cohort", "session", "starts", "ends", "place", "led_by"])
    for row in rows:
        day = meeting_on(int(row["meeting"]), today)
        starts, ends = f"{day} {row['starts']}", f"{day} {row['ends']}"
        out.writerow([row["cohort"], row["session"], starts, ends, row["place"], row["led_by"]])
    return written.getvalue()
