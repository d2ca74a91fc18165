"""What is in the databases of a site nobody serves at the moment, read as the application reads it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.durability.book import Key, Value
from trainer.config import Settings
from trainer.database import Database
from trainer.journal.models import Reflection
from trainer.journal.queries import own_texts
from trainer.keys.services import Keys
from trainer.learning.models import Attempt
from trainer.ledger.models import Leaf
from trainer.operations.verify import verify_everything
from trainer.people.rules import Role, Viewer
from trainer.signoff.models import Mark, Observation, Register, SignOff, SignOffLine


@dataclass(frozen=True, slots=True)
class Stored:
    """What is kept, and the revision of each text."""

    kept: dict[Key, Value]
    revisions: dict[Key, int]


def read_back(settings: Settings) -> Stored:
    """Return everything that a Book knows of, out of the databases; texts are opened with their author's key."""
    database, keys = Database(settings.database_url), Keys(Database(settings.keys_url), settings.key_folder)
    with database.reading() as db:
        revisions: dict[Key, int] = {}
        kept = dict(_answers(db)) | dict(_marks(db)) | dict(_signatures(db))
        for author in db.scalars(select(Reflection.person_id).distinct()):
            for one in own_texts(db, keys, Viewer(author, "", frozenset({Role.TRAINEE}))):
                key = ("text", author, one.module, one.item)
                kept[key] = "a text that does not open" if one.text is None else one.text
                revisions[key] = one.revision
    database.engine.dispose()
    return Stored(kept, revisions)


def _answers(db: Session) -> Iterator[tuple[Key, Value]]:
    for one in db.scalars(select(Attempt)):
        yield ("answer", one.person_id, one.module, one.question, str(one.number)), one.answer


def _marks(db: Session) -> Iterator[tuple[Key, Value]]:
    seen: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for one in db.scalars(select(Observation)):
        seen[one.training_session_id, one.person_id].append(one.behaviour)
    rows: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for session_id, mark in db.execute(select(Register.training_session_id, Mark).join(Mark.register)):
        behaviours = " ".join(sorted(seen[session_id, mark.person_id]))
        rows[session_id].add((mark.person_id, mark.presence, str(mark.minutes), behaviours))
    for session_id, marks in rows.items():
        yield ("marks", session_id), frozenset(marks)


def _signatures(db: Session) -> Iterator[tuple[Key, Value]]:
    lines: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for line in db.scalars(select(SignOffLine)):
        lines[line.sign_off_id].add((line.person_id, line.presence, str(line.minutes), line.behaviours))
    for one in db.scalars(select(SignOff)):
        yield ("signature", one.training_session_id), frozenset(lines[one.id])


def faults(settings: Settings) -> list[str]:
    """Say whatever is torn: a damaged file, a sign-off without its lines or leaf, a leaf or line without a sign-off."""
    found = []
    for url in (settings.database_url, settings.keys_url):
        database = Database(url)
        with database.reading() as db:
            found += [str(row) for row in db.execute(text("PRAGMA integrity_check")).scalars() if row != "ok"]
            found += [f"dangling: {row}" for row in db.execute(text("PRAGMA foreign_key_check")).all()]
            if url == settings.database_url:
                found += _torn(db)
                found += [one.sentence for one in verify_everything(db, settings).found]
        database.engine.dispose()
    return found


def _torn(db: Session) -> list[str]:
    """Hold sign-offs, lines and leaves against each other, without the code that `trainer verify` uses."""
    signed = set(db.scalars(select(SignOff.id)))
    lined = set(db.scalars(select(SignOffLine.sign_off_id)))
    sealed = set(db.scalars(select(Leaf.record_id).where(Leaf.kind == "sign-off")))
    indices = list(db.scalars(select(Leaf.index).order_by(Leaf.index)))
    found = [
        f"sign-off {one} has no {what}" for what, ids in (("lines", lined), ("leaf", sealed)) for one in signed - ids
    ]
    found += [f"there is no sign-off {one}" for one in (lined | sealed) - signed]
    return found + ([] if indices == list(range(len(indices))) else ["leaves are not numbered without a gap"])
