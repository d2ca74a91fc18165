"""DataKey: the one table of the second database, whose backups live seven days at most."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from trainer.database import ID_LENGTH, NAMES, UtcInstant


class KeysBase(DeclarativeBase):
    """The tables of the keys database; the main database has none of them."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: UtcInstant}


class DataKey(KeysBase):
    """A person's data key, wrapped; once erased, the tombstone that says so."""

    __tablename__ = "data_key"

    person_id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    wrapped: Mapped[bytes | None] = mapped_column(LargeBinary)
    wrapping_key_id: Mapped[str | None] = mapped_column(String(8))
    created_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]
