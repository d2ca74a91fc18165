"""Several processes start, and several write for the same person, at the same moment."""

from __future__ import annotations

import multiprocessing
from multiprocessing.synchronize import Barrier
from pathlib import Path

from sqlalchemy import func, select

from tests.integration.keys.people import MINA
from trainer.database import Database
from trainer.keys.models import DataKey
from trainer.keys.services import Keys

PROCESSES = 3


def write(folder: Path, ready: Barrier, name: str) -> None:
    """One process: starts when the others do, and leaves what it sealed in a file."""
    database = Database(f"sqlite:///{folder / 'keys.sqlite3'}")
    keys = Keys(database, folder / "keys")
    ready.wait(timeout=60)
    keys.prepare()
    (folder / name).write_bytes(keys.seal(MINA, "m/3/recall", name))
    database.engine.dispose()


def test_processes_that_start_at_once_end_with_one_wrapping_key_and_one_data_key(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'keys.sqlite3'}")
    database.engine.connect().close()  # the file is there and in its journal mode, with no table in it
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(PROCESSES)
    names = [f"sealed{number}" for number in range(PROCESSES)]
    processes = [context.Process(target=write, args=(tmp_path, ready, name)) for name in names]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=90)
    assert [process.exitcode for process in processes] == [0] * PROCESSES
    keys = Keys(database, tmp_path / "keys")
    assert [keys.unseal(MINA, "m/3/recall", (tmp_path / name).read_bytes()) for name in names] == names
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(DataKey)) == 1
    database.engine.dispose()
