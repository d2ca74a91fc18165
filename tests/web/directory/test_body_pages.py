"""The pages of colleges, departments and groups."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.reader import Reader
from trainer.people import services
from trainer.people.models import Person
from trainer.people.queries import find_body_named
from trainer.people.rules import BodyKind

As = Callable[[Person], Reader]


def test_the_list_counts_members_and_names_senior_members(cast: Cast, as_person: As) -> None:
    text = as_person(cast.priya).get("/bodies").text
    assert "St Mary's College college 4 members · Senior Member Eleanor Voss" in text
    assert "Counselling Service service 4 members · no Senior Member" in text


def test_a_body_is_added_and_its_name_cannot_be_taken_twice(db: Session, cast: Cast, as_person: As) -> None:
    reader = as_person(cast.priya)
    reader.post("/bodies/new", {"name": "Afro-Caribbean  Society", "kind": "community group"})
    added = find_body_named(db, "Afro-Caribbean Society")
    assert added is not None and added.kind == BodyKind.COMMUNITY
    again = reader.post("/bodies/new", {"name": "ST MARY’S COLLEGE", "kind": "college"}, 422)
    assert "There is St Mary's College already." in again.text and "ST MARY’S COLLEGE" in again.html
    assert "Give a name" in reader.post("/bodies/new", {"name": " ", "kind": "college"}, 422).text


def test_a_body_is_renamed_and_shows_who_belongs_to_it(db: Session, cast: Cast, as_person: As) -> None:
    reader, address = as_person(cast.priya), f"/bodies/{cast.stmary.id}"
    page = reader.get(address)
    assert "Amara Okafor-Lindqvist" in page.text and "Eleanor Voss" in page.text
    assert "Bridge Hall" in reader.post(address, {"name": "Bridge Hall", "kind": "college"}).text
    reader.post(address, {"name": "Bridge College", "kind": "college"}, 422)
    db.refresh(cast.stmary)
    assert cast.stmary.name == "Bridge Hall"


def test_a_body_without_anybody_says_what_to_do(db: Session, cast: Cast, as_person: As) -> None:
    body = services.add_body(db, "New Hall", BodyKind.COLLEGE)
    db.commit()
    text = as_person(cast.priya).get(f"/bodies/{body.id}").text
    assert "No Senior Member yet" in text and "Nobody belongs to it at present." in text
