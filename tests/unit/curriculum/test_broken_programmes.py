"""The shipped courses with one thing broken in TOML files or the lock: every fault it leads to, and none besides."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.curriculum.broken import CONFIDENTIALITY, LOCK, PROGRAMME, SIGNPOSTING, At, Broken, broken, gone, new

PROGRAMMES = (
    broken(
        "a topic of no session",
        (PROGRAMME, ""),
        (r'topics = \["suicide-prevention"\]\n', ""),
        At(PROGRAMME, "", "suicide-prevention", "no session has the topic `suicide-prevention`."),
    ),
    broken(
        "a topic twice",
        (PROGRAMME, ""),
        (r'topics = \["suicide-prevention"\]', 'topics = ["suicide-prevention", "referrals"]'),
        At(
            PROGRAMME,
            "",
            r'topics = \["suicide-prevention",',
            "the topic `referrals` is met first in session 8; put it under `again` here.",
        ),
    ),
    broken(
        "a topic again too early",
        (PROGRAMME, ""),
        (r'again = \["referrals"\]', 'again = ["suicide-prevention"]'),
        At(
            PROGRAMME,
            "",
            "again",
            "the topic `suicide-prevention` cannot come again: no session before 9 has met it.",
            nth=2,
        ),
    ),
    broken(
        "a topic that nobody declared",
        (PROGRAMME, ""),
        (r'topics = \["effective-questioning"\]', 'topics = ["effective-question"]'),
        At(PROGRAMME, "", "effective-questioning", "no session has the topic `effective-questioning`."),
        At(
            PROGRAMME,
            "",
            r'topics = \["effective-question"\]',
            "`effective-question` is no topic of this programme; declare it under [topics].",
        ),
    ),
    broken(
        "an agenda that does not sum",
        (PROGRAMME, ""),
        ('title = "Fishbowl", minutes = 20', 'title = "Fishbowl", minutes = 25'),
        At(
            PROGRAMME,
            'title = "Asking so people can think"',
            "agenda",
            "this agenda sums to 185 minutes, and the session has 180.",
        ),
        At("guides/asking-so-people-can-think.md", "", "## Fishbowl", "the agenda of session 3 gives this 25 minutes."),
    ),
    broken(
        "stations that do not fit",
        (PROGRAMME, ""),
        ("trainees = 12, observers = 4", "trainees = 14, observers = 3"),
        At(
            PROGRAMME,
            "",
            r'    \{ title = "Four',
            "14 trainees at 4 stations are up to 4 in a group, whose turns of 5 minutes take 20 minutes, not 15.",
        ),
        At(PROGRAMME, "", r'    \{ title = "Four', "4 stations need 4 observers at once; there are 3."),
    ),
    broken(
        "more hours than there are",
        (PROGRAMME, ""),
        ("required_minutes = 1800", "required_minutes = 1860"),
        At(PROGRAMME, "", "required_minutes", "the sessions have 1800 minutes, so nobody can reach 1860."),
    ),
    broken(
        "a pass mark above one",
        (PROGRAMME, ""),
        ("pass_mark = 0.8", "pass_mark = 80"),
        At(PROGRAMME, "", "pass_mark", "`pass_mark` is a number between 0 and 1."),
    ),
    broken(
        "an unknown key of a programme",
        (PROGRAMME, ""),
        ("^retention_years", "retention_year"),
        At(PROGRAMME, "", r"\[rules\]", "`retention_years` is missing; it is a whole number, 1 or more."),
        At(PROGRAMME, "", "retention_year", "there is no key `retention_year` here; perhaps `retention_years`."),
    ),
    broken(
        "a seventh critical behaviour",
        (PROGRAMME, ""),
        ('(id = "slows-the-pace", text = "Slows the pace")', r"\1, critical = true"),
        At(
            PROGRAMME,
            "",
            r'    \{ id = "tells-supervisor-same-day",',
            "more than 6 critical behaviours are more than a trainer can hold in mind.",
        ),
    ),
    broken(
        "a behaviour that is dropped",
        (PROGRAMME, ""),
        (r'^    \{ id = "slows-the-pace".*\n', ""),
        At(LOCK, "", "behaviour peer-support slows-the-pace", gone("behaviour peer-support slows-the-pace")),
        At(
            "guides/calm-and-connected.md",
            "## What to look for",
            "- ",
            "session 8 observes no `slows-the-pace`.",
            nth=2,
        ),
    ),
    broken(
        "a behaviour again that nobody declared",
        (PROGRAMME, ""),
        ('^    "uses-feedback|^    "does-not-rate-risk",', '    "does-rate-risk",'),
        At(
            PROGRAMME, "", "observe_again", "no session before this one declares the behaviour `does-rate-risk`.", nth=2
        ),
        At(
            "guides/ready-with-support.md",
            "## What to look for",
            "- ",
            "session 10 observes no `does-not-rate-risk`.",
            nth=16,
        ),
    ),
    broken(
        "TOML that cannot be read",
        (PROGRAMME, ""),
        ("^pass_mark = ", "pass_mark "),
        At(PROGRAMME, "", "pass_mark", "this is not TOML (expected '=' after a key in a key/value pair)."),
    ),
    broken(
        "a contact with words for a number",
        (SIGNPOSTING, ""),
        ('phone = "116 123"', 'phone = "116 123, free"'),
        At(
            SIGNPOSTING,
            "",
            'phone = "116',
            "`phone` is a number with spaces, nothing else; words go into `hours` or `audience`.",
        ),
    ),
    broken(
        "a contact with an address that is not safe",
        (SIGNPOSTING, ""),
        ('url = "https:', 'url = "http:'),
        At(SIGNPOSTING, "", "url", "`url` begins with https://."),
    ),
    broken(
        "a contact with an invented date",
        (SIGNPOSTING, ""),
        ('^(phone = "116 123")', r"\1\nchecked_on = 2025-01-01"),
        At(SIGNPOSTING, "", "checked_on", "there is no key `checked_on` here."),
    ),
    broken(
        "a contact without a need",
        (SIGNPOSTING, ""),
        (r'^need = "talk"\n', ""),
        At(SIGNPOSTING, 'id = "uk-ni-lifeline"', r"\[\[contacts\]\]", "`need` is missing; it is text in quotes."),
    ),
    broken(
        "two contacts with one id",
        (SIGNPOSTING, ""),
        ('id = "uk-shout"', 'id = "uk-samaritans"'),
        At(LOCK, "", "contact uk-shout", gone("contact uk-shout")),
        At(SIGNPOSTING, "", 'id = "uk-samaritans"', "the id `uk-samaritans` stands here twice.", nth=2),
    ),
    broken(
        "a line of the lock that is gone",
        (LOCK, ""),
        (r"^question confidentiality any-thought\n", ""),
        At(CONFIDENTIALITY, "### Any thought", "###", new("any-thought")),
    ),
    broken(
        "a retired id that is still used",
        (LOCK, ""),
        ("^question confidentiality any-thought$", "retired question confidentiality any-thought"),
        At(
            CONFIDENTIALITY,
            "### Any thought",
            "###",
            "`question confidentiality any-thought` is retired in ids.lock; give the new one another name.",
        ),
    ),
    broken(
        "a number of a module twice",
        (LOCK, ""),
        ("^module 3 ", "module 2 "),
        At(LOCK, "", "module 2", "the number 2 belongs to `confidentiality`.", nth=2),
    ),
    broken(
        "a line of the lock that is none",
        (LOCK, ""),
        ("^question confidentiality any-thought$", "question any-thought"),
        At(LOCK, "", "question any", "this is no line of ids.lock; one is `kind owner id` or `module number slug`."),
        At(CONFIDENTIALITY, "### Any thought", "###", new("any-thought")),
    ),
)


@pytest.mark.parametrize("course", PROGRAMMES, ids=lambda course: course.name)
def test_every_fault_is_reported_and_none_besides(course: Broken, tmp_path: Path) -> None:
    printed, expected = course.compare(tmp_path / "courses")
    assert printed == expected
