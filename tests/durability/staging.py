"""An installation whose sessions are all over and none is signed, and the people who will use it."""

from __future__ import annotations

import csv
from collections import deque
from datetime import date, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.browser.conftest import Site, new_site
from tests.durability.book import Book
from tests.durability.client import Client
from tests.durability.workers import Trainee, Trainer, Worker
from trainer import clock
from trainer.accounts.services import make_link
from trainer.cohorts.models import Enrolment, Leading, TrainingSession
from trainer.config import Settings
from trainer.curriculum.rules import Catalogue
from trainer.database import Database
from trainer.people.models import Person

BEGUN = date.today() - timedelta(days=40)  # noqa: DTZ011 - the server's own clock decides; a day more or less is nothing
TRAINERS = ("ruth@counselling.example", "daniel@counselling.example")
TOGETHER = 3  # trainees in a cohort
WRITERS = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1)]  # cohort and place of the trainees who answer and write
MODULES = 3  # few, so that the same texts and questions come up again and again


def stage(folder: Path, cohorts: int) -> Site:
    """Set an installation up and import its people and its past timetable, as the operator would; serves nothing."""
    site = new_site(folder)
    people = [["given_name", "family_name", "email", "role", "body", "cohort"]]
    people += [[email.partition("@")[0].title(), "Hall", email, "trainer", "Service", ""] for email in TRAINERS]
    people += [_trainee(cohort, place) for cohort in range(cohorts) for place in range(TOGETHER)]
    timetable = [["cohort", "session", "starts", "ends", "place", "led_by"]]
    timetable += [_session(cohort, number) for cohort in range(cohorts) for number in range(1, 11)]
    _import(site, "people", people, "--since", str(BEGUN))
    _import(site, "timetable", timetable)
    return site


def _import(site: Site, what: str, rows: list[list[str]], *options: str) -> None:
    file = site.instance / f"{what}.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows(rows)
    site.run(what, "import", str(file), *options)


def _trainee(cohort: int, place: int) -> list[str]:
    return [f"T{place}", f"Of{cohort}", _email(cohort, place), "trainee", "St Mary's College", f"Cohort {cohort}"]


def _email(cohort: int, place: int) -> str:
    return f"t{place}.of{cohort}@stmary.example"


def _session(cohort: int, number: int) -> list[str]:
    day = BEGUN + timedelta(days=3 * number)
    leader = TRAINERS[cohort % len(TRAINERS)]
    return [f"Cohort {cohort}", str(number), f"{day} 14:00", f"{day} 17:00", "Room 2", leader]


def everybody(settings: Settings, course: Catalogue, book: Book, chance: Random) -> list[Worker]:
    """Five trainees and two trainers, signed in over HTTP, each on a device of their own."""
    emails = [*TRAINERS, *(_email(*one) for one in WRITERS)]
    database = Database(settings.database_url)
    with database.unit() as db:
        ids = {email: db.scalars(select(Person.id).where(Person.email == email)).one() for email in emails}
        secrets = {email: make_link(db, email, clock.now()) for email in emails}
        piles = {email: _pile(db, ids[email]) for email in TRAINERS}
        rosters = _rosters(db)
    database.engine.dispose()
    clients = {email: Client(settings.port) for email in emails}
    for email, client in clients.items():
        client.sign_in(secrets[email])
    modules = sorted(course.modules.values(), key=lambda module: module.number)[:MODULES]
    programme = course.programmes["peer-support"]
    trainers = [Trainer(clients[one], book, chance, programme, piles[one], rosters) for one in TRAINERS]
    trainees = [Trainee(clients[one], ids[one], book, chance, modules) for one in emails if one not in TRAINERS]
    return [*trainers, *trainees]


def _pile(db: Session, trainer_id: str) -> deque[tuple[str, int]]:
    """The sessions that somebody leads, as id and number."""
    query = select(TrainingSession.id, TrainingSession.number).join(Leading).where(Leading.person_id == trainer_id)
    return deque((session_id, number) for session_id, number in db.execute(query))


def _rosters(db: Session) -> dict[str, list[str]]:
    """The trainees of each session."""
    rosters: dict[str, list[str]] = {}
    query = select(TrainingSession.id, Enrolment.person_id).join(
        Enrolment, Enrolment.cohort_id == TrainingSession.cohort_id
    )
    for session_id, person_id in db.execute(query):
        rosters.setdefault(session_id, []).append(person_id)
    return rosters
