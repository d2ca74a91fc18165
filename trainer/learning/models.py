"""Wording, PartRead, Attempt, DialogueRun, DialogueTurn: what was read, answered and practised, on which edition."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainer.database import Base, Identified


class Wording(Base):
    """A question or scene as it stood when somebody first answered it, by content hash: answers stay readable."""

    __tablename__ = "wording"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    module: Mapped[str] = mapped_column(String(80))
    item: Mapped[str] = mapped_column(String(120))
    source: Mapped[str] = mapped_column(Text)
    first_seen_at: Mapped[datetime]


class PartRead(Identified, Base):
    """Somebody said that they are done with a part. Never how long it took."""

    __tablename__ = "part_read"
    __table_args__ = (UniqueConstraint("person_id", "module", "part"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    module: Mapped[str] = mapped_column(String(80))
    part: Mapped[str] = mapped_column(String(120))
    edition: Mapped[str] = mapped_column(String(64))
    read_at: Mapped[datetime]


class Attempt(Identified, Base):
    """One try at a question. `answer` is a JSON list of positions as the course has them written.

    `number` counts a person's tries at the question from 1: the clock goes by seconds, and the latest try is shown.
    """

    __tablename__ = "attempt"
    __table_args__ = (UniqueConstraint("person_id", "module", "question", "number"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    module: Mapped[str] = mapped_column(String(80))
    question: Mapped[str] = mapped_column(String(120))
    number: Mapped[int]
    wording: Mapped[str] = mapped_column(ForeignKey("wording.hash"))
    edition: Mapped[str] = mapped_column(String(64))
    answer: Mapped[str] = mapped_column(Text)
    right: Mapped[bool]
    tried_at: Mapped[datetime]

    seen: Mapped[Wording] = relationship()

    @property
    def positions(self) -> list[int]:
        """The answer as positions in `seen`."""
        return positions_in(self.answer)


def positions_in(answer: str) -> list[int]:
    """Return what is kept of an answer as positions."""
    return [int(position) for position in json.loads(answer)]


class DialogueRun(Identified, Base):
    """One walk through a practice dialogue. `number` counts a person's walks through it from 1."""

    __tablename__ = "dialogue_run"
    __table_args__ = (UniqueConstraint("person_id", "module", "part", "number"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    module: Mapped[str] = mapped_column(String(80))
    part: Mapped[str] = mapped_column(String(120))
    number: Mapped[int]
    edition: Mapped[str] = mapped_column(String(64))
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    turns: Mapped[list[DialogueTurn]] = relationship(order_by="DialogueTurn.position", back_populates="run")


class DialogueTurn(Base):
    """One choice made in a run: in which scene, which choice (from 0), and the scene it led to."""

    __tablename__ = "dialogue_turn"

    run_id: Mapped[str] = mapped_column(ForeignKey("dialogue_run.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    scene: Mapped[str] = mapped_column(String(120))
    wording: Mapped[str] = mapped_column(ForeignKey("wording.hash"))
    choice: Mapped[int]
    target: Mapped[str] = mapped_column(String(120))
    taken_at: Mapped[datetime]

    run: Mapped[DialogueRun] = relationship(back_populates="turns")
    seen: Mapped[Wording] = relationship()
