"""Marking a register before it is signed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.cast import NOW, ZONE, Cast
from tests.integration.signoff.acts import AWAY, SORRY, THERE, mark, sign, there, viewer_of
from trainer.cohorts.models import Enrolment
from trainer.curriculum.rules import Programme
from trainer.people.rules import Role
from trainer.refusal import AlreadyDone, NotAllowed, NotFound, NotNow
from trainer.signoff import registers, services
from trainer.signoff.models import Mark, Register
from trainer.signoff.sheet import Draft, Given


def drafts(db: Session, cast: Cast, number: int = 1) -> dict[str, Draft]:
    return {row.person_id: row.draft for row in registers.sheet_of(db, cast.session_a(number)).rows}


def test_a_register_holds_whoever_has_a_place_on_that_day(db: Session, cast: Cast) -> None:
    assert set(drafts(db, cast)) == {p.id for p in (cast.amara, cast.siobhan, cast.tane, cast.madonna, cast.yael)}


def test_somebody_in_reserve_is_on_no_register(db: Session, cast: Cast) -> None:
    assert cast.wolfe.id not in drafts(db, cast)


def test_nobody_is_marked_before_anybody_marks(db: Session, cast: Cast) -> None:
    assert set(drafts(db, cast).values()) == {Draft()}
    assert not registers.sheet_of(db, cast.session_a(1)).opened


def test_the_first_save_opens_the_register_and_copies_its_roster(db: Session, cast: Cast) -> None:
    mark(db, cast.ruth, cast.session_a(1), {cast.amara.id: THERE})
    register = db.scalars(select(Register)).one()
    assert (register.opened_by, register.session_minutes) == (cast.ruth.id, 180)
    assert len(register.marks) == 5


def test_a_draft_is_kept_and_resumed(db: Session, cast: Cast) -> None:
    mark(db, cast.ruth, cast.session_a(1), {cast.amara.id: there("lets-others-finish", minutes=120)})
    mark(db, cast.ruth, cast.session_a(1), {cast.tane.id: SORRY})
    kept = drafts(db, cast)
    assert kept[cast.amara.id] == there("lets-others-finish", minutes=120)
    assert kept[cast.tane.id] == SORRY
    assert db.scalar(select(func.count()).select_from(Register)) == 1


def test_all_present_leaves_the_exceptions_alone(db: Session, cast: Cast) -> None:
    mark(db, cast.ruth, cast.session_a(1), {cast.tane.id: AWAY})
    mark(db, cast.ruth, cast.session_a(1), {}, all_present=True)
    kept = drafts(db, cast)
    assert kept[cast.tane.id] == AWAY
    assert kept[cast.amara.id] == THERE


def test_all_present_observes_nothing(db: Session, cast: Cast) -> None:
    mark(db, cast.ruth, cast.session_a(1), {}, all_present=True)
    assert not any(draft.seen for draft in drafts(db, cast).values())


def test_a_tick_can_be_taken_back(db: Session, cast: Cast) -> None:
    mark(db, cast.ruth, cast.session_a(1), {cast.amara.id: there("lets-others-finish")})
    mark(db, cast.ruth, cast.session_a(1), {cast.amara.id: THERE})
    assert drafts(db, cast)[cast.amara.id] == THERE


def test_two_trainers_who_mark_different_rows_both_keep_theirs(db: Session, cast: Cast) -> None:
    empty = {cast.amara.id: Draft(), cast.tane.id: Draft()}
    mark(db, cast.ruth, cast.session_a(1), {cast.amara.id: THERE}, shown=empty)
    assert mark(db, cast.daniel, cast.session_a(1), {cast.tane.id: AWAY}, shown=empty) == []
    kept = drafts(db, cast)
    assert (kept[cast.amara.id], kept[cast.tane.id]) == (THERE, AWAY)


def test_two_trainers_who_tick_for_the_same_trainee_both_keep_theirs(db: Session, cast: Cast) -> None:
    shown = {cast.amara.id: THERE}
    mark(db, cast.ruth, cast.session_a(1), {}, all_present=True)
    mark(db, cast.ruth, cast.session_a(1), {cast.amara.id: there("lets-others-finish")}, shown=shown)
    mark(db, cast.daniel, cast.session_a(1), {cast.amara.id: there("no-absolute-promise")}, shown=shown)
    assert drafts(db, cast)[cast.amara.id].seen == {"lets-others-finish", "no-absolute-promise"}


def test_who_overrides_a_colleague_is_told(db: Session, cast: Cast) -> None:
    shown = {cast.amara.id: Draft()}
    mark(db, cast.ruth, cast.session_a(1), {cast.amara.id: AWAY}, shown=shown)
    [said] = mark(db, cast.daniel, cast.session_a(1), {cast.amara.id: THERE}, shown=shown)
    assert said == "Ruth Hallam had marked Amara Okafor-Lindqvist absent; what you set now stands."
    assert drafts(db, cast)[cast.amara.id] == THERE


def test_who_only_ticks_leaves_the_mark_that_a_colleague_has_changed(db: Session, cast: Cast) -> None:
    mark(db, cast.ruth, cast.session_a(1), {}, all_present=True)
    mark(db, cast.ruth, cast.session_a(1), {cast.amara.id: there(minutes=90)})
    wanted, shown = {cast.amara.id: there("lets-others-finish")}, {cast.amara.id: THERE}
    assert mark(db, cast.daniel, cast.session_a(1), wanted, shown=shown) == []
    assert drafts(db, cast)[cast.amara.id] == there("lets-others-finish", minutes=90)


def test_who_only_marks_leaves_the_ticks_that_a_colleague_has_changed(db: Session, cast: Cast) -> None:
    mark(db, cast.ruth, cast.session_a(1), {cast.amara.id: there("lets-others-finish")})
    mark(db, cast.ruth, cast.session_a(1), {cast.amara.id: there("no-absolute-promise")})
    wanted, shown = (
        {cast.amara.id: there("lets-others-finish", minutes=120)},
        {cast.amara.id: there("lets-others-finish")},
    )
    mark(db, cast.daniel, cast.session_a(1), wanted, shown=shown)
    assert drafts(db, cast)[cast.amara.id] == there("no-absolute-promise", minutes=120)


def test_two_trainers_who_agree_are_told_nothing(db: Session, cast: Cast) -> None:
    shown = {cast.amara.id: Draft()}
    mark(db, cast.ruth, cast.session_a(1), {cast.amara.id: THERE}, shown=shown)
    assert mark(db, cast.daniel, cast.session_a(1), {cast.amara.id: THERE}, shown=shown) == []


def test_saving_the_same_page_twice_changes_nothing_more(db: Session, cast: Cast) -> None:
    shown = {cast.amara.id: Draft()}
    for _ in range(2):
        wanted = {cast.amara.id: there("lets-others-finish")}
        assert mark(db, cast.ruth, cast.session_a(1), wanted, shown=shown) == []
    assert drafts(db, cast)[cast.amara.id] == there("lets-others-finish")


def test_who_joins_after_the_register_was_opened_is_taken_in_and_marked_as_new(db: Session, cast: Cast) -> None:
    mark(db, cast.ruth, cast.session_a(6), {cast.amara.id: THERE})
    place = db.scalars(select(Enrolment).where(Enrolment.person_id == cast.wolfe.id)).one()
    place.reserve, place.enrolled_on = False, date(2026, 10, 21)
    db.flush()
    joined = [row.person_id for row in registers.sheet_of(db, cast.session_a(6)).rows if row.joined]
    assert joined == [cast.wolfe.id]
    mark(db, cast.ruth, cast.session_a(6), {}, all_present=True)
    assert not any(row.joined for row in registers.sheet_of(db, cast.session_a(6)).rows)
    assert drafts(db, cast, 6)[cast.wolfe.id] == THERE


def test_who_leaves_before_being_marked_leaves_the_register(db: Session, cast: Cast) -> None:
    mark(db, cast.ruth, cast.session_a(6), {cast.amara.id: THERE})
    for person in (cast.amara, cast.tane):
        place = db.scalars(select(Enrolment).where(Enrolment.person_id == person.id)).one()
        place.withdrawn_on = date(2026, 10, 20)
    mark(db, cast.ruth, cast.session_a(6), {})
    kept = drafts(db, cast, 6)
    assert cast.tane.id not in kept
    assert kept[cast.amara.id] == THERE, "whoever was marked stays until somebody decides"
    assert db.scalar(select(func.count()).select_from(Mark)) == 4


def test_a_trainer_who_does_not_lead_the_session_cannot_mark_it(db: Session, cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="Only who leads this session can do that: Ruth Hallam"):
        mark(db, cast.daniel, cast.session_a(2), {cast.amara.id: THERE})


def test_a_trainer_of_another_cohort_finds_no_register(db: Session, cast: Cast) -> None:
    with pytest.raises(NotFound):
        registers.get_sheet(db, viewer_of(cast.sol), cast.session_a(1).id)
    with pytest.raises(NotFound):
        mark(db, cast.sol, cast.session_a(1), {cast.amara.id: THERE})


def test_a_coordinator_may_look_and_not_mark(db: Session, cast: Cast) -> None:
    coordinator = viewer_of(cast.priya, Role.COORDINATOR)
    assert registers.get_sheet(db, coordinator, cast.session_a(1).id).rows
    with pytest.raises(NotAllowed):
        services.save_marks(db, coordinator, cast.session_a(1).id, Given(()), ZONE, NOW)


def test_a_cancelled_session_has_no_register(db: Session, cast: Cast) -> None:
    cast.session_a(6).cancelled_on = date(2026, 10, 19)
    db.flush()
    with pytest.raises(NotNow, match="cancelled"):
        mark(db, cast.ruth, cast.session_a(6), {cast.amara.id: THERE})


def test_nobody_marks_what_is_signed(db: Session, cast: Cast, programme: Programme) -> None:
    sign(db, cast.ruth, cast.session_a(1), programme)
    with pytest.raises(AlreadyDone, match="Ruth Hallam signed this session on 20 October 2026, 12:00"):
        mark(db, cast.daniel, cast.session_a(1), {cast.amara.id: AWAY}, now=NOW + timedelta(hours=1))
