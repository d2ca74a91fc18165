"""Flask-Login at the door: who a cookie belongs to, and whether this is a demonstration."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Flask
from flask_login import LoginManager, UserMixin

from trainer import clock
from trainer.accounts import queries, services
from trainer.accounts.rules import SEEN_AT_MOST_EVERY
from trainer.database import Database
from trainer.people.rules import Viewer
from trainer.web.unit import after_commit, database, db

DEMONSTRATION = "trainer.demonstration"


class SignedIn(UserMixin):
    """What Flask-Login holds: the secret of this device's sign-in and, once looked up, who it is."""

    def __init__(self, secret: str, viewer: Viewer | None) -> None:
        self.secret = secret
        self.viewer = viewer

    @classmethod
    def newly(cls, secret: str) -> SignedIn:
        """Somebody who has just signed in and will be looked up at their next request."""
        return cls(secret, None)

    def get_id(self) -> str:
        """Return what the cookie carries."""
        return self.secret


def install(app: Flask, main: Database, zone: ZoneInfo) -> None:
    """Recognise signed-in people, and note at start whether this database is a demonstration."""
    manager = LoginManager(app)
    manager.session_protection = None  # a phone changes its address between two pages; the sign-in row is what counts
    manager.user_loader(lambda secret: _recognise(secret, zone))
    with main.reading() as reading:
        app.extensions[DEMONSTRATION] = bool(queries.doors(reading))
    app.jinja_env.globals["demonstration"] = app.extensions[DEMONSTRATION]


def demonstration(app: Flask) -> bool:
    """Whether this database was filled by `trainer demo`."""
    return bool(app.extensions[DEMONSTRATION])


def _recognise(secret: str, zone: ZoneInfo) -> SignedIn | None:
    now = clock.now()
    recognised = queries.find_recognised(db(), services.hash_secret(secret), now, clock.today(zone))
    if recognised is None:
        return None
    if now - recognised.last_seen_at > SEEN_AT_MOST_EVERY:
        main = database()
        after_commit(lambda: _see(main, recognised.viewer.sign_in_id, now))
    return SignedIn(secret, recognised.viewer)


def _see(main: Database, sign_in_id: str, now: datetime) -> None:
    with main.unit() as unit:
        services.see(unit, sign_in_id, now)
