"""Over a whole course the right answers cannot be told by their length, their place or a sweeping word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.unit.curriculum.advised import messages, module
from tests.unit.curriculum.broken import COURSES
from trainer.curriculum.advice.balance import beyond_chance, check_balance
from trainer.curriculum.advice.findings import Study
from trainer.curriculum.load import load
from trainer.curriculum.modules import Draft
from trainer.curriculum.rules import Topic

SHORT, LONG = "Ask.", "Ask it at once."
Options = Sequence[str]  # the right one is marked with an x before it


def _study(questions: Sequence[Options], kind: str = "single", whole: bool = True) -> Study:
    """Return a course whose only module has these questions, under the shipped programme's rules."""
    programme = load(COURSES).programmes[0]
    topic = replace(programme.programme, topics=(Topic("topic", "A topic"),))
    return Study((_module(questions, kind),), (), (replace(programme, programme=topic),), whole)


def _module(questions: Sequence[Options], kind: str) -> Draft:
    text = "## Quiz\n<!-- quiz -->\n"
    for number, options in enumerate(questions):
        text += f"\n### Q {number}\n<!-- {kind} -->\n\nWhat now?\n\n"
        text += "".join(
            f"- [{'x' if o[0] == 'x' else ' '}] {o.lstrip('x')} {n}\n  > So.\n" for n, o in enumerate(options)
        )
    return module(text)


def _advice(study: Study) -> list[str]:
    return [message.partition(": ")[2] for message in messages(check_balance(study))]


def _turned(options: Options, places: int) -> Options:
    """Move the first option on by so many places, round and round."""
    place = places % len(options)
    return [*options[1 : place + 1], options[0], *options[place + 1 :]]


def _thirty(longest: int) -> list[Options]:
    """Thirty questions with the key in each place ten times; in so many the right option is the longest."""
    sort = [[f"x{LONG}", SHORT, SHORT] if number < longest else [f"x{SHORT}", LONG, SHORT] for number in range(30)]
    return [_turned(options, number) for number, options in enumerate(sort)]


def test_the_right_option_may_be_the_longest_as_often_as_chance_has_it() -> None:
    assert _advice(_study(_thirty(longest=15))) == []


def test_the_right_option_is_not_the_longest_more_often_than_chance() -> None:
    assert _advice(_study(_thirty(longest=16))) == [
        "the right option is the longest in 16 of 30 `single` questions, by chance it would be 10; shorten right "
        "options or lengthen wrong ones."
    ]


def test_options_of_one_length_give_nothing_away() -> None:
    assert _advice(_study([_turned([f"x{SHORT}", SHORT, SHORT], number) for number in range(30)])) == []


def test_questions_with_several_right_options_do_not_count_for_length_and_place() -> None:
    assert _advice(_study([[f"x{LONG}", SHORT, SHORT]] * 30, kind="multiple")) == []


def test_right_options_stand_in_every_place_alike() -> None:
    first = [_turned([f"x{SHORT}", SHORT, SHORT], number if number < 18 else 0) for number in range(30)]
    assert _advice(_study(first)) == [
        "right options stand 18, 6 and 6 times in positions 1 to 3; move some to or from position 1 instead of 10."
    ]


def _with_word(word: str, rights: int, wrongs: int) -> Study:
    """Fourteen questions; so many right options, and so many wrong ones, have the word."""
    questions = []
    for number in range(14):
        right, wrong = (f"{word} it" if number < count else "Do it" for count in (rights, wrongs))
        questions.append(_turned([f"x{right}", wrong, "Do so"], number))
    return _study(questions, kind="multiple")


def test_a_sweeping_word_in_wrong_options_only_gives_them_away() -> None:
    assert _advice(_with_word("Always", 0, 9)) == [
        "absolute words give answers away (`always` in 0 right and 9 wrong options; all such words in 0 right and 9 "
        "wrong options); use them in right and wrong options alike."
    ]


def test_so_does_one_in_right_options_only() -> None:
    assert "`nobody` in 3 right and 0 wrong options" in _advice(_with_word("Nobody", 3, 0))[0]


@pytest.mark.parametrize(("word", "rights", "wrongs"), [("Always", 0, 7), ("Never", 4, 9), ("Often", 0, 14)])
def test_a_few_of_them_or_some_of_both_or_other_words_are_no_fault(word: str, rights: int, wrongs: int) -> None:
    assert _advice(_with_word(word, rights, wrongs)) == []


def test_all_sweeping_words_together_may_give_away_what_none_does_alone() -> None:
    words = ["always", "never", "everyone", "nothing"]
    questions = [_turned(["xDo it", f"Do {words[number % 4]}", "Do so"], number) for number in range(14)]
    assert _advice(_study(questions, kind="multiple")) == [
        "absolute words give answers away (all such words in 0 right and 14 wrong options); use them in right and "
        "wrong options alike."
    ]


def test_half_a_course_is_not_counted() -> None:
    assert _advice(_study(_thirty(longest=30), whole=False)) == []


def test_a_count_is_measured_in_standard_errors() -> None:
    assert beyond_chance(20, [0.5] * 36) == pytest.approx(2 / 3)
    assert beyond_chance(0, []) == 0
    assert beyond_chance(1, [1.0]) == 0
