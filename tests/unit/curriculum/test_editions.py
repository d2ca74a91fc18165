"""Editions change when what is taught changes, and only then; a wording names exactly what was asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.unit.curriculum.broken import CONFIDENTIALITY, LOCK, PROGRAMME, SIGNPOSTING, SUICIDE, copy_courses
from trainer.curriculum.editions import wording_of
from trainer.curriculum.load import load
from trainer.curriculum.rules import Catalogue, Prompt, Question, Scene


@pytest.fixture
def courses(tmp_path: Path) -> Path:
    return copy_courses(tmp_path / "courses")


def _read(courses: Path) -> Catalogue:
    return load(courses).catalogue


def _editions(courses: Path) -> dict[str, str]:
    catalogue = _read(courses)
    modules = {slug: module.edition for slug, module in catalogue.modules.items()}
    return modules | {slug: programme.edition for slug, programme in catalogue.programmes.items()}


def _changed(courses: Path, file: str, old: str, new: str) -> set[str]:
    """Make an edit and return what has another edition now."""
    before = _editions(courses)
    text = (courses / file).read_text()
    changed, count = re.subn(old, new, text, count=1, flags=re.MULTILINE)
    assert count == 1
    (courses / file).write_text(changed)
    return {name for name, edition in _editions(courses).items() if before.get(name) != edition}


def test_another_word_in_a_module_is_another_edition_of_it_and_of_the_course(courses: Path) -> None:
    assert _changed(courses, CONFIDENTIALITY, "privacy matters", "privacy counts") == {
        "confidentiality",
        "peer-support",
    }


def test_another_word_in_the_programme_is_another_edition_of_the_course_alone(courses: Path) -> None:
    assert _changed(courses, PROGRAMME, 'title = "Fishbowl"', 'title = "Aquarium"') == {"peer-support"}


def test_signposting_and_the_lock_are_no_part_of_an_edition(courses: Path) -> None:
    assert _changed(courses, SIGNPOSTING, "Anyone who wants to talk", "Anyone at all") == set()
    assert _changed(courses, LOCK, "^# Every id", "# Each id") == set()


def test_the_bytes_that_end_a_line_are_no_part_of_an_edition(courses: Path) -> None:
    before = _editions(courses)
    path = courses / CONFIDENTIALITY
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert _editions(courses) == before


def test_a_picture_belongs_to_the_edition_of_its_module(courses: Path) -> None:
    pictures = courses / "modules" / "confidentiality"
    pictures.mkdir()
    before = _editions(courses)
    (pictures / "circles.svg").write_text("<svg/>")
    with_picture = _editions(courses)
    (pictures / "circles.svg").write_text("<svg></svg>")
    other_picture = _editions(courses)
    assert len({one["confidentiality"] for one in (before, with_picture, other_picture)}) == 3
    assert len({one["suicide-prevention"] for one in (before, with_picture, other_picture)}) == 1


def test_a_translation_belongs_to_the_edition_of_the_course(courses: Path) -> None:
    before = _editions(courses)
    (courses / "modules" / "confidentiality.nl.md").write_text((courses / CONFIDENTIALITY).read_text())
    after = _editions(courses)
    assert {name for name in after if after[name] != before[name]} == {"peer-support"}
    assert _read(courses).module_in("confidentiality", "nl") is not None


def test_a_course_that_shares_no_module_keeps_its_edition(courses: Path) -> None:
    small = (courses / PROGRAMME).read_text()
    small = re.sub(r"(?s)\n\[\[sessions\]\].*?(?=\n# What a module does not write)", _ONE_SESSION, small)
    small = re.sub(
        r'(?m)^(?!referrals)[a-z-]+ = "[A-Z][^."]*"\n', "", small.replace('\ntitle = "Peer', '\ntitle  = "Peer')
    )
    (courses / "referral-day.toml").write_text(small.replace("required_minutes = 1800", "required_minutes = 180"))
    assert [topic.slug for topic in _read(courses).programmes["referral-day"].topics] == ["referrals"]
    assert _changed(courses, CONFIDENTIALITY, "privacy matters", "privacy counts") == {
        "confidentiality",
        "peer-support",
    }


_ONE_SESSION = """
[[sessions]]
title = "One day"
minutes = 180
outcomes = ["Hand over warmly"]
agenda = [{ title = "Practice", minutes = 180 }]
topics = ["referrals"]
behaviours = [{ id = "hands-over", text = "Hands over" }]
"""


def test_a_wording_stays_when_lines_are_wrapped_differently() -> None:
    wrapped = "### Ask\n<!-- recall -->\n\nWhat do you\nsay?\n\n> One warm\n> sentence.\n"
    flowing = "### Ask\n<!-- recall -->\n\n\nWhat do you say?  \n\n> One warm sentence."
    assert wording_of(wrapped) == wording_of(flowing)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("What do", "How do"),
        ("single", "multiple"),
        ("[x]", "[ ]"),
        ("Ask", "Tell"),
        ("a-wrong-idea", "another"),
        ("Yes", "No"),
    ],
)
def test_a_wording_changes_with_everything_that_carries_meaning(old: str, new: str) -> None:
    source = "### Ask\n<!-- single -->\n\nWhat do you say?\n\n- [x] This\n  > Yes.\n- [ ] That <!-- a-wrong-idea -->\n"
    assert old in source
    assert wording_of(source) != wording_of(source.replace(old, new))


def test_editing_one_question_leaves_the_wording_of_the_others(courses: Path) -> None:
    before = {question.id: question.wording for question in _read(courses).modules["suicide-prevention"].questions}
    text = (courses / SUICIDE).read_text()
    (courses / SUICIDE).write_text(text.replace("Are you having thoughts of suicide?", "Are you thinking of suicide?"))
    after = {question.id: question.wording for question in _read(courses).modules["suicide-prevention"].questions}
    assert [name for name in after if after[name] != before[name]] == ["plain-words"]


def test_the_source_of_a_question_is_the_markdown_that_stands_in_the_file(courses: Path) -> None:
    text = (courses / CONFIDENTIALITY).read_text()
    module = _read(courses).modules["confidentiality"]
    pieces: list[Question | Prompt | Scene] = [*module.questions, *module.prompts]
    pieces += [scene for part in module.parts for scene in part.scenes]
    assert all(piece.source in text for piece in pieces)
    assert all(piece.source.startswith(f"### {piece.title}\n") for piece in pieces)
