"""The shape of the main database: bring it up to date, and refuse to serve on any other."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import text

from trainer.database import Database
from trainer.refusal import NotNow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection
    from sqlalchemy.orm import Session

FOLDER = Path(__file__).resolve().parent.parent / "migrations"


def head() -> str:
    """Return the newest revision, as the one head file names it."""
    return (FOLDER / "head.txt").read_text(encoding="utf-8").strip()


def current(database: Database) -> str | None:
    """Return the revision a database is at; None if it is empty."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def migrate(database: Database) -> bool:
    """Bring a database to the newest revision in one transaction; returns whether there was anything to do."""
    if current(database) == head():
        return False
    with _without_foreign_keys(database) as connection, connection.begin():
        command.upgrade(_config(connection), "head")
        _check_foreign_keys(connection)
    return True


def require_current(database: Database) -> None:
    """Raise NotNow unless the database is at this program's revision."""
    at = current(database)
    if at != head():
        sentence = f"The database is at revision {at or 'none'}, this program needs {head()}. Run: trainer setup"
        raise NotNow("schema", sentence)


def answers(db: Session) -> None:
    """Ask the database the least there is to ask; raises what SQLAlchemy raises if it does not answer."""
    db.execute(text("SELECT 1"))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _without_foreign_keys(database: Database) -> Iterator[Connection]:
    """A connection on which Alembic's table rebuilding cannot cascade; on SQLite that must be said before BEGIN."""
    engine = database.engine.execution_options(immediate=True)
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        if sqlite and raw is not None:
            raw.execute("PRAGMA foreign_keys=OFF")
        try:
            yield connection
        finally:
            if sqlite and raw is not None:
                raw.execute("PRAGMA foreign_keys=ON")


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        raise NotNow(
            "foreign-keys",
            f"The migration would leave {len(broken)} rows without what they refer to. Nothing was changed.",
        )
