"""ContactCheck: a person rang a contact and says what they heard."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainer.database import Base, Identified
from trainer.people.models import Person


class ContactCheck(Identified, Base):
    """Added, never edited. `facts` is the hash of what was shown: a contact that changes has to be checked again."""

    __tablename__ = "contact_check"

    contact_id: Mapped[str] = mapped_column(String(64), index=True)
    facts: Mapped[str] = mapped_column(String(64))
    checked_on: Mapped[date]
    heard: Mapped[str] = mapped_column(Text)
    checked_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]

    checker: Mapped[Person] = relationship(lazy="raise")
