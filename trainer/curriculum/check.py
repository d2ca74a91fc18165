"""`trainer check`: every fault of the courses at once, a pure function of the files."""

from __future__ import annotations

from pathlib import Path

from trainer.curriculum import lock
from trainer.curriculum.faults import Fault
from trainer.curriculum.load import load


def check(folder: Path) -> tuple[Fault, ...]:
    """Return every fault of the courses in a folder, sorted by file and line; never raises on what is in a file."""
    return load(folder).faults


def renew_lock(folder: Path) -> tuple[Fault, ...]:
    """Add the new ids of sound courses to ids.lock, never removing one; return the faults that are left.

    With a fault other than a missing lock or a new id nothing is written: an id would be locked that a correction
    takes away.
    """
    loaded = load(folder)
    others = [fault for fault in loaded.faults if not fault.message.startswith(lock.NOT_LOCKED)]
    others = [fault for fault in others if fault.file != lock.FILE or (folder / lock.FILE).exists()]
    if others or not folder.is_dir():
        return loaded.faults
    (folder / lock.FILE).write_text(lock.renewed(loaded.locked, loaded.used), encoding="utf-8")
    return check(folder)
