"""Migrations lead to exactly the tables that the models describe, in one line, with one head."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from trainer.database import Base, Database
from trainer.operations import schema
from trainer.refusal import NotNow


@pytest.fixture
def empty(tmp_path: Path) -> Database:
    return Database(f"sqlite:///{tmp_path / 'one.sqlite3'}")


def test_a_migrated_database_is_what_the_models_describe(empty: Database) -> None:
    schema.migrate(empty)
    with empty.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_migrating_twice_does_nothing_the_second_time(empty: Database) -> None:
    assert schema.migrate(empty)
    assert not schema.migrate(empty)


def test_the_head_file_names_the_only_head() -> None:
    assert ScriptDirectory(str(schema.FOLDER)).get_heads() == [schema.head()]


def test_a_program_refuses_to_serve_on_another_schema(empty: Database) -> None:
    with pytest.raises(NotNow, match="Run: trainer setup"):
        schema.require_current(empty)


def test_foreign_keys_are_enforced_again_after_a_migration(empty: Database) -> None:
    schema.migrate(empty)
    with empty.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
