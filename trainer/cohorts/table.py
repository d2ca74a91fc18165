"""A CSV file as rows with their line numbers, and what is wrong with it: pure, whatever it is given."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from trainer.cohorts.preview import Remark
from trainer.people.rules import tidy_name

BYTE_ORDER_MARK = "\ufeff"
NOT_UTF_8 = "This line is not UTF-8. Save the file as “CSV UTF-8” and try again."
NOT_CSV = "This line cannot be read. Close every quote, and write a quote inside a quoted text twice."
SHOWN_MOST = 60
ROWS_MOST = 2000  # an import holds the write lock: 30,000 rows took ten seconds, others wait for five


@dataclass(frozen=True, slots=True)
class Row:
    """One line that is not blank: its texts by column, trimmed."""

    line: int
    cells: Mapping[str, str]


def read_rows(content: bytes | str, columns: Sequence[str]) -> tuple[list[Row], list[Remark]]:
    """Return the rows of a CSV file with exactly these columns, in any order, and what is wrong by line.

    A byte order mark, CRLF, quoted texts and blank lines are fine. With a faulty first line there are no rows.
    """
    text, faults = _decoded(content)
    records = [] if faults else list(_records(text, faults))
    if not records:
        return [], faults or [Remark(1, f"The file is empty. Its first line must be {','.join(columns)}.")]
    if len(records) > ROWS_MOST + 1:
        too_many = f"Here the {ROWS_MOST:,} lines end that one file may have. Split it and import the parts."
        return [], [Remark(records[ROWS_MOST + 1][0], too_many)]
    head_line, head = records[0]
    names = [name.lower() for name in head]
    if head_faults := [Remark(head_line, sentence) for sentence in _head_faults(names, columns)]:
        return [], head_faults
    return _rows(records[1:], names, faults), faults


def _decoded(content: bytes | str) -> tuple[str, list[Remark]]:
    """Text and no fault, or no text and the line of the first byte that is not UTF-8."""
    raw = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    try:
        return raw.decode("utf-8").removeprefix(BYTE_ORDER_MARK), []
    except UnicodeDecodeError as fault:
        before = raw[: fault.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        return "", [Remark(before.count(b"\n") + 1, NOT_UTF_8)]


def _records(text: str, faults: list[Remark]) -> Iterator[tuple[int, list[str]]]:
    """Give (first line, texts) of every record that is not blank; stop with a fault at what is not CSV."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for record in reader:
            cells = [cell.strip() for cell in record]
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        faults.append(Remark(line, NOT_CSV))


def _head_faults(names: list[str], columns: Sequence[str]) -> Iterator[str]:
    if len(names) == 1 and any(mark in names[0] for mark in ";\t"):
        yield f"Separate the columns by commas. The first line must be {','.join(columns)}."
        return
    counts = Counter(names)
    missing = [name for name in columns if not counts[name]]
    if len(missing) == len(columns):
        yield f"The first line must name the columns: {','.join(columns)}."
        return
    if missing:
        words = "column" if len(missing) == 1 else "columns"
        are = "is" if len(missing) == 1 else "are"
        yield f"The {words} {' and '.join(missing)} {are} missing. The first line must be {','.join(columns)}."
    yield from (f"The column {name} is there {counts[name]} times. Keep one." for name in columns if counts[name] > 1)
    for name in (name for name in counts if name not in columns):
        yield f"There is no column {shown(name)}. Take it out." if name else "A column has no name. Take it out."


def _rows(records: list[tuple[int, list[str]]], names: list[str], faults: list[Remark]) -> list[Row]:
    rows = []
    for line, cells in records:
        if len(cells) == len(names):
            rows.append(Row(line, dict(zip(names, cells, strict=True))))
        else:
            faults.append(
                Remark(line, f"{_columns(len(cells))} instead of {len(names)}. Put a text with a comma in quotes.")
            )
    return rows


def _columns(count: int) -> str:
    return f"There is {count} column" if count == 1 else f"There are {count} columns"


def shown(text: str) -> str:
    """Return a text of the file as a sentence may quote it: short, on one line, without control characters."""
    tidied = tidy_name(text)
    return f"“{tidied if len(tidied) <= SHOWN_MOST else tidied[:SHOWN_MOST] + '…'}”"
