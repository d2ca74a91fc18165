"""Questions that give their answer away, ask unfairly or say too much: each is advised on, and nothing besides."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.curriculum.advised import compare, messages, module
from tests.unit.curriculum.broken import CONFIDENTIALITY, At, Broken, broken
from trainer.curriculum.advice.quizzes import check_options, check_quiz, check_stems

LONG = " word" * 61
SWEAR = "### Swear it"

QUESTIONS = (
    broken(
        "two options only",
        (CONFIDENTIALITY, SWEAR),
        (r"^- \[ \] .*\n(?:  > .*\n)+", ""),
        At(CONFIDENTIALITY, SWEAR, "###", "this question has 2 options; write at least 3."),
    ),
    broken(
        "an option that sums up the others",
        (CONFIDENTIALITY, SWEAR),
        (r"^- \[ \] .*<!--", "- [ ] None of the above. <!--"),
        At(
            CONFIDENTIALITY,
            SWEAR,
            r"- \[ \]",
            "an option stands for itself; name what is right instead of summing up the others.",
        ),
    ),
    broken(
        "feedback that nobody reads to its end",
        (CONFIDENTIALITY, SWEAR),
        (r"^- \[ \] .*\n(?:  > .*\n)+", rf'- [ ] "Yes, I do, and I have before." <!-- false-promise -->\n  >{LONG}\n'),
        At(CONFIDENTIALITY, SWEAR, r"- \[ \]", "this feedback has 61 words; write at most 60."),
    ),
    broken(
        "feedback after a list that nobody reads to its end",
        (CONFIDENTIALITY, "### After a slip"),
        (r"^(?:> .*\n)+", rf">{LONG}\n"),
        At(CONFIDENTIALITY, "### After a slip", ">", "this feedback has 61 words; write at most 60."),
    ),
    broken(
        "a question that turns on a small word",
        (CONFIDENTIALITY, SWEAR),
        (r"^- \[ \]", "Which line would you not say?\n\n- [ ]"),
        At(
            CONFIDENTIALITY,
            SWEAR,
            "Which",
            "this question turns on `not`; ask what is so, or set it apart: `*not*`.",
        ),
    ),
)


@pytest.mark.parametrize("course", QUESTIONS, ids=lambda course: course.name)
def test_a_weak_question_is_advised_on_and_nothing_besides(course: Broken, tmp_path: Path) -> None:
    printed, expected = compare(course, tmp_path / "courses")
    assert printed == expected


def _quiz(*questions: str) -> str:
    return "## Quiz\n<!-- quiz -->\n\n" + "\n".join(
        f"### Number {number}\n{question}" for number, question in enumerate(questions, 1)
    )


def _single(stem: str, *options: str) -> str:
    wrong = "".join(f"- [ ] {option}\n  > No.\n" for option in options[1:])
    return f"<!-- single -->\n\n{stem}\n\n- [x] {options[0]}\n  > Yes.\n{wrong}"


MULTIPLE = _single("What is blue?", "Sky", "Snow", "Ink").replace("single", "multiple")
ORDER = "<!-- order -->\n\nPut in order.\n\n1. One\n2. Two\n3. Three\n\n> So.\n"
RECALL = "<!-- recall -->\n\nWhat was it?\n\n> That.\n"
SINGLE = _single("What is green?", "Grass", "Snow", "Milk")


def test_a_quiz_of_six_with_every_type_is_as_it_should_be() -> None:
    assert list(check_quiz(module(_quiz(SINGLE, MULTIPLE, ORDER, RECALL, SINGLE, SINGLE)))) == []


def test_a_quiz_has_six_to_ten_questions() -> None:
    five = module(_quiz(SINGLE, MULTIPLE, ORDER, RECALL, SINGLE))
    eleven = module(_quiz(MULTIPLE, ORDER, RECALL, *[SINGLE] * 8))
    assert messages(check_quiz(five)) == ["modules/topic.md:15: this module has 5 questions; write 6 to 10."]
    assert messages(check_quiz(eleven)) == ["modules/topic.md:15: this module has 11 questions; write 6 to 10."]


def test_a_quiz_asks_in_all_four_ways() -> None:
    assert messages(check_quiz(module(_quiz(*[SINGLE] * 6)))) == [
        "modules/topic.md:15: this module has no `multiple`, `order` or `recall` question; ask at least one of each "
        "type."
    ]


def test_a_module_without_a_quiz_is_told_so_on_its_first_line() -> None:
    assert messages(check_quiz(module(""))) == [
        "modules/topic.md:1: this module has 0 questions; write 6 to 10.",
        "modules/topic.md:1: this module has no `single`, `multiple`, `order` or `recall` question; ask at least one "
        "of each type.",
    ]


def test_options_that_differ_in_signs_alone_are_the_same_option() -> None:
    draft = module(_quiz(_single("What now?", "Ring.", "Don't wait!", '"Dont  *wait*"')))
    assert messages(check_options(draft)) == [
        "modules/topic.md:27: this option says the same as the one on line 25; write another."
    ]


@pytest.mark.parametrize(
    "text", ["All of these", "Both of the above.", "None of them.", "Some of the above, but not all"]
)
def test_an_option_that_points_at_others_is_advised_on(text: str) -> None:
    assert len(list(check_options(module(_quiz(_single("What now?", "Ring.", "Wait.", text)))))) == 1


@pytest.mark.parametrize("text", ["Tell all of them at once.", "Thank each of these people.", "None of your business."])
def test_an_option_with_such_words_of_its_own_is_no_fault(text: str) -> None:
    assert list(check_options(module(_quiz(_single("What now?", "Ring.", "Wait.", text))))) == []


@pytest.mark.parametrize(
    "stem",
    [
        "Which of these would you *not* say?",
        "Sam does not answer. What do you say?",
        "If Sam does not answer, what do you say?",
        "What do you say when Sam doesn't answer?",
        'Which line is like "I do not know"?',
        "Who keeps to the limit, and goes no further?",
        "They say: don't tell. What now?",
    ],
)
def test_a_stem_may_say_no_where_it_does_not_ask_for_it(stem: str) -> None:
    assert list(check_stems(module(_quiz(_single(stem, "Ring.", "Wait.", "Go."))))) == []


@pytest.mark.parametrize(
    "stem",
    ["Which line does\nnot promise?", "What isn't private?", "Choose what nobody needs.", "Which is least open?"],
)
def test_a_stem_that_asks_for_what_is_not_so_is_advised_on(stem: str) -> None:
    assert len(list(check_stems(module(_quiz(_single(stem, "Ring.", "Wait.", "Go.")))))) == 1
