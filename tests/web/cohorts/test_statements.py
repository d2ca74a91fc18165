"""No page asks the database more often because there are more people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.cast import NOW, Cast
from tests.conftest import SavepointDatabase
from tests.reader import Reader
from trainer.cohorts import services
from trainer.people import services as people_services
from trainer.people.models import Person
from trainer.people.rules import Role

As = Callable[[Person], Reader]
TODAY = NOW.date()
MOST = 6


def add_many(db: Session, cast: Cast) -> None:
    """Thirty more trainees, and a second programme of ten sessions with three leaders each."""
    for number in range(30):
        person = people_services.add_person(db, f"Kim{number}", "Aa", f"kim{number}@x.example", NOW)
        people_services.join_body(db, person, cast.stmary, TODAY, True)
        services.enrol(db, cast.cohort_a, person, cast.stmary, TODAY)
    cohort = services.start_cohort(db, "Hilary", "peer-support", NOW)
    leaders = [cast.ruth, cast.daniel, cast.sol]
    for number in range(1, 11):
        starts = (NOW + timedelta(days=number)).replace(tzinfo=None)
        services.schedule(db, cohort, number, starts, starts + timedelta(hours=3), "", "", leaders, TODAY)
    for person in (cast.sol, cast.daniel):
        people_services.grant_role(db, person, Role.COORDINATOR, TODAY, None)
        people_services.appoint_senior_member(db, person, cast.bridge, TODAY)
    db.commit()


def statements(reader: Reader, database: SavepointDatabase, address: str) -> list[str]:
    """What a page asks the database."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if "SAVEPOINT" not in statement:
            asked.append(statement)

    event.listen(database.connection, "before_cursor_execute", note)
    reader.get(address)
    event.remove(database.connection, "before_cursor_execute", note)
    return asked


PAGES = {
    "the cohorts of a trainer": ("ruth", "/cohorts"),
    "the cohorts of a coordinator": ("priya", "/cohorts"),
    "a timetable": ("ruth", "/cohorts/{cohort_a}/timetable"),
    "places": ("priya", "/cohorts/{cohort_a}/places"),
    "one place": ("priya", "/cohorts/{cohort_a}/places/{amara}"),
    "a withdrawal": ("priya", "/cohorts/{cohort_a}/places/{amara}/withdraw"),
    "the commitment": ("amara", "/commitment"),
    "a session": ("priya", "/sessions/{session}/edit"),
    "a new session": ("priya", "/cohorts/{cohort_a}/sessions/new"),
    "an import": ("priya", "/import/people"),
    "people": ("priya", "/people?role=trainee&q=a"),
    "a person": ("priya", "/people/{sol}"),
    "a new person": ("priya", "/people/new"),
    "bodies": ("priya", "/bodies"),
    "a body": ("priya", "/bodies/{bridge}"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_at_most_six_questions_however_many_people_there_are(
    db: Session, database: SavepointDatabase, cast: Cast, as_person: As, name: str
) -> None:
    reader_name, pattern = PAGES[name]
    ids = {key: value.id for key, value in vars(cast).items() if hasattr(value, "id")}
    address = pattern.format(session=cast.session_a(8).id, **ids)
    reader = as_person(getattr(cast, reader_name))
    few = statements(reader, database, address)
    add_many(db, cast)
    many = statements(reader, database, address)
    assert len(few) <= MOST, few
    assert len(many) == len(few), many


def test_a_cohort_of_thirty_stays_within_its_weight(db: Session, cast: Cast, as_person: As) -> None:
    add_many(db, cast)
    for address in ("/cohorts", f"/cohorts/{cast.cohort_a.id}/places", "/people"):
        assert len(as_person(cast.priya).get(address).html.encode()) < 60_000
