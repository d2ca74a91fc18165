"""Issuing and revoking: who may, when, once only, and what is sealed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.integration.certificates.training import AFTER, ISSUED, issue
from tests.integration.signoff.acts import case_of, viewer_of
from trainer.certificates import queries, records, services
from trainer.certificates.codes import is_code
from trainer.certificates.models import Certificate, Paper, Revocation
from trainer.certificates.personal import erase
from trainer.certificates.rules import Reason, State
from trainer.cohorts.queries import find_enrolment
from trainer.cohorts.rules import State as PlaceState
from trainer.config import Settings
from trainer.curriculum.rules import Catalogue, Programme
from trainer.ledger.models import Leaf
from trainer.ledger.verify import Discrepancy, verify
from trainer.people.rules import Role
from trainer.refusal import AlreadyDone, NotAllowed, NotFound, NotValid
from trainer.signoff import correcting, judging
from trainer.signoff import records as signoff_records
from trainer.signoff.rules import Kind, Presence


def found(db: Session) -> tuple[Discrepancy, ...]:
    """What `trainer verify` would report."""
    db.flush()
    db.expire_all()
    return verify(db, [*signoff_records.sealed_records(db), *records.sealed_records(db)])


@pytest.fixture
def certificate(db: Session, cast: Cast, catalogue: Catalogue, settings: Settings) -> Certificate:
    """Amara's."""
    return issue(db, cast, cast.amara, catalogue, settings)


def test_it_states_thirty_hours_ten_sessions_and_who_signed(certificate: Certificate, cast: Cast) -> None:
    facts = certificate.stated
    assert (facts.minutes, len(facts.sessions)) == (1800, 10)
    assert (facts.first_on, facts.last_on) == (date(2026, 10, 5), date(2026, 11, 5))
    assert [certificate.name_of(person_id) for person_id in facts.signers] == ["Ruth Hallam", "Daniel Achterberg"]
    assert certificate.name_of(facts.readiness_by) == "Ruth Hallam"
    assert certificate.name == "Amara Okafor-Lindqvist"
    assert facts.verify_at == "http://localhost:8000/verify"


def test_it_has_a_number_a_code_and_completes_the_place(certificate: Certificate, db: Session, cast: Cast) -> None:
    assert certificate.number == "2026-0001"
    assert is_code(certificate.code)
    place = find_enrolment(db, cast.cohort_a.id, cast.amara.id)
    assert place is not None
    assert (place.completed_on, place.state) == (date(2026, 11, 5), PlaceState.COMPLETED)


def test_numbers_follow_each_other_and_begin_anew_with_the_year(
    db: Session, cast: Cast, programme: Programme, catalogue: Catalogue, settings: Settings
) -> None:
    new_year = datetime(2027, 1, 1, 0, 30, tzinfo=ISSUED.tzinfo)
    numbers = [
        issue(db, cast, person, catalogue, settings, now).number
        for person, now in ((cast.amara, ISSUED), (cast.madonna, ISSUED), (cast.tane, new_year))
    ]
    assert numbers == ["2026-0001", "2026-0002", "2027-0001"]


def test_a_session_made_up_counts_on_the_day_of_the_make_up(
    db: Session, cast: Cast, programme: Programme, catalogue: Catalogue, settings: Settings
) -> None:
    ruth, daniel, zone = viewer_of(cast.ruth), viewer_of(cast.daniel), settings.time_zone
    line = correcting.get_line(db, daniel, cast.session_a(4).id, cast.amara.id, Kind.SIGN_OFF)
    away = correcting.Amendment(Presence.ABSENT, 0, frozenset(), "marked-wrongly", shown=line.shown)
    correcting.correct(db, daniel, line, away, zone, AFTER)
    case = case_of(db, cast.ruth, cast.cohort_a, cast.amara, programme, AFTER)
    assert line.latest is not None
    met = judging.InPlace("", date(2026, 11, 6), 180, line.latest.behaviours)
    judging.make_up(db, ruth, case, 4, met, zone, AFTER)
    facts = issue(db, cast, cast.amara, catalogue, settings).stated
    assert [(one.on, one.made_up) for one in facts.sessions if one.number == 4] == [(date(2026, 11, 6), True)]
    assert facts.last_on == date(2026, 11, 6)
    assert len(facts.sessions) == 10


