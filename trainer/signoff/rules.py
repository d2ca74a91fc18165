"""What counts for a trainee, how many hours that is, what can still be reached, and who may have a certificate."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from trainer.cohorts.rules import State
from trainer.curriculum.rules import Behaviour, Catalogue, Module, Programme, SessionPlan

ANOTHER_COHORT = "another cohort"
MEETING = "meeting"


class Presence(StrEnum):
    """How a trainee is marked; whoever is not marked yet has no presence."""

    PRESENT = "present"
    APOLOGIES = "apologies"
    ABSENT = "absent"


class Kind(StrEnum):
    """The signed records that say something about one trainee in one session."""

    SIGN_OFF = "sign-off"
    CORRECTION = "correction"
    MAKE_UP = "make-up"


class Counted(NamedTuple):
    """What counts now for one trainee in one session; a named tuple, since a page makes a hundred of them.

    `how` is the kind of the record that made it so; `minutes` are at most `session_minutes`.
    """

    person_id: str
    session_number: int
    training_session_id: str
    presence: Presence
    minutes: int
    session_minutes: int
    how: Kind
    behaviours: frozenset[str]
    signed_by: str
    signer: str
    signed_at: datetime
    record_id: str

    @property
    def attended(self) -> bool:
        """Whether the trainee was there at all, in the session or in its place."""
        return self.presence is Presence.PRESENT and self.minutes > 0


def allowance(programme: Programme) -> int:
    """Return the minutes one may be away without it costing the session: 15 where 165 of 180 count as the whole."""
    return max(0, programme.longest_minutes - programme.rules.whole_session_minutes)


def is_whole(counted: Counted, programme: Programme) -> bool:
    """Whether this counts as the whole session."""
    return counted.attended and counted.session_minutes - counted.minutes <= allowance(programme)


def credit(counted: Counted, programme: Programme) -> int:
    """Return the minutes this counts for: the session's length if it counts as whole, else what was signed."""
    return counted.session_minutes if is_whole(counted, programme) else counted.minutes


def hours_of(counted: Iterable[Counted], programme: Programme) -> int:
    """Return the minutes that count for one trainee; `counted` is about that trainee alone."""
    return sum(credit(one, programme) for one in counted)


def seen_in(counted: Iterable[Counted]) -> dict[str, list[int]]:
    """Return the numbers of the sessions in which each behaviour was seen, by its id."""
    found: dict[str, list[int]] = {}
    for one in counted:
        for behaviour in one.behaviours:
            found.setdefault(behaviour, []).append(one.session_number)
    return found


def observed(counted: Iterable[Counted]) -> frozenset[str]:
    """Return the ids of the behaviours that were seen at least once, in any session that counts."""
    return frozenset(seen_in(counted))


@dataclass(frozen=True, slots=True)
class Timetabled:
    """A session of the cohort as it stands now; `minutes` is its planned length."""

    number: int
    minutes: int
    over: bool
    cancelled: bool
    signed: bool


class Standing(StrEnum):
    """Where one session stands for one trainee."""

    WHOLE = "whole"
    MISSED = "missed"
    BEYOND = "beyond"  # missed, and it cannot be made up any more
    UNSIGNED = "unsigned"
    TO_COME = "to come"


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where one trainee's hours stand, in minutes, and what can still become of them.

    `most` is what is reached if every other session is attended or made up; `sessions` has where each session of
    the programme stands, by number.
    """

    minutes: int
    most: int
    sessions: Mapping[int, Standing]
    possible: bool

    def numbers(self, *standings: Standing) -> tuple[int, ...]:
        """Return the numbers of the sessions that stand so."""
        return tuple(number for number, standing in self.sessions.items() if standing in standings)


def can_still_reach(
    programme: Programme,
    timetable: Iterable[Timetabled],
    counted: Sequence[Counted],
    elsewhere: Collection[int] = (),
) -> Outlook:
    """Return where one trainee's hours stand and whether they can still be reached.

    `counted` is about that trainee alone. `elsewhere` are the numbers of the sessions that another cohort still
    has to come; they matter only where the programme allows no meeting as a make-up.
    """
    planned, known = {one.number: one for one in timetable}, {one.session_number: one for one in counted}
    sessions: dict[int, Standing] = {}
    most = hours_of((one for one in counted if programme.session(one.session_number) is None), programme)
    for plan in programme.sessions:
        meeting, one = planned.get(plan.number), known.get(plan.number)
        standing = _standing(programme, meeting, one, may_make_up(programme, plan.number, elsewhere))
        sessions[plan.number] = standing
        most += _can_count(plan, standing, meeting, one)
    lost = programme.rules.every_session and any(
        standing is Standing.BEYOND and not (number in known and known[number].attended)
        for number, standing in sessions.items()
    )
    possible = most >= programme.rules.required_minutes and not lost
    return Outlook(hours_of(counted, programme), most, sessions, possible)


def may_make_up(programme: Programme, number: int, elsewhere: Collection[int]) -> bool:
    """Whether a missed session can be made up: in a meeting, or in another cohort that still has it to come."""
    ways = programme.rules.make_up
    return MEETING in ways or (ANOTHER_COHORT in ways and number in elsewhere)


def _standing(programme: Programme, meeting: Timetabled | None, counted: Counted | None, can_make_up: bool) -> Standing:
    if counted and is_whole(counted, programme):
        return Standing.WHOLE
    if counted or (meeting and (meeting.cancelled or meeting.signed)):
        return Standing.MISSED if can_make_up else Standing.BEYOND
    return Standing.UNSIGNED if meeting and meeting.over else Standing.TO_COME


def _can_count(plan: SessionPlan, standing: Standing, meeting: Timetabled | None, counted: Counted | None) -> int:
    """The most minutes that this session can come to."""
    if standing is Standing.BEYOND:
        return counted.minutes if counted else 0
    if counted:
        return counted.session_minutes
    return meeting.minutes if meeting else plan.minutes


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Whether a trainee may have the certificate, and each thing that is missing as one sentence."""

    may: bool
    reasons: tuple[str, ...]


