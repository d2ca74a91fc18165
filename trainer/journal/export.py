"""One's own texts as a file to keep: plain words that any program opens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from trainer.journal.rules import Entry
from trainer.web.words import say_day, say_time

UNREADABLE = "(This text could not be opened.)"


def as_text(groups: Sequence[tuple[str, Sequence[Entry]]], now: datetime, zone: ZoneInfo) -> str:
    """Return all texts under the titles of their modules, each with what it answers and when it was written."""
    heading = (
        f"What I wrote in the peer-support training, as of {_said(now, zone)}.\nOnly you had access to these texts."
    )
    pieces = [heading] if groups else [heading, "Nothing is kept."]
    for title, entries in groups:
        pieces.append(f"{title.upper()}\n{'=' * len(title)}")
        pieces += [_piece(entry, zone) for entry in entries]
    return "\n\n\n".join(pieces) + "\n"


def _piece(entry: Entry, zone: ZoneInfo) -> str:
    asks = "\n".join(f"| {line}".rstrip() for line in entry.slot.asks.split("\n")) if entry.slot else ""
    head = f"{entry.title}\n{'-' * len(entry.title)}\nWritten {_said(entry.own.written_at, zone)}"
    text = UNREADABLE if entry.own.text is None else entry.own.text
    return "\n\n".join(filter(None, (head, asks, text)))


def _said(instant: datetime, zone: ZoneInfo) -> str:
    local = instant.astimezone(zone)
    return f"{say_day(local, weekday=False, year=True)}, {say_time(local)}"
