"""Seal a record into the log; sign a checkpoint of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.clock import now
from trainer.ledger.models import THE_HEAD, Checkpoint, Leaf, LedgerHead
from trainer.ledger.note import TreeHead, require_origin, signed_note
from trainer.ledger.rules import Frontier, leaf_hash, sealed_bytes
from trainer.ledger.verify import verify_log
from trainer.refusal import NotNow


def seal(db: Session, kind: str, record_id: str, facts: Mapping[str, object], salt: bytes) -> Leaf:
    """Append the record's leaf in the caller's writing transaction; flushes, never commits.

    `record_id` and `salt` exist once the record is flushed. Raises TypeError or ValueError for facts that have
    no canonical form (see `rules.sealed_bytes`), IntegrityError for a record that is sealed already.
    """
    content = sealed_bytes(kind, record_id, facts, salt)
    head = _head(db)
    leaf = Leaf(index=head.size, hash=leaf_hash(content), kind=kind, record_id=record_id, sealed_at=now())
    frontier = Frontier.unpacked(head.size, head.frontier).add(leaf.hash)
    head.size, head.root, head.frontier = frontier.size, frontier.root, frontier.packed
    db.add(leaf)
    db.flush()
    return leaf


def make_checkpoint(db: Session, origin: str, sign: Callable[[bytes], bytes], public_key: bytes) -> Checkpoint:
    """Sign the log as it stands, under the name `origin`; returns the one there is if it has not grown since.

    `sign` returns an Ed25519 signature that `public_key` (32 bytes) verifies. Refuses (NotNow) to sign a log that
    no longer fits its head or an earlier checkpoint, as tlog-checkpoint demands; reads all leaf hashes for that.
    Raises ValueError for an origin that cannot name a log. Flushes, never commits.
    """
    require_origin(origin)
    head = _head(db)
    if found := verify_log(db):
        raise NotNow("ledger-differs", f'{found[0].sentence} Nothing was signed. Run "trainer verify" to see all.')
    if made := db.get(Checkpoint, head.size):
        return made
    stated = TreeHead(origin, head.size, head.root)
    note = signed_note(stated, public_key, sign(stated.text.encode()))
    checkpoint = Checkpoint(size=head.size, root=head.root, note=note, made_at=now())
    db.add(checkpoint)
    db.flush()
    return checkpoint


def _head(db: Session) -> LedgerHead:
    """The head, locked until the transaction ends, so that leaves are appended one after another."""
    return db.get(LedgerHead, THE_HEAD, with_for_update=True) or _first_head(db)


def _first_head(db: Session) -> LedgerHead:
    try:
        with db.begin_nested():
            db.add(LedgerHead())
    except IntegrityError:  # another process was first; on PostgreSQL its commit was waited for
        db.expire_all()
    return db.get_one(LedgerHead, THE_HEAD, with_for_update=True)
