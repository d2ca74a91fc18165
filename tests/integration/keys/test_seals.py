"""What a person writes opens for that person and that prompt, and for nobody and nothing else."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from tests.integration.keys.people import CANARY, MINA, OTTO, in_files_beside, stored
from trainer.database import Database
from trainer.keys.faults import KeyGone, KeyMissing, SealBroken
from trainer.keys.files import Purpose, load_keys
from trainer.keys.models import DataKey
from trainer.keys.services import Keys


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"])), context=st.text(max_size=30))
def test_what_was_written_is_what_is_read(keys: Keys, text: str, context: str) -> None:
    assert keys.unseal(MINA, context, keys.seal(MINA, context, text)) == text


def test_a_text_opens_in_another_process_that_shares_database_and_key_files(
    keys: Keys, database: Database, folder: Path
) -> None:
    sealed = keys.seal(MINA, "m/3/recall", CANARY)
    assert Keys(database, folder).unseal(MINA, "m/3/recall", sealed) == CANARY


def test_one_persons_text_does_not_open_as_anothers(keys: Keys) -> None:
    sealed = keys.seal(MINA, "m/3/recall", CANARY)
    keys.seal(OTTO, "m/3/recall", "his own")
    with pytest.raises(SealBroken):
        keys.unseal(OTTO, "m/3/recall", sealed)


def test_the_answer_to_one_prompt_does_not_open_as_that_to_another(keys: Keys) -> None:
    sealed = keys.seal(MINA, "m/3/recall", CANARY)
    with pytest.raises(SealBroken):
        keys.unseal(MINA, "m/3/try", sealed)


def test_two_people_whose_stored_keys_are_swapped_can_read_nothing(keys: Keys, database: Database) -> None:
    sealed = keys.seal(MINA, "m/3/recall", CANARY)
    keys.seal(OTTO, "m/3/recall", "his own")
    mine, his = stored(database, MINA).wrapped, stored(database, OTTO).wrapped
    with database.unit() as db:
        db.get_one(DataKey, MINA).wrapped, db.get_one(DataKey, OTTO).wrapped = his, mine
    for person_id in (MINA, OTTO):
        with pytest.raises(SealBroken):
            keys.unseal(person_id, "m/3/recall", sealed)


def test_a_flipped_bit_in_text_or_key_is_refused(keys: Keys, database: Database) -> None:
    sealed = keys.seal(MINA, "m/3/recall", CANARY)
    with pytest.raises(SealBroken):
        keys.unseal(MINA, "m/3/recall", sealed[:-1] + bytes([sealed[-1] ^ 1]))
    with database.unit() as db:
        row = db.get_one(DataKey, MINA)
        row.wrapped = (row.wrapped or b"")[:-1] + bytes([(row.wrapped or b"")[-1] ^ 1])
    with pytest.raises(SealBroken):
        keys.unseal(MINA, "m/3/recall", sealed)


def test_of_many_texts_those_that_open_are_read_and_the_others_left_out(keys: Keys) -> None:
    sealed = {context: keys.seal(MINA, context, f"about {context}") for context in ("m/3/recall", "m/3/try")}
    opened = keys.unseal_each(MINA, {**sealed, "m/4/try": sealed["m/3/try"]})
    assert opened == {"m/3/recall": "about m/3/recall", "m/3/try": "about m/3/try", "m/4/try": None}
    assert keys.unseal_each(OTTO, sealed) == {"m/3/recall": None, "m/3/try": None}
    assert keys.unseal_each(MINA, {}) == {}


def test_of_many_texts_none_is_read_once_the_key_is_changed_or_erased(keys: Keys, database: Database) -> None:
    sealed = {"m/3/recall": keys.seal(MINA, "m/3/recall", CANARY)}
    with database.unit() as db:
        db.get_one(DataKey, MINA).wrapped = bytes(65)
    assert keys.unseal_each(MINA, sealed) == {"m/3/recall": None}
    keys.erase(MINA)
    assert keys.unseal_each(MINA, sealed) == {"m/3/recall": None}


def test_a_missing_wrapping_key_is_not_passed_off_as_texts_that_do_not_open(
    keys: Keys, database: Database, folder: Path
) -> None:
    sealed = {"m/3/recall": keys.seal(MINA, "m/3/recall", CANARY)}
    (folder / "wrapping.key").unlink()
    with pytest.raises(KeyMissing):
        Keys(database, folder).unseal_each(MINA, sealed)


def test_a_person_has_one_key_and_it_is_committed_before_the_ciphertext_is_handed_out(
    keys: Keys, database: Database
) -> None:
    keys.seal(MINA, "m/3/recall", CANARY)
    first = stored(database, MINA).wrapped
    keys.seal(MINA, "m/4/recall", CANARY)
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(DataKey)) == 1
    assert stored(database, MINA).wrapped == first


def test_who_never_wrote_has_no_key_to_open_anything_with(keys: Keys) -> None:
    with pytest.raises(KeyGone):
        keys.unseal(MINA, "m/3/recall", keys.seal(OTTO, "m/3/recall", CANARY))


def test_neither_text_nor_key_is_in_any_file_in_the_clear(keys: Keys, folder: Path) -> None:
    sealed = keys.seal(MINA, "m/3/recall", CANARY)
    (folder.parent / "main.sqlite3").write_bytes(sealed)
    for written in (
        CANARY.encode(),
        b64encode(CANARY.encode()),
        CANARY.encode("utf-16-le"),
        CANARY.encode("utf-16-be"),
    ):
        assert not in_files_beside(folder, written)
    assert in_files_beside(folder, sealed)


def test_the_wrapping_key_is_in_its_own_file_only(keys: Keys, folder: Path) -> None:
    keys.seal(MINA, "m/3/recall", CANARY)
    secret = load_keys(folder, Purpose.WRAPPING)[0].secret
    databases = [path for path in folder.parent.iterdir() if path.is_file()]
    assert databases
    assert not any(form in path.read_bytes() for path in databases for form in (secret, secret.hex().encode()))
