"""A fault in a course: where it is and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches


@dataclass(frozen=True, order=True, slots=True)
class Fault:
    """One thing to put right. `file` is relative to the courses folder, `line` counts from 1."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(slots=True)
class Faults:
    """Collects the faults of one file while it is read; reading goes on after each."""

    file: str
    found: list[Fault] = field(default_factory=list)

    def add(self, line: int, message: str) -> None:
        """Note a fault on a line of this file."""
        self.found.append(Fault(self.file, line, message))


def similar(word: str, known: Iterable[str]) -> str:
    """Return "; perhaps `reading`" for a known word much like this one, "" if there is none."""
    found = get_close_matches(word, sorted(known), n=1)
    return f"; perhaps `{found[0]}`" if found else ""


class CourseFaultsError(Exception):
    """A catalogue was asked for, and the courses have faults; `faults` lists every one."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__("\n".join([f"The courses have {count}:", *map(str, faults)]))
