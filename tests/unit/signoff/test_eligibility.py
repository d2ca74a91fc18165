"""Who may have a certificate, and what is said about each thing that is missing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.signoff.plain import absent, made_up, programme, safety_module, signed
from trainer.cohorts.rules import State
from trainer.signoff.lines import Entry, count
from trainer.signoff.rules import Eligibility, Presence, critical_behaviours, eligibility

SAFETY = (safety_module(),)
ALL = [
    signed(1, 180, Presence.PRESENT, "names-limits"),
    signed(2),
    signed(3, 180, Presence.PRESENT, "asks-about-suicide"),
    signed(4),
]


def judged(lines: list[Entry] = ALL, **changed: Any) -> Eligibility:
    """The decision on somebody to whom nothing is missing, but for what is changed."""
    facts: dict[str, Any] = {
        "programme": programme(),
        "state": State.ACTIVE,
        "counted": count(lines),
        "ready": True,
        "safety": SAFETY,
        "met": {"suicide-prevention"},
    }
    return eligibility(**{**facts, **changed})


def test_who_has_done_everything_may_have_the_certificate() -> None:
    assert judged() == Eligibility(True, ())


def test_who_completed_before_may_have_it_again() -> None:
    assert judged(state=State.COMPLETED).may


@pytest.mark.parametrize(
    ("state", "words"), [(State.INVITED, "accepted"), (State.RESERVE, "reserve"), (State.WITHDRAWN, "given up")]
)
def test_a_place_that_is_not_active_is_said(state: State, words: str) -> None:
    [reason] = judged(state=state).reasons
    assert words in reason


def test_a_missed_session_is_named() -> None:
    found = judged([absent(2), *(line for line in ALL if line.session_number != 2)])
    assert "Session 2 was missed and not made up yet." in found.reasons
    assert "Signed off so far: 9 hours of 12 hours." in found.reasons


def test_a_missed_session_that_was_made_up_is_none() -> None:
    assert judged([absent(2), made_up(2), *(line for line in ALL if line.session_number != 2)]).may


def test_sessions_that_nobody_signed_yet_are_named_together() -> None:
    found = judged(ALL[:1])
    assert "Sessions 2, 3 and 4 are not signed off yet." in found.reasons


def test_hours_are_said_with_their_minutes() -> None:
    found = judged([signed(2, 100), *(line for line in ALL if line.session_number != 2)])
    assert found.reasons == ("Signed off so far: 10 hours 40 minutes of 12 hours.",)


def test_a_programme_without_that_rule_asks_for_hours_alone() -> None:
    lenient = programme(every_session=False, required_minutes=540)
    assert judged([absent(2), *(line for line in ALL if line.session_number != 2)], programme=lenient).may


def test_a_critical_behaviour_must_have_been_seen_once() -> None:
    [reason] = judged([signed(1), *ALL[1:]]).reasons
    assert reason == "A trainer has not seen this yet: Names the limits first."


def test_an_ordinary_behaviour_need_not_have_been_seen() -> None:
    assert "waits" not in {behaviour.id for behaviour in critical_behaviours(programme())}
    assert judged().may


def test_without_a_judgement_nobody_is_ready() -> None:
    assert judged(ready=None).reasons == ("A trainer has not signed readiness yet.",)


def test_who_is_not_ready_yet_is_told_where_it_says_what_to_practise() -> None:
    [reason] = judged(ready=False).reasons
    assert "not ready yet" in reason


def test_a_safety_topic_that_is_not_mastered_is_named() -> None:
    [reason] = judged(met=set()).reasons
    assert reason.startswith("Topic 13, A hard topic")


def test_everything_that_is_missing_is_said_at_once() -> None:
    assert len(judged([], state=State.INVITED, ready=None, met=set()).reasons) == 7


@given(
    st.lists(st.integers(0, 180), min_size=4, max_size=4),
    st.sampled_from([True, False, None]),
    st.booleans(),
    st.sampled_from(State),
)
def test_only_who_lacks_nothing_may_and_every_reason_is_a_sentence(
    attended: list[int], ready: bool | None, met: bool, state: State
) -> None:
    seen = ("names-limits", "asks-about-suicide")
    lines = [signed(n, m, Presence.PRESENT, *seen) if m else absent(n) for n, m in enumerate(attended, 1)]
    found = judged(lines, ready=ready, met={"suicide-prevention"} if met else set(), state=state)
    whole = all(minutes >= 165 for minutes in attended)
    assert found.may == (whole and ready is True and met and state in {State.ACTIVE, State.COMPLETED})
    assert all(reason[0].isupper() and reason.endswith(".") for reason in found.reasons)
    assert found.may == (not found.reasons)
