"""127.0.0.1 becomes localhost: passkeys refuse the former, and the two would hold two sign-ins."""

from __future__ import annotations

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue

from trainer.web.unit import SAFE


def install(app: Flask) -> None:
    """Send a reader who typed the number to the name; monitors of /healthz may use either."""
    app.before_request(_to_name)


def _to_name() -> ResponseReturnValue | None:
    number = request.host.partition(":")[0] == "127.0.0.1"
    if not number or request.method not in SAFE or request.path == "/healthz":
        return None
    return redirect(request.url.replace("//127.0.0.1", "//localhost", 1))
