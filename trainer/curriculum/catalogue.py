"""What the application calls to get its courses, compiled once when it starts."""

from __future__ import annotations

from pathlib import Path

from trainer.curriculum.faults import CourseFaultsError
from trainer.curriculum.load import load
from trainer.curriculum.rules import Catalogue


def load_catalogue(folder: Path) -> Catalogue:
    """Return every course in a folder; raise CourseFaultsError, which lists every fault, if there is one."""
    loaded = load(folder)
    if loaded.faults:
        raise CourseFaultsError(loaded.faults)
    return loaded.catalogue
