"""Make up, judge readiness, meet an outcome another way: what a cohort's trainers sign about one trainee."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from trainer.cohorts.models import TrainingSession
from trainer.cohorts.rules import State, is_over
from trainer.curriculum.rules import Module
from trainer.people.rules import Viewer, tidy_words
from trainer.refusal import AlreadyDone, NotAllowed, NotFound, NotNow, NotValid
from trainer.signoff import boards, queries
from trainer.signoff.boards import Case
from trainer.signoff.models import MakeUp, MetAnotherWay, Readiness
from trainer.signoff.rules import ANOTHER_COHORT, MEETING, Kind, Presence, is_whole
from trainer.signoff.services import add_sealed, refuse_own
from trainer.signoff.sheet import check_minutes, say_signature

WAYS = {"conversation": "In a conversation", "observed": "In observed practice"}
WORDS_MOST = 2000


@dataclass(frozen=True, slots=True)
class InPlace:
    """What was attended in place of a missed session: `attended_session_id` is empty for an agreed meeting."""

    attended_session_id: str
    held_on: date | None
    minutes: int
    behaviours: frozenset[str] = frozenset()


def make_up(
    db: Session, viewer: Viewer, case: Case, number: int, given: InPlace, zone: ZoneInfo, now: datetime
) -> MakeUp:
    """Sign that a trainee made up session `number`.

    Raises NotAllowed, NotNow, NotValid on its field, NotFound, and AlreadyDone with who signed.
    """
    missed = case.table.find(number)
    if missed is None:
        raise NotFound
    require_judge(case, viewer)
    refuse_to_make_up(case, missed, zone, now)
    way, attended_id, held_on = _place_of(db, case, missed, given, zone, now)
    record = MakeUp(
        person_id=case.enrolment.person_id,
        missed_session_id=missed.id,
        way=way,
        attended_session_id=attended_id,
        held_on=held_on,
        minutes=given.minutes,
        behaviours=" ".join(sorted(given.behaviours)),
        edition=case.programme.edition,
        signed_by=viewer.person_id,
        signed_at=now,
    )
    add_sealed(db, record, AlreadyDone("made-up", "Somebody else has just signed a make-up of this session."))
    return record


def may_judge(case: Case, viewer: Viewer) -> bool:
    """Whether somebody leads a session of this trainee's cohort now, and is not that trainee."""
    leads = viewer.is_trainer and case.table.led_by(viewer.person_id)
    return leads and case.enrolment.person_id != viewer.person_id


def require_judge(case: Case, viewer: Viewer) -> None:
    """Raise NotAllowed for who does not lead the cohort or is the trainee, NotNow for a place that is none."""
    refuse_own(case.enrolment.person_id, viewer)
    if not may_judge(case, viewer):
        raise NotAllowed("not-leader", "Only who leads a session of this cohort can sign that.")
    if case.enrolment.state in {State.RESERVE, State.WITHDRAWN}:
        raise NotNow("no-place", f"{case.enrolment.person.name} has no place on this cohort.")


def refuse_to_make_up(case: Case, missed: TrainingSession, zone: ZoneInfo, now: datetime) -> None:
    """Raise the refusal that stands in the way of making up this session; do nothing if there is none."""
    made_up = next((entry for entry in case.about(missed.number) if entry.kind is Kind.MAKE_UP), None)
    if made_up:
        raise AlreadyDone("made-up", say_signature(made_up.signer, "this make-up", made_up.signed_at, zone))
    counted = case.counted.get(missed.number)
    if counted and is_whole(counted, case.programme):
        raise NotNow("attended", f"Session {missed.number} was attended, so there is nothing to make up.")
    if missed.cancelled_on is None and missed.id not in case.table.signed:
        over = is_over(missed.ends, zone, now)
        what = "Its register has to be signed first." if over else "It has not been missed yet."
        raise NotNow("not-missed", f"Session {missed.number} cannot be made up. {what}")


