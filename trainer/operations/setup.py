"""Make an instance folder ready: settings, keys, both databases. Safe to run again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from trainer.config import FILE, Settings
from trainer.database import Database
from trainer.keys.services import Keys
from trainer.operations import schema

TEMPLATE = """\
# What differs per installation. Every line can also be given as TRAINER_<NAME> in the environment.

# The zone in which sessions are timetabled.
time_zone = "{time_zone}"

# Where people reach this site. It stands on every certificate, so decide it before the first one is issued.
public_address = "{public_address}"

# Named at the foot of every page and on certificates.
university = "{university}"

# Whose emergency numbers are shown: UK or NL.
country = "UK"
"""


def write_settings(instance: Path, time_zone: str, public_address: str, university: str) -> bool:
    """Write a settings file into an instance folder that has none; returns whether it did."""
    path = instance / FILE
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        return False
    content = TEMPLATE.format(time_zone=time_zone, public_address=public_address, university=university)
    path.write_text(content, encoding="utf-8")
    return True


def prepare(settings: Settings, say: Callable[[str], None]) -> None:
    """Create keys and databases that are not there yet, and bring the main database to this program's shape."""
    settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    Keys(Database(settings.keys_url), settings.key_folder).prepare()
    if schema.migrate(Database(settings.database_url)):
        say(f"database brought to revision {schema.head()}")
