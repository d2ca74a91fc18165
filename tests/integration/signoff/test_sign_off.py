"""Signing a register: what is frozen, and every refusal."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.cast import NOW, ZONE, Cast
from tests.integration.signoff.acts import AWAY, SORRY, THERE, mark, sign, sign_as_shown, there, viewer_of
from trainer.cohorts.models import Enrolment, Leading
from trainer.curriculum.rules import Programme
from trainer.ledger.models import Leaf
from trainer.people.rules import Role
from trainer.refusal import AlreadyDone, NotAllowed, NotFound, NotNow
from trainer.signoff import queries, registers, services
from trainer.signoff.models import SignOff
from trainer.signoff.rules import Kind, Presence
from trainer.signoff.sheet import fingerprint


def test_a_signature_freezes_everything_as_it_was(db: Session, cast: Cast, programme: Programme) -> None:
    wanted = {cast.amara.id: there("no-absolute-promise", "lets-others-finish", minutes=170), cast.tane.id: SORRY}
    signed = sign(db, cast.ruth, cast.session_a(1), programme, wanted)
    db.expire_all()
    kept = db.get_one(SignOff, signed.id)
    assert (kept.signed_by, kept.signed_at, kept.session_number) == (cast.ruth.id, NOW, 1)
    assert (kept.programme, kept.edition, kept.session_minutes) == ("peer-support", programme.edition, 180)
    assert kept.starts_at == datetime(2026, 10, 5, 13, 0, tzinfo=UTC), "two in the afternoon in summer time"
    lines = {line.person_id: line for line in kept.lines}
    assert len(lines) == 5
    amara, tane = lines[cast.amara.id], lines[cast.tane.id]
    assert (amara.presence, amara.minutes, amara.behaviours) == (
        "present",
        170,
        "lets-others-finish no-absolute-promise",
    )
    assert (tane.presence, tane.minutes, tane.behaviours) == ("apologies", 0, "")


def test_what_was_signed_counts_for_everybody(db: Session, cast: Cast, programme: Programme) -> None:
    sign(db, cast.ruth, cast.session_a(1), programme, {cast.tane.id: AWAY})
    counted = {one.person_id: one for one in queries.counted_in_cohort(db, cast.cohort_a.id)}
    assert counted[cast.amara.id].minutes == 180
    assert (counted[cast.tane.id].presence, counted[cast.tane.id].minutes) == (Presence.ABSENT, 0)
    assert counted[cast.amara.id].signer == "Ruth Hallam"
    [own] = queries.counted_of(db, cast.amara.id, cast.cohort_a.id)
    assert own == counted[cast.amara.id]


def test_a_later_move_of_the_timetable_leaves_what_was_signed(db: Session, cast: Cast, programme: Programme) -> None:
    sign(db, cast.ruth, cast.session_a(1), programme)
    cast.session_a(1).ends += timedelta(hours=1)
    db.flush()
    [one] = queries.counted_of(db, cast.amara.id, cast.cohort_a.id)
    assert one.session_minutes == 180


def test_a_session_that_is_not_over_cannot_be_signed(db: Session, cast: Cast, programme: Programme) -> None:
    with pytest.raises(NotNow) as refused:
        sign(db, cast.ruth, cast.session_a(6), programme)
    assert refused.value.code == "not-over"


def test_a_session_can_be_signed_the_minute_it_ends(db: Session, cast: Cast, programme: Programme) -> None:
    ends = datetime(2026, 10, 22, 17, 0, tzinfo=ZONE)
    with pytest.raises(NotNow):
        sign(db, cast.ruth, cast.session_a(6), programme, now=ends - timedelta(seconds=1))
    assert sign(db, cast.ruth, cast.session_a(6), programme, now=ends).session_number == 6


def test_a_cancelled_session_cannot_be_signed(db: Session, cast: Cast, programme: Programme) -> None:
    mark(db, cast.ruth, cast.session_a(1), {}, all_present=True)
    cast.session_a(1).cancelled_on = date(2026, 10, 4)
    db.flush()
    with pytest.raises(NotNow) as refused:
        sign_as_shown(db, cast.ruth, cast.session_a(1), programme)
    assert refused.value.code == "cancelled"


def test_nobody_signs_their_own_attendance(db: Session, cast: Cast, programme: Programme) -> None:
    db.add(Enrolment(cohort_id=cast.cohort_a.id, person_id=cast.daniel.id, enrolled_on=date(2026, 9, 21)))
    db.flush()
    with pytest.raises(NotAllowed) as refused:
        sign(db, cast.daniel, cast.session_a(1), programme)
    assert refused.value.code == "own-attendance"
    assert sign(db, cast.ruth, cast.session_a(1), programme).signed_by == cast.ruth.id


def test_a_session_is_signed_once_and_the_second_is_told_by_whom_and_when(
    db: Session, cast: Cast, programme: Programme
) -> None:
    sign(db, cast.ruth, cast.session_a(1), programme)
    with pytest.raises(AlreadyDone, match="Ruth Hallam signed this session on 20 October 2026, 12:00"):
        sign_as_shown(db, cast.daniel, cast.session_a(1), programme, now=NOW + timedelta(hours=1))
    assert db.scalar(select(func.count()).select_from(SignOff)) == 1


def test_only_who_leads_the_session_signs_it(db: Session, cast: Cast, programme: Programme) -> None:
    mark(db, cast.ruth, cast.session_a(2), {}, all_present=True)
    with pytest.raises(NotAllowed) as refused:
        sign_as_shown(db, cast.daniel, cast.session_a(2), programme)
    assert refused.value.code == "not-leader"


def test_who_was_replaced_as_leader_signs_no_more(db: Session, cast: Cast, programme: Programme) -> None:
    mark(db, cast.ruth, cast.session_a(2), {}, all_present=True)
    leading = db.scalars(select(Leading).where(Leading.training_session_id == cast.session_a(2).id)).one()
    leading.ended_on = date(2026, 10, 7)
    db.add(Leading(training_session_id=cast.session_a(2).id, person_id=cast.daniel.id, from_on=date(2026, 10, 7)))
    db.flush()
    db.expire_all()
    with pytest.raises(NotAllowed):
        sign_as_shown(db, cast.ruth, cast.session_a(2), programme)
    assert sign_as_shown(db, cast.daniel, cast.session_a(2), programme)


def test_who_is_no_trainer_any_more_signs_no_more(db: Session, cast: Cast, programme: Programme) -> None:
    mark(db, cast.ruth, cast.session_a(2), {}, all_present=True)
    rows = registers.sheet_of(db, cast.session_a(2)).rows
    shown = fingerprint(rows, 180, programme.edition)
    nobody = viewer_of(cast.ruth, Role.COORDINATOR)
    with pytest.raises(NotAllowed):
        services.sign_off(db, nobody, cast.session_a(2).id, programme, shown, ZONE, NOW)


def test_a_trainer_of_another_cohort_finds_nothing_to_sign(db: Session, cast: Cast, programme: Programme) -> None:
    mark(db, cast.ruth, cast.session_a(1), {}, all_present=True)
    with pytest.raises(NotFound):
        sign_as_shown(db, cast.sol, cast.session_a(1), programme)


def test_whoever_is_unmarked_stands_in_the_way_and_is_named(db: Session, cast: Cast, programme: Programme) -> None:
    mark(db, cast.ruth, cast.session_a(1), {cast.amara.id: THERE})
    with pytest.raises(NotNow, match="Madonna, Siobhán O'Rourke, Tāne Parata and יעל"):
        sign_as_shown(db, cast.ruth, cast.session_a(1), programme)


def test_an_untouched_register_cannot_be_signed(db: Session, cast: Cast, programme: Programme) -> None:
    with pytest.raises(NotNow) as refused:
        sign_as_shown(db, cast.ruth, cast.session_a(1), programme)
    assert refused.value.code == "unmarked"


def test_a_cohort_without_trainees_has_nothing_to_sign(db: Session, cast: Cast, programme: Programme) -> None:
    for place in db.scalars(select(Enrolment)):
        db.delete(place)
    db.flush()
    with pytest.raises(NotNow) as refused:
        sign_as_shown(db, cast.ruth, cast.session_a(1), programme)
    assert refused.value.code == "nobody"


def test_what_was_changed_after_the_page_was_drawn_is_not_signed(db: Session, cast: Cast, programme: Programme) -> None:
    mark(db, cast.ruth, cast.session_a(1), {}, all_present=True)
    shown = fingerprint(registers.sheet_of(db, cast.session_a(1)).rows, 180, programme.edition)
    mark(db, cast.daniel, cast.session_a(1), {cast.tane.id: AWAY})
    with pytest.raises(NotNow) as refused:
        services.sign_off(db, viewer_of(cast.ruth), cast.session_a(1).id, programme, shown, ZONE, NOW)
    assert refused.value.code == "changed-meanwhile"


def test_what_is_refused_leaves_no_signature_and_no_leaf(db: Session, cast: Cast, programme: Programme) -> None:
    with pytest.raises(NotNow):
        sign(db, cast.ruth, cast.session_a(6), programme)
    assert db.scalar(select(func.count()).select_from(SignOff)) == 0
    assert db.scalar(select(func.count()).select_from(Leaf)) == 0


def test_a_signature_and_its_leaf_come_together(db: Session, cast: Cast, programme: Programme) -> None:
    signed = sign(db, cast.ruth, cast.session_a(1), programme)
    leaf = db.scalars(select(Leaf)).one()
    assert (leaf.kind, leaf.record_id) == (Kind.SIGN_OFF.value, signed.id)


def test_it_is_known_which_sessions_are_signed(db: Session, cast: Cast, programme: Programme) -> None:
    sign(db, cast.ruth, cast.session_a(1), programme)
    ids = [cast.session_a(1).id, cast.session_a(2).id]
    assert queries.signed_among(db, ids) == {cast.session_a(1).id}
