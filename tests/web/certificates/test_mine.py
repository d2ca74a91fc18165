"""One's own certificate: what it still wants, that it is being made, the download."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from sqlalchemy import delete
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.integration.certificates.training import ISSUED, issue
from tests.integration.signoff.acts import viewer_of
from tests.reader import Reader
from tests.web.certificates.said import said
from trainer.certificates import services
from trainer.certificates.models import Certificate
from trainer.certificates.personal import erase
from trainer.certificates.rules import Reason
from trainer.cohorts.models import Enrolment
from trainer.config import Settings
from trainer.curriculum.rules import Catalogue
from trainer.people.models import Person
from trainer.people.rules import Role

AsPerson = Callable[[Person], Reader]


def test_a_holder_finds_number_download_and_the_address_to_copy(
    as_person: AsPerson, cast: Cast, certificate: Certificate
) -> None:
    page = as_person(cast.amara).get("/certificate")
    assert "Certificate 2026-0001" in said(page)
    assert f"http://localhost:8000/verify/{certificate.code}" in said(page)
    assert "Issued 10 November 2026" in said(page)
    assert f"/certificate/{certificate.id}.pdf" in [link.get("href") for link in page.all("a")]
    assert "Refresh" not in page.response.headers


def test_the_download_is_the_kept_pdf_under_a_safe_name(
    as_person: AsPerson, cast: Cast, certificate: Certificate
) -> None:
    answer = as_person(cast.amara).client.get(f"/certificate/{certificate.id}.pdf")
    assert certificate.paper is not None
    assert sha256(answer.data).hexdigest() == certificate.paper.sha256
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="certificate-2026-0001.pdf"; '
        "filename*=UTF-8''Certificate%202026-0001%20Amara%20Okafor-Lindqvist.pdf"
    )


def test_its_trainers_and_coordinators_may_download_it(
    as_person: AsPerson, cast: Cast, certificate: Certificate
) -> None:
    for person in (cast.ruth, cast.daniel, cast.priya):
        assert as_person(person).client.get(f"/certificate/{certificate.id}.pdf").status_code == 200


def test_to_everybody_else_it_is_not_there(
    as_person: AsPerson, reader: Reader, cast: Cast, certificate: Certificate
) -> None:
    nothing = as_person(cast.siobhan).get("/certificate/00000000000000000000.pdf", status=404).text
    for person in (cast.siobhan, cast.noor, cast.sol, cast.eleanor):
        page = as_person(person).get(f"/certificate/{certificate.id}.pdf", status=404)
        assert "Amara" not in page.html
    assert as_person(cast.siobhan).get(f"/certificate/{certificate.id}.pdf", status=404).text == nothing
    assert reader.client.get(f"/certificate/{certificate.id}.pdf").location.startswith("/sign-in")


def test_a_trainee_sees_what_the_certificate_still_wants(as_person: AsPerson, cast: Cast) -> None:
    page = as_person(cast.siobhan).get("/certificate")
    assert "This is what it still wants" in said(page)
    assert "A trainer has not signed readiness yet." in said(page)


def test_who_lacks_nothing_is_told_so(as_person: AsPerson, cast: Cast) -> None:
    page = as_person(cast.tane).get("/certificate")
    assert "Nothing stands between you and your certificate any more." in said(page)


def test_until_its_paper_is_made_the_page_loads_again(
    as_person: AsPerson, db: Session, cast: Cast, catalogue: Catalogue, settings: Settings
) -> None:
    certificate = issue(db, cast, cast.tane, catalogue, settings)
    db.commit()
    tane = as_person(cast.tane)
    page = tane.get("/certificate")
    assert "Your certificate is being made." in said(page)
    assert page.response.headers["Refresh"] == "6"
    assert "is being made" in tane.get(f"/certificate/{certificate.id}.pdf", status=409).text


def test_after_a_revocation_its_holder_is_told_and_sees_what_is_missing_now(
    as_person: AsPerson, db: Session, cast: Cast, certificate: Certificate, settings: Settings
) -> None:
    priya = viewer_of(cast.priya, Role.COORDINATOR)
    services.revoke(db, priya, certificate, Reason.DETAIL, settings, ISSUED)
    db.commit()
    page = as_person(cast.amara).get("/certificate")
    assert "Certificate 2026-0001 was revoked on 10 November 2026." in said(page)
    assert "Nothing stands between you" in said(page)


def test_who_never_had_a_place_finds_what_will_be_here(as_person: AsPerson, db: Session, cast: Cast) -> None:
    db.execute(delete(Enrolment).where(Enrolment.person_id == cast.noor.id))
    db.commit()
    assert "No certificate yet" in as_person(cast.noor).get("/certificate").text


def test_a_withdrawn_pdf_cannot_be_downloaded_by_anybody(
    as_person: AsPerson, db: Session, cast: Cast, certificate: Certificate
) -> None:
    erase(db, cast.amara.id)
    db.commit()
    as_person(cast.priya).get(f"/certificate/{certificate.id}.pdf", status=404)
