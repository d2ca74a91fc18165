"""The pages of people: the list, one person, what begins and ends there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.cast import NOW, Cast
from tests.reader import Reader
from trainer.accounts.queries import find_account_of
from trainer.people import services
from trainer.people.models import Person
from trainer.people.queries import find_person_by_email, find_role, memberships_of, roles_of, standings_of
from trainer.people.rules import Role

As = Callable[[Person], Reader]
TODAY = NOW.date()
LONG = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaftschaferswessenschafewarenwohlgepflege"


def test_the_list_is_sorted_by_family_name_and_says_what_people_are(cast: Cast, as_person: As) -> None:
    text = as_person(cast.priya).get("/people").text
    names = ["Thomas Abara", "Daniel Achterberg", "Wolfe Bergerdorff", "Sol Ferreira", "Ruth Hallam", "Madonna"]
    assert sorted(names, key=text.index) == names
    assert "trainee · St Mary's College" in text
    assert "Senior Member of St Mary's College" in text


def test_people_are_found_without_diacritics_and_by_address(cast: Cast, as_person: As) -> None:
    reader = as_person(cast.priya)
    assert "Siobhán O'Rourke" in reader.get("/people?q=siobhan+o").text
    assert "Tāne Parata" in reader.get("/people?q=TANE.parata@").text
    assert "יעל בן־דוד" in reader.get("/people?q=יעל").text
    nobody = reader.get("/people?q=nobody").text
    assert "Nobody fits" in nobody and "Siobhán" not in nobody


def test_people_are_filtered_by_role_and_body(cast: Cast, as_person: As) -> None:
    reader = as_person(cast.priya)
    trainers = reader.get("/people?role=trainer").text
    assert "Ruth Hallam" in trainers and "Amara" not in trainers and "3 people" in trainers
    seniors = reader.get("/people?role=senior+member").text
    assert "Eleanor Voss" in seniors and "2 people" in seniors
    bridge = reader.get(f"/people?role=trainee&body={cast.bridge.id}").text
    assert "Tāne Parata" in bridge and "Amara" not in bridge


@pytest.mark.parametrize(
    "query", ["role=boss", "body=nowhere", "page=0", "page=99", "page=x", "q=%00", "q=" + "x" * 500]
)
def test_a_filter_that_makes_no_sense_is_no_fault(cast: Cast, as_person: As, query: str) -> None:
    as_person(cast.priya).get(f"/people?{query}")


def test_a_long_list_has_pages_of_a_hundred(db: Session, cast: Cast, as_person: As) -> None:
    for number in range(230):
        services.add_person(db, f"Kim{number:03}", "Zz", f"kim{number}@x.example", NOW)
    db.commit()
    reader = as_person(cast.priya)
    first = reader.get("/people?q=kim").text
    assert "1 to 100 of 230 people" in first and "Kim099" in first and "Kim100" not in first
    third = reader.get("/people?q=kim&page=3").text
    assert "201 to 230 of 230 people" in third and "Page 3 of 3" in third and "The next page" not in third


def test_a_person_added_by_hand_has_an_account_a_role_and_a_panel(db: Session, cast: Cast, as_person: As) -> None:
    page = as_person(cast.priya).post(
        "/people/new",
        {
            "given_name": " Kai ",
            "family_name": "Smith",
            "email": "Kai.Smith@bridge.example",
            "role": "trainee",
            "body": cast.bridge.id,
        },
    )
    kai = find_person_by_email(db, "kai.smith@bridge.example")
    assert kai is not None and page.address == f"/people/{kai.id}"
    assert find_account_of(db, kai.id) is not None
    assert [(one.body.name, one.panel) for one in memberships_of(db, kai.id)] == [("Bridge College", True)]
    assert [one.granted_by for one in roles_of(db, kai.id)] == [cast.priya.id]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("given_name", "", "Give a name: one is enough."),
        ("given_name", "K" * 201, "The given name has 201 characters; 200 is the most."),
        ("email", "kai", "Write an email address such as name@university.example."),
        ("email", "ruth.hallam@counselling.example", "Ruth Hallam has this address already."),
        ("role", "boss", "Choose one of the list."),
    ],
)
def test_what_does_not_fit_is_said_and_what_was_typed_stays(
    cast: Cast, as_person: As, field: str, value: str, sentence: str
) -> None:
    typed = {"given_name": "Kai", "family_name": "", "email": "kai@bridge.example", "role": "", "body": cast.bridge.id}
    page = as_person(cast.priya).post("/people/new", typed | {field: value}, 422)
    assert sentence in page.text
    kept = "kai@bridge.example" if field != "email" else "Kai"
    assert kept in page.html and f'selected value="{cast.bridge.id}"' in page.html


def test_a_name_is_corrected_and_an_address_taken_by_another_is_refused(db: Session, cast: Cast, as_person: As) -> None:
    reader, address = as_person(cast.priya), f"/people/{cast.amara.id}/edit"
    typed = {"given_name": "Amara", "family_name": LONG, "email": "amara@new.example"}
    assert f"Amara {LONG}" in reader.post(address, typed).text
    refused = reader.post(address, typed | {"email": "ruth.hallam@counselling.example"}, 422)
    assert "Ruth Hallam has this address already." in refused.text and LONG in refused.html
    db.refresh(cast.amara)
    assert cast.amara.email == "amara@new.example"


def test_a_role_is_granted_once_however_often_it_is_pressed(db: Session, cast: Cast, as_person: As) -> None:
    reader = as_person(cast.priya)
    for _ in range(2):
        assert (
            "Ruth Hallam is a coordinator."
            in reader.post(f"/people/{cast.ruth.id}/roles", {"grant-role": "coordinator"}).text
        )
    assert [one.role for one in roles_of(db, cast.ruth.id)] == ["trainer", "coordinator"]


def test_a_role_ends_with_a_date_and_stays_on_the_page(db: Session, cast: Cast, as_person: As) -> None:
    grant = find_role(db, cast.ruth.id, Role.TRAINER, TODAY)
    assert grant is not None
    reader, address = as_person(cast.priya), f"/people/{cast.ruth.id}/roles/{grant.id}/end"
    assert 'value="2026-10-20"' in reader.get(address).html
    page = reader.post(address, {"last_day": "2026-10-19"})
    assert "The role of trainer ends after Monday 19 October 2026." in page.text
    assert "Tuesday 1 September 2026 to Monday 19 October 2026" in page.text
    assert find_role(db, cast.ruth.id, Role.TRAINER, TODAY) is None
    as_person(cast.ruth).get("/cohorts", 404)


@pytest.mark.parametrize(
    ("last_day", "sentence"),
    [
        ("", "Give the last day."),
        ("31/12/2026", "Write the day as 2026-10-22."),
        ("2026-08-30", "It began on 2026-09-01."),
    ],
)
def test_an_odd_last_day_is_refused(db: Session, cast: Cast, as_person: As, last_day: str, sentence: str) -> None:
    [grant] = roles_of(db, cast.ruth.id)
    page = as_person(cast.priya).post(f"/people/{cast.ruth.id}/roles/{grant.id}/end", {"last_day": last_day}, 422)
    assert sentence in page.text


def test_the_last_coordinator_cannot_end_their_own_role(db: Session, cast: Cast, as_person: As) -> None:
    [grant] = roles_of(db, cast.priya.id)
    address = f"/people/{cast.priya.id}/roles/{grant.id}/end"
    page = as_person(cast.priya).post(address, {"last_day": "2026-12-31"}, 422)
    assert "Make somebody else a coordinator first." in page.text
    services.grant_role(db, cast.ruth, Role.COORDINATOR, TODAY, cast.priya.id)
    db.commit()
    as_person(cast.priya).post(address, {"last_day": "2026-12-31"})
    db.refresh(grant)
    assert str(grant.ended_on) == "2026-12-31"


def test_a_coordinator_whose_own_role_ends_is_no_second_coordinator(db: Session, cast: Cast) -> None:
    leaving = services.grant_role(db, cast.ruth, Role.COORDINATOR, TODAY, None)
    services.end_role(db, leaving, TODAY + timedelta(days=30), TODAY)
    [grant] = roles_of(db, cast.priya.id)
    with pytest.raises(services.NotNow):
        services.end_role(db, grant, TODAY, TODAY)


def test_somebody_belongs_to_several_bodies_and_serves_on_one_panel(db: Session, cast: Cast, as_person: As) -> None:
    reader = as_person(cast.priya)
    reader.post(f"/people/{cast.amara.id}/bodies", {"join-body": cast.bridge.id, "join-panel": "y"})
    assert {one.body.name: one.panel for one in memberships_of(db, cast.amara.id)} == {
        "Bridge College": True,
        "St Mary's College": False,
    }
    [stmary] = [one for one in memberships_of(db, cast.amara.id) if one.body_id == cast.stmary.id]
    reader.post(f"/people/{cast.amara.id}/bodies/{stmary.id}/panel")
    db.expire_all()
    assert [one.body.name for one in memberships_of(db, cast.amara.id) if one.panel] == ["St Mary's College"]


def test_a_body_that_was_not_chosen_is_asked_for_on_the_same_page(cast: Cast, as_person: As) -> None:
    page = as_person(cast.priya).post(f"/people/{cast.amara.id}/bodies", {"join-body": ""}, 422)
    assert "Choose one." in page.text and "Amara" in page.text


def test_a_senior_member_is_named_and_their_standing_ends(db: Session, cast: Cast, as_person: As) -> None:
    reader = as_person(cast.priya)
    reader.post(f"/people/{cast.sol.id}/standings", {"senior-body": cast.bridge.id})
    [standing] = standings_of(db, cast.sol.id)
    assert "Sol Ferreira" in reader.get(f"/bodies/{cast.bridge.id}").text
    reader.post(f"/people/{cast.sol.id}/standings/{standing.id}/end", {"last_day": "2026-10-19"})
    page = reader.get(f"/people/{cast.sol.id}")
    assert "never in force" in page.text


def test_what_never_was_in_force_is_taken_up_again_on_the_same_day(db: Session, cast: Cast) -> None:
    membership = services.join_body(db, cast.sol, cast.bridge, TODAY, False)
    services.leave_body(db, membership, TODAY - timedelta(days=1))
    assert services.join_body(db, cast.sol, cast.bridge, TODAY, False) is membership
    assert membership.until_on is None


def test_a_dated_row_of_somebody_else_is_not_found(db: Session, cast: Cast, as_person: As) -> None:
    [grant] = roles_of(db, cast.ruth.id)
    [membership] = memberships_of(db, cast.ruth.id)
    reader = as_person(cast.priya)
    reader.get(f"/people/{cast.sol.id}/roles/{grant.id}/end", 404)
    reader.get(f"/people/{cast.ruth.id}/bodies/{grant.id}/end", 404)
    reader.post(f"/people/{cast.sol.id}/bodies/{membership.id}/panel", status=404)


def test_only_coordinators_find_people_and_bodies(cast: Cast, as_person: As, reader: Reader) -> None:
    addresses = ["/people", "/people/new", f"/people/{cast.amara.id}", f"/people/{cast.amara.id}/edit"]
    addresses += ["/bodies", "/bodies/new", f"/bodies/{cast.stmary.id}"]
    for somebody in (cast.ruth, cast.amara, cast.eleanor):
        for address in addresses:
            page = as_person(somebody).get(address, 404)
            assert "Okafor" not in page.text or somebody is cast.amara
    assert reader.get("/people").address == "/sign-in"


def test_who_is_not_known_is_not_found(cast: Cast, as_person: As) -> None:
    reader = as_person(cast.priya)
    for address in ("/people/nobody", "/people/nobody/edit", "/bodies/nowhere"):
        reader.get(address, 404)
    reader.post("/people/nobody/roles", {"grant-role": "trainer"}, 404)
