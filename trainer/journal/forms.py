"""What a page sends of private texts: one field for each place, named by its id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from trainer.journal.rules import Draft, Slot, tidy_text

TEXT, REVISION, KEEP = "text-", "revision-", "keep-"
STORED = "stored"


def drafts_in(sent: Mapping[str, str], slots: Iterable[Slot]) -> dict[Slot, Draft]:
    """Return the drafts that were sent, leaving out those for which the reader chose what is stored."""
    return {
        slot: Draft(tidy_text(sent[TEXT + slot.item]), _number(sent.get(REVISION + slot.item, "")))
        for slot in slots
        if TEXT + slot.item in sent and sent.get(KEEP + slot.item) != STORED
    }


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0
