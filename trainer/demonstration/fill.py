"""Fill an empty database: people and timetable by the real imports, all else by the real services, each at its time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trainer import clock
from trainer.accounts.models import DemonstrationDoor
from trainer.cohorts.models import Cohort
from trainer.cohorts.people_import import Terms, import_people
from trainer.cohorts.queries import enrolments, timetable
from trainer.cohorts.services import Said, accept, note_agreements
from trainer.cohorts.timetable_import import import_timetable
from trainer.config import Settings
from trainer.curriculum.catalogue import load_catalogue
from trainer.database import Database
from trainer.demonstration.calendar import dated_timetable, meeting_on
from trainer.demonstration.term import Term
from trainer.keys.services import Keys
from trainer.people.models import Person
from trainer.refusal import NotNow

FOLDER = Path(__file__).parent
PROGRAMME = "peer-support"
ACCESS = "Step-free from the side door on Mill Lane; hearing loop; chairs with and without arms."
DOORS = (
    ("Trainee, half-way through", "amara.okafor-lindqvist@stmary.example"),
    ("Trainee who missed a session", "kai.smith@bridge.example"),
    ("Peer supporter with a certificate", "ines.calder@stmary.example"),
    ("Trainer", "ruth.hallam@counselling.example"),
    ("Coordinator", "priya.raman@counselling.example"),
    ("Senior Member", "eleanor.voss@stmary.example"),
)


@dataclass(frozen=True, slots=True)
class Dates:
    """The days on which the story turns."""

    today: date
    begun: date


def is_empty(database: Database) -> bool:
    """Whether the database knows nobody."""
    with database.reading() as db:
        return db.scalar(select(func.count()).select_from(Person)) == 0


def fill(settings: Settings, database: Database, keys: Keys, say: Callable[[str], None]) -> None:
    """Write the demonstration. Raises NotNow if anybody is known: it is never mixed with real people.

    The doors come last: a demonstration that was interrupted has none, and `is_empty` no longer holds, so that
    it cannot be taken for a real installation by mistake; start again with a new instance folder.
    """
    if not is_empty(database):
        raise NotNow("not-empty", "This database knows people already. A demonstration goes only into an empty one.")
    zone = settings.time_zone
    today = clock.today(zone)
    dates = Dates(today, meeting_on(-32, today))
    say("Inventing people, two cohorts and their timetable")
    with clock.stopped_at(datetime.combine(dates.begun, time(9), zone)), database.unit() as db:
        _people(db, settings, dates)
    say("Holding the sessions that are over")
    term = Term(settings, database, keys, load_catalogue(settings.courses))
    term.read()
    term.hold_sessions()
    say("Issuing the certificates of the earlier cohort")
    term.certify()
    with database.unit() as db:
        _open_doors(db)
    say("The demonstration is ready")


def _people(db: Session, settings: Settings, dates: Dates) -> None:
    terms = Terms(PROGRAMME, None, clock.now(), dates.begun, dates.begun)
    people = import_people(db, (FOLDER / "people.csv").read_text(encoding="utf-8"), terms)
    dated = dated_timetable((FOLDER / "timetable.csv").read_text(encoding="utf-8"), dates.today)
    catalogue = load_catalogue(settings.courses)
    sessions = import_timetable(db, dated, catalogue, settings.time_zone, dates.begun)
    if faults := (*people.faults, *sessions.faults):
        raise NotNow("demonstration", "; ".join(map(str, faults)))
    for cohort in db.scalars(select(Cohort)):
        _agree(db, cohort, dates.begun)
        for meeting in timetable(db, cohort.id):
            meeting.access_notes = ACCESS


def _agree(db: Session, cohort: Cohort, on: date) -> None:
    for enrolment in enrolments(db, cohort.id):
        note_agreements(db, enrolment, Said("The Senior Tutor", on), Said("Dr Ines Field", on))
        accept(db, enrolment, on + timedelta(days=2))


def _open_doors(db: Session) -> None:
    for position, (words, email) in enumerate(DOORS):
        person = db.scalars(select(Person).where(Person.email == email)).one()
        db.add(DemonstrationDoor(person_id=person.id, position=position, words=words))
