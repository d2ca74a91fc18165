"""The shipped courses with a link, picture, list or phrase broken: every fault it leads to, and none besides."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.curriculum.broken import CONFIDENTIALITY, At, Broken, broken, new

PROSE = (
    broken(
        "a broken link",
        (CONFIDENTIALITY, "## Keeping it safe"),
        (r"^\*\*A missing name", "[The limits](#the-limit). **A missing name"),
        At(CONFIDENTIALITY, "## Keeping it safe", r"\[The", "no heading of this module has the id `the-limit`."),
    ),
    broken(
        "a link to a module that is not written",
        (CONFIDENTIALITY, "## Keeping it safe"),
        (r"^\*\*A missing name", "[Cooking](cooking.md). **A missing name"),
        At(
            CONFIDENTIALITY,
            "## Keeping it safe",
            r"\[Cooking\]",
            "`cooking.md` leads nowhere; link to `#id`, to `module.md` or `module.md#id`, or to https://.",
        ),
    ),
    broken(
        "a link that is not safe",
        (CONFIDENTIALITY, "## Keeping it safe"),
        (r"^\*\*A missing name", "[Go](javascript:alert). **A missing name"),
        At(
            CONFIDENTIALITY,
            "## Keeping it safe",
            r"\[Go\]\(javascript:alert\)\.",
            "`javascript:alert` leads nowhere; link to `#id`, to `module.md` or `module.md#id`, or to https://.",
        ),
    ),
    broken(
        "a picture that is not there",
        (CONFIDENTIALITY, "## Keeping it safe"),
        (r"^\*\*A missing name", r"![Three circles](confidentiality/circles.svg)\n\n**A missing name"),
        At(
            CONFIDENTIALITY,
            "## Keeping it safe",
            r"!\[Three",
            "there is no picture modules/confidentiality/circles.svg; they lie in modules/confidentiality/.",
        ),
    ),
    broken(
        "raw HTML",
        (CONFIDENTIALITY, "## Keeping it safe"),
        (r"^\*\*A missing name", "<b>Note.</b> **A missing name"),
        At(CONFIDENTIALITY, "## Keeping it safe", r"<b>Note\.</b>", "raw HTML is not shown; write Markdown."),
    ),
    broken(
        "a heading in a fence and no end of it",
        (CONFIDENTIALITY, "## Keeping it safe"),
        (r"^\*\*A missing name", r"```\n## Not a heading\n\n**A missing name"),
        At(CONFIDENTIALITY, "## Keeping it safe", "```", "this fence is never closed; put ``` on a line of its own."),
        At(CONFIDENTIALITY, "## Not a heading", "##", new("not-a-heading")),
    ),
    broken(
        "a list right below text",
        (CONFIDENTIALITY, "## Bring to the session"),
        ("^- ", r"Bring these.\n- "),
        At(
            CONFIDENTIALITY,
            "## Bring to the session",
            "-",
            "leave a blank line before a list; Git hosts see a list here and we see text.",
        ),
    ),
    broken(
        "a list inside a list",
        (CONFIDENTIALITY, "## Bring to the session"),
        ("^- One", "  - One"),
        At(
            CONFIDENTIALITY,
            "## Bring to the session",
            "  -",
            "indent a list inside a list by four spaces; the two renderers differ otherwise.",
        ),
    ),
    broken(
        "emphasis without its end",
        (CONFIDENTIALITY, "## Keeping it safe"),
        (r"^\*\*A missing name is not enough\.\*\*", "**A missing name is not enough."),
        At(
            CONFIDENTIALITY,
            "## Keeping it safe",
            r"\*\*A",
            "this `*` has no partner; emphasis is `*so*` or `**so**`, code is between backticks.",
        ),
    ),
    broken(
        "a row with a cell too few",
        (CONFIDENTIALITY, "## Who may know what"),
        (r"^\| Now \| someone", "| Now someone"),
        At(CONFIDENTIALITY, "## Who may know what", r"\| Now", "this row has 2 cells, its table has 3 columns."),
    ),
    broken(
        "unsafe language",
        (CONFIDENTIALITY, "## Why limits come first"),
        ("^So privacy", r"Someone may commit\nsuicide. So privacy"),
        At(
            CONFIDENTIALITY,
            "## Why limits come first",
            "Someone",
            'do not write "commit suicide"; write "die by suicide" or "take one\'s own life".',
        ),
    ),
    broken(
        "unsafe language in a line to say",
        (CONFIDENTIALITY, "### Any thought"),
        (r"^(- \[x\] )", r'\1Say "a failed attempt". '),
        At(CONFIDENTIALITY, "### Any thought", "-", 'do not write "failed attempt"; write "attempt".'),
    ),
    broken(
        "a statement without a row of the table",
        (CONFIDENTIALITY, "### Sam hesitates"),
        (r'^(- \["I keep it private.*), there is any thought of suicide', r"\1"),
        At(
            CONFIDENTIALITY,
            "### Sam hesitates",
            r'- \["I keep it',
            'this statement of confidentiality leaves out the row "Same day": it says none of "suicid".',
        ),
    ),
    broken(
        "a quoted statement without a row",
        (CONFIDENTIALITY, "## Why limits come first"),
        ("there is any thought of suicide, or", "or"),
        At(
            CONFIDENTIALITY,
            "## Why limits come first",
            ">",
            'this statement of confidentiality leaves out the row "Same day": it says none of "suicid".',
        ),
    ),
)


@pytest.mark.parametrize("course", PROSE, ids=lambda course: course.name)
def test_every_fault_is_reported_and_none_besides(course: Broken, tmp_path: Path) -> None:
    printed, expected = course.compare(tmp_path / "courses")
    assert printed == expected
