"""What tests of these pages read: a form as a browser would send it, and how many statements a page took."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.cast import LONG_AGO, NOW, Cast
from tests.conftest import SavepointDatabase
from tests.reader import Page
from trainer.cohorts.models import Enrolment
from trainer.people.models import Person, RoleGrant
from trainer.people.rules import Role


def fields_of(page: Page) -> dict[str, Any]:
    """Return what a browser would send of the page's own form if nobody touched it."""
    fields: dict[str, Any] = {}
    main = page.tree.find(".//main")
    assert main is not None
    for box in (*main.iter("input"), *main.iter("textarea")):
        kind, name = box.get("type", "text"), box.get("name")
        if name is None or name == "csrf_token" or (kind in {"radio", "checkbox"} and box.get("checked") is None):
            continue
        value = box.get("value", "on") if box.tag == "input" else (box.text or "")
        if kind == "checkbox" and name in fields:
            fields[name] = [*fields[name], value] if isinstance(fields[name], list) else [fields[name], value]
        else:
            fields[name] = value
    return fields


def row_of(fields: dict[str, Any], person: Person) -> int:
    """Return the number of somebody's row in a register."""
    number = fields["people"].split().index(person.id) + 1
    return int(number)


@contextmanager
def statements(database: SavepointDatabase) -> Iterator[list[str]]:
    """Note every statement that is sent to the database, but for savepoints."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if "SAVEPOINT" not in statement:
            sent.append(statement)

    event.listen(database.connection, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(database.connection, "before_cursor_execute", note)


def crowd(db: Session, cast: Cast, number: int) -> list[Person]:
    """Give so many more trainees a place on cohort A."""
    people = [
        Person(given_name=f"Trainee {n}", family_name="van den Hooghe-Castellanos", email=None, known_since=NOW)
        for n in range(number)
    ]
    db.add_all(people)
    db.flush()
    for person in people:
        db.add(RoleGrant(person_id=person.id, role=Role.TRAINEE, granted_on=LONG_AGO))
        db.add(
            Enrolment(
                cohort_id=cast.cohort_a.id,
                person_id=person.id,
                body_id=cast.bridge.id,
                enrolled_on=date(2026, 9, 21),
                accepted_on=date(2026, 9, 28),
            )
        )
    db.commit()
    return people
