"""The shipped courses with one thing broken in dialogues: every fault it leads to, and none besides."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.curriculum.broken import CONFIDENTIALITY, At, Broken, broken

DIALOGUES = (
    broken(
        "a second quotation that would be read as the note",
        (CONFIDENTIALITY, "### Sam hesitates"),
        (r"^(> .*\n)", r"\1\n> And then?\n"),
        At(
            CONFIDENTIALITY,
            "### Sam hesitates",
            "> And",
            "what the other person says is one quotation; join its paragraphs by a line with `>` alone.",
        ),
    ),
    broken(
        "a choice that leads nowhere",
        (CONFIDENTIALITY, "### Sam hesitates"),
        (r"\(#trapped\)", "(#traped)"),
        At(
            CONFIDENTIALITY,
            "### Sam hesitates",
            "-",
            "this choice leads to `#traped`, which is no `#scene` of this dialogue.",
        ),
    ),
    broken(
        "a choice that is only a link",
        (CONFIDENTIALITY, "### Sam hesitates"),
        (r'^- \["I swear', '["I swear'),
        At(
            CONFIDENTIALITY,
            "### Sam hesitates",
            r'\["I',
            "a choice is `- [text](#scene)` with nothing beside it but a comment; this would be read as text.",
        ),
    ),
    broken(
        "a scene that nothing leads to",
        (CONFIDENTIALITY, "### Sam weighs it"),
        (r"^- .*\(#another-door\)\n(?:  > .*\n)+", ""),
        At(CONFIDENTIALITY, "### Another door", "###", "no choice leads to this scene."),
    ),
    broken(
        "a dead end",
        (CONFIDENTIALITY, "### Another door"),
        (r"^<!-- end -->\n", ""),
        At(
            CONFIDENTIALITY,
            "### Another door",
            "###",
            "this scene is a dead end; give it choices, or the comment `back` or `end`.",
        ),
    ),
    broken(
        "a dialogue without a good ending",
        (CONFIDENTIALITY, "## Sam at the door"),
        ("(?s)<!-- end -->(.*)<!-- end -->", r"<!-- back -->\1<!-- back -->"),
        At(
            CONFIDENTIALITY,
            "## Sam at the door",
            "##",
            "this dialogue has no good ending; give one scene the comment `end`.",
        ),
    ),
    broken(
        "two choices with one target",
        (CONFIDENTIALITY, "### In the corridor"),
        (r"^(- .*#kept\)\n)(?:  > .*\n)+", r"\1"),
        At(
            CONFIDENTIALITY,
            "### In the corridor",
            "-",
            "several choices lead to `#kept`, so each needs feedback of its own: `  > text`.",
            nth=2,
        ),
    ),
    broken(
        "a back scene without feedback",
        (CONFIDENTIALITY, "### Trapped"),
        (r"^(> .*\n)(?:.*\n)*?(?=### )", r"\1\n"),
        At(
            CONFIDENTIALITY,
            "### Trapped",
            "###",
            "this `back` scene has no feedback; say below the quotation what happened and why.",
        ),
    ),
    broken(
        "a scene in which nobody speaks",
        (CONFIDENTIALITY, "### Sam tells you"),
        (r"^(?:> .*\n)+", ""),
        At(
            CONFIDENTIALITY,
            "### Sam tells you",
            "###",
            "this scene has no words of the other person; begin it with a quotation, `> text`.",
        ),
    ),
    broken(
        "a dialogue that opens with its end",
        (CONFIDENTIALITY, "### Sam hesitates"),
        (r"^### Sam hesitates\n", r"### Sam hesitates\n<!-- end -->\n"),
        At(CONFIDENTIALITY, "### Sam hesitates", "###", "a dialogue opens with a scene to answer, not with `end`."),
        At(
            CONFIDENTIALITY,
            "### Sam hesitates",
            "###",
            "this scene has the comment `end`, so it has no choices; delete one or the other.",
        ),
    ),
)


@pytest.mark.parametrize("course", DIALOGUES, ids=lambda course: course.name)
def test_every_fault_is_reported_and_none_besides(course: Broken, tmp_path: Path) -> None:
    printed, expected = course.compare(tmp_path / "courses")
    assert printed == expected
