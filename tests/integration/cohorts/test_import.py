"""Importing people and a timetable into a real database: all of it or nothing, and twice is once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.cast import NOW, ZONE, Cast
from tests.integration.cohorts.signing import signed
from trainer.accounts.models import Account
from trainer.cohorts import cli, people_import
from trainer.cohorts.models import Cohort, Enrolment, Leading, TrainingSession
from trainer.cohorts.people_import import Terms, import_people, preview_people
from trainer.cohorts.queries import find_cohort_named, find_enrolment, timetable
from trainer.cohorts.rules import State
from trainer.cohorts.timetable_import import import_timetable, preview_timetable
from trainer.config import Settings
from trainer.curriculum.rules import Catalogue
from trainer.database import Base, Database
from trainer.people.models import Body, Membership, Person, RoleGrant, SeniorMember
from trainer.people.queries import find_body_named, find_person_by_email, memberships_of, roles_of, standings_of
from trainer.people.services import end_role

TODAY = NOW.date()
TERMS = Terms("peer-support", None, NOW, TODAY, TODAY)
TABLES = (Person, Account, RoleGrant, Body, Membership, SeniorMember, Cohort, Enrolment, TrainingSession, Leading)
PEOPLE = """given_name,family_name,email,role,body,cohort
Amara,Okafor-Lindqvist,amara@hilary.example,trainee,Hilary College,Hilary
Siobhán,O'Rourke,siobhan@hilary.example,trainee,Hilary College,Hilary
José María,Núñez de la Peña,jm@hilary.example,trainee,Hilary College,Hilary
Madonna,,madonna@hilary.example,trainee,Department of Public Health,Hilary
יעל,בן־דוד,yael@hilary.example,trainee,Department of Public Health,Hilary
فاطمة,الزهراء,fatima@hilary.example,trainee,Department of Public Health,Hilary
Oluwaseun,Adébáyọ̀,seun@hilary.example,trainee,,Hilary
Ida,Holm,ida@hilary.example,trainer,Counselling Service,Hilary
Tove,Lind,tove@hilary.example,trainer,Counselling Service,
Pia,Roth,pia@hilary.example,coordinator,Counselling Service,
Mara,Voss,mara@hilary.example,senior member,Hilary College,
"""
TIMETABLE = """cohort,session,starts,ends,place,led_by
Hilary,1,2027-01-18 14:00,2027-01-18 17:00,"Room 2, Service",ida@hilary.example;tove@hilary.example
Hilary,2,2027-01-21 14:00,2027-01-21 17:00,"Room 2, Service",ida@hilary.example
Hilary,3,2027-01-25 14:00,2027-01-25 17:00,"Room 2, Service",tove@hilary.example
"""


def everything(db: Session) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table: equal before and after is nothing changed."""
    db.flush()
    return {name: sorted(map(repr, db.execute(table.select()))) for name, table in Base.metadata.tables.items()}


def test_a_file_of_people_brings_everybody_with_account_role_body_and_place(db: Session, cast: Cast) -> None:
    preview = import_people(db, PEOPLE, TERMS)
    assert preview.done
    assert preview.summary == "New people: 11. New places: 7. New bodies: 2. New cohorts: 1."
    yael = find_person_by_email(db, "yael@hilary.example")
    cohort, health = find_cohort_named(db, "Hilary"), find_body_named(db, "Department of Public Health")
    assert yael and cohort and health and health.kind == "department"
    place = find_enrolment(db, cohort.id, yael.id)
    assert place is not None and place.state is State.INVITED and place.body_id == health.id
    assert [(one.role, one.granted_on) for one in roles_of(db, yael.id)] == [("trainee", TODAY)]
    assert [(one.body_id, one.panel) for one in memberships_of(db, yael.id)] == [(health.id, True)]
    assert db.scalar(select(func.count()).select_from(Person).outerjoin(Account).where(Account.id.is_(None))) == 0


