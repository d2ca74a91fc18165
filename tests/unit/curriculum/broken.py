"""Copies of the shipped courses with one thing broken, and where in them a fault is expected."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from trainer.config import ROOT
from trainer.curriculum.check import check

COURSES = ROOT / "courses"
CONFIDENTIALITY = "modules/confidentiality.md"
LISTENING = "modules/advice-and-listening.md"
SUICIDE = "modules/suicide-prevention.md"
PROGRAMME = "peer-support.toml"
SIGNPOSTING = "signposting.toml"
LOCK = "ids.lock"


@dataclass(frozen=True)
class At:
    """An expected fault: on the first (or `nth`) line from the line `below` on that matches the pattern `line`."""

    file: str
    below: str
    line: str
    message: str
    nth: int = 1

    def text(self, folder: Path) -> str:
        """Return the fault as `trainer check` prints it."""
        number = line_number((folder / self.file).read_text(), self.below, self.line, self.nth)
        return f"{self.file}:{number}: {self.message}"


@dataclass(frozen=True)
class Broken:
    """One edit: from the line `below` on, the first match of `old` becomes `new`; and every fault it leads to."""

    name: str
    file: str
    below: str
    old: str
    new: str
    faults: tuple[At, ...]

    def apply(self, folder: Path) -> None:
        """Make the edit in a copy of the courses."""
        path = folder / self.file
        text = path.read_text()
        start = _start(text, self.below)
        changed, count = re.subn(self.old, self.new, text[start:], count=1, flags=re.MULTILINE)
        assert count == 1, f"{self.name}: {self.old} is not in {self.file}"
        path.write_text(text[:start] + changed)

    def compare(self, folder: Path) -> tuple[list[str], list[str]]:
        """Break a copy of the courses in `folder`; return the whole output of the check, and what it should be."""
        copy_courses(folder)
        self.apply(folder)
        return sorted(str(fault) for fault in check(folder)), sorted(fault.text(folder) for fault in self.faults)


def broken(name: str, place: tuple[str, str], edit: tuple[str, str], *faults: At) -> Broken:
    """Return a broken course: `place` is a file and a line of it, `edit` what becomes what from there on."""
    return Broken(name, *place, *edit, faults)


def gone(locked: str) -> str:
    """Return the message about an id of the lock that the courses have no more."""
    return f"`{locked}` is gone from the courses; bring it back, or write `retired` before this line."


def new(*ids: str) -> str:
    """Return the message about ids that are not in the lock."""
    return f"not in ids.lock yet: {', '.join(ids)}. Run `trainer check --lock` when the ids are final."


def copy_courses(target: Path) -> Path:
    """Copy the shipped courses and return the copy."""
    shutil.copytree(COURSES, target)
    return target


def _start(text: str, below: str) -> int:
    if not below:
        return 0
    mark = re.search(rf"^{re.escape(below)}$", text, re.MULTILINE)
    assert mark, f"there is no line {below}"
    return mark.start()


def line_number(text: str, below: str, line: str, nth: int = 1) -> int:
    """Return the number of the nth line from `below` on that matches the pattern `line` at its start."""
    start = _start(text, below)
    mark = next(islice(re.finditer(rf"^(?:{line})", text[start:], re.MULTILINE), nth - 1, None), None)
    assert mark, f"no line is like {line}"
    return text.count("\n", 0, start + mark.start()) + 1
