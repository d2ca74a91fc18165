"""Hold every signed record against the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from trainer.certificates import records as certificate_records
from trainer.config import Settings
from trainer.keys import signing
from trainer.keys.files import Purpose, load_keys
from trainer.ledger.models import THE_HEAD, LedgerHead
from trainer.ledger.note import is_signed
from trainer.ledger.verify import Discrepancy, Record, verify
from trainer.signoff import records as signoff_records


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many leaves there are, the root they add up to (hex), and everything that does not agree."""

    size: int
    root: str
    found: tuple[Discrepancy, ...]


def verify_everything(db: Session, settings: Settings) -> Verdict:
    """Compare records with leaves, leaves with the root, and the signatures of checkpoints; changes nothing."""
    keys = [signing.SigningKey(key.secret).public_key for key in load_keys(settings.key_folder, Purpose.SIGNING)]

    def signed(note: str) -> bool:
        return any(is_signed(note, public_key, signing.verify) for public_key in keys)

    found = verify(db, _records(db), signed)
    head = db.get(LedgerHead, THE_HEAD)
    return Verdict(head.size if head else 0, head.root.hex() if head else "", found)


def _records(db: Session) -> Iterator[Record]:
    yield from signoff_records.sealed_records(db)
    yield from certificate_records.sealed_records(db)
