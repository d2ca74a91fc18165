"""A book for every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.ledger.book import Book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A book in which nothing is written yet."""
    made = Book(tmp_path)
    yield made
    made.database.engine.dispose()


@pytest.fixture
def lines(book: Book) -> list[str]:
    """The identifiers of nine lines in the book, with checkpoints after the fourth and the eighth."""
    first = book.write(10, 20, 30, 40)
    book.checkpoint()
    second = book.write(50, 60, 70, 80)
    book.checkpoint()
    return [*first, *second, *book.write(90)]
