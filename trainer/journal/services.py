"""Keep and delete private texts: sealed before they are stored, never over newer words. Nothing here commits."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from trainer.curriculum.rules import Module
from trainer.journal import queries
from trainer.journal.models import Reflection
from trainer.journal.rules import Draft, OtherVersion, OwnText, Save, Slot, context_of, decide, refuse_too_long
from trainer.keys.faults import KeyGone
from trainer.keys.services import Keys
from trainer.people.models import Person
from trainer.people.rules import Viewer
from trainer.refusal import NotAllowed, NotFound, NotNow

FIRST_REVISION_BELOW = 2**30


@dataclass(frozen=True, slots=True)
class _Desk:
    """Whose texts are written, in which module, and when."""

    db: Session
    keys: Keys
    viewer: Viewer
    module: Module
    now: datetime


def write(
    db: Session, keys: Keys, viewer: Viewer, module: Module, drafts: Mapping[Slot, Draft], now: datetime
) -> dict[str, int]:
    """Keep what was written for some slots of a module, all or nothing; return revisions by item, 0 where none is kept.

    The key is committed before a text that it seals. Raises TooLong for more characters than are kept, and
    OtherVersion if another tab kept or deleted one of the texts meanwhile.
    """
    by_item = {slot.item: draft for slot, draft in drafts.items()}
    refuse_too_long(by_item)
    _begin_work(db, viewer)
    kept = {text.item: text for text in queries.own_texts(db, keys, viewer, [module.slug], by_item)}
    saves = {slot: decide(kept.get(slot.item), draft) for slot, draft in drafts.items()}
    if clashes := {slot.item: kept.get(slot.item) for slot, save in saves.items() if save is Save.CLASH}:
        raise OtherVersion(clashes)
    desk = _Desk(db, keys, viewer, module, now)
    revisions = {slot.item: _next_revision(save, kept.get(slot.item)) for slot, save in saves.items()}
    for slot, save in saves.items():
        _carry_out(desk, slot, save, drafts[slot].text, revisions[slot.item])
    db.flush()
    return revisions


def _carry_out(desk: _Desk, slot: Slot, save: Save, text: str, revision: int) -> None:
    mine = _own(desk.viewer, desk.module.slug, slot.item)
    if save is Save.DELETE:
        desk.db.execute(delete(Reflection).where(*mine))
    elif save is Save.CHANGE:
        desk.db.execute(update(Reflection).where(*mine).values(revision=revision, **_sealed(desk, slot, text)))
    elif save is Save.NEW:
        place = {"person_id": desk.viewer.person_id, "module": desk.module.slug, "item": slot.item}
        desk.db.add(Reflection(**place, revision=revision, **_sealed(desk, slot, text)))


def delete_text(db: Session, viewer: Viewer, text_id: str) -> tuple[str, str]:
    """Delete one text of one's own for good and return its module and item. Raises NotFound if there is none."""
    mine = (Reflection.id == text_id, Reflection.person_id == viewer.person_id)
    deleted = db.execute(delete(Reflection).where(*mine).returning(Reflection.module, Reflection.item)).first()
    if deleted is None:
        raise NotFound
    return deleted.module, deleted.item


def _own(viewer: Viewer, slug: str, item: str) -> tuple[ColumnElement[bool], ...]:
    return (Reflection.person_id == viewer.person_id, Reflection.module == slug, Reflection.item == item)


def _next_revision(save: Save, kept: OwnText | None) -> int:
    """Return the revision after a save.

    A text begins at a random number: one that is written anew after a deletion must not pass for the old one in a tab
    that still shows it.
    """
    if save is Save.NEW:
        return 1 + secrets.randbelow(FIRST_REVISION_BELOW)
    if kept is None or save is Save.DELETE:
        return 0
    return kept.revision + (save is Save.CHANGE)


def _sealed(desk: _Desk, slot: Slot, text: str) -> dict[str, Any]:
    try:
        sealed = desk.keys.seal(desk.viewer.person_id, context_of(desk.module.slug, slot.item), text)
    except KeyGone:
        raise NotNow("key-gone", "What you wrote here was erased at your wish, so nothing new can be kept.") from None
    return {
        "edition": desk.module.edition,
        "wording": slot.wording,
        "privacy": slot.privacy,
        "sealed": sealed,
        "written_at": desk.now,
    }


def _begin_work(db: Session, viewer: Viewer) -> None:
    """Refuse who only looks; let one person's writes follow each other, as SQLite's write lock does anyway."""
    if not viewer.is_trainee:
        raise NotAllowed("no-trainee", "You are looking at this topic as a guest: nothing is kept for you.")
    db.execute(select(Person.id).where(Person.id == viewer.person_id).with_for_update(key_share=True))
