"""The box of whom to call, handed to every template, and the contacts behind it, read once at start."""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app, get_template_attribute
from markupsafe import Markup

from trainer.config import Settings
from trainer.curriculum.contacts import FILE, Signposting, load_signposting
from trainer.signposting.rules import Shown, shown_in

EXTENSION = "trainer.signposting"
LABEL = "If you need help now"


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
    drawn: dict[tuple[int, str], Markup] = current_app.extensions.setdefault("trainer.signposting.drawn", {})
    if (heading_level, label) not in drawn:
        draw = get_template_attribute("signposting/_box.html", "box")
        drawn[heading_level, label] = draw(shown(), heading_level, label)
    return drawn[heading_level, label]
