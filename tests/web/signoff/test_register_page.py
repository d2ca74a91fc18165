"""Taking the register of a session and signing it, page by page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.conftest import SavepointDatabase
from tests.integration.signoff.acts import AWAY, THERE, mark, sign
from tests.reader import Page, Reader
from tests.web.signoff.reading import crowd, fields_of, row_of, statements
from trainer.curriculum.rules import Programme
from trainer.people.models import Person
from trainer.signoff.models import SignOff
from trainer.signoff.registers import sheet_of

As = Callable[[Person], Reader]


def register(cast: Cast, number: int = 5) -> str:
    return f"/sessions/{cast.session_a(number).id}/register"


def signing(cast: Cast, number: int = 5) -> str:
    return f"/sessions/{cast.session_a(number).id}/sign"


def test_a_trainer_takes_the_register_and_signs_the_session(db: Session, cast: Cast, as_person: As) -> None:
    ruth = as_person(cast.ruth)
    page = ruth.get(register(cast))
    assert "0 of 5 marked" in page.text
    fields = fields_of(page)
    fields |= {f"p{row_of(fields, cast.tane)}": "apologies", f"p{row_of(fields, cast.amara)}": "present"}
    fields |= {f"m{row_of(fields, cast.amara)}": "170", f"b{row_of(fields, cast.amara)}.0": "on", "all": "1"}
    page = ruth.post(register(cast), fields)
    assert "5 of 5 marked" in page.text
    assert "Saved." in page.text
    page = ruth.post(register(cast), {**fields_of(page), "then": "sign"})
    assert page.address == signing(cast)
    assert "5 trainees: 4 present, 1 with apologies, 0 absent" in page.text
    assert "Amara Okafor-Lindqvist Present, 170 minutes" in page.text
    assert "Tāne Parata Apologies" in page.text
    page = ruth.post(signing(cast), fields_of(page))
    assert page.address == register(cast)
    assert "Session 5 is signed." in page.text
    assert "Signed by Ruth Hallam on 20 October 2026, 12:00 , for 180 minutes" in page.text
    record = as_person(cast.amara).get("/record")
    assert "Present, 170 minutes. Signed by Ruth Hallam" in record.text
    assert "3 hours of 30 hours signed off" in record.text


def test_minutes_typed_before_all_present_is_pressed_are_kept(cast: Cast, as_person: As) -> None:
    ruth = as_person(cast.ruth)
    fields = fields_of(ruth.get(register(cast)))
    fields |= {f"m{row_of(fields, cast.amara)}": "120", "all": "1"}
    text = ruth.post(register(cast), {**fields, "then": "sign"}).text
    assert "Amara Okafor-Lindqvist Present, 120 minutes" in text
    assert text.count("Present, 180 minutes") == 4


def test_a_draft_is_left_and_resumed(cast: Cast, as_person: As) -> None:
    ruth = as_person(cast.ruth)
    fields = fields_of(ruth.get(register(cast)))
    fields[f"p{row_of(fields, cast.yael)}"] = "absent"
    page = ruth.post(register(cast), {**fields, "then": "later"})
    assert page.address == f"/cohorts/{cast.cohort_a.id}"
    again = fields_of(ruth.get(register(cast)))
    assert again[f"p{row_of(again, cast.yael)}"] == "absent"


def test_nothing_is_seen_until_it_is_ticked(cast: Cast, as_person: As) -> None:
    page = as_person(cast.ruth).get(register(cast))
    boxes = [box for box in page.all("input") if box.get("type") == "checkbox"]
    assert len(boxes) >= 5
    assert not [box for box in boxes if box.get("checked") is not None]
    assert "All present" in page.text
    assert "all observed" not in page.text.lower()


def test_a_fault_is_shown_at_its_row_and_nothing_is_lost(db: Session, cast: Cast, as_person: As) -> None:
    ruth = as_person(cast.ruth)
    fields = fields_of(ruth.get(register(cast)))
    amara, tane = row_of(fields, cast.amara), row_of(fields, cast.tane)
    fields |= {f"p{amara}": "present", f"m{amara}": "200", f"p{tane}": "absent"}
    page = ruth.post(register(cast), fields, status=422)
    assert "Amara Okafor-Lindqvist: It lasted 180 minutes" in page.text
    assert f'href="#m{amara}"' in page.html
    assert {**fields_of(page)} == fields
    assert not sheet_of(db, cast.session_a(5)).opened
    page = ruth.post(register(cast), {**fields_of(page), f"m{amara}": "180"})
    assert "2 of 5 marked" in page.text


def test_a_change_is_saved_at_once_and_answered_with_every_row(cast: Cast, as_person: As) -> None:
    ruth = as_person(cast.ruth)
    fields = fields_of(ruth.get(register(cast)))
    number = row_of(fields, cast.amara)
    alone = {"people": fields["people"], "behaviours": fields["behaviours"], f"w{number}": "u0"}
    alone |= {f"p{number}": "present", f"m{number}": "165", f"b{number}.1": "on"}
    page = ruth.post(register(cast), alone, headers={"Accept": "application/json"})
    said = page.response.get_json()
    assert said["rows"][cast.amara.id] == "p165.1"
    assert said["rows"][cast.tane.id] == "u0"
    assert (said["unmarked"], said["at"], said["sentence"]) == (4, "12:00", "")


def test_a_fault_in_what_is_saved_at_once_names_its_row(cast: Cast, as_person: As) -> None:
    ruth = as_person(cast.ruth)
    fields = fields_of(ruth.get(register(cast)))
    number = row_of(fields, cast.amara)
    fields |= {f"p{number}": "present", f"m{number}": "-3"}
    page = ruth.post(register(cast), fields, status=422, headers={"Accept": "application/json"})
    assert page.response.get_json()["faults"] == {cast.amara.id: "Minutes cannot be less than nothing."}


def test_saving_what_somebody_signed_meanwhile_says_who(
    db: Session, cast: Cast, programme: Programme, as_person: As
) -> None:
    daniel = as_person(cast.daniel)
    fields = fields_of(daniel.get(register(cast, 1)))
    sign(db, cast.ruth, cast.session_a(1), programme)
    db.commit()
    assert "Ruth Hallam signed this session" in daniel.post(register(cast, 1), fields).text
    page = daniel.post(register(cast, 1), fields, status=409, headers={"Accept": "application/json"})
    assert "Ruth Hallam signed this session" in page.response.get_json()["sentence"]


def test_a_trainer_who_overrides_a_colleague_is_told(db: Session, cast: Cast, as_person: As) -> None:
    daniel = as_person(cast.daniel)
    fields = fields_of(daniel.get(register(cast, 1)))
    mark(db, cast.ruth, cast.session_a(1), {cast.amara.id: AWAY})
    db.commit()
    page = daniel.post(register(cast, 1), {**fields, f"p{row_of(fields, cast.amara)}": "present"})
    assert "Ruth Hallam had marked Amara Okafor-Lindqvist absent; what you set now stands." in page.text


def test_the_signing_page_names_whoever_is_not_marked(cast: Cast, as_person: As) -> None:
    page = as_person(cast.ruth).get(signing(cast))
    assert "This cannot be signed yet" in page.text
    assert "Not marked yet: Madonna, Siobhán O'Rourke" in page.text
    assert "Sign this session" not in page.text


def test_a_session_that_is_not_over_is_not_offered_to_be_signed(db: Session, cast: Cast, as_person: As) -> None:
    mark(db, cast.ruth, cast.session_a(6), {}, all_present=True)
    db.commit()
    page = as_person(cast.ruth).get(signing(cast, 6))
    assert "not over yet" in page.text
    assert "Sign this session" not in page.text


def test_a_double_click_signs_once_and_says_so(db: Session, cast: Cast, as_person: As) -> None:
    mark(db, cast.ruth, cast.session_a(5), {}, all_present=True)
    db.commit()
    ruth = as_person(cast.ruth)
    fields = fields_of(ruth.get(signing(cast)))
    ruth.post(signing(cast), fields)
    page = ruth.post(signing(cast), fields)
    assert "Ruth Hallam signed this session on 20 October 2026, 12:00." in page.text
    assert db.scalar(select(func.count()).select_from(SignOff)) == 1
    assert ruth.get(signing(cast)).address == register(cast), "the back button leads to what was signed"


def test_the_second_trainer_is_told_who_signed(db: Session, cast: Cast, as_person: As) -> None:
    mark(db, cast.ruth, cast.session_a(1), {}, all_present=True)
    db.commit()
    ruth, daniel = as_person(cast.ruth), as_person(cast.daniel)
    fields = fields_of(daniel.get(signing(cast, 1)))
    ruth.post(signing(cast, 1), fields_of(ruth.get(signing(cast, 1))))
    assert "Ruth Hallam signed this session" in daniel.post(signing(cast, 1), fields).text


def test_what_changed_after_the_page_was_drawn_is_shown_before_it_is_signed(
    db: Session, cast: Cast, as_person: As
) -> None:
    mark(db, cast.ruth, cast.session_a(1), {}, all_present=True)
    db.commit()
    ruth = as_person(cast.ruth)
    fields = fields_of(ruth.get(signing(cast, 1)))
    mark(db, cast.daniel, cast.session_a(1), {cast.tane.id: AWAY})
    db.commit()
    page = ruth.post(signing(cast, 1), fields, status=409)
    assert "The register was changed while you looked." in page.text
    assert "Tāne Parata Absent" in page.text
    assert "is signed" in ruth.post(signing(cast, 1), fields_of(page)).text


def test_a_cancelled_session_says_so(db: Session, cast: Cast, as_person: As) -> None:
    cast.session_a(6).cancelled_on = cast.session_a(5).starts.date()
    db.commit()
    ruth = as_person(cast.ruth)
    page = ruth.get(register(cast, 6))
    assert "This session was cancelled" in page.text
    assert "All present" not in page.text
    assert "was cancelled" in ruth.get(signing(cast, 6)).text


def test_who_does_not_lead_the_session_looks_at_it(db: Session, cast: Cast, as_person: As) -> None:
    mark(db, cast.ruth, cast.session_a(5), {cast.amara.id: THERE})
    db.commit()
    fields = fields_of(as_person(cast.ruth).get(register(cast)))
    for person in (cast.daniel, cast.priya):
        reader = as_person(person)
        page = reader.get(register(cast))
        assert "1 of 5 marked" in page.text
        assert "Amara Okafor-Lindqvist Present, 180 minutes" in page.text
        assert "Check and sign" not in page.text
        assert "Only who leads this session" in reader.post(register(cast), fields, status=403).text
        assert "Only who leads this session" in reader.post(register(cast), {"people": "?"}, status=403).text
        assert "Only who leads this session" in reader.get(signing(cast)).text
        assert "Only who leads this session" in reader.post(signing(cast), {"shown": "x"}, status=403).text


@pytest.mark.parametrize("page", [register, signing])
def test_a_register_is_not_there_for_anybody_else(cast: Cast, as_person: As, page: Callable[[Cast], str]) -> None:
    absent = page(cast).replace(cast.session_a(5).id, "0" * 20)
    for person in (cast.sol, cast.amara, cast.eleanor):
        reader = as_person(person)
        refused, unknown = reader.get(page(cast), status=404), reader.get(absent, status=404)
        assert said_to(refused) == said_to(unknown)
        assert reader.post(page(cast), {"shown": "x"}, status=404)
        for name in ("Amara", "Tāne", "Ruth", "Michaelmas", "Seminar Room"):
            assert name not in said_to(refused) or name in person.name


def said_to(page: Page) -> str:
    """The body of a page, but for the token that differs each time."""
    main = page.tree.find(".//main")
    assert main is not None
    return " ".join("".join(main.itertext()).split())


def test_whoever_is_signed_out_is_asked_to_sign_in(cast: Cast, reader: Reader) -> None:
    assert reader.get(register(cast)).address == "/sign-in"


def test_a_register_of_thirty_stays_small_and_takes_few_statements(
    db: Session, cast: Cast, database: SavepointDatabase, as_person: As
) -> None:
    ruth = as_person(cast.ruth)
    with statements(database) as few:
        ruth.client.get(register(cast))
    crowd(db, cast, 25)
    mark(db, cast.ruth, cast.session_a(5), {}, all_present=True)
    db.commit()
    with statements(database) as many:
        page = ruth.get(register(cast))
    assert page.html.count("<fieldset") == 30
    assert len(page.html.encode()) < 60_000
    assert 0 < len(many) == len(few) <= 6


def test_the_longest_register_of_the_course_stays_below_sixty_kilobytes(db: Session, cast: Cast, as_person: As) -> None:
    crowd(db, cast, 25)
    assert len(as_person(cast.ruth).get(register(cast, 10)).html.encode()) < 60_000


@pytest.mark.parametrize("signed", [False, True])
def test_signing_pages_take_few_statements(
    db: Session, cast: Cast, database: SavepointDatabase, programme: Programme, as_person: As, signed: bool
) -> None:
    crowd(db, cast, 25)
    if signed:
        sign(db, cast.ruth, cast.session_a(5), programme)
    db.commit()
    ruth = as_person(cast.ruth)
    with statements(database) as sent:
        ruth.get(register(cast) if signed else signing(cast))
    assert 0 < len(sent) <= 6
