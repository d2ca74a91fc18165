"""What erasing somebody takes from certificates: their name, its salt and their papers; leaves and hashes stay true."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from trainer.certificates.models import Certificate, NameShown, Paper


def erase(db: Session, person_id: str) -> None:
    """Withdraw somebody's certificates and take their name off those they signed; flushes nothing, never commits.

    A signer's name stays in the papers of others: those are the holders' documents.
    """
    db.execute(update(NameShown).where(NameShown.person_id == person_id).values(name="", salt=None))
    own = select(Certificate.id).where(Certificate.person_id == person_id)
    db.execute(update(Paper).where(Paper.certificate_id.in_(own)).values(pdf=None))
