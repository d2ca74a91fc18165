"""The box of whom to call, handed to every template, and the contacts behind it, read once at start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from flask import Flask, current_app, get_template_attribute
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from trainer import clock
from trainer.config import Settings
from trainer.curriculum.contacts import FILE, Signposting, load_signposting
from trainer.signposting import queries
from trainer.signposting.rules import Shown, facts_of, shown_in, unchecked
from trainer.web.unit import db

EXTENSION = "trainer.signposting"
LABEL = "If you need help now"
REMEMBERED = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class State:
    """Whether a person has checked every contact that is shown, and the day of the oldest of those checks."""

    all_checked: bool
    since: date | None


@dataclass(slots=True)
class _Memory:
    """What this process last read, and when."""

    state: State
    read_at: datetime


def install(app: Flask, settings: Settings) -> None:
    """Read the contacts and give templates `signposting_box()`."""
    signposting = load_signposting(settings.courses / FILE)
    app.extensions[EXTENSION] = (signposting, shown_in(signposting.contacts, settings.country))
    app.jinja_env.globals["signposting_box"] = _box


def signposting() -> Signposting:
    """Return contacts of every country, and the escalation table."""
    return cast(Signposting, current_app.extensions[EXTENSION][0])


def shown() -> tuple[Shown, ...]:
    """Return what this installation shows, by need."""
    return cast("tuple[Shown, ...]", current_app.extensions[EXTENSION][1])


def _box(heading_level: int = 2, label: str = LABEL) -> Markup:
    """Draw the box; the same text every time, so it is drawn once per level and label and kept.

    A page that shows it twice gives the second one a label of its own: two landmarks need two names.
    """
    drawn: dict[tuple[int, str, State], Markup] = current_app.extensions.setdefault("trainer.signposting.drawn", {})
    key = heading_level, label, state()
    if key not in drawn:
        draw = get_template_attribute("signposting/_box.html", "box")
        drawn[key] = draw(shown(), heading_level, label, key[2])
    return drawn[key]


def state() -> State:
    """Return how far the contacts are checked, read at most once a minute in a process.

    Help must be readable whatever happens: without a database nothing counts as checked.
    """
    memory: dict[str, _Memory] = current_app.extensions.setdefault("trainer.signposting.state", {})
    known = memory.get("last")
    if known is None or not timedelta() <= clock.now() - known.read_at < REMEMBERED:
        known = memory["last"] = _Memory(_read(), clock.now())
    return known.state


def forget() -> Callable[[], None]:
    """Return what makes this process read again, to be run after a check has been committed."""
    return current_app.extensions.setdefault("trainer.signposting.state", {}).clear  # type: ignore[no-any-return]


def _read() -> State:
    try:
        done = queries.checks(db())
    except SQLAlchemyError:
        return State(False, None)
    if unchecked(shown(), done.keys()):
        return State(False, None)
    contacts = [contact for group in shown() for contact in group.contacts]
    return State(True, min((done[one.id, facts_of(one)].checked_on for one in contacts), default=None))
