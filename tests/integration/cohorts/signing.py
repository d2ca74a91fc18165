"""A session that is signed, for tests that need nothing but that fact."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from tests.cast import NOW
from trainer.cohorts.models import TrainingSession
from trainer.people.models import Person
from trainer.signoff.models import SignOff


def signed(db: Session, session: TrainingSession, signer: Person) -> None:
    """Write the row that tells that a session is signed; what is in it does not matter here."""
    db.add(
        SignOff(
            training_session_id=session.id,
            cohort_id=session.cohort_id,
            session_number=session.number,
            programme="peer-support",
            edition="0" * 64,
            starts_at=NOW - timedelta(days=1),
            ends_at=NOW,
            session_minutes=180,
            signed_by=signer.id,
            signed_at=NOW,
        )
    )
    db.commit()
