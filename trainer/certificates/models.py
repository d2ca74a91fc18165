"""Certificate, the names on it, its Paper and its Revocation: what was signed, what was handed out, what ended it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainer.certificates.codes import CODE_LENGTH
from trainer.certificates.rules import Facts, State, read
from trainer.cohorts.models import Cohort
from trainer.database import Base, Identified
from trainer.ledger.models import Sealed
from trainer.people.models import Person


class Certificate(Identified, Sealed, Base):
    """The numbered document. `facts` is the JSON that the paper, the public page and the leaf share.

    `round` counts the certificates of one person in one cohort from 1: a further one follows only a revoked one.
    """

    __tablename__ = "certificate"
    __table_args__ = (UniqueConstraint("person_id", "cohort_id", "round"),)

    number: Mapped[str] = mapped_column(String(20), unique=True)
    code: Mapped[str] = mapped_column(String(CODE_LENGTH), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), index=True)
    round: Mapped[int] = mapped_column(default=1)
    facts: Mapped[str] = mapped_column(Text)
    issued_on: Mapped[date]
    issued_at: Mapped[datetime]
    issued_by: Mapped[str] = mapped_column(ForeignKey("person.id"))

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    cohort: Mapped[Cohort] = relationship()
    names: Mapped[list[NameShown]] = relationship(back_populates="certificate", order_by="NameShown.person_id")
    paper: Mapped[Paper | None] = relationship(back_populates="certificate")
    revocation: Mapped[Revocation | None] = relationship(back_populates="certificate")

    @property
    def state(self) -> State:
        """Where it stands: without its holder's name it is withdrawn, whatever else happened to it."""
        if not self.name:
            return State.WITHDRAWN
        return State.REVOKED if self.revocation else State.VALID

    @property
    def stated(self) -> Facts:
        """The facts, read."""
        return read(self.facts)

    @property
    def name(self) -> str:
        """The holder's name as it stands on it; empty once it was erased."""
        return self.name_of(self.person_id)

    def name_of(self, person_id: str) -> str:
        """Return somebody's name as it stands on it; empty once it was erased."""
        return next((shown.name for shown in self.names if shown.person_id == person_id), "")


class NameShown(Base):
    """A name as it stood when the certificate was issued: its holder's, a signer's.

    The leaf holds only the commitment, SHA-256 over salt and name, so that name and salt can go while it stays true.
    """

    __tablename__ = "certificate_name"

    certificate_id: Mapped[str] = mapped_column(ForeignKey("certificate.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    name: Mapped[str] = mapped_column(String(401), default="")
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    commitment: Mapped[bytes] = mapped_column(LargeBinary(32))

    certificate: Mapped[Certificate] = relationship(back_populates="names")


class Paper(Sealed, Base):
    """The PDF of a certificate, rendered once; its SHA-256 (hex) is sealed as a second leaf.

    `ledger_size` and `ledger_root` (hex) are the log as it stood with the certificate's own leaf in it: they are
    printed on the paper.
    """

    __tablename__ = "paper"

    certificate_id: Mapped[str] = mapped_column(ForeignKey("certificate.id"), primary_key=True)
    pdf: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    sha256: Mapped[str] = mapped_column(String(64))
    ledger_size: Mapped[int]
    ledger_root: Mapped[str] = mapped_column(String(64))
    rendered_at: Mapped[datetime]

    certificate: Mapped[Certificate] = relationship(back_populates="paper")


class Revocation(Identified, Sealed, Base):
    """A certificate does not count any more, since when and why. It stays, and anyone with its code is told."""

    __tablename__ = "revocation"

    certificate_id: Mapped[str] = mapped_column(ForeignKey("certificate.id"), unique=True)
    reason: Mapped[str] = mapped_column(String(20))
    revoked_on: Mapped[date]
    revoked_at: Mapped[datetime]
    revoked_by: Mapped[str] = mapped_column(ForeignKey("person.id"))

    certificate: Mapped[Certificate] = relationship(back_populates="revocation")
