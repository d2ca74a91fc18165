"""What every test can have: a course, an installation, the cast in a savepoint, and people who read pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from tests.cast import NOW, ZONE, Cast, gather
from tests.reader import Reader
from trainer import clock
from trainer.app import create_app
from trainer.cohorts import guards
from trainer.config import ROOT, Settings
from trainer.curriculum.catalogue import load_catalogue
from trainer.curriculum.rules import Catalogue, Programme
from trainer.database import Base, Database
from trainer.keys.services import Keys
from trainer.people.models import Person
from trainer.signoff.queries import signed_among
from trainer.web.unit import EXTENSION, LATER


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    """Everybody stands on the same day."""
    with clock.stopped_at(NOW):
        yield


@pytest.fixture(autouse=True, scope="session")
def _guards() -> None:
    """Cohorts knows which sessions are signed, as it does in the application and on the command line."""
    guards.install(signed_among)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The shipped courses."""
    return load_catalogue(ROOT / "courses")


@pytest.fixture(scope="session")
def programme(catalogue: Catalogue) -> Programme:
    return catalogue.programmes["peer-support"]


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An installation of its own, with keys."""
    instance = tmp_path_factory.mktemp("instance")
    made = Settings(
        instance=instance,
        courses=ROOT / "courses",
        database_url=f"sqlite:///{instance / 'trainer.sqlite3'}",
        keys_url=f"sqlite:///{instance / 'keys.sqlite3'}",
        time_zone=ZONE,
        public_address="http://localhost:8000",
        university="The University of Example",
        country="UK",
        trusted_proxies=0,
        port=8000,
    )
    Keys(Database(made.keys_url), made.key_folder).prepare()
    return made


@pytest.fixture(scope="session")
def _filled(settings: Settings) -> Cast:
    """The cast, committed once; every test works on top of it in a savepoint."""
    database = Database(settings.database_url)
    Base.metadata.create_all(database.engine)
    with clock.stopped_at(NOW), database.unit() as db:
        cast = gather(db)
    database.engine.dispose()
    return cast


class SavepointDatabase(Database):
    """The main database within one outer transaction that is rolled back at the end of a test."""

    def __init__(self, connection: Connection) -> None:
        self.engine = connection.engine
        self.connection = connection

    def reading(self) -> Session:
        return Session(
            self.connection, expire_on_commit=False, autoflush=False, join_transaction_mode="create_savepoint"
        )

    def writing(self) -> Session:
        return Session(self.connection, expire_on_commit=False, join_transaction_mode="create_savepoint")


@pytest.fixture(scope="session")
def _engine(settings: Settings, _filled: Cast) -> Iterator[Database]:
    database = Database(settings.database_url)
    yield database
    database.engine.dispose()


@pytest.fixture
def database(_engine: Database) -> Iterator[SavepointDatabase]:
    with _engine.engine.execution_options(immediate=True).connect() as connection:
        outer = connection.begin()
        yield SavepointDatabase(connection)
        outer.rollback()


@pytest.fixture
def db(database: SavepointDatabase) -> Iterator[Session]:
    """A session in the savepoint; `db.flush()` is enough for `db` itself, `db.commit()` shows it to the pages."""
    with database.writing() as session:
        yield session


@pytest.fixture
def cast(db: Session, _filled: Cast) -> Cast:
    """The cast, loaded into `db`."""
    attached: dict[str, Any] = {}
    for name, value in vars(_filled).items():
        many = isinstance(value, list)
        attached[name] = [db.get_one(type(v), v.id) for v in value] if many else db.get_one(type(value), value.id)
    return replace(_filled, **attached)


@pytest.fixture(scope="session")
def _app(settings: Settings, _filled: Cast) -> Flask:
    app = create_app(settings)
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.extensions[LATER] = lambda attempt, work: attempt(work)  # at once: a savepoint has one connection
    return app


@pytest.fixture
def app(_app: Flask, database: SavepointDatabase) -> Flask:
    """The application over the savepoint."""
    _app.extensions[EXTENSION] = database
    return _app


@pytest.fixture
def reader(app: Flask) -> Reader:
    """Somebody who is signed out."""
    return Reader(app)


@pytest.fixture
def as_person(app: Flask) -> Callable[[Person], Reader]:
    """`as_person(cast.ruth)` reads pages as Ruth."""
    return lambda person: Reader(app).sign_in(person)


@pytest.fixture
def course_folder() -> Path:
    return ROOT / "courses"
