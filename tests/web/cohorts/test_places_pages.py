"""A cohort's list of places, one trainee's place, and the trainee's own acceptance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from tests.cast import NOW, Cast
from tests.reader import Reader
from trainer.cohorts.models import Enrolment
from trainer.cohorts.queries import find_enrolment
from trainer.cohorts.rules import State
from trainer.people.models import Person
from trainer.people.queries import find_role
from trainer.people.rules import Role
from trainer.people.services import add_person, join_body

As = Callable[[Person], Reader]
TODAY = NOW.date()


def place_of(db: Session, cast: Cast, person: Person) -> Enrolment:
    db.flush()
    db.expire_all()
    found = find_enrolment(db, cast.cohort_a.id, person.id)
    assert found is not None
    return found


def address_of(cast: Cast, person: Person) -> str:
    return f"/cohorts/{cast.cohort_a.id}/places/{person.id}"


def test_the_list_groups_people_by_where_their_place_stands(db: Session, cast: Cast, as_person: As) -> None:
    place_of(db, cast, cast.tane).withdrawn_on = TODAY
    place_of(db, cast, cast.amara).accepted_on = None
    db.commit()
    text = as_person(cast.priya).get(f"/cohorts/{cast.cohort_a.id}/places").text
    order = ["Active 3", "Invited, not accepted yet 1", "Amara", "In reserve 1", "Wolfe", "Withdrawn 1", "Tāne"]
    assert sorted(order, key=text.index) == order
    assert "withdrew 20 Oct" in text and "waits for the trainee" in text


def test_an_empty_list_says_what_to_do_first(db: Session, cast: Cast, as_person: As) -> None:
    db.execute(delete(Enrolment))
    db.commit()
    assert "Nobody is on the list yet" in as_person(cast.priya).get(f"/cohorts/{cast.cohort_a.id}/places").text


def test_a_place_that_counts_from_next_month_can_be_accepted_today(db: Session, cast: Cast, as_person: As) -> None:
    given = {"email": "eleanor.voss@stmary.example", "since": str(TODAY + timedelta(days=30))}
    as_person(cast.priya).post(f"/cohorts/{cast.cohort_a.id}/places", given)
    as_person(cast.eleanor).post("/commitment")
    assert place_of(db, cast, cast.eleanor).accepted_on == TODAY


def test_a_place_that_counts_from_before_somebody_was_known_is_for_their_college(
    db: Session, cast: Cast, as_person: As
) -> None:
    newcomer = add_person(db, "Ida", "Holm", "ida.holm@stmary.example", NOW)
    join_body(db, newcomer, cast.stmary, TODAY, panel=True)
    db.commit()
    given = {"email": "ida.holm@stmary.example", "since": str(TODAY - timedelta(days=20))}
    as_person(cast.priya).post(f"/cohorts/{cast.cohort_a.id}/places", given)
    assert place_of(db, cast, newcomer).body_id == cast.stmary.id


def test_who_is_put_on_the_list_is_invited_for_their_panel_and_becomes_a_trainee(
    db: Session, cast: Cast, as_person: As
) -> None:
    reader = as_person(cast.priya)
    page = reader.post(f"/cohorts/{cast.cohort_a.id}/places", {"email": " Eleanor.Voss@stmary.example "})
    assert "Eleanor Voss is invited." in page.text
    place = place_of(db, cast, cast.eleanor)
    assert place.state is State.INVITED and place.body_id == cast.stmary.id and place.enrolled_on == TODAY
    assert find_role(db, cast.eleanor.id, Role.TRAINEE, TODAY) is not None


def test_a_place_given_by_hand_may_count_from_an_earlier_day(db: Session, cast: Cast, as_person: As) -> None:
    address, typed = f"/cohorts/{cast.cohort_a.id}/places", {"email": "eleanor.voss@stmary.example"}
    assert "Write the day as" in as_person(cast.priya).post(address, typed | {"since": "last week"}, 422).text
    as_person(cast.priya).post(address, typed | {"since": "2026-10-12"})
    place = place_of(db, cast, cast.eleanor)
    assert [place.on_register(date(2026, 10, day)) for day in (11, 12)] == [False, True]


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("", "Enter their university email address."),
        ("nobody@x.example", "Nobody known here has this address. Add the person first."),
        ("amara.okafor-lindqvist@stmary.example", "Amara Okafor-Lindqvist is on the list of Michaelmas A already."),
    ],
)
def test_who_cannot_be_put_on_the_list_is_said(cast: Cast, as_person: As, email: str, sentence: str) -> None:
    page = as_person(cast.priya).post(f"/cohorts/{cast.cohort_a.id}/places", {"email": email}, 422)
    assert sentence in page.text and f'value="{email}"' in page.html


def test_a_reserve_gets_a_place_from_today_and_missed_nothing_before(db: Session, cast: Cast, as_person: As) -> None:
    reader = as_person(cast.priya)
    for _ in range(2):
        reader.post(f"{address_of(cast, cast.wolfe)}/give")
    place = place_of(db, cast, cast.wolfe)
    assert place.state is State.INVITED and place.enrolled_on == TODAY
    assert not place.on_register(TODAY - timedelta(days=1)) and place.on_register(TODAY)
    assert "Wolfe Bergerdorff is in reserve." in reader.post(f"{address_of(cast, cast.wolfe)}/reserve").text
    assert place_of(db, cast, cast.wolfe).state is State.RESERVE


def test_who_has_accepted_cannot_be_moved_to_reserve(db: Session, cast: Cast, as_person: As) -> None:
    page = as_person(cast.priya).post(f"{address_of(cast, cast.amara)}/reserve", status=409)
    assert "Amara Okafor-Lindqvist is active." in page.text
    assert place_of(db, cast, cast.amara).state is State.ACTIVE


def test_withdrawing_takes_two_clicks_no_reason_and_can_be_taken_back(db: Session, cast: Cast, as_person: As) -> None:
    reader, address = as_person(cast.priya), address_of(cast, cast.tane)
    assert f"{address}/withdraw" in reader.get(address).html
    asked = reader.get(f"{address}/withdraw")
    assert not asked.all("textarea") and not [e for e in asked.all("input") if e.get("type") != "hidden"]
    assert place_of(db, cast, cast.tane).withdrawn_on is None
    for _ in range(2):
        assert "Tāne Parata is withdrawn." in reader.post(f"{address}/withdraw").text
    assert place_of(db, cast, cast.tane).withdrawn_on == TODAY
    for _ in range(2):
        assert "Tāne Parata is active again." in reader.post(f"{address}/return").text
    assert place_of(db, cast, cast.tane).state is State.ACTIVE


def test_who_has_completed_the_programme_cannot_withdraw(db: Session, cast: Cast, as_person: As) -> None:
    place_of(db, cast, cast.tane).completed_on = TODAY
    db.commit()
    reader = as_person(cast.priya)
    reader.post(f"{address_of(cast, cast.tane)}/withdraw", status=409)
    assert "Withdraw them" not in reader.get(address_of(cast, cast.tane)).text


def test_who_agreed_is_kept_with_the_day_and_taken_back_when_emptied(db: Session, cast: Cast, as_person: As) -> None:
    reader, address = as_person(cast.priya), address_of(cast, cast.amara)
    page = reader.get(address)
    assert "Eleanor Voss" in page.html and 'value="2026-09-20"' in page.html
    said = {"college_by": " Thomas  Abara ", "college_on": "2026-10-01", "tutor_by": "", "tutor_on": ""}
    reader.post(address, said)
    place = place_of(db, cast, cast.amara)
    assert (place.college_agreed_by, str(place.college_agreed_on)) == ("Thomas Abara", "2026-10-01")
    assert (place.tutor_agreed_by, place.tutor_agreed_on) == ("", None)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"college_on": ""}, "Give both: who said so, and on which day."),
        ({"tutor_by": " "}, "Give both: who said so, and on which day."),
        ({"tutor_on": "yesterday"}, "Write the day as 2026-10-22."),
        ({"college_by": "E" * 201}, "Use at most 200 characters."),
    ],
)
def test_half_an_agreement_is_refused(
    db: Session, cast: Cast, as_person: As, changed: dict[str, str], sentence: str
) -> None:
    said = {"college_by": "E", "college_on": "2026-10-01", "tutor_by": "Dr Field", "tutor_on": "2026-10-02"}
    page = as_person(cast.priya).post(address_of(cast, cast.amara), said | changed, 422)
    assert sentence in page.text
    assert str(place_of(db, cast, cast.amara).tutor_agreed_on) == "2026-09-20"


def test_a_trainee_reads_the_commitment_and_accepts_it_once(db: Session, cast: Cast, as_person: As) -> None:
    place_of(db, cast, cast.amara).accepted_on = None
    db.commit()
    amara = as_person(cast.amara)
    page = amara.get("/commitment")
    assert "I take part in all ten sessions" in page.text and "I accept" in page.text
    for _ in range(2):
        assert "Your place is yours." in amara.post("/commitment").text
    assert place_of(db, cast, cast.amara).accepted_on == TODAY
    after = amara.get("/commitment").text
    assert "You accepted this on Tuesday 20 October 2026" in after and "I accept" not in after


def test_a_reserve_cannot_accept_and_reads_why(db: Session, cast: Cast, as_person: As) -> None:
    wolfe = as_person(cast.wolfe)
    assert "You are in reserve" in wolfe.get("/commitment").text
    wolfe.post("/commitment", status=409)
    assert place_of(db, cast, cast.wolfe).accepted_on is None


def test_who_withdrew_cannot_accept(db: Session, cast: Cast, as_person: As) -> None:
    place_of(db, cast, cast.amara).withdrawn_on = TODAY
    db.commit()
    assert "no place on this cohort at present" in as_person(cast.amara).get("/commitment").text
    as_person(cast.amara).post("/commitment", status=409)


def test_places_are_for_coordinators_and_the_commitment_for_trainees(cast: Cast, as_person: As) -> None:
    addresses = [f"/cohorts/{cast.cohort_a.id}/places", address_of(cast, cast.amara)]
    for somebody in (cast.ruth, cast.sol, cast.amara, cast.eleanor):
        for address in addresses:
            as_person(somebody).get(address, 404)
            as_person(somebody).post(f"{addresses[1]}/withdraw", status=404)
    for somebody in (cast.ruth, cast.eleanor, cast.priya):
        as_person(somebody).get("/commitment", 404)


def test_somebody_of_another_cohort_has_no_place_here(cast: Cast, as_person: As) -> None:
    as_person(cast.priya).get(address_of(cast, cast.noor), 404)
    as_person(cast.priya).get(f"/cohorts/nothing/places/{cast.noor.id}", 404)


def test_a_person_with_one_very_long_name_is_shown_whole(db: Session, cast: Cast, as_person: As) -> None:
    long = add_person(db, "Ж" * 200, "", "long@x.example", NOW)
    db.commit()
    page = as_person(cast.priya).post(f"/cohorts/{cast.cohort_a.id}/places", {"email": "long@x.example"})
    assert long.name in page.text
    assert long.name in as_person(cast.priya).get(address_of(cast, long)).text
