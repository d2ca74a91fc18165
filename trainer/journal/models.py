"""Reflection: what a trainee writes for a prompt, as ciphertext."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trainer.database import Base, Identified


class Reflection(Identified, Base):
    """One private text: for a reflection prompt, a try-first part or a recall question (`item` is its id).

    `sealed` is AES-256-GCM under the author's data key, bound to person, module and item. `privacy` is the
    promise that stood beside the box when it was written. `revision` goes up by one with every save, from a random
    beginning, so that two tabs notice each other.
    """

    __tablename__ = "reflection"
    __table_args__ = (UniqueConstraint("person_id", "module", "item"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    module: Mapped[str] = mapped_column(String(80))
    item: Mapped[str] = mapped_column(String(120))
    edition: Mapped[str] = mapped_column(String(64))
    wording: Mapped[str] = mapped_column(String(64))
    privacy: Mapped[str] = mapped_column(String(10))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    revision: Mapped[int]
    written_at: Mapped[datetime]
