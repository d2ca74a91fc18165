"""An installation's keys for every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from trainer.database import Database
from trainer.keys.services import Keys


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """The keys database, still empty."""
    made = Database(f"sqlite:///{tmp_path / 'keys.sqlite3'}")
    yield made
    made.engine.dispose()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the key files will be."""
    return tmp_path / "keys"


@pytest.fixture
def keys(database: Database, folder: Path) -> Keys:
    """The keys, prepared as when the program starts."""
    made = Keys(database, folder)
    made.prepare()
    return made
