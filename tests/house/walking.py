"""A device that asks for one address after another and keeps its cookie whatever comes back; and all that is stored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from typing import Any

from sqlalchemy.engine import Connection
from werkzeug.test import TestResponse

from tests.house.addresses import Address, Standing, addresses, standing
from tests.house.table import Table
from tests.house.world import World
from tests.reader import Reader
from trainer.database import Base
from trainer.keys.models import KeysBase
from trainer.people.models import Person

COOKIE = "trainer"
_TOKEN = re.compile(rb'(name="csrf_token"[^>]* value=")([^"]+)"')
Content = dict[str, list[tuple[Any, ...]]]


class Device:
    """Where one of the readers is signed in. Each request begins with the same cookie, even after a sign-out."""

    def __init__(self, world: World, reader: str) -> None:
        self.app = world.app
        self.person = world.readers[reader]
        client = (Reader(world.app).sign_in(self.person) if self.person else Reader(world.app)).client
        found = _TOKEN.search(client.get("/account" if self.person else "/sign-in", buffered=True).data)
        assert found
        self.token = found[2].decode()
        cookie = client.get_cookie(COOKIE)
        assert cookie
        self.cookie = cookie.value

    def get(self, path: str, *, follow: bool = False) -> TestResponse:
        """Fetch a page."""
        return self._ask("GET", path, follow_redirects=follow)

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        """Send a form with its token; redirects are not followed."""
        return self._ask("POST", path, data={"csrf_token": self.token, **(data or {})}, **more)

    def post_raw(self, path: str, sent: bytes, content_type: str) -> TestResponse:
        """Send what is no form, with the token in the header where scripts put it."""
        return self._ask("POST", path, data=sent, content_type=content_type, headers={"X-CSRFToken": self.token})

    def _ask(self, method: str, path: str, **more: Any) -> TestResponse:
        client = self.app.test_client()
        client.set_cookie(COOKIE, self.cookie)
        return client.open(path, method=method, buffered=True, **more)


@dataclass(frozen=True)
class Seen:
    """What one reader was answered at one address: after redirects where it is theirs, else as it came.

    `like_absent`: the very answer, token apart, that the same endpoint gives where nothing in the address exists, or
    that is given where there is no endpoint at all.
    `names` are those of others that stand in it.
    """

    reader: str
    address: Address
    standing: Standing
    status: int
    location: str
    like_absent: bool
    names: frozenset[str]
    html: str

    def __str__(self) -> str:
        asked = f"{self.reader} asks for {self.address.path[:120]} ({self.address.endpoint}, {self.standing})"
        return f"{asked} and gets {self.status} {self.location} {sorted(self.names) or ''}"


def look(world: World, table: Table, reader: str) -> Iterator[Seen]:
    """Be one reader, and fetch every page there is or might be."""
    device = Device(world, reader)
    nowhere = device.get("/no/such/page")
    for some in addresses(world, table, "GET"):
        absent = device.get(some[-1].path)
        for address in some:
            whose = standing(world, table, reader, address)
            answer = device.get(address.path, follow=whose is Standing.THEIRS)
            yield seen(world, reader, address, whose, answer, absent, nowhere)


def seen(
    world: World, reader: str, address: Address, whose: Standing, answer: TestResponse, *absent: TestResponse
) -> Seen:
    """Read one answer."""
    readable = (answer.mimetype or "").startswith("text/")
    html = answer.text if readable else ""
    like = (answer.status, _body(answer)) in [(one.status, _body(one)) for one in absent]
    location = answer.headers.get("Location", "")
    return Seen(reader, address, whose, answer.status_code, location, like, _names_in(html, world, reader), html)


def _body(answer: TestResponse) -> bytes:
    """What an answer says, but for the token in it, which is signed with the time."""
    return _TOKEN.sub(rb'\1the token"', answer.data)


def _names_in(html: str, world: World, reader: str) -> frozenset[str]:
    own = world.readers[reader]
    text = unescape(html)
    return frozenset(person.name for person in world.people if person is not own and _is_named(person, text))


def _is_named(person: Person, text: str) -> bool:
    return person.name in text or (len(person.family_name) > 4 and person.family_name in text)


@contextmanager
def undone(world: World) -> Iterator[None]:
    """Take back whatever is written within."""
    inner = world.database.connection.begin_nested()
    try:
        yield
    finally:
        inner.rollback()


def content(world: World) -> Content:
    """Every row of every table of both databases."""
    main = _rows(world.database.connection, Base.metadata.tables)
    with world.keys.engine.connect() as connection:
        return main | _rows(connection, KeysBase.metadata.tables)


def _rows(connection: Connection, tables: Any) -> Content:
    return {
        name: [tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}" ORDER BY 1, 2')]
        for name in tables
    }


def changed_columns(before: Content, after: Content) -> set[tuple[str, str]]:
    """Return (table, column) of all that differs; (table, "rows") where rows came or went."""
    tables = Base.metadata.tables | KeysBase.metadata.tables
    found: set[tuple[str, str]] = set()
    for name, rows in before.items():
        if len(rows) != len(after[name]):
            found.add((name, "rows"))
            continue
        for one, other in zip(rows, after[name], strict=True):
            found |= {
                (name, column.name) for column, a, b in zip(tables[name].columns, one, other, strict=True) if a != b
            }
    return found