def test_what_is_missing_is_said_and_nothing_is_issued(
    db: Session, cast: Cast, programme: Programme, catalogue: Catalogue, settings: Settings
) -> None:
    with pytest.raises(services.NotEligible) as refusal:
        issue(db, cast, cast.siobhan, catalogue, settings)
    assert "A trainer has not signed readiness yet." in refusal.value.reasons
    assert "Siobhán O'Rourke cannot have the certificate yet." in refusal.value.sentence
    assert db.scalars(select(Certificate)).all() == []


def test_only_a_coordinator_issues(
    db: Session, cast: Cast, programme: Programme, catalogue: Catalogue, settings: Settings
) -> None:
    with pytest.raises(NotAllowed):
        services.issue(db, viewer_of(cast.ruth), cast.cohort_a.id, cast.amara.id, catalogue, settings, ISSUED)


def test_nobody_issues_a_certificate_to_themselves(
    db: Session, cast: Cast, programme: Programme, catalogue: Catalogue, settings: Settings
) -> None:
    amara = viewer_of(cast.amara, Role.TRAINEE, Role.COORDINATOR)
    with pytest.raises(NotAllowed) as refusal:
        services.issue(db, amara, cast.cohort_a.id, cast.amara.id, catalogue, settings, ISSUED)
    assert refusal.value.code == "own"


def test_somebody_without_a_place_gets_none(db: Session, cast: Cast, catalogue: Catalogue, settings: Settings) -> None:
    with pytest.raises(NotFound):
        issue(db, cast, cast.noor, catalogue, settings)


def test_a_second_press_issues_no_second_certificate(
    certificate: Certificate, db: Session, cast: Cast, catalogue: Catalogue, settings: Settings
) -> None:
    with pytest.raises(AlreadyDone) as refusal:
        issue(db, cast, cast.amara, catalogue, settings)
    assert "2026-0001 of 10 November 2026" in refusal.value.sentence
    assert db.scalars(select(Certificate)).all() == [certificate]


def test_a_name_that_cannot_be_set_is_refused_by_name(
    db: Session, cast: Cast, programme: Programme, catalogue: Catalogue, settings: Settings
) -> None:
    cast.amara.given_name, cast.amara.family_name = "李", "伟"
    with pytest.raises(NotValid) as refusal:
        issue(db, cast, cast.amara, catalogue, settings)
    assert "The name 李 伟 has letters" in refusal.value.sentence


def test_the_leaf_holds_no_name(certificate: Certificate, db: Session) -> None:
    content = next(content for kind, _, content in records.sealed_records(db) if kind == "certificate").decode()
    assert certificate.person_id in content
    for name in ("Amara", "Okafor", "Ruth", "Hallam", "Daniel"):
        assert name not in content


def test_records_and_leaves_agree(certificate: Certificate, db: Session) -> None:
    assert found(db) == ()
    assert db.scalars(select(Leaf.record_id).where(Leaf.kind == "certificate")).all() == [certificate.id]


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE certificate SET facts = replace(facts, '1800', '2400')",
        "UPDATE certificate SET facts = 'no json'",
        "UPDATE certificate SET code = '00000000000000000000000000'",
        "UPDATE certificate SET issued_by = person_id",
        "UPDATE certificate_name SET name = 'Somebody Else' WHERE name LIKE 'Amara%'",
        "UPDATE certificate_name SET salt = NULL WHERE name LIKE 'Amara%'",
        "UPDATE certificate_name SET name = '', salt = NULL, commitment = x'00' WHERE name LIKE 'Amara%'",
        "DELETE FROM certificate_name WHERE name LIKE 'Daniel%'",
    ],
)
def test_whoever_changes_a_certificate_is_found_out(certificate: Certificate, db: Session, tampering: str) -> None:
    db.execute(text(tampering))
    assert [one.code for one in found(db)] == ["record-changed"]


