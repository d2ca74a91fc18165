"""Cohort, Enrolment, TrainingSession, Leading: who starts together, when and where, led by whom."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import DateTime, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainer.cohorts.rules import PlaceFacts, State, has_place, state_of
from trainer.database import Base, Identified
from trainer.people.models import Body, Person


class Cohort(Identified, Base):
    """Trainees who start a programme together. `programme` is the slug of its file."""

    __tablename__ = "cohort"

    name: Mapped[str] = mapped_column(String(120), unique=True)
    programme: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime]


class Enrolment(Identified, Base):
    """A trainee's place on a cohort, as dated facts; its state is computed by `rules.state_of`."""

    __tablename__ = "enrolment"
    __table_args__ = (UniqueConstraint("cohort_id", "person_id"),)

    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    body_id: Mapped[str | None] = mapped_column(ForeignKey("body.id"))
    enrolled_on: Mapped[date]
    reserve: Mapped[bool] = mapped_column(default=False)
    college_agreed_on: Mapped[date | None]
    college_agreed_by: Mapped[str] = mapped_column(String(200), default="")
    tutor_agreed_on: Mapped[date | None]
    tutor_agreed_by: Mapped[str] = mapped_column(String(200), default="")
    accepted_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    completed_on: Mapped[date | None]

    cohort: Mapped[Cohort] = relationship()
    person: Mapped[Person] = relationship()
    body: Mapped[Body | None] = relationship()

    @property
    def state(self) -> State:
        """Where this place stands."""
        return state_of(PlaceFacts(self.reserve, self.accepted_on, self.withdrawn_on, self.completed_on))

    def on_register(self, day: date) -> bool:
        """Whether this trainee belongs on the register of a session on `day`."""
        return has_place(self.enrolled_on, self.withdrawn_on, self.reserve, day)


class TrainingSession(Identified, Base):
    """One timetabled meeting of a cohort. `starts` and `ends` are wall time in the installation's zone."""

    __tablename__ = "training_session"
    __table_args__ = (UniqueConstraint("cohort_id", "number"),)

    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), index=True)
    number: Mapped[int]
    starts: Mapped[datetime] = mapped_column(DateTime(timezone=False))
    ends: Mapped[datetime] = mapped_column(DateTime(timezone=False))
    place: Mapped[str] = mapped_column(String(200), default="")
    access_notes: Mapped[str] = mapped_column(Text, default="")
    cancelled_on: Mapped[date | None]

    cohort: Mapped[Cohort] = relationship()
    leadings: Mapped[list[Leading]] = relationship(order_by="Leading.position", back_populates="training_session")

    @property
    def minutes(self) -> int:
        """The planned length."""
        return int((self.ends - self.starts).total_seconds() // 60)

    @property
    def leaders(self) -> list[Person]:
        """Who leads it now, in the order of the timetable."""
        return [leading.person for leading in self.leadings if leading.ended_on is None]

    def led_by(self, person_id: str) -> bool:
        """Whether somebody leads it now."""
        return any(leading.person_id == person_id for leading in self.leadings if leading.ended_on is None)


class Leading(Identified, Base):
    """Somebody leads a session, from a date; `ended_on` keeps the fact that they were once to lead it."""

    __tablename__ = "leading"

    training_session_id: Mapped[str] = mapped_column(ForeignKey("training_session.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    from_on: Mapped[date]
    ended_on: Mapped[date | None]

    training_session: Mapped[TrainingSession] = relationship(back_populates="leadings")
    person: Mapped[Person] = relationship()
