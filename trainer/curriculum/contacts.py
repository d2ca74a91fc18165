"""Whom to call, and when: signposting.toml as plain data, the seed of the directory and the ground of a statement."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from trainer.curriculum.faults import CourseFaultsError, Faults
from trainer.curriculum.scan import decode
from trainer.curriculum.tables import Table, read_toml

FILE = "signposting.toml"


class Need(StrEnum):
    """What someone needs who looks for a contact, in the order of the signposting box."""

    DANGER = "danger"
    URGENT = "urgent"
    TALK = "talk"
    UNIVERSITY = "university"
    HELPER = "helper"


@dataclass(frozen=True, slots=True)
class Contact:
    """One place to turn to. What it does not offer is ""; `source` says where its facts were read.

    There is no date of a check: a person rings, and the application keeps when.
    """

    id: str
    country: str
    need: Need
    name: str
    phone: str
    text: str
    url: str
    hours: str
    free: bool
    audience: str
    source: str


@dataclass(frozen=True, slots=True)
class EscalationRow:
    """One row of the escalation table.

    `statement` holds the words one of which a statement of confidentiality must use for this row; it is empty for a
    row that takes nothing out of the conversation with a name on it.
    """

    id: str
    when: str
    examples: tuple[str, ...]
    act: tuple[str, ...]
    statement: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """How a statement of confidentiality is recognised: by what promises privacy, and by what sets a limit."""

    marks: tuple[str, ...]
    limits: tuple[str, ...]

    def promises(self, text: str) -> bool:
        """Say whether a text promises privacy."""
        return any(mark in _flat(text) for mark in self.marks)

    def limits_itself(self, text: str) -> bool:
        """Say whether a text names an exception."""
        return any(limit in _flat(text) for limit in self.limits)


@dataclass(frozen=True, slots=True)
class Signposting:
    """Contacts and the escalation table. `lines` says where each contact stands in the file."""

    contacts: tuple[Contact, ...]
    escalation: tuple[EscalationRow, ...]
    statement: Statement
    lines: Mapping[str, int]

    def rows_left_out(self, text: str) -> tuple[EscalationRow, ...]:
        """Return the rows of the escalation table that a statement of confidentiality does not mention."""
        flat = _flat(text)
        return tuple(
            row for row in self.escalation if row.statement and not any(word in flat for word in row.statement)
        )


def _flat(text: str) -> str:
    return " ".join(re.sub("[‘’]", "'", text).lower().split())


def load_signposting(path: Path) -> Signposting:
    """Read signposting.toml; raise CourseFaultsError with every fault, OSError when there is no file."""
    faults = Faults(path.name)
    text = decode(path.read_bytes(), faults)
    signposting = read_signposting(text, faults) if text is not None else None
    if signposting is None or faults.found:
        raise CourseFaultsError(tuple(sorted(set(faults.found))))
    return signposting


def read_signposting(text: str, faults: Faults) -> Signposting | None:
    """Read the text of signposting.toml; None when it is not TOML. Faults are noted."""
    root = read_toml(text, faults)
    if root is None:
        return None
    tables = root.tables("contacts")
    contacts = tuple(_contact(table) for table in tables)
    rows = tuple(_row(table) for table in root.tables("escalation"))
    statement = _statement(root.table("statement"))
    root.done()
    _check_twins([(contact.id, table) for contact, table in zip(contacts, tables, strict=True)])
    lines = {contact.id: table.line() for contact, table in zip(contacts, tables, strict=True)}
    if not any(contact.need is Need.DANGER for contact in contacts):
        root.fault(f'no contact is for `need = "{Need.DANGER}"`; say whom to call when a life is in danger.')
    return Signposting(contacts, rows, statement, lines)


def _contact(table: Table) -> Contact:
    contact = Contact(
        id=table.identifier("id"),
        country=table.text("country"),
        need=_need(table),
        name=table.text("name"),
        phone=table.text("phone", optional=True),
        text=table.text("text", optional=True),
        url=table.text("url", optional=True),
        hours=table.text("hours"),
        free=table.flag("free"),
        audience=table.text("audience"),
        source=table.text("source"),
    )
    if contact.url and not contact.url.startswith("https://"):
        table.fault("`url` begins with https://.", "url")
    if contact.phone and not re.fullmatch(r"[0-9+][0-9 ]*", contact.phone):
        table.fault("`phone` is a number with spaces, nothing else; words go into `hours` or `audience`.", "phone")
    table.done()
    return contact


def _need(table: Table) -> Need:
    value = table.text("need")
    if value not in list(Need):
        if value:
            table.fault(f"`need` is one of {', '.join(Need)}.", "need")
        return Need.TALK
    return Need(value)


def _row(table: Table) -> EscalationRow:
    row = EscalationRow(
        id=table.text("id"),
        when=table.text("when"),
        examples=table.texts("examples"),
        act=table.texts("act"),
        statement=tuple(word.lower() for word in table.texts("statement", empty=True)),
    )
    table.done()
    return row


def _statement(table: Table) -> Statement:
    statement = Statement(
        marks=tuple(mark.lower() for mark in table.texts("marks")),
        limits=tuple(limit.lower() for limit in table.texts("limits")),
    )
    table.done()
    return statement


def _check_twins(entries: list[tuple[str, Table]]) -> None:
    seen: set[str] = set()
    for name, table in entries:
        if name and name in seen:
            table.fault(f"the id `{name}` stands here twice.", "id")
        seen.add(name)
