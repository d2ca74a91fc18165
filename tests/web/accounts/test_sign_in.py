"""Getting in and out: links, passwords, devices, the exit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tests.cast import NOW, Cast
from tests.reader import Reader
from trainer import clock
from trainer.accounts import services
from trainer.accounts.models import Account, SignIn, SignInLink
from trainer.people.models import Person

PASSWORD = "teal kettle orbit fern"
As = Callable[[Person], Reader]


@pytest.fixture
def link(db: Session, cast: Cast) -> str:
    """The secret of a fresh link for Amara."""
    secret = services.make_link(db, str(cast.amara.email), NOW)
    db.commit()
    return secret


def test_a_page_for_signed_in_people_leads_to_sign_in_and_back(reader: Reader, cast: Cast, link: str) -> None:
    page = reader.get("/record")
    assert page.address == "/sign-in"
    assert "next=%2Frecord" in page.html or "next=/record" in page.html


def test_opening_a_link_uses_nothing_and_pressing_it_signs_in_once(reader: Reader, db: Session, link: str) -> None:
    reader.get(f"/sign-in/link/{link}")
    reader.get(f"/sign-in/link/{link}")
    assert db.scalar(select(func.count()).select_from(SignInLink).where(SignInLink.used_at.is_not(None))) == 0
    assert "Okafor-Lindqvist" in reader.post(f"/sign-in/link/{link}").text
    again = Reader(reader.app).post(f"/sign-in/link/{link}", status=409)
    assert "has been used" in again.text


def test_a_link_is_spent_after_fifteen_minutes(reader: Reader, link: str) -> None:
    with clock.stopped_at(NOW + timedelta(minutes=16)):
        assert "This link is spent" in reader.get(f"/sign-in/link/{link}").text
        reader.post(f"/sign-in/link/{link}", status=409)


def test_only_the_hash_of_a_link_is_stored(db: Session, link: str) -> None:
    stored = db.scalar(select(SignInLink.secret_hash))
    assert stored == services.hash_secret(link) != link


def test_a_person_sets_a_password_and_signs_in_with_it(as_person: As, reader: Reader, cast: Cast) -> None:
    as_person(cast.amara).post("/account/password", {"password": PASSWORD})
    page = reader.post("/sign-in", {"email": f" {str(cast.amara.email).upper()} ", "password": PASSWORD})
    assert "Okafor-Lindqvist" in page.text


def test_a_new_password_signs_other_devices_out(as_person: As, cast: Cast) -> None:
    elsewhere, here = as_person(cast.amara), as_person(cast.amara)
    here.post("/account/password", {"password": PASSWORD})
    assert elsewhere.get("/account").address == "/sign-in"
    assert here.get("/account").address == "/account"


def test_a_wrong_password_and_an_unknown_address_are_told_alike(reader: Reader, cast: Cast) -> None:
    wrong = reader.post("/sign-in", {"email": str(cast.amara.email), "password": "x"}, status=422)
    unknown = reader.post("/sign-in", {"email": "nobody@stmary.example", "password": "x"}, status=422)
    assert services.WRONG in wrong.text
    assert services.WRONG in unknown.text


def test_many_wrong_passwords_slow_the_next_one_even_from_elsewhere(as_person: As, reader: Reader, cast: Cast) -> None:
    as_person(cast.amara).post("/account/password", {"password": PASSWORD})
    for _ in range(5):
        reader.post("/sign-in", {"email": str(cast.amara.email), "password": "x"}, status=422)
    page = Reader(reader.app).post("/sign-in", {"email": str(cast.amara.email), "password": PASSWORD}, status=409)
    assert "Wait 2 seconds" in page.text
    with clock.stopped_at(NOW + timedelta(seconds=3)):
        assert Reader(reader.app).post("/sign-in", {"email": str(cast.amara.email), "password": PASSWORD})


def test_a_form_with_nothing_in_it_keeps_its_reader_and_says_what_is_missing(reader: Reader) -> None:
    page = reader.post("/sign-in", {"email": "", "password": ""}, status=422)
    assert "Enter your university email address." in page.text
    assert "Enter your password." in page.text


def test_signing_out_ends_every_copy_of_the_cookie(as_person: As, cast: Cast) -> None:
    person = as_person(cast.amara)
    with person.client.session_transaction() as cookie:
        copied = dict(cookie)
    person.post("/sign-out")
    with person.client.session_transaction() as cookie:
        cookie.update(copied)
    assert person.get("/account").address == "/sign-in"


def test_exit_ends_the_sign_in_first_and_goes_elsewhere_without_a_redirect(
    as_person: As, db: Session, cast: Cast
) -> None:
    person = as_person(cast.amara)
    answer = person.client.post("/exit")
    assert answer.status_code == 200
    assert answer.headers["Refresh"].startswith("0; url=https://")
    assert answer.headers["Cache-Control"] == "no-store"
    assert person.get("/account").address == "/sign-in"
    assert db.scalar(select(func.count()).select_from(SignIn).where(SignIn.ended_at.is_(None))) == 0


def test_exit_works_signed_out(reader: Reader) -> None:
    assert reader.client.post("/exit").status_code == 200


def test_being_seen_is_noted_at_most_once_a_minute(as_person: As, db: Session, cast: Cast) -> None:
    person = as_person(cast.amara)
    with clock.stopped_at(NOW + timedelta(seconds=50)):
        person.get("/account")
    assert db.scalar(select(SignIn.last_seen_at)) == NOW
    later = NOW + timedelta(seconds=61)
    with clock.stopped_at(later):
        person.get("/account")
    db.expire_all()
    assert db.scalar(select(SignIn.last_seen_at)) == later


def test_a_role_that_has_ended_opens_nothing_at_once(as_person: As, db: Session, cast: Cast) -> None:
    from trainer.people.models import RoleGrant

    person = as_person(cast.ruth)
    person.get("/cohorts")
    db.execute(
        update(RoleGrant).where(RoleGrant.person_id == cast.ruth.id).values(ended_on=NOW.date() - timedelta(days=1))
    )
    db.commit()
    person.get("/cohorts", status=404)


def test_no_door_is_offered_where_nobody_ran_the_demonstration(reader: Reader, db: Session, cast: Cast) -> None:
    assert "Look around as" not in reader.get("/sign-in").text
    account = db.scalars(select(Account).where(Account.person_id == cast.priya.id)).one()
    reader.post(f"/sign-in/demonstration/{account.person_id}", status=404)


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_sign_in_leads_to_our_own_pages_only(reader: Reader, link: str, elsewhere: str) -> None:
    answer = reader.client.post(
        f"/sign-in/link/{link}", query_string={"next": elsewhere}, data={"csrf_token": reader.token()}
    )
    assert answer.headers["Location"] == "/"
