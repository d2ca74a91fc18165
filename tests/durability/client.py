"""A browser reduced to what the server sees of one: a cookie, a token, one request at a time over a real socket."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

PATIENCE = 30  # seconds; a machine that is busy elsewhere is slow, not broken
Lost = (OSError, HTTPException)
_TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that was received to its last byte."""

    status: int
    location: str
    text: str


class Client:
    """Somebody's device. `waiting` is true from the first byte sent until the answer has been read.

    `took` is how many seconds the latest form took to be answered.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookie = ""
        self.token = ""
        self.waiting = False
        self.took = 0.0

    def sign_in(self, secret: str) -> None:
        """Use a one-time link, and keep the cookie and a token for what follows."""
        page = f"/sign-in/link/{secret}"
        self._learn_token(page)
        self.post(page, {})
        self._learn_token("/help")

    def get(self, path: str) -> Answer:
        """Fetch a page, without following a redirect. Raises one of Lost if no whole answer came."""
        return self._ask("GET", path, {})

    def post(self, path: str, fields: dict[str, str], accept: str = "text/html") -> Answer:
        """Send a form with its token. Raises one of Lost if no whole answer came."""
        begun = time.monotonic()
        answer = self._ask("POST", path, {"csrf_token": self.token, **fields}, accept)
        self.took = time.monotonic() - begun
        return answer

    def _ask(self, method: str, path: str, fields: dict[str, str], accept: str = "text/html") -> Answer:
        headers = {"Host": f"localhost:{self.port}", "Cookie": self.cookie, "Accept": accept, "Connection": "close"}
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        self.waiting = True
        try:
            connection.request(method, path, urlencode(fields) if fields else None, headers)
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            self.waiting = False
            connection.close()
        for kept in response.headers.get_all("Set-Cookie") or []:
            self.cookie = kept.partition(";")[0]
        return Answer(response.status, response.headers.get("Location", ""), text)

    def _learn_token(self, page: str) -> None:
        found = _TOKEN.search(self.get(page).text)
        assert found, f"no token on {page}"
        self.token = found[1]
