"""After erasure nobody reads what a person wrote, whatever the program was killed in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.integration.keys.people import CANARY, MINA, OTTO, in_files_beside, stored
from trainer import clock
from trainer.database import Database
from trainer.keys.faults import ErasureUnfinished, KeyGone
from trainer.keys.models import DataKey
from trainer.keys.services import Keys


@contextmanager
def impatient(database: Database) -> Iterator[None]:
    """Connections do not wait for one another: five seconds are long for a test."""

    def hurry(connection: Any, *_: object) -> None:
        connection.execute("PRAGMA busy_timeout=1")

    event.listen(database.engine, "checkout", hurry)
    yield
    event.remove(database.engine, "checkout", hurry)


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
