"""When the program starts: what is missing is made once, what is lost is a refusal."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, event

from tests.integration.keys.people import CANARY, MINA, OTTO, stored
from trainer.database import Database
from trainer.keys.cipher import key_id
from trainer.keys.faults import ErasureUnfinished, KeyDamaged, KeyFault, KeyGone, KeyMissing, SealBroken
from trainer.keys.files import Purpose, load_keys
from trainer.keys.models import DataKey
from trainer.keys.services import Keys


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
