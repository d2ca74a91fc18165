"""One unit of work, one commit, in one place: the session of a request, and what runs after its commit."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import cast

from flask import Flask, Response, current_app, g, request
from sqlalchemy.orm import Session

from trainer.database import Database

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
EXTENSION = "trainer.database"
LATER = "trainer.later"
log = logging.getLogger(__name__)


def install(app: Flask, database: Database) -> None:
    """Give every request a session that is committed before it is answered, and closed whatever happens."""
    app.extensions[EXTENSION] = database
    app.extensions[LATER] = ThreadPoolExecutor(1, "after-commit").submit
    app.after_request(_commit)
    app.teardown_request(_close)


def database() -> Database:
    """Return the main database of this application."""
    return cast(Database, current_app.extensions[EXTENSION])


def db() -> Session:
    """Return the session of this request: with an unsafe method it holds the write lock from its first statement."""
    if "db" not in g:
        g.db = database().reading() if request.method in SAFE else database().writing()
    return cast(Session, g.db)


def after_commit(work: Callable[[], None]) -> None:
    """Run `work` once this request has committed and its answer is out; it opens its own unit of work if it writes.

    It runs in a thread of its own, one such work at a time in a process, since a browser's next request can wait for
    this one's thread. It has no request, so it holds what it needs. What it raises is logged and does not undo the
    answer, and a kill can come before it: it must be safe to repeat later.
    """
    g.setdefault("after_commit", []).append(work)


def release() -> None:
    """End the transaction of this request so that slow work holds no lock; nothing may be pending."""
    if "db" in g:
        g.db.rollback()


def keep_nothing() -> None:
    """Roll this request back although it will be answered well: a dry run, a form with faults."""
    if "db" in g:
        g.db.rollback()
    g.after_commit = []


def _commit(response: Response) -> Response:
    if "db" in g:
        if request.method not in SAFE and response.status_code < 400:
            g.db.commit()
        else:
            g.db.rollback()
    if response.status_code >= 400:
        g.after_commit = []
    for work in g.pop("after_commit", []):
        response.call_on_close(partial(current_app.extensions[LATER], _attempt, work))
    return response


def _attempt(work: Callable[[], None]) -> None:
    try:
        work()
    except Exception:
        log.exception("work after a commit failed and will be taken up again")


def _close(_fault: BaseException | None) -> None:
    if "db" in g:
        g.pop("db").close()
