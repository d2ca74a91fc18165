"""The small module in the place of the shipped ones, and how many statements a page takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import event

from tests.conftest import SavepointDatabase
from tests.unit.learning.course import TEXT, read, shelve
from trainer.curriculum.rules import Catalogue, Module, Programme
from trainer.curriculum.shelf import SHELF


@pytest.fixture(autouse=True)
def small_course(app: Flask, programme: Programme) -> Iterator[Catalogue]:
    """Modules 1 (a safety module) and 2 (not one) on the shelf."""
    calm = TEXT.replace("safety: true", "safety: false").replace(" safety -->", " -->")
    calm = "\n".join(line for line in calm.split("\n") if not line.startswith("content_note"))
    small = shelve(read(), read(calm, number=2, slug="calm-seas"), programme=programme)
    shipped, app.extensions[SHELF] = app.extensions[SHELF], small
    yield small
    app.extensions[SHELF] = shipped


@pytest.fixture
def module(small_course: Catalogue) -> Module:
    return small_course.modules["keeping-watch"]


@pytest.fixture
def statements(database: SavepointDatabase) -> Iterator[Callable[[], int]]:
    """Call it: how many statements were sent since the last call, savepoints left out."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            sent.append(statement)

    def count() -> int:
        number = len(sent)
        sent.clear()
        return number

    event.listen(database.engine, "before_cursor_execute", note)
    yield count
    event.remove(database.engine, "before_cursor_execute", note)
