"""Two people, a text that must not be found, and a look at what is stored of them."""

from __future__ import annotations

from pathlib import Path

from trainer.database import Database
from trainer.keys.models import DataKey

MINA, OTTO = "mina0000000000000000", "otto0000000000000000"
CANARY = "canary: nobody else may read this, ünlike a test"


def stored(database: Database, person_id: str) -> DataKey:
    with database.reading() as db:
        return db.get_one(DataKey, person_id)


def in_files_beside(folder: Path, content: bytes) -> bool:
    return any(content in path.read_bytes() for path in folder.parent.rglob("*") if path.is_file())