def test_revoking_is_not_deleting(certificate: Certificate, db: Session, cast: Cast, settings: Settings) -> None:
    priya = viewer_of(cast.priya, Role.COORDINATOR)
    services.revoke(db, priya, certificate, Reason.RECORD, settings, ISSUED + timedelta(days=2))
    again = queries.find_by_code(db, certificate.code)
    assert again is not None
    assert again.revocation is not None
    assert (again.state, again.revocation.reason, again.revocation.revoked_on) == (
        State.REVOKED,
        "record",
        date(2026, 11, 12),
    )
    place = find_enrolment(db, cast.cohort_a.id, cast.amara.id)
    assert place is not None
    assert place.completed_on is None
    assert found(db) == ()


def test_a_revocation_that_is_taken_away_is_missed(
    certificate: Certificate, db: Session, cast: Cast, settings: Settings
) -> None:
    priya = viewer_of(cast.priya, Role.COORDINATOR)
    services.revoke(db, priya, certificate, Reason.MISTAKE, settings, ISSUED)
    db.execute(text("DELETE FROM revocation"))
    assert [one.code for one in found(db)] == ["leaf-orphaned"]


def test_a_certificate_is_revoked_once_and_by_a_coordinator_only(
    certificate: Certificate, db: Session, cast: Cast, settings: Settings
) -> None:
    with pytest.raises(NotAllowed):
        services.revoke(db, viewer_of(cast.ruth), certificate, Reason.MISTAKE, settings, ISSUED)
    priya = viewer_of(cast.priya, Role.COORDINATOR)
    services.revoke(db, priya, certificate, Reason.MISTAKE, settings, ISSUED)
    with pytest.raises(AlreadyDone):
        services.revoke(db, priya, certificate, Reason.DETAIL, settings, ISSUED)
    assert len(db.scalars(select(Revocation)).all()) == 1


def test_another_can_be_issued_after_a_revocation_under_the_new_name(
    certificate: Certificate, db: Session, cast: Cast, catalogue: Catalogue, settings: Settings
) -> None:
    priya = viewer_of(cast.priya, Role.COORDINATOR)
    services.revoke(db, priya, certificate, Reason.DETAIL, settings, ISSUED)
    cast.amara.family_name = "Lindqvist"
    db.expire(certificate)
    second = issue(db, cast, cast.amara, catalogue, settings)
    assert (second.number, second.round, second.name) == ("2026-0002", 2, "Amara Lindqvist")
    assert certificate.name == "Amara Okafor-Lindqvist"
    assert found(db) == ()


def test_erasing_withdraws_the_certificate_and_leaves_the_ledger_true(
    certificate: Certificate, db: Session, cast: Cast
) -> None:
    pdf = b"%PDF-1.7 Amara"
    paper = Paper(
        certificate_id=certificate.id,
        pdf=pdf,
        sha256=services.sha256(pdf).hexdigest(),
        ledger_size=1,
        ledger_root="0" * 64,
        rendered_at=ISSUED,
    )
    services.add_sealed(db, paper)
    assert found(db) == ()
    erase(db, cast.amara.id)
    assert found(db) == ()
    again = queries.find_by_code(db, certificate.code)
    assert again is not None
    assert (again.state, again.name) == (State.WITHDRAWN, "")
    assert db.scalars(select(Paper.pdf)).all() == [None]
    assert queries.without_paper(db) == []


def test_erasing_a_trainer_leaves_the_holder_a_certificate_that_verifies(
    certificate: Certificate, db: Session, cast: Cast
) -> None:
    erase(db, cast.ruth.id)
    assert found(db) == ()
    db.expire_all()
    assert (certificate.state, certificate.name_of(cast.ruth.id)) == (State.VALID, "")
