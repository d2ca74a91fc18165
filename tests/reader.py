"""A test client that reads every page it fetches as a copy-editor, and signs people in as the door would."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from trainer import clock
from trainer.accounts import queries, services
from trainer.people.models import Person
from trainer.web.unit import EXTENSION

WITHOUT_TOKEN = {"/exit"}  # ends nothing but one's own sign-in, and must work from a stale page


class Reader:
    """A browser without a script. `get` and `post` follow redirects and return the last page, proof-read.

    Answers are read to their end (`buffered`), as a browser would, so that what follows an answer has happened.
    """

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()

    def sign_in(self, person: Person) -> Reader:
        """Be this person from now on."""
        with self.app.extensions[EXTENSION].unit() as db:
            account = queries.find_account_of(db, person.id)
            assert account is not None
            secret = services.begin_sign_in(db, account.id, "A test", clock.now())
        with self.client.session_transaction() as cookie:
            cookie["_user_id"] = secret
            cookie["_fresh"] = True
        return self

    def get(self, address: str, status: int = 200) -> Page:
        """Fetch a page and proof-read it."""
        return self._read(self.client.get(address, follow_redirects=True, buffered=True), status)

    def post(self, address: str, data: dict[str, Any] | None = None, status: int = 200, **more: Any) -> Page:
        """Send a form with its token, follow the redirect, and proof-read what comes."""
        fields = {"csrf_token": self.token(), **(data or {})}
        return self._read(self.client.post(address, data=fields, follow_redirects=True, buffered=True, **more), status)

    def token(self) -> str:
        """A CSRF token of this client's own cookie, taken from a page with a form."""
        text = self.client.get("/sign-in", follow_redirects=True).text
        found = re.search(r'name="csrf_token" value="([^"]+)"', text)
        assert found, "no form with a token on the page"
        return found[1]

    def _read(self, response: TestResponse, status: int) -> Page:
        assert response.status_code == status, (
            f"{response.request.path} answered {response.status}:\n{response.text[:3000]}"
        )
        page = Page(response)
        if response.mimetype == "text/html":
            page.proof_read()
        return page


class Page:
    """A fetched page: its text as a reader sees it, and its elements."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.address = response.request.path
        self.html = response.text if response.mimetype.startswith(("text/", "application/json")) else ""
        self.tree: Element = html5lib.parse(self.html, namespaceHTMLElements=False)

    @property
    def text(self) -> str:
        """Everything a reader sees, with single spaces."""
        return " ".join(" ".join(self.tree.find("body").itertext()).split())  # type: ignore[union-attr]  # html5lib gives a body

    def all(self, tag: str) -> list[Element]:
        """Every element of that tag, in order."""
        return list(self.tree.iter(tag))

    def proof_read(self) -> None:
        """Fail on what a copy-editor would mark."""
        strict = html5lib.HTMLParser(strict=False)
        strict.parse(self.html)
        assert not strict.errors, f"{self.address}: not valid HTML: {strict.errors[:3]}"
        assert len(self.all("h1")) == 1, f"{self.address}: {len(self.all('h1'))} h1"
        assert self.tree.find("head/title").text, f"{self.address}: no title"  # type: ignore[union-attr]
        ids = Counter(element.get("id") for element in self.tree.iter() if element.get("id"))
        assert max(ids.values(), default=1) == 1, f"{self.address}: repeated ids {[i for i, n in ids.items() if n > 1]}"
        self._headings()
        self._fields(set(ids))
        self._forms()
        assert not [e for e in self.tree.iter() if e.get("style") or any(k.startswith("on") for k in e.attrib)], (
            f"{self.address}: inline style or script"
        )
        assert "None" not in re.findall(r">\s*(None)\s*<", self.html), f"{self.address}: a bare None on the page"
        assert "{{" not in self.html and "Undefined" not in self.html

    def _headings(self) -> None:
        levels = [int(e.tag[1]) for e in self.tree.iter() if isinstance(e.tag, str) and re.fullmatch("h[1-6]", e.tag)]
        for before, after in pairwise(levels):
            assert after <= before + 1, f"{self.address}: heading level jumps from {before} to {after}"

    def _fields(self, ids: set[str | None]) -> None:
        labelled = {label.get("for") for label in self.all("label")}
        inside = {id(field) for label in self.all("label") for field in label.iter()}
        for field in (*self.all("input"), *self.all("select"), *self.all("textarea")):
            if field.get("type") in {"hidden", "submit"}:
                continue
            named = (
                field.get("id") in labelled
                or field.get("aria-label")
                or field.get("aria-labelledby")
                or id(field) in inside
            )
            assert named, f"{self.address}: a field without label: {field.attrib}"
        for element in self.tree.iter():
            for described in (element.get("aria-describedby") or "").split():
                assert described in ids, f"{self.address}: described by {described}, which is not there"

    def _forms(self) -> None:
        for form in self.all("form"):
            if (form.get("method") or "get").lower() == "post" and form.get("action") not in WITHOUT_TOKEN:
                names = {field.get("name") for field in form.iter("input")}
                assert "csrf_token" in names, f"{self.address}: a form without a token: {form.attrib}"
