"""A coordinator issues and revokes for a cohort; its trainers look."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256

import pytest
from sqlalchemy import delete, event, select
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.conftest import SavepointDatabase
from tests.integration.certificates.training import issue
from tests.reader import Page, Reader
from tests.web.certificates.said import said
from trainer.certificates import pdf
from trainer.certificates.models import Certificate, Paper, Revocation
from trainer.cohorts.models import Enrolment
from trainer.config import Settings
from trainer.curriculum.rules import Catalogue
from trainer.people.models import Person

AsPerson = Callable[[Person], Reader]
DRAWN = b"%PDF-1.7 drawn"


@pytest.fixture
def _drawn_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers take no time: what they look like is tested elsewhere."""
    monkeypatch.setattr(pdf, "render", lambda _sheet: DRAWN)


@pytest.fixture
def at(cast: Cast) -> str:
    return f"/cohorts/{cast.cohort_a.id}/certificates"


def buttons(page: Page) -> list[str]:
    return ["".join(button.itertext()) for button in page.all("button")]


def test_it_shows_who_has_one_who_may_have_one_and_what_others_need(as_person: AsPerson, cast: Cast, at: str) -> None:
    page = as_person(cast.priya).get(at)
    assert "Amara Okafor-Lindqvist Certificate 2026-0001" in said(page)
    assert "Tāne Parata Nothing is missing" in said(page)
    assert re.search(r"Siobhán O'Rourke \d+ things missing", said(page))
    assert "A trainer has not signed readiness yet." in said(page)
    assert buttons(page).count("Issue the certificate") == 2
    assert "Wolfe Bergerdorff" not in said(page)  # in reserve


@pytest.mark.usefixtures("_drawn_at_once")
def test_a_press_issues_and_makes_the_paper(as_person: AsPerson, db: Session, cast: Cast, at: str) -> None:
    page = as_person(cast.priya).post(f"{at}/people/{cast.tane.id}")
    assert "Certificate 2026-0002 is issued." in said(page)
    assert "Tāne Parata Certificate 2026-0002" in said(page)
    paper = db.scalars(select(Paper).join(Certificate).where(Certificate.person_id == cast.tane.id)).one()
    assert paper.sha256 == sha256(DRAWN).hexdigest()


@pytest.mark.usefixtures("_drawn_at_once")
def test_a_double_click_issues_one(as_person: AsPerson, db: Session, cast: Cast, at: str) -> None:
    priya = as_person(cast.priya)
    priya.post(f"{at}/people/{cast.tane.id}")
    page = priya.post(f"{at}/people/{cast.tane.id}")
    assert "Tāne Parata has certificate 2026-0002 of 10 November 2026." in said(page)
    assert len(db.scalars(select(Certificate).where(Certificate.person_id == cast.tane.id)).all()) == 1


def test_what_is_missing_is_said_where_one_pressed(as_person: AsPerson, db: Session, cast: Cast, at: str) -> None:
    page = as_person(cast.priya).post(f"{at}/people/{cast.siobhan.id}", status=409)
    assert "That was not issued" in said(page)
    assert "A trainer has not signed readiness yet." in said(page)
    assert len(db.scalars(select(Certificate)).all()) == 1


def test_a_name_without_letters_on_board_is_refused_on_the_page(
    as_person: AsPerson, db: Session, cast: Cast, at: str
) -> None:
    cast.tane.given_name = "李"
    db.commit()
    page = as_person(cast.priya).post(f"{at}/people/{cast.tane.id}", status=422)
    assert "The name 李 Parata has letters that our fonts cannot set on paper: “李”" in said(page)


@pytest.mark.usefixtures("_drawn_at_once")
def test_papers_that_are_missing_can_be_made_by_a_press(
    as_person: AsPerson, db: Session, cast: Cast, at: str, catalogue: Catalogue, settings: Settings
) -> None:
    issue(db, cast, cast.tane, catalogue, settings)
    db.commit()
    priya = as_person(cast.priya)
    assert "1 PDF is still being made." in said(priya.get(at))
    priya.post(f"{at}/papers")
    page = priya.get(at)
    assert "still being made" not in said(page)
    assert len(db.scalars(select(Paper)).all()) == 2


def test_a_certificate_is_revoked_with_a_reason(
    as_person: AsPerson, db: Session, cast: Cast, at: str, certificate: Certificate
) -> None:
    priya = as_person(cast.priya)
    asked = priya.get(f"/certificate/{certificate.id}/revoke")
    assert "Amara Okafor-Lindqvist" in said(asked)
    assert "Choose a reason." in said(priya.post(f"/certificate/{certificate.id}/revoke", status=422))
    page = priya.post(f"/certificate/{certificate.id}/revoke", {"reason": "mistake"})
    assert page.address == at
    assert "Certificate 2026-0001 was revoked on 10 November 2026. It was issued by mistake." in said(page)
    assert "Amara Okafor-Lindqvist Nothing is missing" in said(page)
    again = priya.post(f"/certificate/{certificate.id}/revoke", {"reason": "detail"})
    assert "was revoked on 10 November 2026 already" in said(again)
    assert [one.reason for one in db.scalars(select(Revocation))] == ["mistake"]


def test_a_trainer_looks_and_presses_nothing(
    as_person: AsPerson, cast: Cast, at: str, certificate: Certificate
) -> None:
    ruth = as_person(cast.ruth)
    page = ruth.get(at)
    assert "Amara Okafor-Lindqvist Certificate 2026-0001" in said(page)
    assert "Issue the certificate" not in said(page)
    assert "Revoke" not in said(page)
    ruth.post(f"{at}/people/{cast.tane.id}", status=404)
    ruth.post(f"/certificate/{certificate.id}/revoke", {"reason": "mistake"}, status=404)
    ruth.post(f"{at}/papers", status=404)


def test_other_cohorts_people_and_trainees_are_told_there_is_nothing(
    as_person: AsPerson, cast: Cast, at: str, certificate: Certificate
) -> None:
    for person in (cast.sol, cast.amara, cast.eleanor):
        page = as_person(person).get(at, status=404)
        assert "Siobhán" not in said(page)
        as_person(person).get(f"/certificate/{certificate.id}/revoke", status=404)


def test_an_empty_cohort_says_who_will_stand_there(as_person: AsPerson, db: Session, cast: Cast) -> None:
    db.execute(delete(Enrolment).where(Enrolment.cohort_id == cast.cohort_b.id))
    db.commit()
    page = as_person(cast.priya).get(f"/cohorts/{cast.cohort_b.id}/certificates")
    assert "Nobody has a place yet" in said(page)
    as_person(cast.ruth).get(f"/cohorts/{cast.cohort_b.id}/certificates", status=404)


@contextmanager
def counted(database: SavepointDatabase) -> Iterator[list[str]]:
    """Every statement that reads or writes rows; what only begins and ends a savepoint is left out."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine, "before_cursor_execute", note)


def test_pages_take_at_most_six_statements(
    as_person: AsPerson, database: SavepointDatabase, cast: Cast, at: str, certificate: Certificate
) -> None:
    visits = (
        (cast.priya, at),
        (cast.ruth, at),
        (cast.amara, "/certificate"),
        (cast.siobhan, "/certificate"),
        (cast.amara, f"/certificate/{certificate.id}.pdf"),
        (cast.priya, f"/verify/{certificate.code}"),
    )
    for person, address in visits:
        reading = as_person(person)
        with counted(database) as seen:
            assert reading.client.get(address).status_code == 200
        assert len(seen) <= 6, (person.name, address, seen)