def _place_of(
    db: Session, case: Case, missed: TrainingSession, given: InPlace, zone: ZoneInfo, now: datetime
) -> tuple[str, str | None, date]:
    """Way, attended session if any, and date; refuses what the programme does not allow or has not happened."""
    if given.attended_session_id:
        _require_way(case, ANOTHER_COHORT)
        attended = _attended(db, case, missed, given.attended_session_id)
        if not is_over(attended.ends, zone, now):
            raise NotNow("not-over", "That session is not over yet. Sign the make-up when it has ended.", field="where")
        check_minutes(Presence.PRESENT, given.minutes, attended.minutes, field="minutes")
        return ANOTHER_COHORT, attended.id, attended.starts.date()
    _require_way(case, MEETING)
    check_minutes(Presence.PRESENT, given.minutes, missed.minutes, field="minutes")
    return MEETING, None, _met_on(case, given.held_on, now.astimezone(zone).date())


def _require_way(case: Case, way: str) -> None:
    if way not in case.programme.rules.make_up:
        raise NotValid("way", "This programme does not allow that way to make up a session.", field="where")


def _attended(db: Session, case: Case, missed: TrainingSession, session_id: str) -> TrainingSession:
    offered = queries.same_session_elsewhere(db, case.table.cohort, missed.number)
    found = next((session for session in offered if session.id == session_id), None)
    if found is None:
        raise NotValid("where", "Choose the session that was attended.", field="where")
    return found


def _met_on(case: Case, held_on: date | None, today: date) -> date:
    if held_on is None:
        raise NotValid("held-on", "Give the date of the meeting.", field="held_on")
    if held_on > today:
        raise NotNow("not-over", "That day has not come yet. Sign the make-up after the meeting.", field="held_on")
    if held_on < case.enrolment.enrolled_on:
        raise NotValid("held-on", "That was before they had a place on the cohort.", field="held_on")
    return held_on


def judge(db: Session, viewer: Viewer, case: Case, ready: bool, words: str, zone: ZoneInfo, now: datetime) -> Readiness:
    """Sign a judgement on a trainee's readiness; a later one takes its place, and both stay.

    Raises NotAllowed, NotNow, NotValid on `words`, and AlreadyDone when it is what this person has just signed.
    """
    require_judge(case, viewer)
    words = _checked_words(ready, tidy_words(words))
    person_id, cohort_id = case.enrolment.person_id, case.table.cohort.id
    latest = queries.readiness_of(db, person_id, cohort_id)
    if latest and (latest.ready, latest.words, latest.signed_by) == (ready, words, viewer.person_id):
        raise AlreadyDone("judged", say_signature(latest.signer.name, "this", latest.signed_at, zone))
    record = Readiness(
        cohort_id=cohort_id,
        person_id=person_id,
        number=latest.number + 1 if latest else 1,
        ready=ready,
        words=words,
        edition=case.programme.edition,
        signed_by=viewer.person_id,
        signed_at=now,
    )
    add_sealed(
        db, record, NotNow("changed-meanwhile", "Somebody else has just signed readiness. Read it, then decide.")
    )
    return record


def _checked_words(ready: bool, words: str) -> str:
    if not ready and not words:
        raise NotValid(
            "words", "Say what to practise: it stands beside “not ready yet” for the trainee.", field="words"
        )
    if len(words) > WORDS_MOST:
        raise NotValid("words-long", f"Keep it to {WORDS_MOST} characters.", field="words")
    return words


def meet_another_way(
    db: Session, viewer: Viewer, case: Case, module: Module, way: str, zone: ZoneInfo, now: datetime
) -> MetAnotherWay:
    """Sign that a trainee met a module's safety outcomes in another way; no reason is asked.

    Raises NotAllowed, NotNow, NotValid on `way`, and AlreadyDone with who signed.
    """
    require_judge(case, viewer)
    if way not in WAYS:
        raise NotValid("way", "Choose how the outcomes were met.", field="way")
    person_id = case.enrolment.person_id
    for known in boards.judgements_of(db, person_id, case.table.cohort.id):
        if known.module == module.slug:
            raise AlreadyDone("met", say_signature(known.signer, "this", known.signed_at, zone))
    record = MetAnotherWay(
        person_id=person_id,
        cohort_id=case.table.cohort.id,
        module=module.slug,
        way=way,
        edition=case.programme.edition,
        signed_by=viewer.person_id,
        signed_at=now,
    )
    add_sealed(db, record, AlreadyDone("met", "Somebody else has just signed this."))
    return record
