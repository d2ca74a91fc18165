"""What practice takes is computed, and the minutes that a module states are held against it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.unit.curriculum.advised import Copy, messages, module
from tests.unit.curriculum.broken import CONFIDENTIALITY, line_number
from tests.unit.curriculum.test_advice_on_dialogues import dialogue
from trainer.curriculum.advice.times import check_practice, practice_seconds, table, times_of
from trainer.curriculum.load import load
from trainer.curriculum.modules import Draft

TEN_WORDS = "one two three four five six seven eight nine ten"  # three seconds at 200 words a minute


def _seconds(body: str) -> float:
    return round(practice_seconds(module(body).module), 1)


def test_reading_takes_no_practice_and_a_try_45_seconds() -> None:
    assert _seconds("") == 0
    assert _seconds(f"## Try\n<!-- try -->\n\n{TEN_WORDS}\n") == 45


def test_a_question_takes_its_words_its_longest_feedback_and_ten_seconds() -> None:
    options = f"- [x] {TEN_WORDS}\n  > {TEN_WORDS}\n- [ ] no\n  > {TEN_WORDS} {TEN_WORDS}\n"
    assert _seconds(f"## Quiz\n<!-- quiz -->\n\n### Q\n<!-- single -->\n\n{TEN_WORDS}\n\n{options}") == 3 + 3.3 + 6 + 10


@pytest.mark.parametrize(("kind", "list_", "words"), [("order", "1. a\n2. b\n3. c\n\n", 3), ("recall", "", 0)])
def test_putting_in_order_and_recalling_take_twenty_seconds(kind: str, list_: str, words: int) -> None:
    quiz = f"## Quiz\n<!-- quiz -->\n\n### Q\n<!-- {kind} -->\n\n{TEN_WORDS}\n\n{list_}> {TEN_WORDS}\n"
    assert _seconds(quiz) == round(3 + words * 0.3 + 3 + 20, 1)


def test_a_reflection_takes_two_minutes_of_writing() -> None:
    assert _seconds(f"## Reflect\n<!-- reflect -->\n\n### P\n<!-- private -->\n\n{TEN_WORDS}\n") == 3 + 120


def test_a_dialogue_takes_its_longest_good_way_and_ten_seconds_a_decision() -> None:
    # On each scene "Hm." and "So."; choices are one word and have "Yes." as feedback. Weak turns cost their choice.
    a_scene, a_choice = 2 * 0.3, 0.3
    longest = practice_seconds(dialogue("a-b-end-w1 b-c-end c-end").module)
    assert longest == pytest.approx(4 * a_scene + 6 * a_choice + 3 * 0.3 + 2 * 10)


def test_minutes_are_rounded_up() -> None:
    assert times_of(module(f"## Try\n<!-- try -->\n\n{TEN_WORDS}\n").module).practice_computed == 1


@pytest.mark.parametrize("practice", [3, 7])
def test_stated_minutes_may_be_the_computed_ones_or_up_to_four_more(practice: int) -> None:
    assert list(check_practice(_with_three_minutes(practice))) == []


@pytest.mark.parametrize("practice", [2, 8])
def test_stated_minutes_below_or_far_above_are_advised_on(practice: int) -> None:
    assert messages(check_practice(_with_three_minutes(practice))) == [
        f"modules/topic.md:4: practice takes 3 minutes here; state 3 to 7, not {practice}, or change the text."
    ]


def _with_three_minutes(practice: int) -> Draft:
    return module("## Reflect\n<!-- reflect -->\n\n### P\n<!-- private -->\n\nWhy?\n", practice)


def test_a_module_that_states_too_little_is_advised_on_and_nothing_besides(tmp_path: Path) -> None:
    copy = Copy(tmp_path / "courses")
    least = times_of(load(copy.folder).catalogue.modules["confidentiality"]).practice_computed
    path = copy.folder / CONFIDENTIALITY
    path.write_text(re.sub(r"^practice: .*", "practice: 1 min", path.read_text(), flags=re.MULTILINE))
    line = line_number(path.read_text(), "", "practice")
    assert copy.more_advice() == [
        f"{CONFIDENTIALITY}:{line}: practice takes {least} minutes here; state {least} to {least + 4}, not 1, or "
        "change the text."
    ]


def test_the_table_sums_up_the_course() -> None:
    minute = module(f"## Try\n<!-- try -->\n\n{TEN_WORDS}\n", practice=57).module
    lines = table([minute, minute]).splitlines()
    assert lines[1].split() == ["topic", "14", "5", "1", "57", "1"]
    assert lines[-1] == "The course: 2 h 04 min stated, 0 h 04 min computed."
