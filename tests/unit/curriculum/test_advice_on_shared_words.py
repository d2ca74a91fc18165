"""Eight words in a row stand once in a course, but for phrases that are listed with their reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.curriculum.advised import Copy, messages, module
from tests.unit.curriculum.broken import CONFIDENTIALITY, LISTENING, line_number
from trainer.curriculum.advice.exceptions import excuse
from trainer.curriculum.advice.findings import Study
from trainer.curriculum.advice.runs import check_runs

EIGHT = "seven brown bears ate plums beside quiet rivers"
EXCEPTIONS = "exceptions.toml"
ONE = '[[exceptions]]\nrule = "quiz-size"\nfile = "modules/a.md"\nreason = "So."\n'
OF_BEARS = f'[[exceptions]]\nrule = "shared-words"\nphrase = "{EIGHT.title()}!"\nreason = "A saying."\n'


def _shared(body: str) -> list[str]:
    draft = module(body)
    return [message.partition(": ")[2] for message in messages(check_runs(Study((draft,), (), (), True)))]


def test_words_that_a_module_reads_twice_are_advised_on_at_the_second_place() -> None:
    draft = module(f"## More\n\nThere\n{EIGHT}.\n\n- Then {EIGHT.upper()},\n  again.\n")
    assert messages(check_runs(Study((draft,), (), (), True))) == [
        f'modules/topic.md:20: "{EIGHT}" stands on line 18 too; say it in other words.'
    ]


def test_a_longer_run_is_told_once_and_cut_short() -> None:
    long = " ".join(f"{word}{number}" for number in range(3) for word in EIGHT.split())
    (message,) = _shared(f"## More\n\n{long}\n\n## And more\n\n{long}\n")
    assert message.startswith('"seven0 brown0')
    assert message.endswith('rivers1 ..." stands on line 17 too; say it in other words.')


@pytest.mark.parametrize(
    "body",
    [
        f"## More\n\n{EIGHT[:-6]}.\n\n{EIGHT[:-6]}.\n",
        f"## More\n\n{EIGHT[:20]}\n\n{EIGHT[20:]}\n\n{EIGHT[:20]}\n\n{EIGHT[20:]}\n",
        f"## More\n\n| a | b |\n|---|---|\n| **Sam:** {EIGHT} | x |\n\nLater:\n\n> **Sam:** {EIGHT}\n",
        f"## Quiz\n<!-- quiz -->\n\n### Q\n<!-- recall -->\n\n{EIGHT}?\n\n> {EIGHT}\n",
        f"## Try\n<!-- try -->\n\n{EIGHT}\n\n## More\n\n{EIGHT}\n",
    ],
    ids=["seven words", "pieces of two paragraphs", "both talks of an example", "a quiz", "what was tried first"],
)
def test_what_may_stand_twice_in_a_module(body: str) -> None:
    assert _shared(body) == []


PAGE = f"---\ntitle: A page\nfor: trainees\n---\n\n## On it\n\n{EIGHT}.\n"
PAGE_FILE = "pages/bears.md"
ABOVE = "<!-- reflect -->\n"


def _with_bears(copy: Copy, *files: str) -> None:
    """Write the sentence into files: above the prompts of a module, or on a page of its own."""
    for file in files:
        path = copy.folder / file
        path.parent.mkdir(exist_ok=True)
        text = path.read_text() if path.exists() else PAGE
        path.write_text(text.replace(ABOVE, f"{ABOVE}\n{EIGHT}.\n", 1))


@pytest.mark.parametrize("second", [CONFIDENTIALITY, PAGE_FILE])
def test_a_sentence_in_two_files_is_advised_on_and_nothing_besides(second: str, tmp_path: Path) -> None:
    copy = Copy(tmp_path / "courses")
    _with_bears(copy, LISTENING, second)
    first, line = (line_number((copy.folder / file).read_text(), "", EIGHT) for file in (LISTENING, second))
    assert copy.more_advice() == [
        f'{second}:{line}: "{EIGHT}" stands in {LISTENING}:{first} too; say it in other words.'
    ]


def _excused(folder: Path, body: str, toml: str, whole: bool = True) -> list[str]:
    (folder / EXCEPTIONS).write_text(toml)
    found = check_runs(Study((module(body),), (), (), True))
    return messages(excuse(found, folder, whole))


def test_a_rule_may_be_set_aside_for_a_phrase_or_a_file(tmp_path: Path) -> None:
    body = f"## More\n\n{EIGHT}\n\nAnd {EIGHT}\n"
    assert len(_excused(tmp_path, body, "")) == 1
    assert _excused(tmp_path, body, OF_BEARS) == []
    assert _excused(tmp_path, body, ONE.replace("quiz-size", "shared-words").replace("a.md", "topic.md")) == []
    assert len(_excused(tmp_path, body, OF_BEARS.replace("shared-words", "catch-all"))) == 2


def test_a_listed_phrase_excuses_no_more_words_than_its_own(tmp_path: Path) -> None:
    few, many = "while old owls looked on", "while old owls looked on and some young mice ran"
    assert _excused(tmp_path, f"## More\n\n{EIGHT} {few}\n\n{EIGHT} {few}\n", OF_BEARS) == []
    assert len(_excused(tmp_path, f"## More\n\n{EIGHT} {many}\n\n{EIGHT} {many}\n", OF_BEARS)) == 1


def test_a_piece_of_a_listed_phrase_is_excused_where_the_whole_phrase_stands(tmp_path: Path) -> None:
    phrase = f"seldom have {EIGHT}"
    toml = OF_BEARS.replace(EIGHT.title(), phrase)
    assert _excused(tmp_path, f"## More\n\nNow {EIGHT}\n\nWell, {phrase}\n", toml) == []
    assert len(_excused(tmp_path, f"## More\n\nNow {EIGHT}\n\nHow {EIGHT}\n", toml)) == 2


@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        (ONE, ["1: nothing needs this exception; delete it."]),
        (ONE.replace("quiz-size", "quiz"), ["2: there is no rule `quiz`; perhaps `quiz-size`."]),
        (ONE.replace('reason = "So."\n', ""), ["1: `reason` is missing; it is text in quotes.", "1: nothing needs"]),
        (ONE.replace("So.", " "), ["4: `reason` is empty.", "1: nothing needs"]),
        (ONE.replace('file = "modules/a.md"\n', ""), ["1: an exception has a `file` or a `phrase`."]),
        (ONE + 'phrase = "a"\n', ["1: an exception has a `file` or a `phrase`."]),
        (ONE + 'until = "a"\n', ["5: there is no key `until` here", "1: nothing needs"]),
        ("[[exceptions]\n", ["1: this is not TOML"]),
        ("exceptions = []\n", ["1: `exceptions` is empty."]),
    ],
)
def test_an_exception_has_a_rule_a_place_and_a_reason_and_is_needed(
    toml: str, expected: list[str], tmp_path: Path
) -> None:
    printed = _excused(tmp_path, "", toml)
    assert len(printed) == len(expected)
    assert all(one.startswith(f"{EXCEPTIONS}:{start}") for one, start in zip(printed, expected, strict=True))


def test_there_are_ten_exceptions_at_most(tmp_path: Path) -> None:
    ten = "".join(OF_BEARS.replace(EIGHT.title(), f"{EIGHT} {word}") for word in "abcdefghij")
    body = f"## More\n\n{EIGHT}\n\n" + "\n\n".join(f"{EIGHT} {word}" for word in "abcdefghij")
    assert _excused(tmp_path, body, ten) == []
    assert _excused(tmp_path, body, ten + OF_BEARS) == [
        "exceptions.toml:41: there are 10 exceptions at most; mend the text instead."
    ]


def test_while_a_file_cannot_be_read_no_exception_is_called_needless(tmp_path: Path) -> None:
    assert _excused(tmp_path, "", ONE, whole=False) == []
