"""Anyone checks a certificate: no account, no script, no list."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.integration.certificates.training import ISSUED
from tests.integration.signoff.acts import viewer_of
from tests.reader import Reader
from tests.web.certificates.said import said
from trainer.certificates import services
from trainer.certificates.codes import say_code
from trainer.certificates.models import Certificate
from trainer.certificates.personal import erase
from trainer.certificates.rules import Reason
from trainer.config import Settings
from trainer.people.rules import Role


@pytest.fixture
def revoked(db: Session, cast: Cast, certificate: Certificate, settings: Settings) -> Certificate:
    priya = viewer_of(cast.priya, Role.COORDINATOR)
    services.revoke(db, priya, certificate, Reason.RECORD, settings, ISSUED + timedelta(days=2))
    db.commit()
    return certificate


def test_it_shows_what_was_signed_and_that_it_stands(reader: Reader, certificate: Certificate) -> None:
    page = reader.get(f"/verify/{certificate.code}")
    for words in (
        "This certificate is ours, and it stands",
        "Amara Okafor-Lindqvist",
        "2026-0001",
        "30 hours in 10 sessions, from 5 October 2026",
        "Completed 5 November 2026",
        "Ruth Hallam, Daniel Achterberg",
        "judged by Ruth Hallam, 6 November 2026",
        "no clinical qualification",
        "not show whether the holder is active",
    ):
        assert words in said(page)
    assert "Amara" not in (page.tree.findtext("head/title") or "")


def test_a_code_may_be_typed_with_spaces_capitals_and_misread_letters(reader: Reader, certificate: Certificate) -> None:
    typed = say_code(certificate.code).upper().replace("0", "O").replace("1", "L")
    page = reader.client.get("/verify", query_string={"code": typed}, follow_redirects=True)
    assert page.request.path == f"/verify/{certificate.code}"
    assert "it stands" in said(page)


def test_a_slip_of_the_finger_is_named_and_nothing_is_lost(reader: Reader) -> None:
    page = reader.get("/verify?code=7k2m+9qxw", status=422)
    assert "A code is 26 letters and digits; this has 8 characters." in said(page)
    assert [field.get("value") for field in page.all("input") if field.get("id") == "code"] == ["7k2m 9qxw"]


def test_without_a_code_there_is_a_form(reader: Reader) -> None:
    page = reader.get("/verify")
    assert "You need no account" in said(page)
    assert "fault" not in page.html
    assert "Enter the code" in reader.get("/verify?code=", status=422).text


def test_a_revoked_one_says_when_and_why_and_still_what_it_said(reader: Reader, revoked: Certificate) -> None:
    page = reader.get(f"/verify/{revoked.code}")
    assert "This certificate was revoked on 12 November 2026" in said(page)
    assert "The training record that it rests on was corrected." in said(page)
    assert "it stands" not in said(page)
    assert "Amara Okafor-Lindqvist" in said(page)


def test_a_withdrawn_one_says_so_and_no_name(reader: Reader, db: Session, cast: Cast, certificate: Certificate) -> None:
    erase(db, cast.amara.id)
    db.commit()
    page = reader.get(f"/verify/{certificate.code}")
    assert "Certificate 2026-0001 was withdrawn" in said(page)
    told = reader.client.get(f"/verify/{certificate.code}.json").json
    assert told is not None
    assert set(told) == {"state", "number", "pdf_sha256"}
    assert "Amara" not in page.html + str(told)


def test_every_unknown_code_gets_the_same_page(reader: Reader, certificate: Certificate) -> None:
    nearly = certificate.code[:-1] + ("0" if certificate.code[-1] != "0" else "1")
    pages = {reader.get(f"/verify/{code}", status=404).html for code in (nearly, "0" * 26, "short", "not-a-code")}
    assert len(pages) == 1
    assert "No certificate has this code" in pages.pop()


def test_a_program_is_told_the_same(reader: Reader, certificate: Certificate) -> None:
    by_name = reader.client.get(f"/verify/{certificate.code}.json")
    by_header = reader.client.get(f"/verify/{certificate.code}", headers={"Accept": "application/json"})
    assert by_name.json == by_header.json
    told = by_name.json
    assert told is not None
    assert (told["state"], told["name"], told["minutes"]) == ("valid", "Amara Okafor-Lindqvist", 1800)
    assert told["completed_on"] == "2026-11-05"
    assert len(told["sessions"]) == 10
    assert certificate.paper is not None
    assert told["pdf_sha256"] == certificate.paper.sha256
    assert "no clinical qualification" in " ".join(told["limits"])


def test_a_program_is_told_of_a_revocation_and_of_an_unknown_code(reader: Reader, revoked: Certificate) -> None:
    told = reader.client.get(f"/verify/{revoked.code}.json").json
    assert told is not None
    assert told["state"] == "revoked"
    assert told["revoked"] == {"on": "2026-11-12", "reason": "The training record that it rests on was corrected."}
    unknown = reader.client.get(f"/verify/{'0' * 26}.json")
    assert (unknown.status_code, unknown.json["state"]) == (404, "unknown")  # type: ignore[index]  # it is a mapping


def test_checking_sets_no_cookie(reader: Reader, certificate: Certificate) -> None:
    for address in ("/verify", f"/verify/{certificate.code}", f"/verify/{'0' * 26}"):
        assert "Set-Cookie" not in reader.client.get(address).headers
