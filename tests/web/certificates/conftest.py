"""Pages begin where Amara has a certificate with its paper, and the clock stands some days after the training."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.conftest import SavepointDatabase
from tests.integration.certificates.trained import attach, trained
from tests.integration.certificates.training import ISSUED, issue
from trainer import clock
from trainer.certificates import pdf, queries, services
from trainer.certificates.models import Certificate
from trainer.config import Settings
from trainer.curriculum.rules import Catalogue

__all__ = ["trained"]


@pytest.fixture(scope="module")
def certified(trained: Connection, _filled: Cast, catalogue: Catalogue, settings: Settings) -> Iterator[Connection]:
    inner = trained.begin_nested()
    database = SavepointDatabase(trained)
    with clock.stopped_at(ISSUED):
        with database.writing() as db:
            cast = attach(_filled, db)
            issue(db, cast, cast.amara, catalogue, settings)
            db.commit()
        with pytest.MonkeyPatch.context() as patch:  # what a paper looks like is tested where papers are drawn
            patch.setattr(pdf, "render", lambda _sheet: b"%PDF-1.7 Amara")
            services.render_missing(database, settings)
    yield trained
    inner.rollback()


@pytest.fixture
def database(certified: Connection) -> Iterator[SavepointDatabase]:
    """The main database once Amara has her certificate, until the end of a test."""
    inner = certified.begin_nested()
    yield SavepointDatabase(certified)
    inner.rollback()


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    """Everybody stands on the day of issue."""
    with clock.stopped_at(ISSUED):
        yield


@pytest.fixture
def certificate(db: Session, cast: Cast) -> Certificate:
    """Amara's."""
    return queries.issued_to(db, cast.amara.id, cast.cohort_a.id)[0]
