"""Facts name their source, and every source is named: file by file, in both directions."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.curriculum.advised import NAMED, SOURCE, compare, messages, module
from tests.unit.curriculum.broken import CONFIDENTIALITY, At, Broken, broken
from trainer.curriculum.advice.findings import Study
from trainer.curriculum.advice.sources import check_sources

READING = "## Keeping it safe"
NEEDS = 'needs its source in this paragraph: "(Name and others, 2022)".'


def _paragraph(name: str, text: str, *faults: str) -> Broken:
    expected = [At(CONFIDENTIALITY, READING, "NEW", fault) for fault in faults]
    room_for_it = (rf"(?s)^reading: \d+(.*?^{READING}\n)", rf"reading: 99\1\nNEW {text}\n")
    return broken(name, (CONFIDENTIALITY, ""), room_for_it, *expected)


COURSES = (
    _paragraph("a per cent without a source", "For 40% of us it is so.", f'"40%" {NEEDS}'),
    _paragraph("people counted by nobody named", "A survey asked 80 students.", f'"80 students" {NEEDS}'),
    _paragraph("a law without its name", "It is illegal here.", f'"illegal" {NEEDS}'),
    _paragraph(
        "a name that is nowhere in the front matter",
        "So they found (Nobody and others, 2019).",
        'no source in the front matter is "Nobody and others, 2019"; add it there, or correct name and year here.',
    ),
    _paragraph(
        "a year that is not the source's",
        "So they found (Nowell and Spruill, 1994).",
        'no source in the front matter is "Nowell and Spruill, 1994"; add it there, or correct name and year here.',
    ),
    broken(
        "a source that nothing names",
        (CONFIDENTIALITY, "sources:"),
        (r"^sources:\n", 'sources:\n  - "Weger, A title (2014)"\n'),
        At(
            CONFIDENTIALITY,
            "sources:",
            '  - "Weger',
            "nothing in the text names this source; name it where it is used, or begin it `Background: `.",
        ),
    ),
)


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.name)
def test_a_gap_between_text_and_sources_is_advised_on_and_nothing_besides(course: Broken, tmp_path: Path) -> None:
    printed, expected = compare(course, tmp_path / "courses")
    assert printed == expected


def _advice(paragraph: str, source: str = SOURCE, named: str = NAMED) -> list[str]:
    draft = module(f"## More\n\n{paragraph}\n", source=source, named=named)
    return [message.partition(": ")[2] for message in messages(check_sources(Study((draft,), (), (), True)))]


FACTS = [
    "Of them, 12 per cent said so.",
    "About four in ten never told.",
    "Some 9 out of 10 stay.",
    "Half of students have felt it.",
    "A trial with 30 first-year American students showed it.",
    "They asked 1,200 people.",
    "The Equality Act 2010 says so.",
    "The GDPR protects it.",
    "Not telling can be an offence.",
]


@pytest.mark.parametrize("fact", FACTS)
def test_a_share_a_count_of_people_or_a_law_needs_its_source(fact: str) -> None:
    (message,) = _advice(fact)
    assert message.endswith(NEEDS)
    assert _advice(f"{fact} Nobody knows more (Weger and others, 2014).") == []


@pytest.mark.parametrize("fact", FACTS)
def test_what_somebody_says_in_quotation_marks_is_no_claim_of_ours(fact: str) -> None:
    assert _advice(f'Sam says: "{fact}"') == []
    assert _advice(f"> {fact}") == []


@pytest.mark.parametrize(
    "text",
    [
        "Groups of 12 people sit in a circle.",
        "It takes 15 minutes, twice a week, in room 101.",
        "The law requires it, or so they say.",
        "One in a while, two in one breath.",
        "He is 18 and has 3 sisters.",
        "Since March (March 2020) it has been so.",
        "Section 3 is next, and page 40.",
    ],
)
def test_ordinary_numbers_and_words_need_no_source(text: str) -> None:
    assert _advice(text) == []


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Miller & Rollnick, Motivational Interviewing (2013)", "It pushes back (Miller & Rollnick 2013)."),
        ("Fox and others (2022), A title, A journal 50(5), 669", "They said less (Fox and colleagues, 2022)."),
        ("World Health Organization, A resource (2023)", "So they write (World Health Organization 2023; WHO 2023)."),
        ("Feng, Testing a model (2009)", "In Feng's study (2009), it was so."),
        ("Linehan, A manual, second edition (2015)", "Marsha Linehan's manual (2015) has seven steps."),
        ("Miller and Rose, A title (2015; online 2013)", "Miller and Rose (2015) disagree."),
        ("Terrorism Act 2000 (UK), section 38B", "It is an offence (Terrorism Act 2000, section 38B)."),
        ("UK GDPR, Article 9", "It has more protection (UK GDPR, Article 9)."),
        ("Agency for Research, Warm handoff (web page, undated)", "The Agency for Research calls it warm."),
        ("Background: Rowe, Wait time (1986)", "Nothing."),
    ],
)
def test_a_source_is_named_by_its_first_name_and_year_or_by_name_if_it_has_none(source: str, text: str) -> None:
    assert _advice(text, source, "Nobody says so.") == []


def test_a_first_name_that_somebody_else_has_names_no_source() -> None:
    (message,) = _advice("Rose comes in.", "Rose, A review (2002)", "Nobody says so.")
    assert message.startswith("nothing in the text names this source")
