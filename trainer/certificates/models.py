"""Certificate and its Paper: the facts as they stood, and the bytes that were handed out."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainer.database import Base, Identified
from trainer.ledger.models import Sealed
from trainer.people.models import Person

CODE_LENGTH = 26  # 26 characters of five random bits: 130 bits


class Certificate(Identified, Sealed, Base):
    """The numbered document. `facts` is the JSON that the paper, the public page and the leaf share.

    The name stands apart from the facts and enters the leaf as a salted commitment, so that both name and
    salt can go while the leaf stays true.
    """

    __tablename__ = "certificate"
    __table_args__ = (
        Index(
            "uq_certificate_standing",
            "person_id",
            "cohort_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    number: Mapped[str] = mapped_column(String(20), unique=True)
    code: Mapped[str] = mapped_column(String(CODE_LENGTH), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), index=True)
    name: Mapped[str] = mapped_column(String(400))
    name_salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    facts: Mapped[str] = mapped_column(Text)
    issued_on: Mapped[date]
    issued_at: Mapped[datetime]
    issued_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    revoked_reason: Mapped[str] = mapped_column(String(40), default="")

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    paper: Mapped[Paper | None] = relationship(back_populates="certificate")


class Paper(Base):
    """The PDF of a certificate, rendered once; its SHA-256 (hex) is the second leaf."""

    __tablename__ = "paper"

    certificate_id: Mapped[str] = mapped_column(ForeignKey("certificate.id"), primary_key=True)
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    rendered_at: Mapped[datetime]

    certificate: Mapped[Certificate] = relationship(back_populates="paper")
