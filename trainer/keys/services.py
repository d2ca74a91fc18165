"""Seal and unseal what a person writes, and erase the key, after which nobody can."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from functools import cached_property
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from trainer.clock import now
from trainer.database import Database
from trainer.keys import cipher
from trainer.keys.faults import ErasureUnfinished, KeyGone, KeyMissing, SealBroken
from trainer.keys.files import LongLivedKey, Purpose, create_key_files, load_keys
from trainer.keys.models import DataKey, KeysBase


class Keys:
    """The data keys of all persons, each wrapped by a key that is in a file and not in the database.

    No unwrapped data key outlives a call: one that was kept would survive its erasure by another process.
    """

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder

    @cached_property
    def _wrapping(self) -> Mapping[str, LongLivedKey]:
        """The wrapping keys by their ids, the current one first."""
        return {key.id: key for key in load_keys(self._folder, Purpose.WRAPPING)}

    def prepare(self) -> None:
        """Create what a new installation lacks, the table and the key files; call it when the program starts.

        Raises KeyMissing, and creates no key, if there are data keys that no wrapping key in the file opens;
        KeyDamaged if the file is no key file.
        """
        try:
            self._create_table()
        except DBAPIError:  # on PostgreSQL two processes that start at once may both have found it absent
            self._create_table()
        with self._database.reading() as db:
            used = set(db.scalars(select(DataKey.wrapping_key_id).where(DataKey.wrapped.is_not(None)).distinct()))
        if not used:
            create_key_files(self._folder)
        if lost := used - set(self._wrapping):
            path = Purpose.WRAPPING.path_in(self._folder)
            raise KeyMissing(
                f"{path} lacks the key {min(map(str, lost))}, which is in use. Put it back from its backup."
            )

    def seal(self, person_id: str, context: str, text: str) -> bytes:
        """Return the text as only this person's key in this context opens it: its bytes in UTF-8 and 33 more.

        The first call for a person makes the key and commits it, so that no ciphertext is stored before its key.
        Raises KeyGone if the person's key was erased.
        """
        key = self._unwrapped(self._find(person_id) or self._make(person_id))
        return cipher.encrypt(key, text.encode(), "text", person_id, context)

    def unseal(self, person_id: str, context: str, sealed: bytes) -> str:
        """Return the text that was sealed for this person in this context.

        Raises KeyGone if the person has no key (any more), SealBroken if the bytes were changed or belong to
        another person or context.
        """
        row = self._find(person_id)
        if row is None:
            raise KeyGone(f"Person {person_id} has no key: nothing was ever sealed for them.")
        return cipher.decrypt(self._unwrapped(row), sealed, "text", person_id, context).decode()

    def unseal_each(self, person_id: str, sealed: Mapping[str, bytes]) -> dict[str, str | None]:
        """Return the text sealed in each context, None where it does not open; one look at the table for them all.

        Raises KeyMissing if the long-lived key is not there: then nothing is wrong with the texts.
        """
        try:
            key = self._unwrapped(row) if sealed and (row := self._find(person_id)) else None
        except (KeyGone, SealBroken):  # erased, or the stored key itself was changed: nothing opens
            key = None
        return {context: self._opened(key, bytes_, person_id, context) for context, bytes_ in sealed.items()}

    @staticmethod
    def _opened(key: bytes | None, sealed: bytes, person_id: str, context: str) -> str | None:
        try:
            return None if key is None else cipher.decrypt(key, sealed, "text", person_id, context).decode()
        except SealBroken:
            return None

    def erase(self, person_id: str) -> None:
        """Make everything that was sealed for this person unreadable for ever.

        First a tombstone, from which on nothing opens, then the key, then its traces in SQLite's log. Every step
        is committed and can be repeated. Raises ErasureUnfinished if somebody still reads the log.
        """
        self._insert(DataKey(person_id=person_id, created_at=now(), erased_at=now()))
        row = update(DataKey).where(DataKey.person_id == person_id)
        with self._database.unit() as db:
            db.execute(row.where(DataKey.erased_at.is_(None)).values(erased_at=now()))
        with self._database.unit() as db:
            db.execute(row.values(wrapped=None, wrapping_key_id=None))
        self._empty_write_ahead_log()

    def _create_table(self) -> None:
        with self._database.unit() as db:
            KeysBase.metadata.create_all(db.connection())

    def _find(self, person_id: str) -> DataKey | None:
        with self._database.reading() as db:
            return db.get(DataKey, person_id)

    def _unwrapped(self, row: DataKey) -> bytes:
        if row.erased_at or row.wrapped is None:
            raise KeyGone(f"The key of person {row.person_id} was erased.")
        wrapping = self._wrapping.get(str(row.wrapping_key_id))
        if wrapping is None:
            raise KeyMissing(f"The key {row.wrapping_key_id} is missing, which wrapped that of person {row.person_id}.")
        return cipher.decrypt(wrapping.secret, row.wrapped, "data key", row.person_id)

    def _make(self, person_id: str) -> DataKey:
        wrapping = next(iter(self._wrapping.values()))
        wrapped = cipher.encrypt(wrapping.secret, cipher.new_key(), "data key", person_id)
        self._insert(DataKey(person_id=person_id, wrapped=wrapped, wrapping_key_id=wrapping.id, created_at=now()))
        with self._database.reading() as db:
            return db.get_one(DataKey, person_id)

    def _insert(self, row: DataKey) -> None:
        """Add and commit the row unless the person has one already: the key that was first is the key."""
        try:
            with self._database.unit() as db:
                db.add(row)
        except IntegrityError:
            return

    def _empty_write_ahead_log(self) -> None:
        if self._database.engine.dialect.name != "sqlite":
            return
        with closing(
            self._database.engine.raw_connection()
        ) as connection:  # a checkpoint needs no transaction around it
            cursor = connection.cursor()
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, *_ = cursor.fetchone() or (0,)
        if busy:
            raise ErasureUnfinished(
                "The key is erased, but its bytes are still in the log of the database. Erase again."
            )