def test_a_senior_member_gets_a_standing_and_no_role(db: Session, cast: Cast) -> None:
    import_people(db, PEOPLE, TERMS)
    mara = find_person_by_email(db, "mara@hilary.example")
    assert mara is not None
    assert [(one.body.name, one.from_on) for one in standings_of(db, mara.id)] == [("Hilary College", TODAY)]
    assert roles_of(db, mara.id) == []
    assert [one.panel for one in memberships_of(db, mara.id)] == [False]


def test_the_same_people_twice_change_nothing_and_say_so(db: Session, cast: Cast) -> None:
    import_people(db, PEOPLE, TERMS)
    before = everything(db)
    again = import_people(db, PEOPLE.replace("\n", "\r\n").encode("utf-8-sig"), TERMS)
    assert again.done and again.summary == "Nothing changes: everything in this file is so already."
    assert everything(db) == before


def test_a_preview_of_people_changes_nothing_and_foretells_the_import(db: Session, cast: Cast) -> None:
    before = everything(db)
    preview = preview_people(db, PEOPLE, TODAY)
    assert everything(db) == before
    assert import_people(db, PEOPLE, TERMS, preview.mark).sections == preview.sections


def test_one_faulty_line_of_people_keeps_every_line_out(db: Session, cast: Cast) -> None:
    before = everything(db)
    preview = import_people(db, PEOPLE + "Li,Wei,li@hilary.example,student,,\n", TERMS)
    assert [str(fault) for fault in preview.faults] == [
        "line 13: role “student” is not known. Write one of trainee, trainer, coordinator, senior member."
    ]
    assert not preview.done and everything(db) == before


def test_a_known_person_is_renamed_and_gains_what_the_file_adds(db: Session, cast: Cast) -> None:
    line = "Ruth,Hallam-Jones,RUTH.HALLAM@counselling.example,coordinator,Bridge College,"
    preview = import_people(db, f"{PEOPLE.splitlines()[0]}\n{line}", TERMS)
    assert preview.summary == "Changed names: 1. New roles: 1. New memberships: 1."
    assert cast.ruth.name == "Ruth Hallam-Jones"
    assert [one.role for one in roles_of(db, cast.ruth.id)] == ["trainer", "coordinator"]
    assert {one.body.name for one in memberships_of(db, cast.ruth.id)} == {"Counselling Service", "Bridge College"}


def test_who_withdrew_is_not_enrolled_again(db: Session, cast: Cast) -> None:
    import_people(db, PEOPLE, TERMS)
    cohort, madonna = find_cohort_named(db, "Hilary"), find_person_by_email(db, "madonna@hilary.example")
    assert cohort and madonna
    place = find_enrolment(db, cohort.id, madonna.id)
    assert place is not None
    place.withdrawn_on = TODAY
    preview = import_people(db, PEOPLE, TERMS)
    assert preview.sections == () and place.withdrawn_on == TODAY
    assert [str(one) for one in preview.warnings] == [
        "line 5: Madonna withdrew from Hilary. The import leaves that as it is."
    ]


@dataclass
class Imported:
    """The people of the file, and what their timetable did."""

    db: Session
    catalogue: Catalogue
    cohort: Cohort

    def run(self, content: str, seen: str | None = None) -> people_import.Preview:
        """Import a timetable."""
        return import_timetable(self.db, content, self.catalogue, ZONE, TODAY, seen)

    def leaders(self, number: int) -> list[str]:
        """Who leads a session now."""
        session = timetable(self.db, self.cohort.id)[number - 1]
        return [person.given_name for person in session.leaders]


@pytest.fixture
def hilary(db: Session, cast: Cast, catalogue: Catalogue) -> Imported:
    """The people are there; the timetable is still to come."""
    import_people(db, PEOPLE, TERMS)
    cohort = find_cohort_named(db, "Hilary")
    assert cohort is not None
    return Imported(db, catalogue, cohort)


def test_a_timetable_brings_sessions_with_their_leaders_in_order(hilary: Imported) -> None:
    assert hilary.run(TIMETABLE).summary == "New sessions: 3."
    assert [one.number for one in timetable(hilary.db, hilary.cohort.id)] == [1, 2, 3]
    assert hilary.leaders(1) == ["Ida", "Tove"]


