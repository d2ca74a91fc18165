"""What this installation is, for whoever answers a request: settings, time zone, today, keys."""

from __future__ import annotations

from datetime import date
from typing import cast
from zoneinfo import ZoneInfo

from flask import Flask, current_app

from trainer import clock
from trainer.config import Settings
from trainer.keys.services import Keys

SETTINGS = "trainer.settings"
KEYS = "trainer.keys"


def install(app: Flask, settings: Settings, keys: Keys) -> None:
    """Keep settings and keys with the application, and tell templates what they show of them."""
    app.extensions[SETTINGS] = settings
    app.extensions[KEYS] = keys
    app.jinja_env.globals.update(university=settings.university, public_address=settings.public_address)


def settings() -> Settings:
    """Return the settings of this installation."""
    return cast(Settings, current_app.extensions[SETTINGS])


def keys() -> Keys:
    """Return the data keys of this installation."""
    return cast(Keys, current_app.extensions[KEYS])


def zone() -> ZoneInfo:
    """Return the installation's time zone."""
    return settings().time_zone


def today() -> date:
    """Return today's date in the installation's time zone."""
    return clock.today(zone())
