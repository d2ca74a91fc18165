"""Whoever changes what was sealed is found out: raw SQL against a real database, and the sentence that reports it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.integration.ledger.book import Book, records
from trainer.keys.signing import SigningKey
from trainer.ledger.models import Checkpoint, Leaf
from trainer.ledger.rules import Frontier, leaf_hash
from trainer.ledger.verify import verify


def hexed(content: bytes) -> str:
    return f"x'{content.hex()}'"


def rebuild(book: Book) -> None:
    """Do what the operator can do: write the head anew, so that it fits the leaves as they are now."""
    frontier = Frontier()
    with book.database.reading() as db:
        for leaf in db.scalars(select(Leaf.hash).order_by(Leaf.index)):
            frontier = frontier.add(leaf)
    book.tamper(
        f"UPDATE ledger_head SET size = {frontier.size}, root = {hexed(frontier.root)}, "
        f"frontier = {hexed(frontier.packed)}"
    )


def test_an_untouched_log_has_nothing_to_report(book: Book, lines: list[str]) -> None:
    assert book.verify() == ()


def test_a_log_in_which_nothing_was_ever_sealed_has_nothing_to_report(book: Book) -> None:
    assert book.verify() == ()


def test_an_edited_record_is_named_with_its_leaf(book: Book, lines: list[str]) -> None:
    book.tamper(f"UPDATE attendance SET minutes = 21 WHERE id = '{lines[1]}'")
    assert book.sentences() == {
        "record-changed": f"Leaf 1 does not fit the attendance {lines[1]}: one of them was changed."
    }


def test_two_records_that_trade_their_facts_are_both_named(book: Book, lines: list[str]) -> None:
    book.tamper(
        "CREATE TABLE copy AS SELECT * FROM attendance",
        f"UPDATE attendance SET (minutes, salt) = (SELECT minutes, salt FROM copy WHERE id = '{lines[2]}') "
        f"WHERE id = '{lines[1]}'",
        f"UPDATE attendance SET (minutes, salt) = (SELECT minutes, salt FROM copy WHERE id = '{lines[1]}') "
        f"WHERE id = '{lines[2]}'",
    )
    assert {found.sentence for found in book.verify()} == {
        f"Leaf {index} does not fit the attendance {lines[index]}: one of them was changed." for index in (1, 2)
    }


def test_a_record_under_another_identifier_is_not_the_record_that_was_sealed(book: Book, lines: list[str]) -> None:
    book.tamper(
        f"UPDATE attendance SET id = 'another' WHERE id = '{lines[6]}'",
        f"UPDATE leaf SET record_id = 'another' WHERE record_id = '{lines[6]}'",
    )
    assert book.sentences() == {
        "record-changed": "Leaf 6 does not fit the attendance another: one of them was changed."
    }


def test_a_leaf_made_to_fit_an_edited_record_does_not_fit_the_checkpoints(book: Book, lines: list[str]) -> None:
    book.tamper(f'UPDATE leaf SET hash = {hexed(leaf_hash(b"forged"))} WHERE "index" = 5')
    rebuild(book)
    assert book.sentences() == {
        "record-changed": f"Leaf 5 does not fit the attendance {lines[5]}: one of them was changed.",
        "checkpoint-differs": "The leaves do not add up to the root in the checkpoint of 8 leaves: "
        "since leaf 4 one was changed, moved, added or removed, or this root was.",
    }


def test_a_changed_leaf_that_is_younger_than_the_checkpoints_does_not_fit_the_head(
    book: Book, lines: list[str]
) -> None:
    book.tamper(f'UPDATE leaf SET hash = {hexed(bytes(32))} WHERE "index" = 8')
    assert book.sentences()["head-root"] == (
        "The 9 leaves do not add up to the root in the head: "
        "since leaf 8 one was changed, moved, added or removed, or this root was."
    )


def test_a_deleted_leaf_leaves_a_gap_and_a_record_without_one(book: Book, lines: list[str]) -> None:
    book.tamper('DELETE FROM leaf WHERE "index" = 6')
    assert book.sentences() == {
        "leaf-missing": "Leaf 6 is missing: the next one there is leaf 7.",
        "checkpoint-differs": "The leaves do not add up to the root in the checkpoint of 8 leaves: "
        "since leaf 4 one was changed, moved, added or removed, or this root was.",
        "head-size": "The head counts 9 leaves, but 8 are there.",
        "record-unsealed": f"There is no leaf for the attendance {lines[6]}: it was added without being sealed.",
    }


def test_a_record_deleted_with_its_leaf_is_missed_even_if_the_gap_is_closed(book: Book, lines: list[str]) -> None:
    book.tamper(
        f"DELETE FROM attendance WHERE id = '{lines[2]}'",
        'DELETE FROM leaf WHERE "index" = 2',
        'UPDATE leaf SET "index" = -"index" WHERE "index" > 2',
        'UPDATE leaf SET "index" = -"index" - 1 WHERE "index" < 0',
    )
    rebuild(book)
    assert book.sentences() == {
        "checkpoint-differs": "The leaves do not add up to the root in the checkpoint of 4 leaves: "
        "since leaf 0 one was changed, moved, added or removed, or this root was.",
    }


def test_two_leaves_that_trade_places_do_not_fit_the_checkpoint_after_them(book: Book, lines: list[str]) -> None:
    book.tamper(
        'UPDATE leaf SET "index" = -1 WHERE "index" = 4',
        'UPDATE leaf SET "index" = 4 WHERE "index" = 7',
        'UPDATE leaf SET "index" = 7 WHERE "index" = -1',
    )
    rebuild(book)
    assert book.sentences() == {
        "checkpoint-differs": "The leaves do not add up to the root in the checkpoint of 8 leaves: "
        "since leaf 4 one was changed, moved, added or removed, or this root was.",
    }


def test_a_log_that_lost_its_newest_leaves_is_shorter_than_its_head(book: Book, lines: list[str]) -> None:
    book.tamper('DELETE FROM leaf WHERE "index" = 8')
    assert book.sentences() == {
        "head-size": "The head counts 9 leaves, but 8 are there.",
        "record-unsealed": f"There is no leaf for the attendance {lines[8]}: it was added without being sealed.",
    }


def test_a_log_cut_off_with_its_records_and_its_head_is_shorter_than_a_checkpoint(book: Book, lines: list[str]) -> None:
    gone = ", ".join(f"'{line}'" for line in lines[6:])
    book.tamper('DELETE FROM leaf WHERE "index" >= 6', f"DELETE FROM attendance WHERE id IN ({gone})")
    rebuild(book)
    assert book.sentences() == {
        "checkpoint-ahead": "There is a checkpoint of 8 leaves, but the log ends after 6: the newest are gone."
    }


def test_a_record_added_without_a_leaf_is_named(book: Book, lines: list[str]) -> None:
    book.tamper("INSERT INTO attendance (id, minutes, salt) VALUES ('smuggled', 1800, randomblob(16))")
    assert book.sentences() == {
        "record-unsealed": "There is no leaf for the attendance smuggled: it was added without being sealed."
    }


def test_a_leaf_whose_record_was_deleted_is_named(book: Book, lines: list[str]) -> None:
    book.tamper(f"DELETE FROM attendance WHERE id = '{lines[3]}'")
    assert book.sentences() == {"leaf-orphaned": f"Leaf 3 stands for the attendance {lines[3]}, which is not there."}


def test_a_second_leaf_cannot_stand_in_for_the_first(book: Book, lines: list[str]) -> None:
    """The attacker edits a record, drops the unique constraint and appends a leaf that fits."""
    book.tamper(
        "CREATE TABLE loose AS SELECT * FROM leaf",
        "DROP TABLE leaf",
        "ALTER TABLE loose RENAME TO leaf",
        f"INSERT INTO leaf SELECT 9, hash, kind, record_id, sealed_at FROM leaf WHERE record_id = '{lines[1]}'",
    )
    rebuild(book)
    assert book.sentences() == {"leaf-repeated": f"Leaves 1 and 9 both stand for the attendance {lines[1]}."}


@pytest.mark.parametrize("value", ["'text'", "x'00'", "12"])
def test_a_leaf_that_holds_no_hash_is_reported_and_not_stumbled_over(book: Book, lines: list[str], value: str) -> None:
    book.tamper(f'UPDATE leaf SET hash = {value} WHERE "index" = 0')
    assert book.sentences()["leaf-damaged"].startswith("Leaf 0 holds ")


@pytest.mark.parametrize("at", [0, 4, 8])
@pytest.mark.parametrize("bit", [0, 255])
def test_a_single_flipped_bit_in_a_leaf_is_noticed(book: Book, lines: list[str], at: int, bit: int) -> None:
    with book.database.reading() as db:
        stored = int.from_bytes(db.get_one(Leaf, at).hash, "big")
    book.tamper(f'UPDATE leaf SET hash = {hexed((stored ^ 1 << bit).to_bytes(32, "big"))} WHERE "index" = {at}')
    assert "record-changed" in book.sentences()


def test_a_head_that_is_gone_counts_no_leaves(book: Book, lines: list[str]) -> None:
    book.tamper("DELETE FROM ledger_head")
    assert book.sentences() == {"head-size": "The head counts 0 leaves, but 9 are there."}


def test_a_frontier_that_would_spoil_the_next_leaf_is_reported(book: Book, lines: list[str]) -> None:
    book.tamper("UPDATE ledger_head SET frontier = zeroblob(64)")
    assert book.sentences() == {"head-frontier": "The frontier in the head is not that of its 9 leaves."}


def test_a_checkpoint_whose_row_was_changed_is_reported_and_later_ones_still_count(
    book: Book, lines: list[str]
) -> None:
    book.tamper("UPDATE checkpoint SET root = zeroblob(32) WHERE size = 4")
    assert book.sentences() == {
        "checkpoint-differs": "The leaves do not add up to the root in the checkpoint of 4 leaves: "
        "since leaf 0 one was changed, moved, added or removed, or this root was.",
        "note-differs": "The note of the checkpoint of 4 leaves states other facts than its row.",
    }


def test_a_checkpoint_that_another_key_signed_is_not_trusted(book: Book, lines: list[str]) -> None:
    book.checkpoint(SigningKey(bytes(32)))
    assert book.sentences() == {"note-unsigned": "The checkpoint of 9 leaves bears no signature that is trusted."}


def test_without_a_key_to_check_with_signatures_are_not_judged(book: Book, lines: list[str]) -> None:
    book.checkpoint(SigningKey(bytes(32)))
    with book.database.reading() as db:
        assert verify(db, records(db)) == ()


@pytest.mark.parametrize("note", ["''", "'no note'", "x'00ff'"])
def test_a_note_that_cannot_be_read_is_reported(book: Book, lines: list[str], note: str) -> None:
    book.tamper(f"UPDATE checkpoint SET note = {note} WHERE size = 8")
    assert book.sentences()["note-unreadable"].startswith("The note of the checkpoint of 8 leaves cannot be read: ")


def test_a_note_with_a_forged_size_is_reported_twice(book: Book, lines: list[str]) -> None:
    with book.database.reading() as db:
        forged = db.get_one(Checkpoint, 8).note.replace("\n8\n", "\n7\n")
    book.tamper(f"UPDATE checkpoint SET note = '{forged}' WHERE size = 8")
    assert set(book.sentences()) == {"note-differs", "note-unsigned"}
