"""Make-ups, readiness, and safety outcomes that were met another way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cast import NOW, ZONE, Cast
from tests.integration.signoff.acts import AWAY, case_of, sign, there, viewer_of
from trainer.cohorts.models import Enrolment
from trainer.curriculum.rules import Catalogue, Programme
from trainer.people.models import Person
from trainer.people.rules import Role
from trainer.refusal import AlreadyDone, NotAllowed, NotNow, NotValid, Refused
from trainer.signoff import boards, judging, queries
from trainer.signoff.judging import InPlace
from trainer.signoff.models import MakeUp, MetAnotherWay, Readiness
from trainer.signoff.rules import Kind, hours_of, safety_modules

MET_ON = date(2026, 10, 16)


@pytest.fixture
def signed(db: Session, cast: Cast, programme: Programme) -> None:
    """Session 1 of cohort A is signed; Tāne was absent, Yael left early."""
    wanted = {cast.tane.id: AWAY, cast.yael.id: there(minutes=100)}
    sign(db, cast.ruth, cast.session_a(1), programme, wanted)


def make_up(
    db: Session,
    cast: Cast,
    programme: Programme,
    given: InPlace,
    person: Person | None = None,
    by: Person | None = None,
    number: int = 1,
) -> MakeUp:
    trainer = by or cast.ruth
    case = case_of(db, trainer, cast.cohort_a, person or cast.tane, programme)
    return judging.make_up(db, viewer_of(trainer), case, number, given, ZONE, NOW)


@pytest.mark.usefixtures("signed")
def test_a_session_of_another_cohort_counts_in_place_of_the_missed_one(
    db: Session, cast: Cast, programme: Programme
) -> None:
    record = make_up(db, cast, programme, InPlace(cast.session_b(1).id, None, 170))
    assert (record.way, record.attended_session_id, record.held_on) == (
        "another cohort",
        cast.session_b(1).id,
        date(2026, 10, 5),
    )
    [one] = queries.counted_of(db, cast.tane.id, cast.cohort_a.id)
    assert (one.how, hours_of([one], programme)) == (Kind.MAKE_UP, 180)


@pytest.mark.usefixtures("signed")
def test_an_agreed_meeting_counts_with_its_day_and_what_was_seen(db: Session, cast: Cast, programme: Programme) -> None:
    record = make_up(db, cast, programme, InPlace("", MET_ON, 180, frozenset({"no-absolute-promise"})))
    assert (record.way, record.attended_session_id, record.held_on) == ("meeting", None, MET_ON)
    [one] = queries.counted_of(db, cast.tane.id, cast.cohort_a.id)
    assert one.behaviours == {"no-absolute-promise"}


@pytest.mark.usefixtures("signed")
def test_whoever_left_early_makes_up_the_rest(db: Session, cast: Cast, programme: Programme) -> None:
    make_up(db, cast, programme, InPlace("", MET_ON, 80), cast.yael)
    [one] = queries.counted_of(db, cast.yael.id, cast.cohort_a.id)
    assert one.minutes == 180


@pytest.mark.usefixtures("signed")
def test_a_session_that_was_attended_cannot_be_made_up(db: Session, cast: Cast, programme: Programme) -> None:
    with pytest.raises(NotNow) as refused:
        make_up(db, cast, programme, InPlace("", MET_ON, 180), cast.amara)
    assert refused.value.code == "attended"


@pytest.mark.usefixtures("signed")
def test_a_session_to_come_cannot_be_made_up(db: Session, cast: Cast, programme: Programme) -> None:
    with pytest.raises(NotNow, match="has not been missed yet"):
        make_up(db, cast, programme, InPlace("", MET_ON, 180), number=6)


def test_a_session_whose_register_is_open_cannot_be_made_up(db: Session, cast: Cast, programme: Programme) -> None:
    with pytest.raises(NotNow, match="register has to be signed first"):
        make_up(db, cast, programme, InPlace("", MET_ON, 180))


@pytest.mark.usefixtures("signed")
def test_a_cancelled_session_can_be_made_up(db: Session, cast: Cast, programme: Programme) -> None:
    cast.session_a(2).cancelled_on = date(2026, 10, 7)
    db.flush()
    assert make_up(db, cast, programme, InPlace("", MET_ON, 180), cast.amara, number=2)


@pytest.mark.usefixtures("signed")
def test_a_session_is_made_up_once_and_the_second_is_told_who_signed(
    db: Session, cast: Cast, programme: Programme
) -> None:
    make_up(db, cast, programme, InPlace("", MET_ON, 180))
    with pytest.raises(AlreadyDone, match="Ruth Hallam signed this make-up on 20 October 2026"):
        make_up(db, cast, programme, InPlace(cast.session_b(1).id, None, 180), by=cast.daniel)


@pytest.mark.usefixtures("signed")
def test_two_who_make_up_the_same_session_from_two_pages_leave_one(
    db: Session, cast: Cast, programme: Programme
) -> None:
    page = case_of(db, cast.daniel, cast.cohort_a, cast.tane, programme)
    make_up(db, cast, programme, InPlace("", MET_ON, 180))
    with pytest.raises(AlreadyDone):
        judging.make_up(db, viewer_of(cast.daniel), page, 1, InPlace("", MET_ON, 180), ZONE, NOW)


@pytest.mark.usefixtures("signed")
@pytest.mark.parametrize(
    ("given", "field"),
    [
        (InPlace("", None, 180), "held_on"),
        (InPlace("", date(2026, 10, 21), 180), "held_on"),
        (InPlace("", date(2026, 9, 20), 180), "held_on"),
        (InPlace("", MET_ON, 181), "minutes"),
        (InPlace("", MET_ON, -1), "minutes"),
        (InPlace("", MET_ON, 0), "minutes"),
        (InPlace("no such session", None, 180), "where"),
    ],
)
def test_a_make_up_that_cannot_be_is_refused_at_its_field(
    db: Session, cast: Cast, programme: Programme, given: InPlace, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        make_up(db, cast, programme, given)
    assert refused.value.field == field


@pytest.mark.usefixtures("signed")
def test_a_session_that_another_cohort_has_still_to_come_makes_up_nothing(
    db: Session, cast: Cast, programme: Programme
) -> None:
    cast.session_b(1).ends = cast.session_b(6).ends
    db.flush()
    with pytest.raises(NotNow) as refused:
        make_up(db, cast, programme, InPlace(cast.session_b(1).id, None, 180))
    assert refused.value.field == "where"


@pytest.mark.usefixtures("signed")
@pytest.mark.parametrize("wrong", ["own", "other number", "cancelled"])
def test_only_the_same_session_of_another_cohort_makes_it_up(
    db: Session, cast: Cast, programme: Programme, wrong: str
) -> None:
    offered = {"own": cast.session_a(1), "other number": cast.session_b(2), "cancelled": cast.session_b(1)}[wrong]
    if wrong == "cancelled":
        offered.cancelled_on = date(2026, 10, 4)
    db.flush()
    with pytest.raises(NotValid) as refused:
        make_up(db, cast, programme, InPlace(offered.id, None, 180))
    assert refused.value.code == "where"


@pytest.mark.usefixtures("signed")
def test_a_way_that_the_programme_does_not_allow_is_refused(db: Session, cast: Cast, programme: Programme) -> None:
    strict = replace(programme, rules=replace(programme.rules, make_up=("another cohort",)))
    with pytest.raises(NotValid) as refused:
        make_up(db, cast, strict, InPlace("", MET_ON, 180))
    assert refused.value.code == "way"
    strict = replace(programme, rules=replace(programme.rules, make_up=("meeting",)))
    with pytest.raises(NotValid):
        make_up(db, cast, strict, InPlace(cast.session_b(1).id, None, 180))


@pytest.mark.usefixtures("signed")
def test_who_leads_no_session_of_the_cohort_now_signs_nothing_about_its_trainees(
    db: Session, cast: Cast, programme: Programme
) -> None:
    case = case_of(db, cast.ruth, cast.cohort_a, cast.tane, programme)
    for stranger in (viewer_of(cast.sol), viewer_of(cast.priya, Role.COORDINATOR)):
        with pytest.raises(NotAllowed):
            judging.make_up(db, stranger, case, 1, InPlace("", MET_ON, 180), ZONE, NOW)
        with pytest.raises(NotAllowed):
            judging.judge(db, stranger, case, True, "", ZONE, NOW)


@pytest.mark.usefixtures("signed")
def test_nobody_signs_anything_about_themselves(
    db: Session, cast: Cast, programme: Programme, catalogue: Catalogue
) -> None:
    db.add(Enrolment(cohort_id=cast.cohort_a.id, person_id=cast.daniel.id, enrolled_on=date(2026, 9, 21)))
    db.flush()
    case, daniel = case_of(db, cast.daniel, cast.cohort_a, cast.daniel, programme), viewer_of(cast.daniel)
    [module, *_] = safety_modules(programme, catalogue)
    for act in (
        lambda: judging.make_up(db, daniel, case, 1, InPlace("", MET_ON, 180), ZONE, NOW),
        lambda: judging.judge(db, daniel, case, True, "", ZONE, NOW),
        lambda: judging.meet_another_way(db, daniel, case, module, "observed", ZONE, NOW),
    ):
        with pytest.raises(NotAllowed) as refused:
            act()
        assert refused.value.code == "own-attendance"


@pytest.mark.usefixtures("signed")
def test_nothing_is_signed_about_who_has_left(db: Session, cast: Cast, programme: Programme) -> None:
    place = db.scalars(select(Enrolment).where(Enrolment.person_id == cast.tane.id)).one()
    place.withdrawn_on = date(2026, 10, 18)
    db.flush()
    with pytest.raises(NotNow) as refused:
        make_up(db, cast, programme, InPlace("", MET_ON, 180))
    assert refused.value.code == "no-place"


def judge(
    db: Session, cast: Cast, programme: Programme, ready: bool, words: str, by: Person | None = None
) -> Readiness:
    trainer = by or cast.ruth
    case = case_of(db, trainer, cast.cohort_a, cast.amara, programme)
    return judging.judge(db, viewer_of(trainer), case, ready, words, ZONE, NOW)


def test_the_latest_judgement_counts_and_the_earlier_stays(db: Session, cast: Cast, programme: Programme) -> None:
    judge(db, cast, programme, False, "Practise ending on time.")
    judge(db, cast, programme, True, "You did.", cast.daniel)
    latest = queries.readiness_of(db, cast.amara.id, cast.cohort_a.id)
    assert latest is not None
    assert (latest.ready, latest.words, latest.signer.name) == (True, "You did.", "Daniel Achterberg")
    assert queries.readiness_in(db, cast.cohort_a.id)[cast.amara.id] is latest.ready
    shown = boards.judgements_of(db, cast.amara.id, cast.cohort_a.id)
    assert [(one.ready, one.words) for one in shown] == [(False, "Practise ending on time."), (True, "You did.")]


def test_not_ready_yet_needs_words_for_the_trainee(db: Session, cast: Cast, programme: Programme) -> None:
    with pytest.raises(NotValid) as refused:
        judge(db, cast, programme, False, "  ")
    assert refused.value.field == "words"
    with pytest.raises(NotValid):
        judge(db, cast, programme, True, "x" * 2001)


def test_a_double_click_signs_one_judgement(db: Session, cast: Cast, programme: Programme) -> None:
    judge(db, cast, programme, True, "")
    with pytest.raises(AlreadyDone, match="Ruth Hallam signed this on 20 October 2026"):
        judge(db, cast, programme, True, " ")


def test_nobody_has_a_readiness_before_somebody_signs_it(db: Session, cast: Cast) -> None:
    assert queries.readiness_of(db, cast.amara.id, cast.cohort_a.id) is None


def test_a_safety_outcome_can_be_met_another_way_once(
    db: Session, cast: Cast, programme: Programme, catalogue: Catalogue
) -> None:
    [module, *_] = safety_modules(programme, catalogue)
    case = case_of(db, cast.ruth, cast.cohort_a, cast.amara, programme)
    record = judging.meet_another_way(db, viewer_of(cast.ruth), case, module, "conversation", ZONE, NOW)
    assert (record.module, record.way, record.edition) == (module.slug, "conversation", programme.edition)
    assert queries.safety_met(db, cast.cohort_a.id) == {(cast.amara.id, module.slug)}
    with pytest.raises(AlreadyDone, match="Ruth Hallam signed this"):
        judging.meet_another_way(db, viewer_of(cast.daniel), case, module, "observed", ZONE, NOW)
    assert len(db.scalars(select(MetAnotherWay)).all()) == 1


def test_the_way_an_outcome_was_met_is_one_of_two(
    db: Session, cast: Cast, programme: Programme, catalogue: Catalogue
) -> None:
    [module, *_] = safety_modules(programme, catalogue)
    case = case_of(db, cast.ruth, cast.cohort_a, cast.amara, programme)
    with pytest.raises(NotValid):
        judging.meet_another_way(db, viewer_of(cast.ruth), case, module, "telepathy", ZONE, NOW)


def test_a_cohort_shows_who_can_still_reach_the_hours(db: Session, cast: Cast, programme: Programme) -> None:
    sign(db, cast.ruth, cast.session_a(1), programme, {cast.tane.id: AWAY})
    strict = replace(programme, rules=replace(programme.rules, make_up=()))
    table = boards.get_timetable(db, viewer_of(cast.ruth), cast.cohort_a.id)
    lines = {line.person_id: line for line in boards.board(db, table, strict, ZONE, NOW)}
    assert not lines[cast.tane.id].outlook.possible
    assert lines[cast.amara.id].outlook.possible
    assert cast.wolfe.id not in lines, "who stands in reserve has no place yet"


def test_sessions_of_another_cohort_can_help_only_while_they_are_to_come(
    db: Session, cast: Cast, programme: Programme
) -> None:
    sign(db, cast.ruth, cast.session_a(5), programme, {cast.tane.id: AWAY})
    strict = replace(programme, rules=replace(programme.rules, make_up=("another cohort",)))
    assert not case_of(db, cast.ruth, cast.cohort_a, cast.tane, strict).outlook.possible
    cast.session_b(5).starts += timedelta(days=7)
    cast.session_b(5).ends += timedelta(days=7)
    db.flush()
    assert case_of(db, cast.ruth, cast.cohort_a, cast.tane, strict).outlook.possible
