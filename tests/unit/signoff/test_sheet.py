"""What stands in the way of signing a register, and how a page's changes are read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.signoff.plain import plan
from trainer.curriculum.rules import Behaviour
from trainer.refusal import NotNow, NotValid
from trainer.signoff.forms import RegisterForm, detokenise, tokenise
from trainer.signoff.rules import Presence
from trainer.signoff.sheet import (
    Change,
    Draft,
    Given,
    Row,
    check_minutes,
    fingerprint,
    refuse_unsound,
    say_names,
    say_signature,
)

BOXES = plan(1, *(Behaviour(f"skill-{n}", f"Skill {n}", critical=False) for n in range(4))).behaviours
AMARA = Row("a" * 20, "Amara Okafor-Lindqvist", Draft(Presence.PRESENT, 180, frozenset({"skill-0"})))
TANE = Row("t" * 20, "Tāne Parata", Draft(Presence.APOLOGIES))
YAEL = Row("y" * 20, "יעל בן־דוד", Draft())


def test_a_register_without_anybody_cannot_be_signed() -> None:
    with pytest.raises(NotNow) as refused:
        refuse_unsound([], 180)
    assert refused.value.code == "nobody"


def test_whoever_is_unmarked_is_named() -> None:
    with pytest.raises(NotNow, match="Not marked yet: יעל בן־דוד"):
        refuse_unsound([AMARA, TANE, YAEL], 180)


def test_whoever_was_away_was_not_seen_to_do_anything() -> None:
    odd = replace(TANE, draft=Draft(Presence.ABSENT, 0, frozenset({"skill-1"})))
    with pytest.raises(NotNow, match="Tāne Parata is marked absent"):
        refuse_unsound([AMARA, odd], 180)


def test_a_session_that_was_shortened_after_marking_is_noticed() -> None:
    with pytest.raises(NotValid, match="Amara Okafor-Lindqvist: It lasted 150 minutes"):
        refuse_unsound([AMARA, TANE], 150)


def test_a_register_with_everybody_marked_can_be_signed() -> None:
    refuse_unsound([AMARA, TANE], 180)


@pytest.mark.parametrize(
    ("presence", "minutes", "code"),
    [
        (Presence.PRESENT, -1, "minutes-negative"),
        (Presence.PRESENT, 181, "minutes-too-many"),
        (Presence.PRESENT, 0, "minutes-none"),
        (Presence.ABSENT, 5, "minutes-away"),
    ],
)
def test_minutes_that_cannot_be_are_refused(presence: Presence, minutes: int, code: str) -> None:
    with pytest.raises(NotValid) as refused:
        check_minutes(presence, minutes, 180)
    assert refused.value.code == code


def test_what_is_signed_is_exactly_what_was_shown() -> None:
    shown = fingerprint([AMARA, TANE], 180, "edition")
    assert shown == fingerprint([TANE, AMARA], 180, "edition")
    fewer = replace(AMARA, draft=replace(AMARA.draft, minutes=179))
    unseen = replace(AMARA, draft=replace(AMARA.draft, seen=frozenset()))
    assert len({shown, fingerprint([fewer, TANE], 180, "edition"), fingerprint([unseen, TANE], 180, "edition")}) == 3
    assert shown != fingerprint([AMARA, TANE], 150, "edition")
    assert shown != fingerprint([AMARA, TANE], 180, "another")
    assert shown != fingerprint([AMARA], 180, "edition")


def test_names_and_signatures_are_said_as_people_say_them() -> None:
    assert say_names(["Amara"]) == "Amara"
    assert say_names(["Amara", "Tāne", "Yael"]) == "Amara, Tāne and Yael"
    at = datetime(2026, 10, 20, 11, 0, tzinfo=UTC)
    said = say_signature("Ruth Hallam", "this session", at, ZoneInfo("Europe/London"))
    assert said == "Ruth Hallam signed this session on 20 October 2026, 12:00."


drafts = st.builds(
    Draft,
    st.one_of(st.none(), st.sampled_from(Presence)),
    st.integers(0, 999),
    st.frozensets(st.sampled_from([box.id for box in BOXES])),
)


@given(drafts)
def test_a_page_remembers_a_draft_exactly(draft: Draft) -> None:
    assert detokenise(tokenise(draft, BOXES), BOXES) == draft


@given(st.text(max_size=12))
def test_a_token_that_makes_no_sense_is_an_unmarked_row(token: str) -> None:
    assert isinstance(detokenise(token, BOXES), Draft)


def form() -> RegisterForm:
    return RegisterForm([AMARA, TANE, YAEL], BOXES, 180)


def sent(page: RegisterForm, **changed: str) -> dict[str, str]:
    """What a browser sends back of a page, with what its reader changed."""
    fields = {"people": page.people, "behaviours": page.seen_ids}
    for one in page.shown():
        draft = one.row.draft
        fields |= {f"w{one.number}": one.token, f"m{one.number}": one.minutes}
        fields |= {f"p{one.number}": draft.presence.value} if draft.presence else {}
        fields |= {f"b{one.number}.{i}": "on" for i, box in enumerate(BOXES) if box.id in draft.seen}
    return {**fields, **{name.replace("_", "."): value for name, value in changed.items()}}


def test_a_page_that_nobody_touched_changes_nothing() -> None:
    assert form().read(sent(form())) == Given(())


def test_only_the_row_that_was_changed_is_written() -> None:
    given_ = form().read(sent(form(), p3="present", m3="170", b3_1="on"))
    wanted = Draft(Presence.PRESENT, 170, frozenset({"skill-1"}))
    assert given_ == Given((Change(YAEL.person_id, Draft(), wanted),))


def test_a_row_stays_the_same_person_whoever_joined_meanwhile() -> None:
    fields = sent(form(), p3="absent")
    joined = RegisterForm([Row("b" * 20, "Bo", Draft(), joined=True), AMARA, TANE, YAEL], BOXES, 180)
    given_ = joined.read(fields)
    assert given_ is not None
    assert [change.person_id for change in given_.changes] == [YAEL.person_id]


def test_minutes_do_not_matter_for_who_was_away() -> None:
    given_ = form().read(sent(form(), p3="absent", m3="nonsense"))
    assert given_ is not None
    assert given_.changes[0].wanted == Draft(Presence.ABSENT)


@pytest.mark.parametrize("minutes", ["", "many", "-5", "181", "17.5", "0"])
def test_a_fault_stands_at_its_row_and_nothing_that_was_sent_is_lost(minutes: str) -> None:
    page = form()
    assert page.read(sent(page, m1=minutes, p3="absent")) is None
    amara, _, yael = page.shown()
    assert amara.fault
    assert amara.minutes == minutes
    assert yael.row.draft.presence is Presence.ABSENT
    assert yael.token == "u0"
    [(element, sentence)] = page.faults()
    assert element == "m1"
    assert sentence.startswith("Amara Okafor-Lindqvist: ")


def test_a_row_alone_can_be_saved() -> None:
    fields = {name: value for name, value in sent(form(), p3="absent").items() if not name[1:2].isdigit()}
    fields |= {"w3": "u0", "p3": "absent", "m3": "180"}
    given_ = form().read(fields)
    assert given_ == Given((Change(YAEL.person_id, Draft(), Draft(Presence.ABSENT)),))


def test_a_page_of_another_edition_is_not_taken_for_this_one() -> None:
    page = form()
    assert page.read({**sent(page), "behaviours": "skill-1 skill-0"}) is None
    assert "course was changed" in page.faults()[0][1]