def test_the_same_timetable_twice_changes_nothing(hilary: Imported) -> None:
    hilary.run(TIMETABLE)
    before = everything(hilary.db)
    again = hilary.run(TIMETABLE)
    assert again.done and again.sections == () and everything(hilary.db) == before


def test_a_preview_of_a_timetable_changes_nothing_and_foretells_the_import(hilary: Imported) -> None:
    before = everything(hilary.db)
    preview = preview_timetable(hilary.db, TIMETABLE, hilary.catalogue, ZONE, TODAY)
    assert everything(hilary.db) == before
    assert hilary.run(TIMETABLE, preview.mark).sections == preview.sections


def test_one_faulty_line_of_a_timetable_keeps_every_line_out(hilary: Imported) -> None:
    before = everything(hilary.db)
    preview = hilary.run(TIMETABLE + "Hilary,11,2027-02-01 14:00,2027-02-01 17:00,,ida@hilary.example\n")
    assert not preview.done and len(preview.faults) == 1 and everything(hilary.db) == before


def test_other_leaders_end_and_begin_with_dates_and_access_notes_stay(hilary: Imported) -> None:
    hilary.run(TIMETABLE)
    session = timetable(hilary.db, hilary.cohort.id)[0]
    session.access_notes = "Ring the bell."
    hilary.run(TIMETABLE.replace("ida@hilary.example;tove@hilary.example", "tove@hilary.example"))
    assert hilary.leaders(1) == ["Tove"] and session.access_notes == "Ring the bell."
    assert Counter(one.ended_on for one in session.leadings) == {None: 1, TODAY: 1}


def test_another_order_of_leaders_is_a_change_that_keeps_their_dates(hilary: Imported) -> None:
    hilary.run(TIMETABLE)
    swapped = TIMETABLE.replace("ida@hilary.example;tove@hilary.example", "tove@hilary.example; ida@hilary.example")
    assert hilary.run(swapped).summary == "Sessions with other leaders: 1."
    hilary.db.expire_all()
    session = timetable(hilary.db, hilary.cohort.id)[0]
    assert [one.given_name for one in session.leaders] == ["Tove", "Ida"]
    assert len(session.leadings) == 2 and hilary.run(swapped).sections == ()


def test_who_is_no_trainer_any_more_cannot_be_put_into_a_timetable(hilary: Imported) -> None:
    tove = find_person_by_email(hilary.db, "tove@hilary.example")
    assert tove is not None
    [grant] = roles_of(hilary.db, tove.id)
    end_role(hilary.db, grant, TODAY.replace(day=TODAY.day - 1), TODAY)
    assert [str(fault) for fault in hilary.run(TIMETABLE).faults] == [
        "line 2: Tove Lind (tove@hilary.example) is not a trainer. Grant that role first.",
        "line 4: Tove Lind (tove@hilary.example) is not a trainer. Grant that role first.",
    ]


def test_a_signed_session_is_not_moved_and_the_others_wait_with_it(hilary: Imported) -> None:
    hilary.run(TIMETABLE)
    first = timetable(hilary.db, hilary.cohort.id)[0]
    ida = find_person_by_email(hilary.db, "ida@hilary.example")
    assert ida is not None
    signed(hilary.db, first, ida)
    moved = TIMETABLE.replace("2027-01-18", "2027-01-19").replace("2027-01-21", "2027-01-22")
    preview = hilary.run(moved)
    assert [fault.line for fault in preview.faults] == [2] and not preview.done
    assert str(timetable(hilary.db, hilary.cohort.id)[1].starts) == "2027-01-21 14:00:00"


@dataclass
class Installation:
    """What the commands work on."""

    settings: Settings
    database: Database


@pytest.fixture
def run(settings: Settings, database: Database, cast: Cast, tmp_path: Path) -> Any:
    """`run(cli.people, text, "--dry-run")` runs an import of that text from a file."""

    def run_command(group: Any, content: str, *options: str) -> Result:
        file = tmp_path / "file.csv"
        file.write_bytes(content.encode())
        return CliRunner().invoke(group, ["import", str(file), *options], obj=Installation(settings, database))

    return run_command


