"""ids.lock: every id ever published, and the permanent number of every module."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from trainer.curriculum.faults import Fault, Faults

FILE = "ids.lock"
NOT_LOCKED = f"not in {FILE} yet: "
RETIRED = "retired"
KINDS = (
    "module",
    "part",
    "question",
    "prompt",
    "scene",
    "programme",
    "session",
    "behaviour",
    "misconception",
    "contact",
)
HEADER = """\
# Every id ever published, one a line. Answers, sign-offs and addresses point at them, so no line is ever deleted or
# changed. `trainer check --lock` adds new ones. To give an id up, write `retired` before its line; it is never used
# again. A module's number is its neutral address.
"""
_LINE = re.compile(rf"(?:({RETIRED}) )?({'|'.join(KINDS)}) (\S+)(?: (\S+))?")


@dataclass(frozen=True, order=True, slots=True)
class Id:
    """A published id: its kind, what it belongs to ("" if nothing) and the id itself. Modules belong to nothing."""

    kind: str
    scope: str
    name: str

    def __str__(self) -> str:
        return " ".join(filter(None, (self.kind, self.scope, self.name)))


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the lock. `number` is a module's, otherwise 0."""

    id: Id
    number: int
    retired: bool
    line: int

    def __str__(self) -> str:
        text = f"module {self.number} {self.id.name}" if self.id.kind == "module" else str(self.id)
        return f"{RETIRED} {text}" if self.retired else text


@dataclass(frozen=True, slots=True)
class Used:
    """An id that the courses use, and where."""

    id: Id
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Lock:
    """The entries of ids.lock in the order of the file."""

    entries: tuple[Entry, ...]

    @property
    def numbers(self) -> tuple[tuple[str, int], ...]:
        """Every module's slug and number."""
        return tuple((entry.id.name, entry.number) for entry in self.entries if entry.id.kind == "module")


def read_lock(text: str, faults: Faults) -> Lock:
    """Read the lock; a line that cannot be read, a second one and a number taken twice are noted."""
    entries: dict[Id, Entry] = {}
    numbers: dict[int, str] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        entry = _entry(number, line)
        if entry is None:
            faults.add(number, "this is no line of ids.lock; one is `kind owner id` or `module number slug`.")
        elif entry.id in entries:
            faults.add(number, f"`{entry.id}` stands here twice, first in line {entries[entry.id].line}.")
        else:
            entries[entry.id] = entry
            owner = numbers.setdefault(entry.number, entry.id.name)
            if entry.number and owner != entry.id.name:
                faults.add(number, f"the number {entry.number} belongs to `{owner}`.")
    return Lock(tuple(entries.values()))


def _entry(number: int, line: str) -> Entry | None:
    mark = _LINE.fullmatch(line.rstrip())
    if mark is None:
        return None
    retired, kind, first, second = bool(mark[1]), mark[2], mark[3], mark[4]
    if kind == "module":
        sound = second is not None and re.fullmatch(r"[1-9]\d{0,3}", first)
        return Entry(Id(kind, "", second), int(first), retired, number) if sound else None
    if kind in ("programme", "contact"):
        return Entry(Id(kind, "", first), 0, retired, number) if second is None else None
    return Entry(Id(kind, first, second), 0, retired, number) if second is not None else None


def _unsure(name: Id, unread: frozenset[str]) -> bool:
    """Say whether an id may only be missing because something could not be read."""
    if name.kind == "contact":
        return "signposting.toml" in unread
    if name.kind in ("programme", "session", "behaviour", "misconception"):
        return f"{_owner(name)}.toml" in unread
    if name.kind == "module" and any(file.endswith(".toml") for file in unread):
        return True
    file = f"modules/{_owner(name)}.md"
    return file in unread or f"{file}#{name.name}" in unread


def check_lock(lock: Lock, used: Sequence[Used], unread: frozenset[str]) -> list[Fault]:
    """Say which ids are not locked yet, which are gone without `retired`, and which were retired and are back.

    Nothing is said about what could not be read: `unread` holds files ("x.toml"), and ids of parts whose comment is
    unknown ("modules/x.md#id").
    """
    entries = {entry.id: entry for entry in lock.entries}
    present = {one.id for one in used}
    found = _new_ids([one for one in used if one.id not in entries])
    for one in used:
        if one.id in entries and entries[one.id].retired:
            found.append(Fault(one.file, one.line, f"`{one.id}` is retired in {FILE}; give the new one another name."))
    for entry in lock.entries:
        if not entry.retired and entry.id not in present and not _unsure(entry.id, unread):
            message = f"`{entry.id}` is gone from the courses; bring it back, or write `{RETIRED}` before this line."
            found.append(Fault(FILE, entry.line, message))
    return found


def _new_ids(new: Sequence[Used]) -> list[Fault]:
    by_file: dict[str, list[Used]] = {}
    for one in new:
        by_file.setdefault(one.file, []).append(one)
    return [
        Fault(
            file,
            ones[0].line,
            f"{NOT_LOCKED}{', '.join(one.id.name for one in ones)}. Run `trainer check --lock` when the ids are final.",
        )
        for file, ones in by_file.items()
    ]


def renewed(lock: Lock, used: Iterable[Used]) -> str:
    """Return the text of the lock with every id in use; nothing is removed, what was there keeps its order."""
    entries = {entry.id: entry for entry in lock.entries}
    number = max((entry.number for entry in lock.entries), default=0)
    for one in used:
        if one.id not in entries:
            number += one.id.kind == "module"
            entries[one.id] = Entry(one.id, number if one.id.kind == "module" else 0, False, 0)
    return HEADER + "".join(_grouped(entries))


def _grouped(entries: Mapping[Id, Entry]) -> Iterable[str]:
    """Yield the lines: modules by number, then programmes and contacts, then what belongs to each module."""
    modules = sorted((entry for entry in entries.values() if entry.id.kind == "module"), key=lambda entry: entry.number)
    yield from _block(modules)
    rest = [entry for entry in entries.values() if entry.id.kind != "module"]
    order = [entry.id.name for entry in modules]
    scopes = sorted(
        {_owner(entry.id) for entry in rest}, key=lambda scope: (scope in order and 1 + order.index(scope), scope)
    )
    for scope in scopes:
        yield from _block([entry for entry in rest if _owner(entry.id) == scope])


def _owner(name: Id) -> str:
    return name.scope or (name.name if name.kind in ("programme", "module") else "")


def _block(entries: Sequence[Entry]) -> Iterable[str]:
    yield "\n"
    for entry in entries:
        yield f"{entry}\n"
