"""Reads of one's own private texts, and of nobody else's: every statement is bound to the person who asks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trainer.journal.models import Reflection
from trainer.journal.rules import OwnText, context_of
from trainer.keys.services import Keys
from trainer.people.rules import Viewer


@dataclass(frozen=True, slots=True)
class Shelf:
    """The texts of one's own in one module: how many, and when the newest was written."""

    module: str
    texts: int
    written_at: datetime


def shelves(db: Session, viewer: Viewer) -> list[Shelf]:
    """Return the modules in which one has written, newest first; opens no text."""
    newest = func.max(Reflection.written_at)
    query = (
        select(Reflection.module, func.count(), newest)
        .where(Reflection.person_id == viewer.person_id)
        .group_by(Reflection.module)
        .order_by(newest.desc(), Reflection.module)
    )
    return [Shelf(module, texts, written_at) for module, texts, written_at in db.execute(query)]


def own_texts(
    db: Session, keys: Keys, viewer: Viewer, slugs: Collection[str] | None = None, items: Collection[str] | None = None
) -> list[OwnText]:
    """Return one's own texts, opened, oldest first: all of them, those of some modules, those for some items there.

    One statement here and one in the keys database. A text that does not open comes as None.
    """
    query = select(Reflection).where(Reflection.person_id == viewer.person_id).order_by(Reflection.written_at)
    if slugs is not None:
        query = query.where(Reflection.module.in_(slugs))
    if items is not None:
        query = query.where(Reflection.item.in_(items))
    rows = db.scalars(query).all()
    opened = keys.unseal_each(viewer.person_id, {context_of(row.module, row.item): row.sealed for row in rows})
    return [_own(row, opened[context_of(row.module, row.item)]) for row in rows]


def _own(row: Reflection, text: str | None) -> OwnText:
    return OwnText(row.id, row.module, row.item, text, row.revision, row.written_at, row.wording)
