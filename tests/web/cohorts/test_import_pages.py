"""Importing people and timetables on a page: look first, then confirm exactly what was seen."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.cast import NOW, Cast
from tests.integration.cohorts.signing import signed
from tests.reader import Page, Reader
from trainer.people import services as people_services
from trainer.people.models import Person
from trainer.people.queries import find_person_by_email

As = Callable[[Person], Reader]
PEOPLE = (
    "given_name,family_name,email,role,body,cohort\n"
    "Kai,Smith,kai.smith@bridge.example,trainee,Bridge College,Michaelmas A\n"
    "Ines,Field,ines.field@arts.example,trainer,Department of Arts,Hilary\n"
    "Ruth,Hallam-Jones,ruth.hallam@counselling.example,trainer,Counselling Service,\n"
)
TIMETABLE = (
    "cohort,session,starts,ends,place,led_by\n"
    "Michaelmas A,6,2026-10-23 09:30,2026-10-23 12:30,Library,ruth.hallam@counselling.example\n"
)


def mark(page: Page) -> str:
    """What the button that confirms sends."""
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', page.html)
    assert found, "nothing to confirm on the page"
    return found[1]


def people(text: str, **more: str) -> dict[str, str]:
    return {"programme": "peer-support", "text": text, **more}


def test_looking_at_a_file_changes_nothing_and_lists_what_would(db: Session, cast: Cast, as_person: As) -> None:
    before = db.scalar(select(func.count()).select_from(Person))
    page = as_person(cast.priya).post("/import/people", people(PEOPLE))
    assert "New people: 2. Changed names: 1. New places: 1. New bodies: 1. New cohorts: 1." in page.text
    assert "Ruth Hallam-Jones was Ruth Hallam" in page.text and "Department of Arts department" in page.text
    assert "Kai,Smith,kai.smith@bridge.example" in page.text
    assert db.scalar(select(func.count()).select_from(Person)) == before


def test_what_was_seen_is_imported_and_the_second_press_is_harmless(db: Session, cast: Cast, as_person: As) -> None:
    reader = as_person(cast.priya)
    seen = mark(reader.post("/import/people", people(PEOPLE)))
    done = reader.post("/import/people", people(PEOPLE, seen=seen))
    assert done.address == "/people" and "Imported. New people: 2." in done.text
    assert find_person_by_email(db, "kai.smith@bridge.example") is not None
    again = reader.post("/import/people", people(PEOPLE, seen=seen))
    assert "Nothing would change" in again.text and 'name="seen"' not in again.html


def test_an_uploaded_file_is_looked_at_and_then_confirmed_as_text(db: Session, cast: Cast, as_person: As) -> None:
    reader = as_person(cast.priya)
    upload = {"programme": "peer-support", "file": (io.BytesIO(PEOPLE.encode("utf-8-sig")), "people.csv")}
    page = reader.post("/import/people", upload, content_type="multipart/form-data")
    text = page.all("textarea")[0].text or ""
    assert text.strip() == PEOPLE.strip()
    assert "Imported." in reader.post("/import/people", people(text, seen=mark(page))).text


def test_a_file_in_another_encoding_is_refused_and_not_shown_half_read(cast: Cast, as_person: As) -> None:
    upload = {
        "programme": "peer-support",
        "file": (io.BytesIO(PEOPLE.replace("Kai", "Zoë").encode("latin-1")), "p.csv"),
    }
    page = as_person(cast.priya).post("/import/people", upload, 422, content_type="multipart/form-data")
    assert "Line 2 This line is not UTF-8." in page.text
    assert (page.all("textarea")[0].text or "").strip() == ""


def test_a_change_in_between_is_shown_before_anything_happens(db: Session, cast: Cast, as_person: As) -> None:
    reader = as_person(cast.priya)
    seen = mark(reader.post("/import/people", people(PEOPLE)))
    people_services.add_person(db, "Kai", "Smith", "kai.smith@bridge.example", NOW)
    db.commit()
    page = reader.post("/import/people", people(PEOPLE, seen=seen))
    assert "This is not what you looked at before" in page.text
    assert find_person_by_email(db, "ines.field@arts.example") is None
    assert "Imported." in reader.post("/import/people", people(PEOPLE, seen=mark(page))).text


def test_lines_changed_after_looking_are_shown_before_anything_happens(db: Session, cast: Cast, as_person: As) -> None:
    reader = as_person(cast.priya)
    seen = mark(reader.post("/import/people", people(PEOPLE)))
    page = reader.post("/import/people", people(PEOPLE.replace("Kai", "Kay"), seen=seen))
    assert "This is not what you looked at before" in page.text
    assert find_person_by_email(db, "kai.smith@bridge.example") is None


def test_one_fault_keeps_everything_out_and_the_lines_stay(db: Session, cast: Cast, as_person: As) -> None:
    faulty = PEOPLE + "Li,Wei,li@bridge.example,student,,\n"
    page = as_person(cast.priya).post("/import/people", people(faulty), 422)
    assert "1 thing to put right first" in page.text and "Line 5 role “student” is not known." in page.text
    assert 'name="seen"' not in page.html and "Li,Wei" in page.text
    forced = as_person(cast.priya).post("/import/people", people(faulty, seen="0" * 64), 422)
    assert "Line 5" in forced.text
    assert find_person_by_email(db, "kai.smith@bridge.example") is None


def test_an_empty_page_and_an_unknown_programme_are_asked_about(cast: Cast, as_person: As) -> None:
    reader = as_person(cast.priya)
    assert "The file is empty." in reader.post("/import/people", people(""), 422).text
    assert "Choose one of the list." in reader.post("/import/people", {"programme": "x", "text": PEOPLE}, 422).text


def test_a_timetable_is_looked_at_and_imported(db: Session, cast: Cast, as_person: As) -> None:
    reader = as_person(cast.priya)
    page = reader.post("/import/timetable", {"text": TIMETABLE})
    assert "Moved sessions: 1. Sessions in another place: 1." in page.text
    done = reader.post("/import/timetable", {"text": TIMETABLE, "seen": mark(page)})
    assert done.address == "/cohorts" and "Imported." in done.text
    db.refresh(cast.session_a(6))
    assert cast.session_a(6).place == "Library"
    assert "Nothing would change" in reader.post("/import/timetable", {"text": TIMETABLE}).text


def test_a_timetable_cannot_move_what_was_signed(db: Session, cast: Cast, as_person: As) -> None:
    signed(db, cast.session_a(6), cast.ruth)
    page = as_person(cast.priya).post("/import/timetable", {"text": TIMETABLE}, 422)
    assert "Session 6 of Michaelmas A is signed and cannot change any more" in page.text


def test_a_warning_does_not_stop_an_import(cast: Cast, as_person: As) -> None:
    text = TIMETABLE.replace("12:30", "11:30")
    page = as_person(cast.priya).post("/import/timetable", {"text": text})
    assert "Line 2 Session 6 lasts 120 minutes; the programme plans 180." in page.text
    assert mark(page)