def safety_modules(programme: Programme, catalogue: Catalogue) -> tuple[Module, ...]:
    """Return the modules of a programme whose safety outcomes must be met, in the order of its topics."""
    written = (catalogue.modules.get(topic.slug) for topic in programme.topics)
    return tuple(module for module in written if module and module.safety)


def critical_behaviours(programme: Programme) -> tuple[Behaviour, ...]:
    """Return the behaviours that every trainee must have shown, in session order."""
    return tuple(behaviour for behaviour in programme.behaviours if behaviour.critical)


def eligibility(
    programme: Programme,
    state: State,
    counted: Sequence[Counted],
    ready: bool | None,
    safety: Sequence[Module],
    met: Collection[str],
) -> Eligibility:
    """Return whether one trainee may have the certificate, and what is missing.

    `counted` is about that trainee alone; `ready` is the latest readiness, None before there is one; `safety` are
    the modules whose safety outcomes must be met, `met` the slugs of those mastered or met another way.
    """
    reasons = (
        *_place(state),
        *_sessions(programme, {one.session_number: one for one in counted}),
        *_hours(programme, hours_of(counted, programme)),
        *_behaviours(programme, observed(counted)),
        *_readiness(ready),
        *_safety([module for module in safety if module.slug not in met]),
    )
    return Eligibility(not reasons, reasons)


def _place(state: State) -> Iterable[str]:
    if state is State.WITHDRAWN:
        yield "This place on the cohort was given up."
    elif state is State.RESERVE:
        yield "This is a place in reserve; there is no place on the cohort yet."
    elif state is State.INVITED:
        yield "The place on the cohort has not been accepted yet."


def _sessions(programme: Programme, counted: Mapping[int, Counted]) -> Iterable[str]:
    if not programme.rules.every_session:
        return
    numbers = [plan.number for plan in programme.sessions]
    missed = [number for number in numbers if number in counted and not counted[number].attended]
    unsigned = [number for number in numbers if number not in counted]
    if missed:
        yield f"{say_sessions(missed)} {'was' if len(missed) == 1 else 'were'} missed and not made up yet."
    if unsigned:
        yield f"{say_sessions(unsigned)} {'is' if len(unsigned) == 1 else 'are'} not signed off yet."


def say_sessions(numbers: Sequence[int]) -> str:
    """Return "Session 4" or "Sessions 2, 4 and 5"."""
    if len(numbers) == 1:
        return f"Session {numbers[0]}"
    return f"Sessions {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def _hours(programme: Programme, minutes: int) -> Iterable[str]:
    if minutes < programme.rules.required_minutes:
        yield f"Signed off so far: {_say_hours(minutes)} of {_say_hours(programme.rules.required_minutes)}."


def _say_hours(minutes: int) -> str:
    whole, rest = divmod(minutes, 60)
    said = f"{whole} {'hour' if whole == 1 else 'hours'}"
    return f"{said} {rest} {'minute' if rest == 1 else 'minutes'}" if rest else said


def _behaviours(programme: Programme, seen: Collection[str]) -> Iterable[str]:
    for behaviour in critical_behaviours(programme):
        if behaviour.id not in seen:
            yield f"A trainer has not seen this yet: {behaviour.text.rstrip('.')}."


def _readiness(ready: bool | None) -> Iterable[str]:
    if ready is None:
        yield "A trainer has not signed readiness yet."
    elif not ready:
        yield "A trainer signed “not ready yet”; the words beside it say what to practise."


def _safety(missing: Iterable[Module]) -> Iterable[str]:
    for module in missing:
        yield f"Topic {module.number}, {module.title}: its safety questions are not mastered or talked through yet."
