"""A small book of attendance whose lines are sealed: what the ledger's tests write, read and tamper with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session

from trainer.database import Base, Database, Identified
from trainer.keys import signing
from trainer.ledger.models import Checkpoint, Leaf, LedgerHead, Sealed
from trainer.ledger.note import is_signed
from trainer.ledger.rules import sealed_bytes
from trainer.ledger.services import make_checkpoint, seal
from trainer.ledger.verify import Discrepancy, Record, verify

ORIGIN = "peers.university.example/ledger"
OURS = signing.SigningKey(bytes(range(32)))


class BookBase(DeclarativeBase):
    """Apart from the tables of the program."""


class Attendance(Sealed, Identified, BookBase):
    """Somebody attended so many minutes."""

    __tablename__ = "attendance"

    minutes: Mapped[int]


def facts_of(line: Attendance) -> dict[str, object]:
    return {"minutes": line.minutes}


def write(db: Session, minutes: int) -> Leaf:
    """Add a line and seal it; the caller commits."""
    line = Attendance(minutes=minutes)
    db.add(line)
    db.flush()
    return seal(db, "attendance", line.id, facts_of(line), line.salt)


def records(db: Session) -> Iterator[Record]:
    for line in db.scalars(select(Attendance)):
        yield "attendance", line.id, sealed_bytes("attendance", line.id, facts_of(line), line.salt)


class Book:
    """A database with sealed lines."""

    def __init__(self, folder: Path) -> None:
        self.database = Database(f"sqlite:///{folder / 'book.sqlite3'}")
        tables = [Base.metadata.tables[model.__tablename__] for model in (Leaf, LedgerHead, Checkpoint)]
        Base.metadata.create_all(self.database.engine, tables=tables)
        BookBase.metadata.create_all(self.database.engine)

    def write(self, *minutes: int) -> list[str]:
        """Seal and commit a line for each; return their identifiers."""
        with self.database.unit() as db:
            return [write(db, each).record_id for each in minutes]

    def checkpoint(self, key: signing.SigningKey = OURS) -> Checkpoint:
        with self.database.unit() as db:
            return make_checkpoint(db, ORIGIN, key.sign, key.public_key)

    def tamper(self, *statements: str) -> None:
        """Do what somebody with the database file can do, past every model."""
        with self.database.engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def verify(self) -> tuple[Discrepancy, ...]:
        with self.database.reading() as db:
            return verify(db, records(db), lambda note: is_signed(note, OURS.public_key, signing.verify))

    def sentences(self) -> dict[str, str]:
        """What is reported, by its code."""
        return {found.code: found.sentence for found in self.verify()}
