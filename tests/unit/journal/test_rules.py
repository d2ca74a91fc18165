"""Where private words can stand, who can open them, and what becomes of a save."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.learning.course import TEXT, part, read
from trainer.curriculum.rules import Privacy
from trainer.journal.forms import drafts_in
from trainer.journal.rules import (
    LONGEST,
    PROMISES,
    Draft,
    OwnText,
    Save,
    TooLong,
    decide,
    entries,
    refuse_too_long,
    slots_in,
    slots_of,
    tidy_text,
)

MODULE = read()
KEPT = OwnText("id", "keeping-watch", "a-long-night", "The wind.", 7, datetime(2026, 10, 20, tzinfo=UTC), "w")


def test_private_words_stand_at_the_try_at_recall_and_at_every_prompt_and_nowhere_else() -> None:
    assert list(slots_in(MODULE)) == ["before-you-read", "from-memory", "a-long-night", "my-bell", "my-rule"]
    assert slots_of(part(MODULE, "the-lamp")) == ()


def test_what_is_asked_reads_without_marks_and_without_the_model_answer() -> None:
    slots = {item: slot for item, (_, slot) in slots_in(MODULE).items()}
    assert slots["from-memory"].asks == "What are the three duties of a keeper?"
    assert slots["a-long-night"].asks.endswith("Why we ask: nights are long.")


def test_the_promise_is_true_to_what_can_happen_today() -> None:
    assert PROMISES[Privacy.PRIVATE] == "Only you can open this."
    for privacy in (Privacy.CHOOSE, Privacy.SHARE):
        assert PROMISES[privacy].startswith("Only you can open this here.")
    assert {slot.item: slot.privacy for _, slot in slots_in(MODULE).values()}["my-rule"] is Privacy.SHARE


@pytest.mark.parametrize(
    ("kept", "text", "revision", "save"),
    [
        (None, "", 0, Save.NOTHING),
        (None, "  \n", 0, Save.NOTHING),
        (None, "New.", 0, Save.NEW),
        (None, "New.", 7, Save.CLASH),  # it was deleted in another tab
        (KEPT, "More.", 7, Save.CHANGE),
        (KEPT, "More.", 6, Save.CLASH),
        (KEPT, "More.", 0, Save.CLASH),
        (KEPT, "The wind.", 6, Save.NOTHING),  # sent again, since the first answer was lost
        (KEPT, "", 7, Save.DELETE),
        (KEPT, " ", 7, Save.DELETE),
        (KEPT, "", 6, Save.CLASH),
        (replace(KEPT, text=None), "Again.", 7, Save.CHANGE),
    ],
)
def test_a_draft_counts_only_if_it_started_from_what_is_kept(
    kept: OwnText | None, text: str, revision: int, save: Save
) -> None:
    assert decide(kept, Draft(text, revision)) is save


@given(st.text(), st.integers(0, 9))
def test_nothing_of_another_revision_is_ever_overwritten(text: str, revision: int) -> None:
    save = decide(KEPT, Draft(text, revision))
    assert revision == KEPT.revision or save in {Save.CLASH, Save.NOTHING}


@given(st.text(alphabet=st.characters(exclude_characters="\r")))
def test_newlines_of_forms_change_nothing_else(text: str) -> None:
    assert tidy_text(text.replace("\n", "\r\n")) == text


def test_twenty_thousand_characters_are_kept_and_one_more_is_not() -> None:
    refuse_too_long({"my-bell": Draft("é" * LONGEST, 0)})
    with pytest.raises(TooLong) as refused:
        refuse_too_long({"my-bell": Draft("é" * (LONGEST + 1), 0), "my-rule": Draft("", 0)})
    assert refused.value.sentence.startswith("This is 20,001 characters long; up to 20,000 are kept.")
    assert refused.value.items == {"my-bell"}


def test_a_form_gives_drafts_for_its_own_part_only_and_leaves_out_what_shall_stay_as_stored() -> None:
    sent = {
        "text-my-bell": "A\r\nbell",
        "revision-my-bell": "12",
        "text-my-rule": "Mine",
        "keep-my-rule": "stored",
        "text-before-you-read": "Elsewhere",
        "text-a-long-night": "Night",
        "revision-a-long-night": "-3",
    }
    drafts = drafts_in(sent, slots_of(part(MODULE, "reflect")))
    assert {slot.item: draft for slot, draft in drafts.items()} == {
        "my-bell": Draft("A\nbell", 12),
        "a-long-night": Draft("Night", 0),
    }


def test_a_text_stands_beside_what_it_answers_in_the_order_of_the_module() -> None:
    slots = {item: slot for item, (_, slot) in slots_in(MODULE).items()}
    texts = [replace(KEPT, item="my-rule"), replace(KEPT, item="a-long-night", wording=slots["a-long-night"].wording)]
    first, second = entries(MODULE, texts)
    assert (first.title, first.reworded) == ("A long night", False)
    assert (second.title, second.reworded) == ("My rule", True)


def test_a_text_outlives_its_prompt_and_its_module() -> None:
    newer = read(TEXT.replace("### A long night", "### Nights"))
    [entry] = entries(newer, [KEPT])
    assert entry.title == "A long night" and entry.slot is None and entry.own.text == "The wind."
    assert entries(None, [KEPT])[0].title == "A long night"
