"""Which contacts a person has checked, and when."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from trainer.signposting.models import ContactCheck


def checks(db: Session) -> Mapping[tuple[str, str], ContactCheck]:
    """Return the newest check of each contact, by its id and the facts that were checked, with who did it."""
    rows = db.scalars(select(ContactCheck).options(joinedload(ContactCheck.checker)).order_by(ContactCheck.recorded_at))
    return {(row.contact_id, row.facts): row for row in rows}
