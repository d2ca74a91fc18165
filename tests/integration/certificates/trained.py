"""A cohort whose training is over, written once for a file of tests; each test works on top of it in a savepoint.

Amara, Tāne and Madonna lack nothing; Siobhán and Yael were not judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.conftest import SavepointDatabase
from tests.integration.certificates.training import AFTER, hold_sessions, judge
from trainer import clock
from trainer.curriculum.rules import Catalogue, Programme
from trainer.database import Database


def attach(cast: Cast, db: Session) -> Cast:
    """The cast, loaded into `db`."""
    attached: dict[str, Any] = {}
    for name, value in vars(cast).items():
        many = isinstance(value, list)
        attached[name] = [db.get_one(type(v), v.id) for v in value] if many else db.get_one(type(value), value.id)
    return replace(cast, **attached)


@pytest.fixture(scope="module")
def trained(_engine: Database, _filled: Cast, programme: Programme, catalogue: Catalogue) -> Iterator[Connection]:
    """A connection on which the training is over; its file must not be written by others meanwhile."""
    with _engine.engine.execution_options(immediate=True).connect() as connection:
        outer = connection.begin()
        with clock.stopped_at(AFTER), SavepointDatabase(connection).writing() as db:
            cast = attach(_filled, db)
            hold_sessions(db, cast, programme)
            for person in (cast.amara, cast.tane, cast.madonna):
                judge(db, cast, person, programme, catalogue)
            db.commit()
        yield connection
        outer.rollback()


@pytest.fixture
def database(trained: Connection) -> Iterator[SavepointDatabase]:
    """The main database as it is after the training, until the end of a test."""
    inner = trained.begin_nested()
    yield SavepointDatabase(trained)
    inner.rollback()
