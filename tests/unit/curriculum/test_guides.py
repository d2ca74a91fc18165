"""A guide is held against its session, and every fault of one edit is reported, none missing and none extra."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.curriculum.broken import At, Broken, copy_courses
from trainer.curriculum.load import load

GUIDE = "guides/starting-safely.md"
PAGE = "pages/glossary.md"
TOP = ""
BROKEN = (
    Broken(
        "an exercise of other minutes",
        GUIDE,
        "## Group agreement",
        r"^\*30 minutes\*$",
        "*25 minutes*",
        (At(GUIDE, TOP, "## Group agreement", "the agenda of session 1 gives this 30 minutes."),),
    ),
    Broken(
        "an exercise without minutes",
        GUIDE,
        "## Group agreement",
        r"^\*30 minutes\*$",
        "Half an hour.",
        (
            At(
                GUIDE,
                TOP,
                "## Group agreement",
                "the first line of an exercise says how long it takes: `*15 minutes*`.",
            ),
        ),
    ),
    Broken(
        "an exercise of another name",
        GUIDE,
        TOP,
        "## Group agreement",
        "## Group agreements",
        (At(GUIDE, TOP, "## Group agreements", 'the agenda of session 1 has "Group agreement" here.'),),
    ),
    Broken(
        "a part of an unknown kind",
        GUIDE,
        TOP,
        r"^<!-- online -->$",
        "<!-- distant -->",
        (
            At(
                GUIDE,
                TOP,
                "<!-- distant -->",
                "a part of a guide has no comment `distant`; there are `aims`, `before`, `brings`, `look-for`, "
                "`goes-wrong`, `online`, `access`, `cards`.",
            ),
            At(GUIDE, TOP, "---", "this guide has no part with the comment `online`."),
        ),
    ),
    Broken(
        "a title of another session",
        GUIDE,
        TOP,
        r"^title: .*$",
        "title: Starting over",
        (At(GUIDE, TOP, "title:", 'session 1 has the title "Starting safely".'),),
    ),
    Broken(
        "a link into nothing",
        GUIDE,
        "## Aims",
        r"^<!-- aims -->$",
        "<!-- aims -->\n\nSee [the module](../modules/nothing.md).",
        (
            At(
                GUIDE,
                TOP,
                r".*nothing\.md",
                "`../modules/nothing.md` leads nowhere; link to `../modules/x.md`, a page or https://.",
            ),
        ),
    ),
    Broken(
        "a page for nobody known",
        PAGE,
        TOP,
        r"^for: .*$",
        "for: friends",
        (At(PAGE, TOP, "for:", "a page is for `anyone`, `trainees`, `trainers`, not `friends`."),),
    ),
    Broken(
        "unsafe language on a page",
        PAGE,
        TOP,
        r"^## .*$",
        "## Words\n\nA cry for help is one.\n\n## More words",
        (At(PAGE, TOP, ".*cry for help", 'do not write "cry for help"; say what the person said or did.'),),
    ),
)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_one_edit_of_a_guide_or_page_gives_its_faults_and_no_other(broken: Broken, tmp_path: Path) -> None:
    found, expected = broken.compare(tmp_path / "courses")
    assert found == expected


def test_a_behaviour_that_is_not_looked_for_is_named(tmp_path: Path) -> None:
    folder = copy_courses(tmp_path / "courses")
    path = folder / GUIDE
    lines = path.read_text(encoding="utf-8").split("\n")
    gone = next(index for index, line in enumerate(lines) if line.endswith("<!-- lets-others-finish -->"))
    start = max(index for index in range(gone + 1) if lines[index].startswith("- "))
    path.write_text("\n".join(lines[:start] + lines[gone + 1 :]), encoding="utf-8")
    assert [fault.message for fault in load(folder).faults] == [
        "nothing here says what `lets-others-finish` looks like."
    ]


def test_a_guide_that_no_session_names_is_a_fault_and_so_is_a_name_without_a_guide(tmp_path: Path) -> None:
    folder = copy_courses(tmp_path / "courses")
    (folder / GUIDE).rename(folder / "guides" / "starting-late.md")
    messages = [fault.message for fault in load(folder).faults]
    assert messages == [
        "no session has `guide = 'starting-late'`.",
        "there is no guides/starting-safely.md; perhaps `starting-late`.",
    ]
