"""The shipped courses with one thing broken in headings or front matter: every fault it leads to, and none besides."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.curriculum.broken import CONFIDENTIALITY, LISTENING, LOCK, SUICIDE, At, Broken, broken, gone, new

HEADINGS = (
    broken(
        "a renamed question",
        (SUICIDE, ""),
        ("^### Fine now$", "### Fine today"),
        At(LOCK, "", "question suicide-prevention fine-now", gone("question suicide-prevention fine-now")),
        At(SUICIDE, "### Fine today", "###", new("fine-today")),
    ),
    broken(
        "two headings with one id",
        (SUICIDE, ""),
        ("^### Keep it fresh$", "### Your part"),
        At(
            SUICIDE,
            "### Your part",
            "### Your",
            "an earlier heading has the id `your-part`; give this one another title.",
            nth=2,
        ),
    ),
    broken(
        "a heading that gives no id",
        (CONFIDENTIALITY, ""),
        ("^## Reflect$", "## Réflexion"),
        At(LOCK, "", "part confidentiality reflect", gone("part confidentiality reflect")),
        At(
            CONFIDENTIALITY,
            "## Réflexion",
            "##",
            "the heading 'Réflexion' gives the id 'réflexion'; an id has a to z, digits, single hyphens, at most 64.",
        ),
    ),
    broken(
        "a heading with markup",
        (CONFIDENTIALITY, ""),
        ("^## Reflect$", "## *Reflect*"),
        At(
            CONFIDENTIALITY,
            "## *Reflect*",
            "##",
            "the heading '*Reflect*' has markup; a heading is plain text, because it is an id.",
        ),
    ),
    broken(
        "a heading without its space",
        (CONFIDENTIALITY, ""),
        ("^### Let down$", "###Let down"),
        At(
            CONFIDENTIALITY,
            "## Reflect",
            "###Let",
            "a heading is one or more `#`, one space and a title, from the start of the line.",
        ),
    ),
    broken(
        "a heading of level 1",
        (CONFIDENTIALITY, ""),
        ("^## Reflect$", "# Reflect"),
        At(
            CONFIDENTIALITY,
            "# Reflect",
            "#",
            "a level-1 heading is the page's own; the title stands in the front matter.",
        ),
    ),
    broken(
        "a skipped heading level",
        (SUICIDE, "## Afterwards"),
        ("^### Hope$", "#### Hope"),
        At(SUICIDE, "#### Hope", "####", "this level-4 heading skips a level; write a level-3 one."),
    ),
    broken(
        "a question below another heading level",
        (CONFIDENTIALITY, ""),
        ("^### Any thought$", "#### Any thought"),
        At(
            CONFIDENTIALITY,
            "#### Any thought",
            "####",
            "a question begins with a level-3 heading and has none inside it.",
        ),
    ),
    broken(
        "text before the first heading",
        (CONFIDENTIALITY, ""),
        ("^## Before you read$", r"Hello.\n\n## Before you read"),
        At(
            CONFIDENTIALITY,
            "",
            r"Hello\.",
            "text before the first heading belongs to no part; give it a level-2 heading.",
        ),
    ),
    broken(
        "front matter that is not closed",
        (LISTENING, ""),
        (r"^---\n\n## Before", r"\n## Before"),
        At(LISTENING, "", "---", "the front matter is not closed by a line of `---`."),
    ),
    broken(
        "front matter that is not YAML",
        (LISTENING, ""),
        ("^title: .*$", 'title: "Advice'),
        At(
            LISTENING,
            "",
            "  - Answer",
            "the front matter is not YAML (expected <block end>, but found '<scalar>'); put the text in quotes.",
        ),
    ),
    broken(
        "a number where text belongs",
        (LISTENING, ""),
        ("^title: .*$", "title: 1984"),
        At(LISTENING, "", "title:", "`title` is text; put it in quotes."),
    ),
    broken(
        "text that YAML loses",
        (LISTENING, ""),
        ("^title: .*$", "title: Advice giving # 7"),
        At(LISTENING, "", "title:", "YAML loses part of this line of `title`; put the text in quotes."),
    ),
    broken(
        "an outcome that YAML reads as a key",
        (LISTENING, ""),
        ("^  - .*$", "  - Listen: first"),
        At(LISTENING, "", "  -", "`outcomes` is text; put it in quotes."),
    ),
    broken(
        "a key of the front matter twice",
        (LISTENING, ""),
        ("^sources:", r"title: Again\nsources:"),
        At(LISTENING, "", "title:", "`title` stands here twice.", nth=2),
    ),
    broken(
        "a misspelt key of the front matter",
        (LISTENING, ""),
        ("^practice:", "practise:"),
        At(LISTENING, "", "---", "the front matter has no `practice`."),
        At(LISTENING, "", "practise:", "the front matter has no key `practise`; perhaps `practice`."),
    ),
    broken(
        "a missing key of the front matter",
        (LISTENING, ""),
        (r"^reading: .*\n", ""),
        At(LISTENING, "", "---", "the front matter has no `reading`."),
    ),
    broken(
        "minutes without their unit",
        (LISTENING, ""),
        (r"^reading: (\d+) min", r"reading: \1"),
        At(LISTENING, "", "reading:", "`reading` is written as a number of minutes: `7 min`."),
    ),
    broken(
        "a flag that is neither true nor false",
        (CONFIDENTIALITY, ""),
        ("^safety: true", "safety: yes"),
        At(CONFIDENTIALITY, "", "safety:", "`safety` is true or false."),
    ),
    broken(
        "a safety module without its note",
        (CONFIDENTIALITY, ""),
        (r"^content_note: .*\n", ""),
        At(
            CONFIDENTIALITY,
            "",
            "safety:",
            "a safety module has a `content_note`: one calm line and the other way to learn it.",
        ),
    ),
)


@pytest.mark.parametrize("course", HEADINGS, ids=lambda course: course.name)
def test_every_fault_is_reported_and_none_besides(course: Broken, tmp_path: Path) -> None:
    printed, expected = course.compare(tmp_path / "courses")
    assert printed == expected
