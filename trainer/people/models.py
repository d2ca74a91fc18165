"""Person, RoleGrant, Body, Membership, SeniorMember: the tables of who is who."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainer.database import Base, Identified
from trainer.people.rules import full_name, sort_key


class Person(Identified, Base):
    """A human known to the programme, by a permanent random identifier."""

    __tablename__ = "person"

    given_name: Mapped[str] = mapped_column(String(200))
    family_name: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str | None] = mapped_column(String(320), unique=True)
    known_since: Mapped[datetime]

    @property
    def name(self) -> str:
        """The name as one says it."""
        return full_name(self.given_name, self.family_name)

    @property
    def sort_key(self) -> tuple[str, str]:
        return sort_key(self.given_name, self.family_name)


class RoleGrant(Identified, Base):
    """A role somebody holds from a date, until a date if it has ended."""

    __tablename__ = "role_grant"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    granted_on: Mapped[date]
    ended_on: Mapped[date | None]
    granted_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))


class Body(Identified, Base):
    """A college, department, division or community group."""

    __tablename__ = "body"

    name: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(20))


class Membership(Identified, Base):
    """Somebody belongs to a body, with dates; `panel` marks the one body whose panel they serve on."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("person_id", "body_id", "from_on"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    body_id: Mapped[str] = mapped_column(ForeignKey("body.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    panel: Mapped[bool] = mapped_column(default=False)

    person: Mapped[Person] = relationship()
    body: Mapped[Body] = relationship()


class SeniorMember(Identified, Base):
    """The named person of a body who is linked to the programme, with dates."""

    __tablename__ = "senior_member"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    body_id: Mapped[str] = mapped_column(ForeignKey("body.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]

    person: Mapped[Person] = relationship()
    body: Mapped[Body] = relationship()
