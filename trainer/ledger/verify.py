"""Hold every record against its leaf, and the leaves against the head and the checkpoints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.types import NullType

from trainer.ledger.models import THE_HEAD, Checkpoint, Leaf, LedgerHead
from trainer.ledger.note import read_head
from trainer.ledger.rules import HASH_LENGTH, Frontier, leaf_hash

AT_ONCE = 1000  # rows fetched at a time

Record = tuple[str, str, bytes]
"""Kind, identifier, and the bytes as `rules.sealed_bytes` writes them from the record as it is now."""

Key = tuple[str, str]
"""Kind and identifier of a record."""

Leaves = dict[Key, tuple[int, bytes]]
"""The record that a leaf stands for, to the leaf's index and hash."""


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Something that is not as it was sealed: a code for the tests, a sentence for the reader."""

    code: str
    sentence: str


def verify(
    db: Session, records: Iterable[Record], signed: Callable[[str], bool] | None = None
) -> tuple[Discrepancy, ...]:
    """Return everything in which records, leaves, head and checkpoints disagree; nothing if all is well.

    `signed` tells whether a checkpoint's note carries a signature that is trusted (see `note.is_signed`).
    `db` and `records` must see one snapshot: any transaction on SQLite, REPEATABLE READ on PostgreSQL. Records
    are streamed; of each leaf an index, a hash and an identifier are held in memory.
    """
    leaves: Leaves = {}
    return (*verify_log(db, leaves), *_unsound_notes(db, signed), *_unsealed(records, leaves), *_orphans(leaves))


def verify_log(db: Session, leaves: Leaves | None = None) -> tuple[Discrepancy, ...]:
    """Return everything in which leaves, head and checkpoints disagree; puts the leaves it meets into `leaves`."""
    met: Leaves = {} if leaves is None else leaves
    walk = _Walk(dict(iter(db.execute(select(Checkpoint.size, _raw(Checkpoint.root))))))
    for index, stored, key in _stored_leaves(db):
        walk.meet(index, stored)
        if key in met:
            walk.report("leaf-repeated", f"Leaves {met[key][0]} and {index} both stand for {_named(key)}.")
        met[key] = index, stored
    head = select(LedgerHead.size, _raw(LedgerHead.root), _raw(LedgerHead.frontier)).where(LedgerHead.id == THE_HEAD)
    walk.end(*(db.execute(head).one_or_none() or (0, Frontier().root, b"")))
    return tuple(walk.found)


def _stored_leaves(db: Session) -> Iterator[tuple[int, bytes, Key]]:
    query = select(Leaf.index, _raw(Leaf.hash), Leaf.kind, Leaf.record_id).order_by(Leaf.index)
    for index, stored, kind, record_id in db.execute(query, execution_options={"yield_per": AT_ONCE}):
        yield index, stored if isinstance(stored, bytes) else str(stored).encode(), (kind, record_id)


def _raw(column: InstrumentedAttribute[bytes]) -> ColumnElement[Any]:
    """The column as it is stored: SQLite lets text be put where bytes belong, and reading must not stumble on it."""
    return type_coerce(column, NullType())


class _Walk:
    """One pass over the leaves in order; notes where they leave gaps or part from the checkpoints and the head."""

    def __init__(self, roots: Mapping[int, bytes]) -> None:
        self.found: list[Discrepancy] = []
        self._roots = roots
        self._frontier = Frontier()
        self._due = 0  # the index that comes next
        self._agreed = 0  # leaves in the newest checkpoint that the leaves so far add up to
        self._agrees = True
        self._compare()

    def report(self, code: str, sentence: str) -> None:
        self.found.append(Discrepancy(code, sentence))

    def meet(self, index: int, stored: bytes) -> None:
        if index != self._due:
            self.report("leaf-missing", f"Leaf {self._due} is missing: the next one there is leaf {index}.")
        if len(stored) != HASH_LENGTH:
            self.report("leaf-damaged", f"Leaf {index} holds {len(stored)} bytes, which is no SHA-256 hash.")
        self._frontier = self._frontier.add(stored)
        self._due = index + 1
        self._compare()

    def _compare(self) -> None:
        if self._due not in self._roots:
            return
        before, self._agrees = self._agrees, self._roots[self._due] == self._frontier.root
        if self._agrees:
            self._agreed = self._due
        elif before:  # once they have parted every later checkpoint differs too: one sentence is enough
            self.report(
                "checkpoint-differs",
                f"The leaves do not add up to the root in the checkpoint of {self._due} leaves: {self._where()}",
            )

    def _where(self) -> str:
        """Which leaves can be to blame: those since the last checkpoint that they still add up to."""
        return f"since leaf {self._agreed} one was changed, moved, added or removed, or this root was."

    def end(self, size: int, root: bytes, frontier: bytes) -> None:
        """After the last leaf: compare with the head, and name checkpoints of leaves that are gone."""
        for ahead in sorted(size for size in self._roots if size > self._due):
            self.report(
                "checkpoint-ahead",
                f"There is a checkpoint of {ahead} leaves, but the log ends after {self._due}: the newest are gone.",
            )
        if size != self._frontier.size:
            self.report("head-size", f"The head counts {size} leaves, but {self._frontier.size} are there.")
        elif root != self._frontier.root:
            self.report("head-root", f"The {size} leaves do not add up to the root in the head: {self._where()}")
        elif frontier != self._frontier.packed:
            self.report("head-frontier", f"The frontier in the head is not that of its {size} leaves.")


def _unsound_notes(db: Session, signed: Callable[[str], bool] | None) -> Iterator[Discrepancy]:
    for size, root, note in db.execute(select(Checkpoint.size, _raw(Checkpoint.root), Checkpoint.note)):
        try:
            stated = read_head(str(note))
        except ValueError as fault:
            yield Discrepancy(
                "note-unreadable", f"The note of the checkpoint of {size} leaves cannot be read: {fault}."
            )
            continue
        if (stated.size, stated.root) != (size, root):
            yield Discrepancy(
                "note-differs", f"The note of the checkpoint of {size} leaves states other facts than its row."
            )
        if signed and not signed(note):
            yield Discrepancy("note-unsigned", f"The checkpoint of {size} leaves bears no signature that is trusted.")


def _unsealed(records: Iterable[Record], leaves: Leaves) -> Iterator[Discrepancy]:
    """Records that are not as their leaf has them; takes the leaves of the records it meets out of `leaves`."""
    for kind, record_id, content in records:
        named = _named((kind, record_id))
        index, sealed = leaves.pop((kind, record_id), (None, b""))
        if index is None:
            yield Discrepancy("record-unsealed", f"There is no leaf for {named}: it was added without being sealed.")
        elif sealed != leaf_hash(content):
            yield Discrepancy("record-changed", f"Leaf {index} does not fit {named}: one of them was changed.")


def _orphans(leaves: Leaves) -> Iterator[Discrepancy]:
    for key, (index, _) in leaves.items():
        yield Discrepancy("leaf-orphaned", f"Leaf {index} stands for {_named(key)}, which is not there.")


def _named(key: Key) -> str:
    return f"the {key[0]} {key[1]}"
