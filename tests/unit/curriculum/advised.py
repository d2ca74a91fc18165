"""What advice a broken copy of the shipped courses gets beside theirs, and modules made for one rule."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from tests.unit.curriculum.broken import Broken, copy_courses
from trainer.curriculum.advice.advise import advise
from trainer.curriculum.faults import Fault, Faults
from trainer.curriculum.modules import Draft, Place, read_module

FRONT = """\
---
title: A topic
reading: 5 min
practice: {practice} min
outcomes:
  - Do something
safety: false
sources:
  - "{source}"
---

## Read
{named}

"""
SOURCE, NAMED = "Weger, A title (2014)", "So says Weger (2014)."


def module(body: str, practice: int = 10, source: str = SOURCE, named: str = NAMED) -> Draft:
    """Return a module with that body after a short part to read, which names its one source."""
    faults = Faults("modules/topic.md")
    text = FRONT.format(practice=practice, source=source, named=named) + body
    draft = read_module(text, Place("topic", "en", (("topic", 1),)), {}, faults)
    assert draft is not None
    assert faults.found == []
    return draft


class Copy:
    """A copy of the shipped courses, which remembers what advice they get while their editors work on them."""

    def __init__(self, folder: Path) -> None:
        self.folder = copy_courses(folder)
        self._shipped = _advice_on(folder)

    def more_advice(self) -> list[str]:
        """Return the advice that the shipped courses do not get, whatever line theirs is on."""
        theirs = Counter(map(_without_counts, self._shipped))
        more = []
        for fault in advise(self.folder):
            theirs[_without_counts(fault)] -= 1
            more += [str(fault)] if theirs[_without_counts(fault)] < 0 else []
        return sorted(more)


def compare(course: Broken, folder: Path) -> tuple[list[str], list[str]]:
    """Break a copy of the courses; return the advice that the break leads to, and what it should be."""
    copy = Copy(folder)
    course.apply(folder)
    return copy.more_advice(), sorted(fault.text(folder) for fault in course.faults)


_KNOWN: dict[str, tuple[Fault, ...]] = {}


def _advice_on(folder: Path) -> tuple[Fault, ...]:
    """Return the advice on a folder; another one with the same files gets the same."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    content = sha256(b"".join(path.name.encode() + path.read_bytes() for path in files)).hexdigest()
    if content not in _KNOWN:
        _KNOWN[content] = advise(folder)
    return _KNOWN[content]


def _without_counts(fault: Fault) -> tuple[str, str]:
    return fault.file, re.sub(r"\(.*\)|\d+", "?", fault.message)


def edit(path: Path, old: str, new: str) -> None:
    """Replace the first match of a pattern in a file."""
    text, count = re.subn(old, new, path.read_text(), count=1, flags=re.MULTILINE)
    assert count == 1
    path.write_text(text)


def messages(found: Iterable[object]) -> list[str]:
    """Return findings as printed."""
    return [str(getattr(finding, "fault", finding)) for finding in found]
