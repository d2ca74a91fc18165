"""What a person writes opens for that person and that prompt, and after erasure for nobody."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Table, event, func, select
from sqlalchemy.orm import Session

from trainer import clock
from trainer.database import Database
from trainer.keys.cipher import key_id
from trainer.keys.faults import ErasureUnfinished, KeyDamaged, KeyFault, KeyGone, KeyMissing, SealBroken
from trainer.keys.files import Purpose, load_keys
from trainer.keys.models import DataKey
from trainer.keys.services import Keys

MINA, OTTO = "mina0000000000000000", "otto0000000000000000"
CANARY = "canary: nobody else may read this, ünlike a test"


def stored(database: Database, person_id: str) -> DataKey:
    with database.reading() as db:
        return db.get_one(DataKey, person_id)


@contextmanager
def impatient(database: Database) -> Iterator[None]:
    """Connections do not wait for one another: five seconds are long for a test."""

    def hurry(connection: Any, *_: object) -> None:
        connection.execute("PRAGMA busy_timeout=1")

    event.listen(database.engine, "checkout", hurry)
    yield
    event.remove(database.engine, "checkout", hurry)


def in_files_beside(folder: Path, content: bytes) -> bool:
    return any(content in path.read_bytes() for path in folder.parent.rglob("*") if path.is_file())


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


def test_after_erasure_nothing_opens_and_nothing_can_be_sealed(keys: Keys, database: Database, folder: Path) -> None:
    sealed = keys.seal(MINA, "m/3/recall", CANARY)
    keys.erase(MINA)
    for each in (keys, Keys(database, folder)):
        with pytest.raises(KeyGone, match="erased"):
            each.unseal(MINA, "m/3/recall", sealed)
        with pytest.raises(KeyGone, match="erased"):
            each.seal(MINA, "m/3/recall", CANARY)


def test_the_wrapped_key_is_in_the_files_before_erasure_and_not_after(
    keys: Keys, database: Database, folder: Path
) -> None:
    for person in range(40):
        keys.seal(f"{person:020}", "m/3/recall", CANARY)
    wrapped = stored(database, f"{17:020}").wrapped
    assert wrapped
    assert in_files_beside(folder, wrapped)
    keys.erase(f"{17:020}")
    assert not in_files_beside(folder, wrapped)


def test_erasing_one_person_leaves_the_others_alone(keys: Keys) -> None:
    sealed = keys.seal(OTTO, "m/3/recall", "his own")
    keys.erase(MINA)
    assert keys.unseal(OTTO, "m/3/recall", sealed) == "his own"


def test_erasing_again_keeps_the_first_tombstone(keys: Keys, database: Database) -> None:
    first, later = datetime(2026, 1, 12, tzinfo=UTC), datetime(2026, 1, 13, tzinfo=UTC)
    keys.seal(MINA, "m/3/recall", CANARY)
    for instant in (first, later):
        with clock.stopped_at(instant):
            keys.erase(MINA)
    assert stored(database, MINA).erased_at == first


def test_who_never_wrote_can_be_erased_and_then_never_gets_a_key(keys: Keys) -> None:
    keys.erase(MINA)
    with pytest.raises(KeyGone, match="erased"):
        keys.seal(MINA, "m/3/recall", CANARY)


class Killed(BaseException):
    """Stands for the process being killed."""


class Dying(Database):
    """A database whose process is killed instead of beginning one of its units of work."""

    def __init__(self, url: str, units: int) -> None:
        super().__init__(url)
        self.left = units

    def writing(self) -> Session:
        if self.left == 0:
            raise Killed
        self.left -= 1
        return super().writing()


@pytest.mark.parametrize("units", [0, 1, 2])
def test_erasure_that_is_killed_between_its_steps_can_be_repeated(
    keys: Keys, database: Database, folder: Path, units: int
) -> None:
    sealed = keys.seal(MINA, "m/3/recall", CANARY)
    wrapped = stored(database, MINA).wrapped
    dying = Dying(str(database.engine.url), units)
    with pytest.raises(Killed):
        Keys(dying, folder).erase(MINA)
    dying.engine.dispose()
    if units == 2:  # the tombstone stands, the key is still there, and already opens nothing
        assert stored(database, MINA).wrapped == wrapped
        with pytest.raises(KeyGone, match="erased"):
            keys.unseal(MINA, "m/3/recall", sealed)
    keys.erase(MINA)
    assert wrapped
    assert not in_files_beside(folder, wrapped)


def test_erasure_says_so_if_a_reader_keeps_the_key_in_the_log_of_the_database(
    keys: Keys, database: Database, folder: Path
) -> None:
    keys.seal(MINA, "m/3/recall", CANARY)
    wrapped = stored(database, MINA).wrapped
    with database.reading() as reader:
        reader.get(DataKey, MINA)
        with impatient(database), pytest.raises(ErasureUnfinished, match="Erase again"):
            keys.erase(MINA)
    keys.erase(MINA)
    assert wrapped
    assert not in_files_beside(folder, wrapped)


def test_a_lost_wrapping_key_is_a_refusal_to_start_and_not_a_new_key(
    keys: Keys, database: Database, folder: Path
) -> None:
    keys.seal(MINA, "m/3/recall", CANARY)
    (folder / "wrapping.key").unlink()
    with pytest.raises(KeyMissing, match=r"wrapping\.key is missing. Put it back"):
        Keys(database, folder).prepare()
    assert not (folder / "wrapping.key").exists()


def test_a_whole_key_folder_that_is_lost_is_a_refusal_to_start(keys: Keys, database: Database, folder: Path) -> None:
    keys.seal(MINA, "m/3/recall", CANARY)
    folder.rename(folder.with_name("elsewhere"))
    with pytest.raises(KeyMissing):
        Keys(database, folder).prepare()
    assert not folder.exists()


def test_the_wrapping_key_of_another_installation_is_a_refusal_to_start(
    keys: Keys, database: Database, folder: Path
) -> None:
    sealed = keys.seal(MINA, "m/3/recall", CANARY)
    ours = load_keys(folder, Purpose.WRAPPING)[0]
    (folder / "wrapping.key").write_text(f"{key_id(bytes(32)).hex()} {bytes(32).hex()}\n", encoding="ascii")
    with pytest.raises(KeyMissing, match=f"lacks the key {ours.id}"):
        Keys(database, folder).prepare()
    with pytest.raises(KeyMissing, match=ours.id):
        Keys(database, folder).unseal(MINA, "m/3/recall", sealed)


def test_a_damaged_wrapping_key_is_a_refusal_to_start(keys: Keys, database: Database, folder: Path) -> None:
    (folder / "wrapping.key").write_text("scribble\n", encoding="ascii")
    with pytest.raises(KeyDamaged):
        Keys(database, folder).prepare()


def test_a_lost_wrapping_key_that_wrapped_nothing_any_more_may_be_made_anew(
    keys: Keys, database: Database, folder: Path
) -> None:
    keys.seal(MINA, "m/3/recall", CANARY)
    keys.erase(MINA)
    (folder / "wrapping.key").unlink()
    again = Keys(database, folder)
    again.prepare()
    assert again.unseal(OTTO, "m/3/recall", again.seal(OTTO, "m/3/recall", "his own")) == "his own"


def test_keys_that_an_older_wrapping_key_wrapped_open_beside_those_of_the_new(
    keys: Keys, database: Database, folder: Path
) -> None:
    old = keys.seal(MINA, "m/3/recall", CANARY)
    path = folder / "wrapping.key"
    path.write_text(
        f"{key_id(bytes(32)).hex()} {bytes(32).hex()}\n{path.read_text(encoding='ascii')}", encoding="ascii"
    )
    changed = Keys(database, folder)
    changed.prepare()
    new = changed.seal(OTTO, "m/3/recall", "his own")
    assert changed.unseal(MINA, "m/3/recall", old) == CANARY
    assert changed.unseal(OTTO, "m/3/recall", new) == "his own"
    assert stored(database, OTTO).wrapping_key_id == key_id(bytes(32)).hex()


def test_preparing_again_changes_nothing(keys: Keys, folder: Path) -> None:
    sealed = keys.seal(MINA, "m/3/recall", CANARY)
    keys.prepare()
    assert keys.unseal(MINA, "m/3/recall", sealed) == CANARY


def test_a_table_that_another_process_creates_at_the_same_moment_is_no_reason_not_to_start(
    database: Database, folder: Path
) -> None:
    def forestall(table: Table, connection: Connection, **_: object) -> None:
        connection.exec_driver_sql("CREATE TABLE data_key (person_id)")

    event.listen(DataKey.__table__, "before_create", forestall, once=True)
    keys = Keys(database, folder)
    keys.prepare()
    assert keys.unseal(MINA, "m/3/recall", keys.seal(MINA, "m/3/recall", CANARY)) == CANARY


def test_every_fault_of_the_keys_is_one_kind_of_exception() -> None:
    assert all(
        issubclass(fault, KeyFault) for fault in (ErasureUnfinished, KeyDamaged, KeyGone, KeyMissing, SealBroken)
    )
