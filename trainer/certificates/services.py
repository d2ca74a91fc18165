"""Issue and revoke certificates, and make the paper of those that have none yet."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer import clock
from trainer.certificates import fonts, pdf, queries, records
from trainer.certificates.codes import new_code
from trainer.certificates.eligible import Case, case_of, editions_of, held_on
from trainer.certificates.models import Certificate, NameShown, Paper, Revocation
from trainer.certificates.rules import (
    Facts,
    Judged,
    Occasion,
    Reason,
    commitment,
    compose,
    next_number,
    say_date,
    write,
)
from trainer.cohorts.models import Enrolment
from trainer.cohorts.queries import find_enrolment, get_enrolment
from trainer.config import Settings
from trainer.curriculum.rules import Catalogue, Programme
from trainer.database import Database
from trainer.ledger.models import THE_HEAD, LedgerHead
from trainer.ledger.rules import SALT_LENGTH
from trainer.ledger.services import seal
from trainer.people.rules import Viewer
from trainer.refusal import AlreadyDone, NotAllowed, NotFound, NotNow, NotValid

log = logging.getLogger(__name__)
CHECKED_AT = "/verify"


class NotEligible(NotNow):
    """Something still stands between a trainee and the certificate; `reasons` has each as one sentence."""

    def __init__(self, name: str, reasons: tuple[str, ...]) -> None:
        super().__init__("not-eligible", f"{name} cannot have the certificate yet. {' '.join(reasons)}")
        self.reasons = reasons


def issue(
    db: Session,
    viewer: Viewer,
    cohort_id: str,
    person_id: str,
    catalogue: Catalogue,
    settings: Settings,
    now: datetime,
) -> Certificate:
    """Issue a trainee's certificate: freeze its facts and seal them. The paper follows, see `render_missing`.

    Raises NotAllowed unless a coordinator does it for somebody else, NotFound where there is no such place or its
    programme is gone, AlreadyDone where a certificate stands, NotEligible with the reasons, NotValid where a name has
    letters that no font on board can set.
    """
    _require_coordinator(viewer)
    if person_id == viewer.person_id:
        raise NotAllowed("own", "Nobody issues a certificate to themselves. Ask another coordinator.")
    db.get(LedgerHead, THE_HEAD, with_for_update=True)  # whoever seals waits here, so numbers are given one by one
    place = get_enrolment(db, viewer, cohort_id, person_id)
    earlier = queries.issued_to(db, person_id, cohort_id)
    _refuse_second(earlier, place.person.name)
    programme = _programme(catalogue, place.cohort.programme)
    case = case_of(db, place, programme, catalogue)
    if not case.eligibility.may:
        raise NotEligible(place.person.name, case.eligibility.reasons)
    facts, names = _facts(db, case, programme, settings, now), _names(case)
    _require_letters(facts, names, place.person.name)
    certificate = _certificate(place, facts, names, len(earlier) + 1, viewer, now)
    add_sealed(db, certificate)
    place.completed_on = facts.last_on
    db.flush()
    return certificate


def _refuse_second(earlier: Sequence[Certificate], name: str) -> None:
    if earlier and earlier[0].revocation is None:
        raise AlreadyDone("issued", f"{name} has certificate {earlier[0].number} of {say_date(earlier[0].issued_on)}.")


def _programme(catalogue: Catalogue, slug: str) -> Programme:
    programme = catalogue.programmes.get(slug)
    if programme is None:
        raise NotFound("no-programme", f"The programme {slug} is not among the courses any more. Put its file back.")
    return programme


def add_sealed(db: Session, record: Certificate | Paper | Revocation) -> None:
    """Add and seal; IntegrityError where somebody else was first."""
    db.add(record)
    db.flush()
    seal(db, records.kind_of(record), records.id_of(record), records.facts(record), record.salt)


def _require_coordinator(viewer: Viewer) -> None:
    if not viewer.is_coordinator:
        raise NotAllowed("not-coordinator", "Only a coordinator issues and revokes certificates.")


def _facts(db: Session, case: Case, programme: Programme, settings: Settings, now: datetime) -> Facts:
    today = now.astimezone(settings.time_zone).date()
    occasion = Occasion(
        number=next_number(today.year, queries.latest_number(db, today.year)),
        issued_on=today,
        university=settings.university,
        verify_at=f"{settings.public_address}{CHECKED_AT}",
    )
    assert case.readiness is not None  # eligibility asked for it
    judged = Judged(case.readiness.signed_by, case.readiness.signed_at.astimezone(settings.time_zone).date())
    return compose(programme, case.counted, held_on(db, case), editions_of(db, case), judged, occasion)


def _names(case: Case) -> dict[str, str]:
    """The names that will stand on it, by person, as they are today."""
    names = {one.signed_by: one.signer for one in case.counted}
    if case.readiness:
        names[case.readiness.signed_by] = case.readiness.signer
    return {**names, case.enrolment.person_id: case.enrolment.person.name}


def _require_letters(facts: Facts, names: dict[str, str], holder: str) -> None:
    for name in (holder, *names.values()):
        fonts.require_letters(f"The name {name}", name)
    titles = (facts.university, facts.title, facts.statement, *facts.topics, *(one.title for one in facts.sessions))
    if gone := fonts.missing(" ".join(titles)):
        raise NotValid("no-glyph", f"The course uses “{gone[0]}”, which our fonts cannot set. Change its titles.")


def _certificate(
    enrolment: Enrolment, facts: Facts, names: dict[str, str], round_: int, viewer: Viewer, now: datetime
) -> Certificate:
    salts = {person_id: secrets.token_bytes(SALT_LENGTH) for person_id in names}
    return Certificate(
        number=facts.number,
        code=new_code(),
        person_id=enrolment.person_id,
        cohort_id=enrolment.cohort_id,
        round=round_,
        facts=write(facts),
        issued_on=facts.issued_on,
        issued_at=now,
        issued_by=viewer.person_id,
        names=[
            NameShown(person_id=id_, name=name, salt=salts[id_], commitment=commitment(salts[id_], name))
            for id_, name in names.items()
        ],
    )


def revoke(
    db: Session, viewer: Viewer, certificate: Certificate, reason: Reason, settings: Settings, now: datetime
) -> Revocation:
    """Revoke a certificate, for a reason that anyone with its code will read. It stays, and so does its paper.

    The trainee's place is no longer completed, so that another can be issued. Raises NotAllowed unless a
    coordinator does it, AlreadyDone where it was done.
    """
    _require_coordinator(viewer)
    if certificate.revocation:
        day = say_date(certificate.revocation.revoked_on)
        raise AlreadyDone("revoked", f"Certificate {certificate.number} was revoked on {day} already.")
    revocation = Revocation(
        certificate_id=certificate.id,
        reason=reason,
        revoked_on=now.astimezone(settings.time_zone).date(),
        revoked_at=now,
        revoked_by=viewer.person_id,
    )
    try:
        with db.begin_nested():
            add_sealed(db, revocation)
    except IntegrityError as fault:
        raise AlreadyDone("revoked", f"Somebody else has just revoked certificate {certificate.number}.") from fault
    if place := find_enrolment(db, certificate.cohort_id, certificate.person_id):
        place.completed_on = None
    db.flush()
    db.expire(certificate, ["revocation"])
    return revocation


def render_missing(database: Database, settings: Settings) -> int:
    """Make the paper of every certificate that has none yet, each in a unit of its own; return how many were made.

    No lock is held while a PDF is drawn. Whoever is killed in between leaves nothing behind but work to do, and two
    who do it at once make one paper. Raises pdf.RenderFailed for the first that could not be made, after the others.
    """
    with database.reading() as db:
        waiting = queries.without_paper(db)
    made, failed = 0, None
    for certificate_id in waiting:
        try:
            made += _render(database, settings, certificate_id)
        except pdf.RenderFailed as fault:
            log.exception("the paper of certificate %s could not be made", certificate_id)
            failed = failed or fault
    if failed:
        raise failed
    return made


def _render(database: Database, settings: Settings, certificate_id: str) -> bool:
    with database.reading() as db:
        certificate = queries.to_render(db, certificate_id)
        if certificate is None:
            return False
        sheet = _sheet(certificate, db.get_one(LedgerHead, THE_HEAD), settings)
    drawn = pdf.render(sheet)
    try:
        with database.unit() as db:
            return _keep(db, certificate_id, sheet, drawn)
    except IntegrityError:  # somebody else was first
        return False


def _sheet(certificate: Certificate, head: LedgerHead, settings: Settings) -> pdf.Sheet:
    return pdf.Sheet(
        facts=certificate.stated,
        holder=certificate.person_id,
        names={shown.person_id: shown.name for shown in certificate.names},
        code=certificate.code,
        ledger_origin=settings.host,
        ledger_size=head.size,
        ledger_root=head.root.hex(),
        made_at=certificate.issued_at.isoformat(timespec="seconds"),
    )


def _keep(db: Session, certificate_id: str, sheet: pdf.Sheet, drawn: bytes) -> bool:
    if queries.to_render(db, certificate_id) is None:
        return False
    paper = Paper(
        certificate_id=certificate_id,
        pdf=drawn,
        sha256=sha256(drawn).hexdigest(),
        ledger_size=sheet.ledger_size,
        ledger_root=sheet.ledger_root,
        rendered_at=clock.now(),
    )
    add_sealed(db, paper)
    return True
