"""Confirming a contact, and what waits until all are confirmed. Nothing here commits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy.orm import Session

from trainer.curriculum.contacts import Contact
from trainer.people.rules import Viewer
from trainer.refusal import NotNow, NotValid
from trainer.signposting import queries
from trainer.signposting.models import ContactCheck
from trainer.signposting.rules import Shown, facts_of, reachable, unchecked


def confirm(db: Session, viewer: Viewer, contact: Contact, checked_on: date, heard: str, now: datetime) -> ContactCheck:
    """Record that this person rang or wrote to a contact on a day, and what they heard.

    `now` is an aware instant in the installation's zone. Raises NotValid for a day to come or nothing heard, NotNow
    for a contact that has nothing to ring or write to.
    """
    if not reachable(contact):
        sentence = f"{contact.name} has no number yet. Have one entered in signposting.toml, or the contact taken out."
        raise NotNow("unreachable", sentence)
    if checked_on > now.date():
        raise NotValid("day-to-come", "This day is still to come. Write the day on which you rang.", field="checked_on")
    if not heard.strip():
        raise NotValid("nothing-heard", "Say in a few words who answered, or what you heard.", field="heard")
    check = ContactCheck(
        contact_id=contact.id,
        facts=facts_of(contact),
        checked_on=checked_on,
        heard=heard.strip(),
        checked_by=viewer.person_id,
        recorded_at=now,
    )
    db.add(check)
    db.flush()
    return check


def require_checked(db: Session, shown: Iterable[Shown]) -> None:
    """Raise NotNow while a contact that trainees would see has not been checked by a person."""
    missing = unchecked(shown, queries.checks(db).keys())
    if missing:
        names = ", ".join(contact.name for contact in missing)
        raise NotNow(
            "contacts-unchecked",
            f"No trainee is invited yet: a coordinator has still to ring and confirm, under Contacts, {names}.",
        )
