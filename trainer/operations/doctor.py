"""What is not as it should be in this installation, one sentence each."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from trainer import clock
from trainer.accounts.queries import doors
from trainer.config import Settings
from trainer.curriculum.check import check
from trainer.curriculum.contacts import FILE, load_signposting
from trainer.curriculum.faults import CourseFaultsError
from trainer.database import WAL_SAFE_FROM, Database, sqlite_version
from trainer.keys.faults import KeyFault
from trainer.keys.files import Purpose, load_keys
from trainer.operations import schema
from trainer.signposting.queries import checks
from trainer.signposting.rules import facts_of, is_due, shown_in, unchecked

LEAST_FREE = 500 * 1024 * 1024


def examine(settings: Settings) -> tuple[str, ...]:
    """Return a sentence for everything that somebody has to see to; nothing if all is well."""
    return (
        *_database(settings),
        *_keys(settings),
        *_courses(settings),
        *_contacts(settings),
        *_address(settings),
        *_machine(settings),
    )


def _database(settings: Settings) -> Iterator[str]:
    database = Database(settings.database_url)
    at = schema.current(database)
    if at != schema.head():
        yield f"The database is at revision {at or 'none'}, this program needs {schema.head()}. Run: trainer setup"
    if database.engine.dialect.name == "sqlite":
        yield from _sqlite(database)


def _sqlite(database: Database) -> Iterator[str]:
    if tuple(map(int, sqlite_version().split("."))) < WAL_SAFE_FROM:
        yield f"SQLite {sqlite_version()} is older than 3.51.3: the slower rollback journal is used. Install pysqlite3."
    with database.engine.connect() as connection:
        if connection.exec_driver_sql("PRAGMA quick_check").scalar() != "ok":
            yield "The database file is damaged. Restore the last backup."


def _keys(settings: Settings) -> Iterator[str]:
    for purpose in Purpose:
        path = purpose.path_in(settings.key_folder)
        try:
            load_keys(settings.key_folder, purpose)
        except KeyFault as fault:
            yield str(fault)
        else:
            if path.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
                yield f"{path} can be written by others than its owner. Run: chmod 600 {path}"


def _courses(settings: Settings) -> Iterator[str]:
    faults = check(settings.courses)
    if faults:
        yield f"The courses have {len(faults)} faults. Run: trainer check"


def _contacts(settings: Settings) -> Iterator[str]:
    try:
        signposting = load_signposting(settings.courses / FILE)
    except (CourseFaultsError, OSError):
        return  # _courses has said so
    shown = [contact for group in shown_in(signposting.contacts, settings.country) for contact in group.contacts]
    if not shown:
        yield f"Nobody can be called: {FILE} has no contact for {settings.country}."
        return
    yield from _checks(settings)


def _checks(settings: Settings) -> Iterator[str]:
    """Say which contacts nobody has rung, and which were rung too long ago."""
    database = Database(settings.database_url)
    if schema.current(database) != schema.head():
        return  # _database has said so
    with database.reading() as db:
        done = checks(db)
    groups = shown_in(load_signposting(settings.courses / FILE).contacts, settings.country)
    today = clock.now().astimezone(settings.time_zone).date()
    missing = unchecked(groups, done.keys())
    if missing:
        yield (
            f"{len(missing)} contacts for {settings.country} have not been checked by a person: "
            "a coordinator rings each one and says so under Contacts; until then no trainee gets a sign-in link."
        )
    contacts = [contact for group in groups for contact in group.contacts]
    for last in (done[key] for one in contacts if (key := (one.id, facts_of(one))) in done):
        if is_due(last.checked_on, today):
            yield f"The contact {last.contact_id} was last checked on {last.checked_on}: it is time to ring again."


def _address(settings: Settings) -> Iterator[str]:
    demonstration = False
    database = Database(settings.database_url)
    if schema.current(database) == schema.head():
        with database.reading() as db:
            demonstration = bool(doors(db))
    if not settings.secure and not demonstration:
        yield f"The public address is {settings.public_address}: certificates would point at this machine only."


def _machine(settings: Settings) -> Iterator[str]:
    free = shutil.disk_usage(_existing(settings.instance)).free
    if free < LEAST_FREE:
        yield f"Only {free // 1024 // 1024} MB are free where {settings.instance} is. Make room before it is full."
    if find_spec("weasyprint") is None:
        yield "WeasyPrint is not installed: no certificate can be made. Run script/server again."


def _existing(path: Path) -> Path:
    return path if path.exists() else _existing(path.parent)
