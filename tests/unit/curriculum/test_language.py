"""The words that a course does not use are looked for in guides and pages as in modules."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.curriculum.broken import copy_courses
from trainer.curriculum.load import load

SAYS = 'do not write "cry for help"; say what the person said or did.'


@pytest.mark.parametrize(
    ("title", "text", "line"),
    [
        ("A cry for help", "It is written here.", 2),
        ("A page", "It is a cry\nfor help, they say.", 8),
        ("A page", '"It is a cry for help," they say.', None),
    ],
    ids=["a title", "a text", "what somebody says"],
)
def test_a_page_is_held_to_the_list_of_words(title: str, text: str, line: int | None, tmp_path: Path) -> None:
    courses = copy_courses(tmp_path / "courses")
    (courses / "pages" / "odd.md").write_text(f"---\ntitle: {title}\nfor: trainees\n---\n\n## On it\n\n{text}\n")
    found = [str(fault) for fault in load(courses).faults if fault.file == "pages/odd.md"]
    assert found == ([f"pages/odd.md:{line}: {SAYS}"] if line else [])


def test_a_guide_is_held_to_the_list_of_words(tmp_path: Path) -> None:
    courses = copy_courses(tmp_path / "courses")
    guide = min((courses / "guides").glob("*.md"))
    text = guide.read_text()
    guide.write_text(text.replace("<!-- goes-wrong -->\n", "<!-- goes-wrong -->\n\nIt is a cry for help.\n", 1))
    line = text[: text.index("<!-- goes-wrong -->")].count("\n") + 3
    assert [str(fault) for fault in load(courses).faults] == [f"guides/{guide.name}:{line}: {SAYS}"]
