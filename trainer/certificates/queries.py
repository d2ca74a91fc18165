"""Reads of certificates; what is not public takes the viewer and gives only what they may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Integer, bindparam, cast, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from trainer.certificates.models import Certificate, NameShown, Paper
from trainer.cohorts.models import Cohort, Enrolment
from trainer.cohorts.queries import VISIBLE, get_cohort, sight_of
from trainer.people.rules import Viewer
from trainer.refusal import NotFound

WHOLE = (
    joinedload(Certificate.names),
    joinedload(Certificate.revocation),
    joinedload(Certificate.paper),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A trainee's place on a cohort with the certificates issued for it, newest first."""

    enrolment: Enrolment
    certificates: tuple[Certificate, ...]

    @property
    def standing(self) -> Certificate | None:
        """The certificate that is not revoked, if there is one."""
        return next((one for one in self.certificates if one.revocation is None), None)


PLACES = (  # built once: building it takes longer than running it
    select(Enrolment, Certificate)
    .join(Enrolment.cohort)
    .join(Enrolment.person)
    .outerjoin(
        Certificate,
        (Certificate.person_id == Enrolment.person_id) & (Certificate.cohort_id == Enrolment.cohort_id),
    )
    .where(Enrolment.cohort_id == bindparam("cohort_id"), VISIBLE)
    .options(contains_eager(Enrolment.cohort), contains_eager(Enrolment.person), *WHOLE)
    .order_by(Certificate.round.desc())
)


def places(db: Session, viewer: Viewer, cohort_id: str) -> tuple[Cohort, list[Place]]:
    """Return a cohort that this person may see and everybody with a place on it, by name: one statement.

    An empty cohort takes a second one. Raises NotFound if it is not theirs to see.
    """
    found: dict[str, tuple[Enrolment, list[Certificate]]] = {}
    for enrolment, certificate in db.execute(PLACES, {"cohort_id": cohort_id, **sight_of(viewer)}).unique():
        found.setdefault(enrolment.id, (enrolment, []))[1].extend([certificate] if certificate else [])
    if not found:
        return get_cohort(db, viewer, cohort_id), []
    by_name = sorted(found.values(), key=lambda one: one[0].person.sort_key)
    return by_name[0][0].cohort, [Place(enrolment, tuple(issued)) for enrolment, issued in by_name]


OWN = (
    select(Certificate)
    .where(Certificate.person_id == bindparam("person_id"))
    .options(*WHOLE)
    .order_by(Certificate.issued_at.desc(), Certificate.round.desc())
)
BY_CODE = select(Certificate).where(Certificate.code == bindparam("code")).options(*WHOLE)


def own(db: Session, viewer: Viewer) -> Sequence[Certificate]:
    """Return the viewer's own certificates, newest first: one statement."""
    return db.scalars(OWN, {"person_id": viewer.person_id}).unique().all()


WITH_PAPER = (
    select(Certificate)
    .join(Certificate.cohort)
    .where(Certificate.id == bindparam("certificate_id"), (Certificate.person_id == bindparam("person_id")) | VISIBLE)
    .options(*WHOLE, joinedload(Certificate.paper).undefer(Paper.pdf))
)


def get_certificate(db: Session, viewer: Viewer, certificate_id: str) -> Certificate:
    """Return a certificate with its PDF: to its owner, to who leads or led its cohort, to coordinators.

    Raises NotFound otherwise.
    """
    given = {"certificate_id": certificate_id, "person_id": viewer.person_id, **sight_of(viewer)}
    found = db.scalars(WITH_PAPER, given).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def find_by_code(db: Session, code: str) -> Certificate | None:
    """Return the certificate with that code, or None: whoever has the code may see it."""
    return db.scalars(BY_CODE, {"code": code}).unique().one_or_none()


def issued_to(db: Session, person_id: str, cohort_id: str) -> Sequence[Certificate]:
    """Return the certificates of one person in one cohort, newest first."""
    query = select(Certificate).where(Certificate.person_id == person_id, Certificate.cohort_id == cohort_id)
    return db.scalars(query.options(*WHOLE).order_by(Certificate.round.desc())).unique().all()


def latest_number(db: Session, year: int) -> str | None:
    """Return the highest number of a year, or None."""
    serial = cast(func.substr(Certificate.number, len(f"{year}-") + 1), Integer)
    query = select(Certificate.number).where(Certificate.number.startswith(f"{year}-")).order_by(serial.desc()).limit(1)
    return db.scalars(query).one_or_none()


def without_paper(db: Session) -> Sequence[str]:
    """Return the ids of the certificates whose PDF is not made yet, oldest first; a withdrawn one never gets one."""
    holder = Certificate.names.any((NameShown.person_id == Certificate.person_id) & (NameShown.name != ""))
    query = select(Certificate.id).where(~Certificate.paper.has(), holder)
    return db.scalars(query.order_by(Certificate.issued_at, Certificate.number)).all()


def to_render(db: Session, certificate_id: str) -> Certificate | None:
    """Return a certificate whose PDF is not made yet, or None if it has one or is gone."""
    query = select(Certificate).where(Certificate.id == certificate_id, ~Certificate.paper.has())
    return db.scalars(query.options(joinedload(Certificate.names))).unique().one_or_none()
