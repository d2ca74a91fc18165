"""Account, SignInLink, SignIn, FailedSignIn: how a person signs in, and where they are signed in now."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainer.database import Base, Identified
from trainer.people.models import Person


class Account(Identified, Base):
    """How a person signs in; at most one per person."""

    __tablename__ = "account"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    made_at: Mapped[datetime]

    person: Mapped[Person] = relationship()


class SignInLink(Identified, Base):
    """A one-time link: only the SHA-256 of its secret is stored; used by a press, not by opening it."""

    __tablename__ = "sign_in_link"

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()


class SignIn(Identified, Base):
    """One device signed in. The cookie carries a secret whose SHA-256 is here; ending the row ends every copy."""

    __tablename__ = "sign_in"

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(80), default="")
    signed_in_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class FailedSignIn(Identified, Base):
    """One wrong password, kept to slow down guessing. `account_key` is a hash of what was typed, never the address."""

    __tablename__ = "failed_sign_in"

    account_key: Mapped[str] = mapped_column(String(64), index=True)
    failed_at: Mapped[datetime]


class DemonstrationDoor(Identified, Base):
    """A button on the sign-in page of a demonstration. Only `trainer demo` writes these, into an empty database."""

    __tablename__ = "demonstration_door"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), unique=True)
    position: Mapped[int]
    words: Mapped[str] = mapped_column(String(80))

    person: Mapped[Person] = relationship()
