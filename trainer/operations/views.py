"""/healthz: whether this process answers and its databases do."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from trainer.operations.schema import answers
from trainer.web.access import access, anyone
from trainer.web.unit import db

pages = Blueprint("operations", __name__)


@pages.get("/healthz")
@access(anyone)
def healthz() -> ResponseReturnValue:
    """Say "ok" once the database has answered."""
    answers(db())
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
