"""TOML read by type: what is missing, unknown or of another type is a fault with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from trainer.curriculum.faults import Faults, similar
from trainer.curriculum.scan import valid_id

Keys = tuple[str | int, ...]
_HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_NAME = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")
_TEXTS = 'a list of texts, ["...", "..."]'
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")


class LineMap:
    """Where each key and each element of an array stands; tomllib itself does not tell."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Keys, int] = {}
        self._counts: dict[Keys, int] = {}
        self._table: Keys = ()
        for number, line, depth, path in _walk(text):
            if depth == 0:
                self._top(number, line)
            elif path:
                self._lines.setdefault((*self._table, *path), number)

    def _top(self, number: int, line: str) -> None:
        header, key = _HEADER.fullmatch(line), _KEY.match(line)
        if header:
            path: Keys = self._resolve(_names(header[2]))
            if header[1] == "[[":
                index = self._counts.get(path, -1) + 1
                self._counts[path] = index
                path = (*path, index)
            self._table = path
            self._lines.setdefault(path, number)
        elif key:
            self._lines.setdefault((*self._table, *_names(key[1])), number)

    def _resolve(self, names: Keys) -> Keys:
        """`[a.b]` under `[[a]]` belongs to the last `a`."""
        path: Keys = ()
        for name in names[:-1]:
            path = (*path, name)
            if path in self._counts:
                path = (*path, self._counts[path])
        return (*path, names[-1])

    def line(self, path: Keys) -> int:
        """Return the line of a path, or of the nearest thing around it that has one."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)


def _names(dotted: str) -> Keys:
    return tuple(name.strip("\"'") for name in _NAME.findall(dotted))


def _walk(text: str) -> Iterator[tuple[int, str, int, Keys]]:
    """Yield line number, line, depth of open brackets at its start, and the array element that begins on it."""
    depth, quote, key, element = 0, "", "", 0
    for number, line in enumerate(text.split("\n"), 1):
        started = depth
        if depth == 0 and not quote:
            mark = _KEY.match(line)
            key, element = (mark[1], 0) if mark else ("", 0)
            yield number, line, 0, ()
        elif depth == 1 and not quote and line.strip() and line.strip()[0] not in "#],":
            yield number, line, depth, (*_names(key), element)
        depth, quote, commas = _after(line, depth, quote, header=bool(_HEADER.fullmatch(line)) and started == 0)
        element += commas if started else 0
        if not started and depth:
            element = commas


def _after(line: str, depth: int, quote: str, header: bool) -> tuple[int, str, int]:
    """Return depth and open quotation after a line, and the commas of the outermost array on it."""
    commas = 0
    index = 0
    while index < len(line) and not header:
        if quote:
            index, quote = _in_string(line, index, quote)
            continue
        char = line[index]
        if char == "#":
            break
        if char in "\"'":
            quote = char * 3 if line.startswith(char * 3, index) else char
            index += len(quote)
            continue
        depth += (char in "[{") - (char in "]}")
        commas += char == "," and depth == 1
        index += 1
    return max(depth, 0), quote if len(quote) == 3 else "", commas


def _in_string(line: str, index: int, quote: str) -> tuple[int, str]:
    if line.startswith(quote, index):
        return index + len(quote), ""
    return index + (2 if line[index] == "\\" and quote[0] == '"' else 1), quote


def read_toml(text: str, faults: Faults) -> Table | None:
    """Parse TOML; None after noting why it cannot be read."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        mark = _AT_LINE.search(str(error))
        line = int(mark[1]) if mark and mark[1] else text.rstrip("\n").count("\n") + 1
        reason = _AT_LINE.sub("", str(error)).strip()
        faults.add(line, f"this is not TOML ({reason[:1].lower()}{reason[1:]}).")
        return None
    except (RecursionError, ValueError):
        faults.add(1, "this is not TOML.")
        return None
    return Table(values, (), Document(LineMap(text), faults))


@dataclass(frozen=True, slots=True)
class Document:
    """What all tables of one file share."""

    lines: LineMap
    faults: Faults
    said: list[tuple[int, str]] = field(default_factory=list)


