"""A further line in place of a signed one: what it changes, and what it leaves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.cast import NOW, ZONE, Cast
from tests.integration.signoff.acts import AWAY, case_of, sign, there, viewer_of
from trainer.cohorts.models import Enrolment
from trainer.curriculum.rules import Programme
from trainer.people.models import Person
from trainer.refusal import AlreadyDone, NotAllowed, NotFound, NotNow, NotValid
from trainer.signoff import correcting, judging, queries
from trainer.signoff.correcting import Amendment, SignedLine
from trainer.signoff.judging import InPlace
from trainer.signoff.models import Correction, SignOffLine
from trainer.signoff.rules import Kind, Presence


@pytest.fixture
def signed(db: Session, cast: Cast, programme: Programme) -> None:
    """Session 1 of cohort A is signed; Tāne was absent, Amara was seen to let others finish."""
    wanted = {cast.tane.id: AWAY, cast.amara.id: there("lets-others-finish")}
    sign(db, cast.ruth, cast.session_a(1), programme, wanted)


def line_of(db: Session, cast: Cast, person: Person, by: Person | None = None) -> SignedLine:
    return correcting.get_line(db, viewer_of(by or cast.ruth), cast.session_a(1).id, person.id, Kind.SIGN_OFF)


def correct(db: Session, cast: Cast, line: SignedLine, by: Person | None = None, **changed: Any) -> Correction:
    facts: dict[str, Any] = {
        "presence": Presence.PRESENT,
        "minutes": 180,
        "behaviours": frozenset(),
        "reason": "marked-wrongly",
        "shown": line.shown,
    }
    amendment = Amendment(**{**facts, **changed})
    return correcting.correct(db, viewer_of(by or cast.ruth), line, amendment, ZONE, NOW)


def minutes_of(db: Session, cast: Cast, person: Person) -> int:
    [one] = queries.counted_of(db, person.id, cast.cohort_a.id)
    return one.minutes


@pytest.mark.usefixtures("signed")
def test_a_correction_counts_and_the_original_stays(db: Session, cast: Cast) -> None:
    correct(db, cast, line_of(db, cast, cast.tane), note="The side door was locked.")
    assert minutes_of(db, cast, cast.tane) == 180
    original = db.scalars(select(SignOffLine).where(SignOffLine.person_id == cast.tane.id)).one()
    assert original.presence == "absent"
    first, second = queries.entries_of(db, cast.tane.id, cast.cohort_a.id)
    assert (first.kind, second.kind) == (Kind.SIGN_OFF, Kind.CORRECTION)
    assert (second.reason, second.note, second.signer) == (
        "marked-wrongly",
        "The side door was locked.",
        "Ruth Hallam",
    )


@pytest.mark.usefixtures("signed")
def test_a_correction_can_be_corrected(db: Session, cast: Cast) -> None:
    correct(db, cast, line_of(db, cast, cast.tane))
    correct(db, cast, line_of(db, cast, cast.tane, cast.daniel), cast.daniel, minutes=90)
    assert minutes_of(db, cast, cast.tane) == 90
    assert list(db.scalars(select(Correction.number).order_by(Correction.number))) == [1, 2]


@pytest.mark.usefixtures("signed")
def test_a_correction_can_add_what_was_seen(db: Session, cast: Cast) -> None:
    seen = frozenset({"lets-others-finish", "no-absolute-promise"})
    correct(db, cast, line_of(db, cast, cast.amara), behaviours=seen, reason="behaviour-wrong")
    [one] = queries.counted_of(db, cast.amara.id, cast.cohort_a.id)
    assert one.behaviours == seen


@pytest.mark.usefixtures("signed")
def test_somebody_who_was_there_and_not_on_the_register_can_be_added(db: Session, cast: Cast) -> None:
    place = db.scalars(select(Enrolment).where(Enrolment.person_id == cast.wolfe.id)).one()
    place.reserve, place.enrolled_on = False, date(2026, 10, 12)
    db.flush()
    line = line_of(db, cast, cast.wolfe)
    assert (line.latest, line.shown) == (None, "")
    correct(db, cast, line, reason="not-on-register")
    assert minutes_of(db, cast, cast.wolfe) == 180


@pytest.mark.usefixtures("signed")
def test_a_correction_that_changes_nothing_is_refused(db: Session, cast: Cast) -> None:
    with pytest.raises(NotNow) as refused:
        correct(db, cast, line_of(db, cast, cast.tane), presence=Presence.ABSENT, minutes=0)
    assert refused.value.code == "nothing-changes"


@pytest.mark.usefixtures("signed")
def test_a_double_click_signs_one_correction(db: Session, cast: Cast) -> None:
    page = line_of(db, cast, cast.tane)
    correct(db, cast, page)
    with pytest.raises(AlreadyDone, match="Ruth Hallam signed this correction"):
        correct(db, cast, line_of(db, cast, cast.tane), shown=page.shown)
    assert db.scalar(select(func.count()).select_from(Correction)) == 1


@pytest.mark.usefixtures("signed")
def test_who_decides_on_an_old_page_is_asked_to_look_again(db: Session, cast: Cast) -> None:
    page = line_of(db, cast, cast.tane)
    correct(db, cast, page)
    with pytest.raises(NotNow) as refused:
        correct(db, cast, line_of(db, cast, cast.tane, cast.daniel), cast.daniel, minutes=90, shown=page.shown)
    assert refused.value.code == "changed-meanwhile"


@pytest.mark.usefixtures("signed")
def test_two_corrections_from_the_same_page_in_two_processes_leave_one(db: Session, cast: Cast) -> None:
    page = line_of(db, cast, cast.tane)
    correct(db, cast, page)
    with pytest.raises(NotNow) as refused:
        correct(db, cast, page, cast.daniel, minutes=90)
    assert refused.value.code == "changed-meanwhile"
    assert minutes_of(db, cast, cast.tane) == 180


@pytest.mark.usefixtures("signed")
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"minutes": 181}, "minutes"),
        ({"minutes": -1}, "minutes"),
        ({"minutes": 0}, "minutes"),
        ({"presence": Presence.APOLOGIES, "minutes": 0, "behaviours": frozenset({"waits"})}, "behaviours"),
        ({"reason": "because"}, "reason"),
        ({"note": "x" * 301}, "note"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_at_its_field(
    db: Session, cast: Cast, changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(NotValid) as refused:
        correct(db, cast, line_of(db, cast, cast.tane), **changed)
    assert refused.value.field == field


@pytest.mark.usefixtures("signed")
def test_only_who_leads_the_session_corrects_it(db: Session, cast: Cast, programme: Programme) -> None:
    sign(db, cast.ruth, cast.session_a(2), programme)
    with pytest.raises(NotAllowed):
        correcting.get_line(db, viewer_of(cast.daniel), cast.session_a(2).id, cast.tane.id, Kind.SIGN_OFF)
    with pytest.raises(NotFound):
        line_of(db, cast, cast.tane, cast.sol)


@pytest.mark.usefixtures("signed")
def test_nobody_corrects_what_is_signed_about_themselves(db: Session, cast: Cast) -> None:
    db.add(Enrolment(cohort_id=cast.cohort_a.id, person_id=cast.daniel.id, enrolled_on=date(2026, 9, 21)))
    db.flush()
    with pytest.raises(NotAllowed) as refused:
        line_of(db, cast, cast.daniel, cast.daniel)
    assert refused.value.code == "own-attendance"


@pytest.mark.usefixtures("signed")
def test_nobody_outside_the_cohort_can_be_put_on_its_register(db: Session, cast: Cast) -> None:
    with pytest.raises(NotFound):
        line_of(db, cast, cast.noor)


def test_what_is_not_signed_cannot_be_corrected(db: Session, cast: Cast) -> None:
    with pytest.raises(NotNow) as refused:
        line_of(db, cast, cast.tane)
    assert refused.value.code == "not-signed"


@pytest.mark.usefixtures("signed")
def test_a_make_up_with_wrong_minutes_can_be_corrected_by_who_leads_another_session(
    db: Session, cast: Cast, programme: Programme
) -> None:
    case = case_of(db, cast.ruth, cast.cohort_a, cast.tane, programme)
    given = InPlace("", (NOW - timedelta(days=3)).date(), 18)
    judging.make_up(db, viewer_of(cast.ruth), case, 1, given, ZONE, NOW)
    assert minutes_of(db, cast, cast.tane) == 18
    line = correcting.get_line(db, viewer_of(cast.ruth), cast.session_a(1).id, cast.tane.id, Kind.MAKE_UP)
    correct(db, cast, line, reason="minutes-wrong")
    [one] = queries.counted_of(db, cast.tane.id, cast.cohort_a.id)
    assert (one.minutes, one.how) == (180, Kind.MAKE_UP)
