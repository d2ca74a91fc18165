"""What no page would send: forms as they stand on the pages with a field spoiled, and forms of nothing but rubbish."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

FAR = "9" * 40
RUBBISH: tuple[Any, ...] = (
    "",
    "\0",
    "x" * 30_000,
    "-1",
    FAR,
    "2026-13-45",
    "0001-01-01",
    "9999-12-31T23:59",
    "\u202e\ud7ff\U0001f600",
    ["one", "another"],
)
NO_FORMS = (
    ("application/json", b"[1, 2]"),
    ("application/json", b'"text"'),
    ("application/json", b'{"email": {"a": []}, "name": 3, "password": null}'),
    ("application/json", b"{"),
    ("application/x-www-form-urlencoded", b"%ff%fe=%00&=&&;=%"),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="email"\r\n\r\ncut'),
)
_DIGITS = re.compile(r"\d+")


@dataclass
class Form:
    """A form as a page shows it: where it goes, and what it would send."""

    action: str
    fields: dict[str, Any] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)

    @property
    def kind(self) -> str:
        """The same for forms that differ only in their ids and rows."""
        return " ".join(sorted({_DIGITS.sub("", name) for name in self.fields}))


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.open: Form | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method", "").lower() == "post":
            self.open = Form(given.get("action", ""))
            self.found.append(self.open)
        elif self.open and tag == "option" and self.select:
            if "selected" in given or not self.open.fields[self.select]:
                self.open.fields[self.select] = given.get("value", "")
        elif self.open and given.get("name"):
            self._field(self.open, tag, given)

    def _field(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, kind = given["name"], given.get("type", "")
        self.select = name if tag == "select" else ""
        if kind == "file":
            form.files.add(name)
        elif kind not in {"radio", "checkbox"} or "checked" in given or name not in form.fields:
            form.fields[name] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None


def forms_on(path: str, html: str) -> Iterator[Form]:
    """Give the forms of a page that change something; one without an address goes to the page itself."""
    reading = _Forms()
    reading.feed(html)
    for form in reading.found:
        form.action = form.action or path
        form.fields.pop("csrf_token", None)
        yield form


def spoiled(form: Form, turn: int) -> Iterator[dict[str, Any]]:
    """Give a form with each of its fields left out and filled with rubbish, one after another.

    Every field meets three kinds of rubbish; which ones goes round with `turn`.
    """
    for place, name in enumerate(sorted(form.fields)):
        yield {other: value for other, value in form.fields.items() if other != name}
        for step in range(3):
            yield form.fields | {name: RUBBISH[(turn + place + step) % len(RUBBISH)]}
    for name in form.files:
        for content in (b"", b"\0\xff\xfe", b"email\n" + b"x," * 5000, "role;email\né\0;b".encode("utf-16")):
            yield form.fields | {name: (BytesIO(content), "file.csv")}


def blanket(names: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Give forms in which every field that any page knows is filled with the same rubbish."""
    known = sorted(names)
    for rubbish in RUBBISH:
        short = rubbish[:2000] if isinstance(rubbish, str) else rubbish  # all of them together stay a form that is read
        yield dict.fromkeys(known, short)
    yield {name: (BytesIO(b"\0\xff"), "file.csv") for name in known[:50]}
