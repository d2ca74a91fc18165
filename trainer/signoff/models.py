"""Register, Mark, Observation as drafts; SignOff, Correction, MakeUp, Readiness, MetAnotherWay as signed records.

What is signed is added, never edited; it names people by identifier only, so that erasing a name leaves it true.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainer.cohorts.models import TrainingSession
from trainer.database import Base, Identified
from trainer.ledger.models import Sealed
from trainer.people.models import Person


class Register(Identified, Base):
    """The attendance record of one session while it is open. Its roster is copied when it opens."""

    __tablename__ = "register"

    training_session_id: Mapped[str] = mapped_column(ForeignKey("training_session.id"), unique=True)
    opened_at: Mapped[datetime]
    opened_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    session_minutes: Mapped[int]

    training_session: Mapped[TrainingSession] = relationship()
    marks: Mapped[list[Mark]] = relationship(back_populates="register")


class Mark(Identified, Base):
    """One trainee's line in an open register; `presence` is empty until somebody marks it."""

    __tablename__ = "mark"
    __table_args__ = (UniqueConstraint("register_id", "person_id"),)

    register_id: Mapped[str] = mapped_column(ForeignKey("register.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    presence: Mapped[str] = mapped_column(String(12), default="")
    minutes: Mapped[int] = mapped_column(default=0)
    marked_at: Mapped[datetime | None]
    marked_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))

    register: Mapped[Register] = relationship(back_populates="marks")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class Observation(Identified, Base):
    """A behaviour of the programme that a trainer saw a trainee show in a session."""

    __tablename__ = "observation"
    __table_args__ = (UniqueConstraint("training_session_id", "person_id", "behaviour"),)

    training_session_id: Mapped[str] = mapped_column(ForeignKey("training_session.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    behaviour: Mapped[str] = mapped_column(String(80))
    seen_at: Mapped[datetime]
    seen_by: Mapped[str] = mapped_column(ForeignKey("person.id"))


class SignOff(Identified, Sealed, Base):
    """The trainer's signature on a register, with everything as it was. `starts_at` and `ends_at` are UTC."""

    __tablename__ = "sign_off"

    training_session_id: Mapped[str] = mapped_column(ForeignKey("training_session.id"), unique=True)
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), index=True)
    session_number: Mapped[int]
    programme: Mapped[str] = mapped_column(String(80))
    edition: Mapped[str] = mapped_column(String(64))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    session_minutes: Mapped[int]
    signed_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    signed_at: Mapped[datetime]

    signer: Mapped[Person] = relationship(foreign_keys=[signed_by])
    lines: Mapped[list[SignOffLine]] = relationship(back_populates="sign_off", order_by="SignOffLine.person_id")


class SignOffLine(Base):
    """One trainee in a sign-off. `behaviours` are the observed ids, sorted, joined by a space."""

    __tablename__ = "sign_off_line"
    __table_args__ = (Index("ix_sign_off_line_person_id", "person_id"),)

    sign_off_id: Mapped[str] = mapped_column(ForeignKey("sign_off.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    presence: Mapped[str] = mapped_column(String(12))
    minutes: Mapped[int]
    behaviours: Mapped[str] = mapped_column(Text, default="")

    sign_off: Mapped[SignOff] = relationship(back_populates="lines")


class Correction(Identified, Sealed, Base):
    """A further signed line in place of one in a sign-off, or of a make-up, with its reason.

    `number` counts the corrections of one line from 1: the highest one counts. `note` can be erased: no leaf
    holds it.
    """

    __tablename__ = "correction"
    __table_args__ = (
        CheckConstraint("(sign_off_id IS NULL) <> (make_up_id IS NULL)", name="corrects_one_thing"),
        UniqueConstraint("sign_off_id", "person_id", "number"),
        UniqueConstraint("make_up_id", "number"),
    )

    sign_off_id: Mapped[str | None] = mapped_column(ForeignKey("sign_off.id"))
    make_up_id: Mapped[str | None] = mapped_column(ForeignKey("make_up.id"))
    number: Mapped[int] = mapped_column(default=1)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    presence: Mapped[str] = mapped_column(String(12))
    minutes: Mapped[int]
    behaviours: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(String(300), default="")
    signed_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    signed_at: Mapped[datetime]

    sign_off: Mapped[SignOff | None] = relationship()
    make_up: Mapped[MakeUp | None] = relationship()
    signer: Mapped[Person] = relationship(foreign_keys=[signed_by])


class MakeUp(Identified, Sealed, Base):
    """A session attended in place of a missed one: another cohort's same session, or an agreed meeting."""

    __tablename__ = "make_up"
    __table_args__ = (UniqueConstraint("person_id", "missed_session_id"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    missed_session_id: Mapped[str] = mapped_column(ForeignKey("training_session.id"), index=True)
    way: Mapped[str] = mapped_column(String(20))
    attended_session_id: Mapped[str | None] = mapped_column(ForeignKey("training_session.id"))
    held_on: Mapped[date]
    minutes: Mapped[int]
    behaviours: Mapped[str] = mapped_column(Text, default="")
    edition: Mapped[str] = mapped_column(String(64))
    signed_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    signed_at: Mapped[datetime]

    signer: Mapped[Person] = relationship(foreign_keys=[signed_by])


class Readiness(Identified, Sealed, Base):
    """The trainer's dated judgement on observed behaviours. `words` are for the trainee and can be erased.

    `number` counts the judgements on one trainee from 1: the highest one counts.
    """

    __tablename__ = "readiness"
    __table_args__ = (UniqueConstraint("cohort_id", "person_id", "number"),)

    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    number: Mapped[int] = mapped_column(default=1)
    ready: Mapped[bool]
    words: Mapped[str] = mapped_column(Text, default="")
    edition: Mapped[str] = mapped_column(String(64))
    signed_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    signed_at: Mapped[datetime]

    signer: Mapped[Person] = relationship(foreign_keys=[signed_by])


class MetAnotherWay(Identified, Sealed, Base):
    """A trainer signs that the safety outcomes of a module were met in conversation or observed practice."""

    __tablename__ = "met_another_way"
    __table_args__ = (UniqueConstraint("person_id", "module"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), index=True)
    module: Mapped[str] = mapped_column(String(80))
    way: Mapped[str] = mapped_column(String(20))
    edition: Mapped[str] = mapped_column(String(64))
    signed_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    signed_at: Mapped[datetime]

    signer: Mapped[Person] = relationship(foreign_keys=[signed_by])
