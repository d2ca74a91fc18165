"""Sealing records and signing checkpoints on a real database."""

from __future__ import annotations

from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import IntegrityError

from tests.integration.ledger.book import ORIGIN, OURS, Attendance, Book, write
from trainer import clock
from trainer.database import Base
from trainer.keys import signing
from trainer.ledger.models import Checkpoint, Leaf, LedgerHead
from trainer.ledger.note import is_signed
from trainer.ledger.rules import canonical, leaf_hash, root_of
from trainer.ledger.services import make_checkpoint, seal
from trainer.refusal import NotNow


def count(book: Book, model: type[Any]) -> int:
    with book.database.reading() as db:
        return db.scalar(select(func.count()).select_from(model)) or 0


def test_a_leaf_is_the_hash_of_the_records_canonical_facts_with_its_id_and_salt(book: Book) -> None:
    [line_id] = book.write(120)
    with book.database.reading() as db:
        line, leaf = db.get_one(Attendance, line_id), db.get_one(Leaf, 0)
    facts = {"id": line_id, "minutes": 120, "salt": line.salt.hex()}
    assert leaf.hash == leaf_hash(canonical("attendance", facts))
    assert (leaf.kind, leaf.record_id) == ("attendance", line_id)


def test_equal_facts_of_two_records_have_different_leaves(book: Book) -> None:
    book.write(120, 120)
    with book.database.reading() as db:
        assert len(set(db.scalars(select(Leaf.hash)))) == 2


def test_a_leaf_says_when_it_was_sealed(book: Book) -> None:
    instant = datetime(2026, 1, 12, 18, 30, tzinfo=UTC)
    with clock.stopped_at(instant):
        book.write(120)
    with book.database.reading() as db:
        assert db.get_one(Leaf, 0).sealed_at == instant


def test_leaves_are_numbered_from_nought_without_a_gap_and_the_head_keeps_their_root(book: Book) -> None:
    for minutes in range(20):
        book.write(minutes)
    with book.database.reading() as db:
        leaves = list(db.scalars(select(Leaf).order_by(Leaf.index)))
        head = db.scalars(select(LedgerHead)).one()
    assert [leaf.index for leaf in leaves] == list(range(20))
    assert (head.size, head.root) == (20, root_of(leaf.hash for leaf in leaves))


def test_a_transaction_that_is_rolled_back_leaves_neither_record_nor_leaf_nor_head(book: Book) -> None:
    with pytest.raises(KeyboardInterrupt), book.database.unit() as db:
        write(db, 10)
        raise KeyboardInterrupt
    assert [count(book, model) for model in (Attendance, Leaf, LedgerHead)] == [0, 0, 0]


def test_the_place_of_a_leaf_that_was_rolled_back_is_taken_by_the_next(book: Book) -> None:
    book.write(10)
    with pytest.raises(KeyboardInterrupt), book.database.unit() as db:
        write(db, 20)
        raise KeyboardInterrupt
    book.write(30)
    assert book.verify() == ()
    assert count(book, Leaf) == 2


def test_sealing_is_not_committed_by_the_ledger(book: Book) -> None:
    with book.database.writing() as db:
        write(db, 10)
        assert count(book, Leaf) == 0
        db.commit()
    assert count(book, Leaf) == 1


def test_a_record_is_sealed_once(book: Book) -> None:
    [line_id] = book.write(10)
    with pytest.raises(IntegrityError), book.database.unit() as db:
        seal(db, "attendance", line_id, {"minutes": 11}, bytes(16))
    assert book.verify() == ()


def test_sealing_reads_the_head_and_no_leaf(book: Book, lines: list[str]) -> None:
    statements: list[str] = []
    event.listen(book.database.engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    book.write(100)
    assert [said.split()[0] for said in statements] == ["BEGIN", "INSERT", "SELECT", "INSERT", "UPDATE"]
    assert "FROM ledger_head" in statements[2]


def test_people_who_sign_at_the_same_time_get_leaves_one_after_another(book: Book) -> None:
    with ThreadPoolExecutor(4) as people:
        list(people.map(book.write, range(24)))
    assert count(book, Leaf) == 24
    assert book.verify() == ()


def test_a_checkpoint_states_origin_size_and_root_and_bears_our_signature(book: Book) -> None:
    book.write(10, 20, 30)
    made = book.checkpoint()
    with book.database.reading() as db:
        head = db.scalars(select(LedgerHead)).one()
    assert made.note.startswith(f"{ORIGIN}\n3\n{b64encode(head.root).decode()}\n\n— {ORIGIN} ")
    assert (made.size, made.root) == (3, head.root)
    assert is_signed(made.note, OURS.public_key, signing.verify)


def test_a_log_that_has_not_grown_keeps_its_checkpoint(book: Book) -> None:
    book.write(10)
    with clock.stopped_at(datetime(2026, 1, 12, tzinfo=UTC)):
        first = book.checkpoint()
    second = book.checkpoint()
    assert (second.note, second.made_at) == (first.note, first.made_at)
    assert count(book, Checkpoint) == 1


def test_an_empty_log_can_have_a_checkpoint(book: Book) -> None:
    assert book.checkpoint().size == 0
    book.write(10)
    assert book.checkpoint().size == 1
    assert book.verify() == ()


def test_a_checkpoint_of_a_log_that_was_tampered_with_is_not_signed(book: Book, lines: list[str]) -> None:
    book.tamper('UPDATE leaf SET hash = zeroblob(32) WHERE "index" = 2')
    with pytest.raises(NotNow) as refused:
        book.checkpoint()
    assert refused.value.code == "ledger-differs"
    assert "the checkpoint of 4 leaves: since leaf 0" in refused.value.sentence
    assert count(book, Checkpoint) == 2


def test_an_origin_that_cannot_name_a_log_is_not_signed(book: Book) -> None:
    with pytest.raises(ValueError, match="cannot name a log"), book.database.unit() as db:
        make_checkpoint(db, "two words", OURS.sign, OURS.public_key)


def test_the_ledger_has_three_tables_of_the_main_database() -> None:
    assert {"leaf", "ledger_head", "checkpoint"} <= set(Base.metadata.tables)
