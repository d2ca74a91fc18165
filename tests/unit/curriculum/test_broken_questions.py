"""The shipped courses with one thing broken in questions or prompts: every fault it leads to, and none besides."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.curriculum.broken import CONFIDENTIALITY, LOCK, PROGRAMME, At, Broken, broken, gone

QUESTIONS = (
    broken(
        "an unknown comment of a part",
        (CONFIDENTIALITY, ""),
        ("^<!-- quiz -->", "<!-- quizz -->"),
        At(
            CONFIDENTIALITY,
            "## Check yourself",
            "<!--",
            "a part has no comment `quizz`; there are `try`, `quiz`, `reflect`, `dialogue`.",
        ),
    ),
    broken(
        "an unknown comment of a question",
        (CONFIDENTIALITY, "### Any thought"),
        ("^<!-- single safety -->", "<!-- single safty -->"),
        At(CONFIDENTIALITY, "### Any thought", "<!--", "a question has no comment word `safty`; perhaps `safety`."),
    ),
    broken(
        "a question without its comment",
        (CONFIDENTIALITY, "### Any thought"),
        (r"^<!-- single safety -->\n", ""),
        At(
            CONFIDENTIALITY,
            "### Any thought",
            "###",
            "a question has one of `single`, `multiple`, `order`, `recall` in the comment below its heading.",
        ),
    ),
    broken(
        "a comment that is never closed",
        (CONFIDENTIALITY, "### Any thought"),
        ("^<!-- single safety -->", "<!-- single safety"),
        At(
            CONFIDENTIALITY,
            "### Any thought",
            "###",
            "a question has one of `single`, `multiple`, `order`, `recall` in the comment below its heading.",
        ),
    ),
    broken(
        "a comment too low",
        (CONFIDENTIALITY, "### Any thought"),
        ("^<!-- single safety -->", r"\n<!-- single safety -->"),
        At(
            CONFIDENTIALITY,
            "### Any thought",
            "###",
            "a question has one of `single`, `multiple`, `order`, `recall` in the comment below its heading.",
        ),
    ),
    broken(
        "an unknown comment of a prompt",
        (CONFIDENTIALITY, "### Let down"),
        ("^<!-- private -->", "<!-- privat -->"),
        At(
            CONFIDENTIALITY,
            "### Let down",
            "<!--",
            "a prompt has one of `private`, `choose`, `share` in the comment below its heading.",
        ),
    ),
    broken(
        "an unknown comment of a scene",
        (CONFIDENTIALITY, "### Trapped"),
        ("^<!-- back -->", "<!-- bakc -->"),
        At(CONFIDENTIALITY, "### Trapped", "<!--", "a scene has no comment `bakc`; there are `back` and `end`."),
    ),
    broken(
        "safety on a question that nobody marks",
        (CONFIDENTIALITY, "### The limits"),
        ("^<!-- recall -->", "<!-- recall safety -->"),
        At(
            CONFIDENTIALITY,
            "### The limits",
            "<!--",
            "a `recall` question is private and nobody marks it, so it cannot be `safety`.",
        ),
    ),
    broken(
        "a single question without a right answer",
        (CONFIDENTIALITY, "### Any thought"),
        (r"^- \[x\]", "- [ ]"),
        At(CONFIDENTIALITY, "### Any thought", "###", "a `single` question has one right option; this one has none."),
    ),
    broken(
        "a single question with two right answers",
        (CONFIDENTIALITY, "### Swear it"),
        (r"^- \[ \] (.*) <!-- .* -->$", r"- [x] \1"),
        At(CONFIDENTIALITY, "### Swear it", "###", "a `single` question has one right option; this one has 2."),
    ),
    broken(
        "a misspelt option",
        (CONFIDENTIALITY, "### Any thought"),
        (r"^- \[ \] ", "-[ ] "),
        At(
            CONFIDENTIALITY,
            "### Any thought",
            r"-\[",
            "here stands an option, `- [ ] text` or `- [x] text`, or its feedback, `  > text`, and nothing else.",
        ),
    ),
    broken(
        "an option in capitals",
        (CONFIDENTIALITY, "### Any thought"),
        (r"^- \[x\] ", "- [X] "),
        At(
            CONFIDENTIALITY,
            "### Any thought",
            "-",
            "here stands an option, `- [ ] text` or `- [x] text`, or its feedback, `  > text`, and nothing else.",
        ),
    ),
    broken(
        "an option without feedback",
        (CONFIDENTIALITY, "### Any thought"),
        (r"^(- \[x\] .*\n)(?:  > .*\n)+", r"\1"),
        At(
            CONFIDENTIALITY,
            "### Any thought",
            "-",
            "this option has no feedback; put it under the option as `  > text`.",
        ),
    ),
    broken(
        "feedback that is not indented",
        (CONFIDENTIALITY, "### Any thought"),
        ("^  > ", "> "),
        At(
            CONFIDENTIALITY,
            "### Any thought",
            ">",
            "here stands an option, `- [ ] text` or `- [x] text`, or its feedback, `  > text`, and nothing else.",
        ),
    ),
    broken(
        "a misconception on a right option",
        (CONFIDENTIALITY, "### Any thought"),
        (r"^(- \[x\] .*)$", r"\1 <!-- false-promise -->"),
        At(CONFIDENTIALITY, "### Any thought", "-", "a right option reveals no misconception; delete its comment."),
    ),
    broken(
        "a misconception that nobody declared",
        (CONFIDENTIALITY, "### Any thought"),
        ("<!-- peers-rate-risk -->", "<!-- peers-rate-risks -->"),
        At(
            CONFIDENTIALITY,
            "### Any thought",
            "-",
            "`peers-rate-risks` is no misconception of peer-support.toml; perhaps `peers-rate-risk`.",
            nth=2,
        ),
    ),
    broken(
        "a misconception that is dropped",
        (PROGRAMME, "[misconceptions]"),
        (r"^law-forbids-sharing.*\n", ""),
        At(
            LOCK,
            "",
            "misconception peer-support law-forbids-sharing",
            gone("misconception peer-support law-forbids-sharing"),
        ),
        At(
            CONFIDENTIALITY,
            "### The duty officer rings",
            "-",
            "`law-forbids-sharing` is no misconception of peer-support.toml.",
        ),
    ),
    broken(
        "an option twice",
        (CONFIDENTIALITY, "### Without a name"),
        (r"^(- \[ \] .*\n(?:  > .*\n)+)", r"\1\1"),
        At(CONFIDENTIALITY, "### Without a name", "-", "the same answer stands here twice.", nth=2),
    ),
    broken(
        "a question that asks nothing",
        (CONFIDENTIALITY, "### After a slip"),
        (r"^You told.*\n", ""),
        At(
            CONFIDENTIALITY,
            "### After a slip",
            "###",
            "this question asks nothing; write what is asked above the answers.",
        ),
    ),
    broken(
        "steps out of number",
        (CONFIDENTIALITY, "### After a slip"),
        (r"^2\. ", "3. "),
        At(CONFIDENTIALITY, "### After a slip", r"3\.", "number this step 2; the list as written is the right order."),
    ),
    broken(
        "an order question without feedback",
        (CONFIDENTIALITY, "### After a slip"),
        (r"^(?:> .*\n)+", ""),
        At(CONFIDENTIALITY, "### After a slip", "###", "this question has no feedback; put it at its end as `> text`."),
    ),
    broken(
        "a step with a comment",
        (CONFIDENTIALITY, "### After a slip"),
        (r"^(2\. .*)$", r"\1 <!-- false-promise -->"),
        At(CONFIDENTIALITY, "### After a slip", r"2\.", "a step of an `order` question has no comment."),
    ),
    broken(
        "text after the feedback",
        (CONFIDENTIALITY, "### The limits"),
        (r"^((?:> .*\n)+)", r"\1\nAnd more.\n"),
        At(
            CONFIDENTIALITY,
            "### The limits",
            "And",
            "nothing stands after the feedback of a question; begin each line of it with `> `.",
        ),
    ),
    broken(
        "a prompt that asks nothing",
        (CONFIDENTIALITY, "### Let down"),
        (r"^(<!-- private -->\n)(?:.*\n)*?(?=### )", r"\1\n"),
        At(CONFIDENTIALITY, "### Let down", "###", "this prompt asks nothing."),
    ),
)


@pytest.mark.parametrize("course", QUESTIONS, ids=lambda course: course.name)
def test_every_fault_is_reported_and_none_besides(course: Broken, tmp_path: Path) -> None:
    printed, expected = course.compare(tmp_path / "courses")
    assert printed == expected
