"""Leaf, LedgerHead, Checkpoint: the tables of the log; Sealed is mixed into the records that it holds to account."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trainer.database import Base
from trainer.ledger.rules import EMPTY_ROOT, HASH_LENGTH, SALT_LENGTH

THE_HEAD = 1


class Leaf(Base):
    """One record's hash, at its place in the log. `sealed_at` is for reading; the hash does not cover it."""

    __tablename__ = "leaf"
    __table_args__ = (UniqueConstraint("kind", "record_id"),)

    index: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary(HASH_LENGTH))
    kind: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[str] = mapped_column(String(40))
    sealed_at: Mapped[datetime]


class LedgerHead(Base):
    """The one row that says where the log stands, so that appending rereads no leaf."""

    __tablename__ = "ledger_head"
    __table_args__ = (CheckConstraint(f"id = {THE_HEAD}", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=THE_HEAD)
    size: Mapped[int] = mapped_column(default=0)
    root: Mapped[bytes] = mapped_column(LargeBinary(HASH_LENGTH), default=EMPTY_ROOT)
    frontier: Mapped[bytes] = mapped_column(LargeBinary, default=b"")


class Checkpoint(Base):
    """A signed statement of how many leaves there were and their root, as others hold it."""

    __tablename__ = "checkpoint"

    size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    root: Mapped[bytes] = mapped_column(LargeBinary(HASH_LENGTH))
    note: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]


class Sealed:
    """Mixed into a record with a leaf: its salt, there once the record is flushed."""

    salt: Mapped[bytes] = mapped_column(LargeBinary(SALT_LENGTH), default=lambda: secrets.token_bytes(SALT_LENGTH))
