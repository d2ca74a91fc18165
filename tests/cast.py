"""The one fixed cast of people throughout the tests, two cohorts, and the day on which they all stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from trainer.accounts.models import Account
from trainer.cohorts.models import Cohort, Enrolment, Leading, TrainingSession
from trainer.people.models import Body, Membership, Person, RoleGrant, SeniorMember
from trainer.people.rules import BodyKind, Role

ZONE = ZoneInfo("Europe/London")
NOW = datetime(2026, 10, 20, 11, 0, tzinfo=UTC)  # a Tuesday: sessions 1 to 5 are over, 6 is on Thursday
LONG_AGO = date(2026, 9, 1)
DAYS = (date(2026, 10, 5), date(2026, 10, 8), date(2026, 10, 12), date(2026, 10, 15), date(2026, 10, 19))
LATER = (date(2026, 10, 22), date(2026, 10, 26), date(2026, 10, 29), date(2026, 11, 2), date(2026, 11, 5))


@dataclass
class Cast:
    """Everybody by first name. Cohort A is led by Ruth (and Daniel: 1, 4, 7, 8, 9), cohort B by Sol."""

    priya: Person
    ruth: Person
    daniel: Person
    sol: Person
    eleanor: Person
    thomas: Person
    amara: Person
    siobhan: Person
    tane: Person
    madonna: Person
    yael: Person
    wolfe: Person
    noor: Person
    stmary: Body
    bridge: Body
    service: Body
    cohort_a: Cohort
    cohort_b: Cohort
    sessions_a: list[TrainingSession]
    sessions_b: list[TrainingSession]

    def session_a(self, number: int) -> TrainingSession:
        """Session `number` of cohort A."""
        return self.sessions_a[number - 1]

    def session_b(self, number: int) -> TrainingSession:
        """Session `number` of cohort B."""
        return self.sessions_b[number - 1]


def _person(db: Session, given: str, family: str, email: str, role: Role | None, body: Body) -> Person:
    person = Person(given_name=given, family_name=family, email=email, known_since=NOW - timedelta(days=60))
    db.add(person)
    db.flush()
    db.add(Account(person_id=person.id, made_at=person.known_since))
    db.add(Membership(person_id=person.id, body_id=body.id, from_on=LONG_AGO, panel=role is Role.TRAINEE))
    if role:
        db.add(RoleGrant(person_id=person.id, role=role, granted_on=LONG_AGO))
    return person


def _timetable(db: Session, cohort: Cohort, leaders: dict[int, list[Person]], hour: int) -> list[TrainingSession]:
    sessions = []
    for number, day in enumerate((*DAYS, *LATER), start=1):
        starts = datetime(day.year, day.month, day.day, hour)  # noqa: DTZ001 - wall time, as the timetable keeps it
        one = TrainingSession(
            cohort_id=cohort.id,
            number=number,
            starts=starts,
            ends=starts + timedelta(hours=3),
            place="Seminar Room 2, Counselling Service",
            access_notes="Step-free from the side door; hearing loop.",
        )
        db.add(one)
        db.flush()
        for position, person in enumerate(leaders[number]):
            db.add(Leading(training_session_id=one.id, person_id=person.id, position=position, from_on=LONG_AGO))
        sessions.append(one)
    return sessions


def _enrol(db: Session, cohort: Cohort, person: Person, body: Body, *, reserve: bool = False) -> None:
    db.add(
        Enrolment(
            cohort_id=cohort.id,
            person_id=person.id,
            body_id=body.id,
            enrolled_on=date(2026, 9, 21),
            reserve=reserve,
            accepted_on=None if reserve else date(2026, 9, 28),
            college_agreed_on=date(2026, 9, 20),
            college_agreed_by="Eleanor Voss",
            tutor_agreed_on=date(2026, 9, 20),
            tutor_agreed_by="Dr Ines Field",
        )
    )


def gather(db: Session) -> Cast:
    """Write the cast into an empty database and return it; flushes, does not commit."""
    stmary = Body(name="St Mary's College", kind=BodyKind.COLLEGE)
    bridge = Body(name="Bridge College", kind=BodyKind.COLLEGE)
    service = Body(name="Counselling Service", kind=BodyKind.SERVICE)
    db.add_all([stmary, bridge, service])
    db.flush()
    priya = _person(db, "Priya", "Raman", "priya.raman@counselling.example", Role.COORDINATOR, service)
    ruth = _person(db, "Ruth", "Hallam", "ruth.hallam@counselling.example", Role.TRAINER, service)
    daniel = _person(db, "Daniel", "Achterberg", "daniel.achterberg@counselling.example", Role.TRAINER, service)
    sol = _person(db, "Sol", "Ferreira", "sol.ferreira@counselling.example", Role.TRAINER, service)
    eleanor = _person(db, "Eleanor", "Voss", "eleanor.voss@stmary.example", None, stmary)
    thomas = _person(db, "Thomas", "Abara", "thomas.abara@bridge.example", None, bridge)
    db.add(SeniorMember(person_id=eleanor.id, body_id=stmary.id, from_on=LONG_AGO))
    db.add(SeniorMember(person_id=thomas.id, body_id=bridge.id, from_on=LONG_AGO))
    amara = _person(db, "Amara", "Okafor-Lindqvist", "amara.okafor-lindqvist@stmary.example", Role.TRAINEE, stmary)
    siobhan = _person(db, "Siobhán", "O'Rourke", "siobhan.orourke@stmary.example", Role.TRAINEE, stmary)
    tane = _person(db, "Tāne", "Parata", "tane.parata@bridge.example", Role.TRAINEE, bridge)
    madonna = _person(db, "Madonna", "", "madonna@bridge.example", Role.TRAINEE, bridge)
    yael = _person(db, "יעל", "בן־דוד", "yael.bendavid@bridge.example", Role.TRAINEE, bridge)
    wolfe = _person(db, "Wolfe", "Bergerdorff", "wolfe@bridge.example", Role.TRAINEE, bridge)
    noor = _person(db, "Noor", "van der Berg", "noor.vanderberg@stmary.example", Role.TRAINEE, stmary)
    cohort_a = Cohort(name="Michaelmas A", programme="peer-support", made_at=NOW - timedelta(days=50))
    cohort_b = Cohort(name="Michaelmas B", programme="peer-support", made_at=NOW - timedelta(days=50))
    db.add_all([cohort_a, cohort_b])
    db.flush()
    leaders = {number: [ruth] for number in range(1, 11)}
    leaders |= {1: [ruth, daniel], 4: [daniel], 7: [daniel], 8: [ruth, daniel], 9: [ruth, daniel]}
    sessions_a = _timetable(db, cohort_a, leaders, 14)
    sessions_b = _timetable(db, cohort_b, {number: [sol] for number in range(1, 11)}, 10)
    for person, body in ((amara, stmary), (siobhan, stmary), (tane, bridge), (madonna, bridge), (yael, bridge)):
        _enrol(db, cohort_a, person, body)
    _enrol(db, cohort_a, wolfe, bridge, reserve=True)
    _enrol(db, cohort_b, noor, stmary)
    db.flush()
    return Cast(
        priya,
        ruth,
        daniel,
        sol,
        eleanor,
        thomas,
        amara,
        siobhan,
        tane,
        madonna,
        yael,
        wolfe,
        noor,
        stmary,
        bridge,
        service,
        cohort_a,
        cohort_b,
        sessions_a,
        sessions_b,
    )