def test_the_command_imports_people_and_then_says_that_nothing_changes(run: Any, db: Session) -> None:
    first = run(cli.people, PEOPLE)
    assert (first.exit_code, first.stderr) == (0, "")
    assert first.stdout == "New people: 11. New places: 7. New bodies: 2. New cohorts: 1.\n"
    assert run(cli.people, PEOPLE).stdout == "Nothing changes: everything in this file is so already.\n"
    assert run(cli.timetable, TIMETABLE).stdout == "New sessions: 3.\n"
    assert find_person_by_email(db, "ida@hilary.example") is not None


def test_a_dry_run_of_the_command_lists_what_would_change_and_changes_nothing(run: Any, db: Session) -> None:
    head, first, *_ = PEOPLE.splitlines()
    result = run(cli.people, f"{head}\n{first}\n", "--dry-run")
    assert result.exit_code == 0
    assert result.stdout == (
        "New people\n"
        "  Amara Okafor-Lindqvist: trainee, Hilary College\n"
        "New places\n"
        "  Amara Okafor-Lindqvist: Hilary\n"
        "New bodies\n"
        "  Hilary College: college\n"
        "New cohorts\n"
        "  Hilary: without a timetable so far\n"
        "New people: 1. New places: 1. New bodies: 1. New cohorts: 1.\n"
        "This was a dry run; nothing was changed.\n"
    )
    assert find_person_by_email(db, "amara@hilary.example") is None


def test_faults_go_to_standard_error_with_their_lines_and_end_with_1(run: Any) -> None:
    result = run(cli.timetable, TIMETABLE.replace("Hilary,2", "Michaelmas A,2"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "line 2: There is no cohort “Hilary”. Import its people or start it first.",
        "line 2: Nobody has the address “ida@hilary.example”. Import or add that trainer first.",
        "line 2: Nobody has the address “tove@hilary.example”. Import or add that trainer first.",
        "line 3: Nobody has the address “ida@hilary.example”. Import or add that trainer first.",
        "line 4: There is no cohort “Hilary”. Import its people or start it first.",
        "line 4: Nobody has the address “tove@hilary.example”. Import or add that trainer first.",
        "Nothing was imported.",
    ]


def test_warnings_go_to_standard_error_and_do_not_stop_the_import(run: Any) -> None:
    run(cli.people, PEOPLE)
    result = run(cli.timetable, TIMETABLE.replace("2027-01-18 17:00", "2027-01-18 16:00"))
    assert result.exit_code == 0 and result.stdout == "New sessions: 3.\n"
    assert result.stderr == "line 2: Session 1 lasts 120 minutes; the programme plans 180. (only a warning)\n"


def test_an_unknown_programme_is_asked_for(run: Any) -> None:
    result = run(cli.people, PEOPLE, "--programme", "none")
    assert result.exit_code == 2 and "Choose a programme: --programme peer-support." in result.stderr


def test_places_of_a_cohort_that_has_begun_can_count_from_an_earlier_day(db: Session, cast: Cast) -> None:
    since = TODAY - timedelta(days=20)
    assert import_people(db, PEOPLE, replace(TERMS, since=since)).done
    person = find_person_by_email(db, "madonna@hilary.example")
    cohort = find_cohort_named(db, "Hilary")
    assert person is not None
    assert cohort is not None
    place = find_enrolment(db, cohort.id, person.id)
    assert place is not None
    assert place.on_register(since)
    assert not place.on_register(since - timedelta(days=1))
    assert [(grant.role, grant.granted_on) for grant in roles_of(db, person.id)] == [("trainee", since)]


def test_whose_place_counts_from_next_month_is_a_trainee_today(db: Session, cast: Cast) -> None:
    assert import_people(db, PEOPLE, replace(TERMS, since=TODAY + timedelta(days=30))).done
    person = find_person_by_email(db, "madonna@hilary.example")
    assert person is not None
    assert [(grant.role, grant.granted_on) for grant in roles_of(db, person.id)] == [("trainee", TODAY)]
