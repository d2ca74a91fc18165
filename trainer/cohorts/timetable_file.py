"""A timetable file, read on plain values: sessions with their leaders' addresses, and every fault by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from trainer.cohorts.preview import Remark, in_order
from trainer.cohorts.rules import Slot, check_on_clock, tidy_slot
from trainer.cohorts.table import Row, read_rows, shown
from trainer.people.rules import name_key, tidy_email, tidy_name
from trainer.refusal import NotValid

COLUMNS = ("cohort", "session", "starts", "ends", "place", "led_by")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}", re.ASCII)
_NUMBER = re.compile(r"[1-9]\d{0,2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One good line of the file; `leaders` are addresses, in order."""

    line: int
    cohort: str
    number: int
    slot: Slot
    leaders: tuple[str, ...]


def read_timetable(content: bytes | str, zone: ZoneInfo) -> tuple[list[SessionLine], list[Remark]]:
    """Return the good lines of a timetable file, and every fault by line. Never raises."""
    rows, faults = read_rows(content, COLUMNS)
    lines: list[SessionLine] = []
    first_seen: dict[tuple[str, str], int] = {}
    for row in rows:
        found = list(_row_faults(row, zone))
        session = (name_key(row.cells["cohort"]), row.cells["session"])
        if not found and (earlier := first_seen.setdefault(session, row.line)) != row.line:
            found.append(f"Session {session[1]} of {tidy_name(row.cells['cohort'])} is on line {earlier} already.")
        faults += [Remark(row.line, sentence) for sentence in found]
        if not found:
            lines.append(_line(row))
    return lines, in_order(faults)


def _row_faults(row: Row, zone: ZoneInfo) -> Iterator[str]:
    cells = row.cells
    if not tidy_name(cells["cohort"]):
        yield "cohort is empty. Write the name of the cohort."
    if not _NUMBER.fullmatch(cells["session"]):
        yield f"session {shown(cells['session'])} is no number. Write 1 for the first session."
    times = [column for column in ("starts", "ends") if _time(cells[column]) is None]
    for column in times:
        yield f"{column} {shown(cells[column])} is no time. Write it as 2026-10-05 14:00."
    if not times:
        yield from _slot_faults(_slot(row), zone)
    leaders = _leaders(cells["led_by"])
    if not leaders:
        yield "led_by is empty. Write the address of who leads, several with ; between them."
    for address in sorted({address for address in leaders if leaders.count(address) > 1}):
        yield f"led_by names {shown(address)} twice. Keep one."


def _slot_faults(slot: Slot, zone: ZoneInfo) -> Iterator[str]:
    try:
        check_on_clock(tidy_slot(slot), zone)
    except NotValid as refusal:
        yield refusal.sentence


def _time(text: str) -> datetime | None:
    """The wall time that a cell states, or None: exactly as the documentation shows it, so that no day is guessed."""
    if not _TIME.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _slot(row: Row) -> Slot:
    starts, ends = _time(row.cells["starts"]), _time(row.cells["ends"])
    assert starts is not None and ends is not None  # asked only once both are times
    return Slot(starts, ends, row.cells["place"])


def _leaders(cell: str) -> list[str]:
    return [tidy_email(address) for address in cell.split(";") if address.strip()]


def _line(row: Row) -> SessionLine:
    cells = row.cells
    slot = tidy_slot(_slot(row))
    return SessionLine(
        row.line, tidy_name(cells["cohort"]), int(cells["session"]), slot, tuple(_leaders(cells["led_by"]))
    )
