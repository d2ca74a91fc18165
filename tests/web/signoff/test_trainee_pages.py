"""A cohort's grid, one trainee's page with what can be signed there, and one's own record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.conftest import SavepointDatabase
from tests.integration.signoff.acts import AWAY, SORRY, sign, there
from tests.reader import Page, Reader
from tests.web.signoff.reading import crowd, fields_of, statements
from tests.web.signoff.test_register_page import said_to
from trainer.cohorts.models import Cohort, Enrolment
from trainer.curriculum.rules import Catalogue, Programme
from trainer.curriculum.shelf import SHELF
from trainer.people.models import Person
from trainer.signoff.rules import safety_modules

As = Callable[[Person], Reader]


@pytest.fixture
def signed(db: Session, cast: Cast, programme: Programme) -> None:
    """Sessions 1 and 2 of cohort A are signed; Tāne was absent from 1, Yael left 2 early, Madonna sent apologies."""
    seen = [behaviour.id for behaviour in programme.sessions[0].behaviours]
    sign(db, cast.ruth, cast.session_a(1), programme, {cast.tane.id: AWAY, cast.amara.id: there(*seen)})
    wanted = {cast.yael.id: there(minutes=100), cast.madonna.id: SORRY}
    sign(db, cast.ruth, cast.session_a(2), programme, wanted)
    db.commit()


def grid(cast: Cast) -> str:
    return f"/cohorts/{cast.cohort_a.id}"


def about(cast: Cast, person: Person, rest: str = "") -> str:
    return f"/cohorts/{cast.cohort_a.id}/people/{person.id}{rest}"


def correction(cast: Cast, person: Person, number: int = 1, what: str = "sign-off") -> str:
    return f"/sessions/{cast.session_a(number).id}/people/{person.id}/correct/{what}"


def rows_of(page: Page) -> dict[str, list[str]]:
    """The grid as a screen reader reads it: cells by trainee, symbols that it skips left out."""
    return {
        text_of(row.find("th")): [text_of(cell) for cell in row.iter("td")]
        for row in page.all("tr")
        if row.find("th") is not None and row.find("td") is not None
    }


def text_of(element: object) -> str:
    parts = [part for child in element.iter() if child.get("aria-hidden") != "true" for part in (child.text,)]  # type: ignore[attr-defined]  # an element of html5lib
    return " ".join("".join(part or "" for part in parts).split())


@pytest.mark.usefixtures("signed")
def test_the_grid_reads_as_well_as_it_looks(cast: Cast, as_person: As) -> None:
    rows = rows_of(as_person(cast.ruth).get(grid(cast)))
    assert rows["Amara Okafor-Lindqvist"][:4] == ["6", "whole session", "whole session", "waits for a signature"]
    assert rows["Tāne Parata"][:3] == ["3", "absent", "whole session"]
    assert rows["Madonna"][2] == "apologies"
    assert rows["יעל בן־דוד"][:3] == ["4:40", "whole session", "100 of 180 minutes"]
    assert rows["Madonna"][-1] == "not judged yet"
    assert rows["Madonna"][6] == "to come"


@pytest.mark.usefixtures("signed")
def test_the_grid_leads_to_every_register_and_every_trainee(cast: Cast, as_person: As) -> None:
    page = as_person(cast.ruth).get(grid(cast))
    for session in cast.sessions_a:
        assert f'href="/sessions/{session.id}/register"' in page.html
    for person in (cast.amara, cast.tane, cast.yael):
        assert f'href="{about(cast, person)}"' in page.html
    assert "Session 5 , Monday 19 October for you to sign" in page.text
    assert "Session 4 , Thursday 15 October led by Daniel Achterberg" in page.text


@pytest.mark.usefixtures("signed")
def test_who_cannot_reach_the_hours_any_more_is_named_first(
    cast: Cast, app: Flask, catalogue: Catalogue, programme: Programme, as_person: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    strict = replace(programme, rules=replace(programme.rules, make_up=()))
    monkeypatch.setitem(app.extensions, SHELF, replace(catalogue, programmes={programme.slug: strict}))
    page = as_person(cast.ruth).get(grid(cast))
    lost = page.text[page.text.index("Cannot reach the hours any more") : page.text.index("Who was in which session")]
    assert "Tāne Parata 27 hours of 30 hours at most" in lost
    assert "Amara" not in lost
    assert "The hours cannot be reached any more" in as_person(cast.ruth).get(about(cast, cast.tane)).text
    assert "cannot be reached any more in this cohort" in as_person(cast.tane).get("/record").text
    assert "Make up" not in as_person(cast.ruth).get(about(cast, cast.tane)).text


@pytest.mark.usefixtures("signed")
def test_a_cohort_is_not_there_for_anybody_else(cast: Cast, as_person: As) -> None:
    addresses = [
        grid(cast),
        about(cast, cast.amara),
        about(cast, cast.tane, "/readiness"),
        about(cast, cast.tane, "/make-up/1"),
        about(cast, cast.tane, "/m/13"),
        correction(cast, cast.tane),
    ]
    for person in (cast.sol, cast.amara, cast.eleanor):
        reader = as_person(person)
        unknown = said_to(reader.get(f"/cohorts/{'0' * 20}", status=404))
        for address in addresses:
            assert said_to(reader.get(address, status=404)) == unknown, address
            if address not in addresses[:2]:
                assert said_to(reader.post(address, status=404)) == unknown


@pytest.mark.usefixtures("signed")
def test_a_trainee_of_another_cohort_is_not_there_either(cast: Cast, as_person: As) -> None:
    ruth = as_person(cast.ruth)
    for address in (about(cast, cast.noor), correction(cast, cast.noor), about(cast, cast.noor, "/readiness")):
        assert "Noor" not in ruth.get(address, status=404).text


@pytest.mark.usefixtures("signed")
def test_a_coordinator_looks_at_everything_and_signs_nothing(cast: Cast, as_person: As) -> None:
    priya = as_person(cast.priya)
    assert "Amara Okafor-Lindqvist" in priya.get(grid(cast)).text
    page = priya.get(about(cast, cast.tane))
    for offered in ("Sign readiness", "Make up", "Correct", "Met another way"):
        assert offered not in page.text
    for rest in ("/readiness", "/make-up/1", "/m/13"):
        priya.get(about(cast, cast.tane, rest), status=403)
        priya.post(about(cast, cast.tane, rest), status=403)
    priya.get(correction(cast, cast.tane), status=403)
    priya.post(correction(cast, cast.tane), status=403)


@pytest.mark.usefixtures("signed")
def test_a_trainer_sees_one_trainee_whole(cast: Cast, as_person: As) -> None:
    page = as_person(cast.ruth).get(about(cast, cast.amara))
    assert "6 hours of 30 hours signed off" in page.text
    assert "Names the limits before the speaker discloses anything Seen in session 1" in page.text
    assert "Not seen yet" in page.text
    assert "Nobody has signed readiness yet." in page.text
    assert "Not yet mastered Met another way" in page.text


@pytest.mark.usefixtures("signed")
def test_a_correction_stands_beside_what_was_signed(cast: Cast, as_person: As) -> None:
    ruth = as_person(cast.ruth)
    page = ruth.get(correction(cast, cast.tane))
    assert "What counts now Absent." in page.text
    fields = {**fields_of(page), "presence": "present", "minutes": "150", "reason": "marked-wrongly"}
    page = ruth.post(correction(cast, cast.tane), {**fields, "note": "Came by the side door."})
    assert page.address == about(cast, cast.tane)
    assert "The correction is signed." in page.text
    for reader, address in ((cast.ruth, about(cast, cast.tane)), (cast.tane, "/record")):
        page = as_person(reader).get(address)
        assert "Absent. Signed by Ruth Hallam" in page.text
        assert "No longer counts: a correction took its place." in page.text
        assert "Corrected to: Present, 150 minutes. The wrong box was pressed. Came by the side door." in page.text
    assert "Corrected to: Present, 150 minutes" in ruth.get(f"/sessions/{cast.session_a(1).id}/register").text


@pytest.mark.usefixtures("signed")
def test_a_correction_that_changes_nothing_is_refused_and_keeps_what_was_typed(cast: Cast, as_person: As) -> None:
    ruth = as_person(cast.ruth)
    fields = {**fields_of(ruth.get(correction(cast, cast.tane))), "reason": "marked-wrongly", "note": "Hm."}
    page = ruth.post(correction(cast, cast.tane), fields, status=409)
    assert "That is what counts already" in page.text
    assert fields_of(page)["note"] == "Hm."


@pytest.mark.usefixtures("signed")
def test_a_correction_needs_a_reason_from_the_list(cast: Cast, as_person: As) -> None:
    ruth = as_person(cast.ruth)
    fields = {**fields_of(ruth.get(correction(cast, cast.tane))), "presence": "apologies"}
    page = ruth.post(correction(cast, cast.tane), fields, status=422)
    assert "Choose the reason that fits best." in page.text
    assert "Write nothing about anyone’s health." in page.text
    ruth.post(correction(cast, cast.tane), {**fields, "reason": "the dog ate it"}, status=422)


@pytest.mark.usefixtures("signed")
def test_a_second_click_on_a_correction_is_harmless(cast: Cast, as_person: As) -> None:
    ruth = as_person(cast.ruth)
    fields = {**fields_of(ruth.get(correction(cast, cast.tane))), "presence": "present", "reason": "marked-wrongly"}
    ruth.post(correction(cast, cast.tane), fields)
    page = ruth.post(correction(cast, cast.tane), fields)
    assert "Ruth Hallam signed this correction" in page.text
    assert page.text.count("Corrected to:") == 1


@pytest.mark.usefixtures("signed")
def test_who_corrects_from_an_old_page_sees_what_counts_now_and_can_go_on(cast: Cast, as_person: As) -> None:
    ruth, daniel = as_person(cast.ruth), as_person(cast.daniel)
    old = {**fields_of(daniel.get(correction(cast, cast.tane))), "presence": "present", "reason": "marked-wrongly"}
    ruth.post(correction(cast, cast.tane), {**old, "minutes": "90"})
    page = daniel.post(correction(cast, cast.tane), {**old, "minutes": "120"}, status=409)
    assert "What counts now Present, 90 minutes." in page.text
    assert "The correction is signed." in daniel.post(correction(cast, cast.tane), fields_of(page)).text


def test_what_is_not_signed_cannot_be_corrected_or_made_up(cast: Cast, as_person: As) -> None:
    ruth = as_person(cast.ruth)
    assert "Nothing is signed there yet" in ruth.get(correction(cast, cast.tane), status=409).text
    page = ruth.get(about(cast, cast.tane, "/make-up/1"))
    assert "Its register has to be signed first." in page.text
    assert "Sign this make-up" not in page.text
    ruth.get(about(cast, cast.tane, "/make-up/11"), status=404)
    ruth.get(correction(cast, cast.tane, what="anything"), status=404)


@pytest.mark.usefixtures("signed")
def test_a_missed_session_is_made_up_with_another_cohort(cast: Cast, as_person: As) -> None:
    ruth, address = as_person(cast.ruth), about(cast, cast.tane, "/make-up/1")
    page = ruth.get(address)
    assert "With Michaelmas B: Monday 5 October, 10:00" in page.text
    page = ruth.post(address, {**fields_of(page), "where": cast.session_b(1).id})
    assert "The make-up of session 1 is signed." in page.text
    assert "Made up with another cohort on Monday 5 October , 180 minutes." in as_person(cast.tane).get("/record").text
    assert rows_of(ruth.get(grid(cast)))["Tāne Parata"][1] == "made up"
    again = ruth.post(address, {**fields_of(page), "where": cast.session_b(1).id, "minutes": "180"})
    assert "Ruth Hallam signed this make-up" in again.text


@pytest.mark.usefixtures("signed")
def test_a_missed_session_is_made_up_in_a_meeting_on_its_day(cast: Cast, as_person: As) -> None:
    ruth, address = as_person(cast.ruth), about(cast, cast.madonna, "/make-up/2")
    fields = {**fields_of(ruth.get(address)), "where": "meeting"}
    assert "Give the date of the meeting." in ruth.post(address, fields, status=422).text
    page = ruth.post(address, {**fields, "held_on": "2026-10-21"}, status=409)
    assert "That day has not come yet." in page.text
    assert "is signed" in ruth.post(address, {**fields, "held_on": "2026-10-16"}).text
    wrong = correction(cast, cast.madonna, 2, "make-up")
    fields = {**fields_of(ruth.get(wrong)), "minutes": "90", "reason": "minutes-wrong"}
    page = ruth.post(wrong, fields)
    assert "Corrected (the make-up) to: Present, 90 minutes" in page.text
    assert "90 of 180 minutes" in page.text


@pytest.mark.usefixtures("signed")
def test_readiness_is_signed_with_words_that_the_trainee_reads(cast: Cast, as_person: As) -> None:
    ruth, address = as_person(cast.ruth), about(cast, cast.amara, "/readiness")
    assert "Seen in session 1" in ruth.get(address).text
    assert "Choose one of the two." in ruth.post(address, {"words": "Well done."}, status=422).text
    page = ruth.post(address, {"ready": "no", "words": ""}, status=422)
    assert "Say what to practise" in page.text
    ruth.post(address, {"ready": "no", "words": "Practise ending on time."})
    page = as_person(cast.daniel).post(address, {"ready": "yes", "words": ""})
    assert "Readiness is signed." in page.text
    record = as_person(cast.amara).get("/record").text
    assert record.index("Ready. Signed by Daniel Achterberg") < record.index("Not ready yet. Practise ending on time.")
    assert rows_of(ruth.get(grid(cast)))["Amara Okafor-Lindqvist"][-1] == "yes"


def test_a_safety_outcome_is_met_another_way_without_a_reason(
    cast: Cast, programme: Programme, catalogue: Catalogue, as_person: As
) -> None:
    [module, *_] = safety_modules(programme, catalogue)
    ruth, address = as_person(cast.ruth), about(cast, cast.amara, f"/m/{module.number}")
    page = ruth.get(address)
    assert "no reason is kept" in page.text
    assert [box.get("type") for box in page.all("input") if box.get("name") == "way"] == ["radio", "radio"]
    assert "Choose how" in ruth.post(address, {}, status=422).text
    page = ruth.post(address, {"way": "conversation"})
    assert "In a conversation, signed by Ruth Hallam" in page.text
    assert "Ruth Hallam signed this" in ruth.post(address, {"way": "observed"}).text
    assert "Safety outcomes met another way" in as_person(cast.amara).get("/record").text
    ruth.get(about(cast, cast.amara, "/m/999"), status=404)


@pytest.mark.usefixtures("signed")
def test_a_record_shows_its_owner_alone_every_session_and_what_to_make_up(cast: Cast, as_person: As) -> None:
    page = as_person(cast.tane).get("/record")
    assert "3 hours of 30 hours signed off" in page.text
    assert "Session 1 can be made up. Ask your trainer how." in page.text
    for number in range(1, 11):
        assert f"Session {number}: " in page.text
    assert "Amara" not in page.text
    assert "Correct" not in page.text


def test_who_has_no_place_yet_reads_what_will_stand_there(db: Session, cast: Cast, as_person: As) -> None:
    for place in db.scalars(select(Enrolment).where(Enrolment.person_id == cast.wolfe.id)):
        db.delete(place)
    db.commit()
    assert "No record yet" in as_person(cast.wolfe).get("/record").text


def test_a_record_is_for_trainees(cast: Cast, as_person: As) -> None:
    as_person(cast.ruth).get("/record", status=404)


def test_a_cohort_without_sessions_or_trainees_says_what_will_be_there(db: Session, cast: Cast, as_person: As) -> None:
    empty = Cohort(name="Hilary C", programme="peer-support", made_at=cast.cohort_a.made_at)
    db.add(empty)
    db.commit()
    priya = as_person(cast.priya)
    assert "No trainees yet" in priya.get(f"/cohorts/{empty.id}").text
    db.add(Enrolment(cohort_id=empty.id, person_id=cast.wolfe.id, enrolled_on=date(2026, 10, 1)))
    db.commit()
    assert "No sessions yet" in priya.get(f"/cohorts/{empty.id}").text
    assert "Not timetabled yet" in priya.get(f"/cohorts/{empty.id}/people/{cast.wolfe.id}").text


def test_pages_take_few_statements_however_many_trainees_there_are(
    db: Session, cast: Cast, database: SavepointDatabase, programme: Programme, as_person: As
) -> None:
    crowd(db, cast, 25)
    for number in (1, 2, 3):
        sign(db, cast.ruth, cast.session_a(number), programme, {cast.tane.id: AWAY})
    db.commit()
    ruth = as_person(cast.ruth)
    for reader, address in (
        (ruth, grid(cast)),
        (ruth, about(cast, cast.tane)),
        (ruth, about(cast, cast.tane, "/readiness")),
        (ruth, about(cast, cast.tane, "/make-up/1")),
        (ruth, correction(cast, cast.tane)),
        (as_person(cast.tane), "/record"),
    ):
        with statements(database) as sent:
            page = reader.get(address)
        assert 0 < len(sent) <= 6, f"{address}: {len(sent)}"
        assert len(page.html.encode()) < 60_000


def test_what_was_filled_in_oddly_is_said_in_plain_words(signed: None, cast: Cast, as_person: As) -> None:
    reader, address = as_person(cast.ruth), correction(cast, cast.tane)
    odd = {**fields_of(reader.get(address)), "presence": "gone", "minutes": "12.5", "note": "x" * 301}
    text = reader.post(address, {**odd, "reason": "minutes-wrong"}, status=422).text
    for sentence in ("Choose one of those that are listed.", "Write a whole number.", "Use at most 300 characters."):
        assert sentence in text
    assert "valid" not in text


def test_an_earlier_judgement_says_that_it_no_longer_counts(cast: Cast, as_person: As) -> None:
    ruth, address = as_person(cast.ruth), about(cast, cast.amara, "/readiness")
    ruth.post(address, {"ready": "no", "words": "Say the limits first."})
    assert "No longer counts" not in as_person(cast.amara).get("/record").text
    page = ruth.post(address, {"ready": "yes", "words": "Much clearer now."})
    for text in (page.text, as_person(cast.amara).get("/record").text):
        assert text.count("No longer counts: a later judgement took its place.") == 1
        assert text.index("Much clearer now.") < text.index("No longer counts")