class Table:
    """A TOML table whose values are taken one by one; `done` notes what nobody asked for."""

    def __init__(self, values: Mapping[str, Any] | None, path: Keys, document: Document) -> None:
        self._values, self._path, self._document = values or {}, path, document
        self._absent = values is None
        self._asked: set[str] = set()

    def line(self, *key: str | int) -> int:
        """Return the line of this table, of one of its keys or of an element."""
        return self._document.lines.line((*self._path, *key))

    def fault(self, message: str, *key: str | int) -> None:
        """Note a fault at this table, a key or an element."""
        self._document.faults.add(self.line(*key), message)

    @property
    def said(self) -> Sequence[tuple[int, str]]:
        """Every text taken so far from anywhere in the document, with its line."""
        return self._document.said

    def has(self, key: str) -> bool:
        """Say whether the key is there."""
        return key in self._values

    def names(self) -> tuple[str, ...]:
        """Return every key, in the order of the file."""
        return tuple(self._values)

    def _take(self, key: str, kind: type | tuple[type, ...], expected: str, optional: bool) -> Any:
        self._asked.add(key)
        value = self._values.get(key)
        if value is None:
            if not optional and not self._absent:
                self.fault(f"`{key}` is missing; it is {expected}.")
        elif not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.fault(f"`{key}` is {expected}.", key)
            return None
        return value

    def text(self, key: str, optional: bool = False) -> str:
        """Return a text without the space around it; a missing one that may be missing is ""."""
        value = self._take(key, str, "text in quotes", optional)
        if isinstance(value, str) and not value.strip():
            self.fault(f"`{key}` is empty.", key)
        if not isinstance(value, str):
            return ""
        self._document.said.append((self.line(key), value))
        return value.strip()

    def identifier(self, key: str) -> str:
        """Return a text that is an id."""
        name = self.text(key)
        if name and not valid_id(name):
            self.fault(f"`{name}` is no id; an id has a to z, digits and single hyphens.", key)
        return name

    def integer(self, key: str, least: int = 1, optional: bool = False) -> int:
        """Return a whole number of at least `least`, or 0 after a fault."""
        value = self._take(key, int, f"a whole number, {least} or more", optional)
        if isinstance(value, int) and value < least:
            self.fault(f"`{key}` is a whole number, {least} or more.", key)
            return 0
        return value or 0

    def fraction(self, key: str) -> float:
        """Return a number above 0 and up to 1, or 1.0 after a fault."""
        value = self._take(key, (int, float), "a number between 0 and 1", optional=False)
        if value is not None and not 0 < value <= 1:
            self.fault(f"`{key}` is a number between 0 and 1.", key)
            value = None
        return float(value) if value is not None else 1.0

    def flag(self, key: str, optional: bool = False) -> bool:
        """Return true or false; a missing one that may be missing is false."""
        return bool(self._take(key, bool, "true or false", optional))

    def texts(self, key: str, optional: bool = False, empty: bool = False) -> tuple[str, ...]:
        """Return an array of texts; it may have none only when `empty` says so."""
        values = self._take(key, list, _TEXTS, optional)
        if values is not None and not all(isinstance(value, str) and value.strip() for value in values):
            self.fault(f"`{key}` is {_TEXTS}.", key)
            return ()
        if values == [] and not empty:
            self.fault(f"`{key}` is empty.", key)
        self._document.said.extend((self.line(key, index), value) for index, value in enumerate(values or ()))
        return tuple(value.strip() for value in values or ())

    def integers(self, key: str) -> tuple[int, ...]:
        """Return an array of whole numbers above 0."""
        values = self._take(key, list, "a list of whole numbers", optional=False)
        if values is not None and not all(type(value) is int and value > 0 for value in values):
            self.fault(f"`{key}` is a list of whole numbers above 0.", key)
            return ()
        return tuple(values or ())

    def table(self, key: str, optional: bool = False) -> Table:
        """Return the table under a key; one that is missing asks for nothing."""
        value = self._take(key, dict, f"a table, [{key}]", optional)
        return Table(value, (*self._path, key), self._document)

    def tables(self, key: str, optional: bool = False) -> tuple[Table, ...]:
        """Return an array of tables."""
        values = self._take(key, list, f"a list of tables, [[{key}]]", optional)
        if values is not None and not all(isinstance(value, dict) for value in values):
            self.fault(f"`{key}` is a list of tables, [[{key}]].", key)
            return ()
        if values == []:
            self.fault(f"`{key}` is empty.", key)
        return tuple(
            Table(value, (*self._path, key, index), self._document) for index, value in enumerate(values or ())
        )

    def done(self) -> None:
        """Note every key that nobody asked for."""
        for key in self._values:
            if key not in self._asked:
                self.fault(f"there is no key `{key}` here{similar(key, self._asked)}.", key)
