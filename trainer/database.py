"""Base, constraint names, engines and pragmas: how facts are kept, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from time import sleep
from typing import Any

from sqlalchemy import DateTime, MetaData, String, create_engine, event, make_url
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.types import TypeDecorator

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u to misread
ID_LENGTH = 20
WAL_SAFE_FROM = (3, 51, 3)  # below it two connections that write and checkpoint at once can corrupt a WAL database
NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def random_code(length: int) -> str:
    """Return `length` characters of five random bits each, in lower case."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def new_id() -> str:
    """Return a permanent random identifier: 100 bits, 20 characters."""
    return random_code(ID_LENGTH)


class UtcInstant(TypeDecorator[datetime]):
    """An aware instant, kept in UTC. A naive value is a programming error and raises ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        return value.astimezone(UTC) if dialect.name == "postgresql" else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the signature is SQLAlchemy's
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """What every table of the main database shares: names for its constraints, instants in UTC."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: UtcInstant}


class Identified:
    """Mixed into a model: a permanent random identifier as its key."""

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=new_id)


class Database:
    """One database: sessions to read with and to write with.

    On SQLite a writing session begins IMMEDIATE, since a write after a read in one transaction fails with
    "database is locked" when somebody else committed in between.
    """

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._immediate = self.engine.execution_options(immediate=True)

    def reading(self) -> Session:
        """Return a session that only reads; the caller closes it."""
        return Session(self.engine, expire_on_commit=False, autoflush=False)

    def writing(self) -> Session:
        """Return a session whose transaction takes the write lock at its first statement; the caller ends it."""
        return Session(self._immediate, expire_on_commit=False)

    @contextmanager
    def unit(self) -> Iterator[Session]:
        """One unit of work outside a request: commits at the end, rolls back on any exception."""
        with self.writing() as db, db.begin():
            yield db


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True)
    dbapi = _sqlite()
    engine = create_engine(make_url(url), module=dbapi)
    wal = tuple(dbapi.sqlite_version_info) >= WAL_SAFE_FROM
    event.listen(engine, "connect", lambda connection, _record: _prepare(connection, wal=wal))
    event.listen(engine, "begin", _begin)
    return engine


def _sqlite() -> Any:
    """The newest SQLite there is: the wheel's, else the one that Python was built with."""
    try:
        import pysqlite3.dbapi2 as wheel
    except ImportError:
        import sqlite3

        return sqlite3
    return wheel


def sqlite_version() -> str:
    """Return the version of the SQLite library in use."""
    return str(_sqlite().sqlite_version)


def _prepare(connection: Any, *, wal: bool) -> None:
    connection.isolation_level = None  # transactions are begun by _begin, savepoints work
    cursor = connection.cursor()
    _set_journal(cursor, "WAL" if wal else "DELETE")
    for pragma in (
        "busy_timeout=5000",
        f"synchronous={'FULL' if wal else 'EXTRA'}",
        "foreign_keys=ON",
        "secure_delete=ON",
        "cell_size_check=ON",
        "trusted_schema=OFF",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _set_journal(cursor: Any, mode: str) -> None:
    """Set the journal mode, and again for five seconds while a new file is busy: this pragma heeds no busy_timeout."""
    for attempt in range(100, -1, -1):
        try:
            cursor.execute(f"PRAGMA journal_mode={mode}")
        except _sqlite().OperationalError:
            if not attempt:
                raise
            sleep(0.05)
        else:
            return


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
