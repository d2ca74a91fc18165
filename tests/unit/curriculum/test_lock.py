"""ids.lock only grows, and gives each module its number for good."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.curriculum.broken import CONFIDENTIALITY, LOCK, PROGRAMME, copy_courses
from trainer.curriculum.check import check, renew_lock
from trainer.curriculum.load import load

TOPICS = [
    "group-boundaries",
    "confidentiality",
    "getting-to-know-a-stranger",
    "welcoming-behaviours",
    "effective-questioning",
    "labelling-feelings",
    "advice-and-listening",
    "decision-making",
    "values-clarification",
    "assertive-communication",
    "cultural-awareness",
    "people-in-crisis",
    "suicide-prevention",
    "referrals",
    "limit-setting",
]


@pytest.fixture
def courses(tmp_path: Path) -> Path:
    return copy_courses(tmp_path / "courses")


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_the_topics_have_the_numbers_of_their_order(courses: Path) -> None:
    assert load(courses).locked.numbers == tuple((slug, number) for number, slug in enumerate(TOPICS, 1))


def test_a_module_has_the_number_of_its_topic(courses: Path) -> None:
    catalogue = load(courses).catalogue
    assert {module.slug: module.number for module in catalogue.modules.values()}.items() <= dict(
        zip(TOPICS, range(1, 16), strict=True)
    ).items()
    found = catalogue.module_numbered(13)
    assert found is not None
    assert found.slug == "suicide-prevention"


def test_renewing_a_complete_lock_changes_nothing(courses: Path) -> None:
    before = (courses / LOCK).read_text()
    assert renew_lock(courses) == ()
    assert (courses / LOCK).read_text() == before


def test_a_lost_lock_is_written_anew_with_the_same_numbers(courses: Path) -> None:
    (courses / LOCK).unlink()
    assert check(courses) != ()
    assert renew_lock(courses) == ()
    assert [slug for slug, _ in load(courses).locked.numbers] == TOPICS


def test_new_ids_are_added_and_every_old_line_stays(courses: Path) -> None:
    before = (courses / LOCK).read_text().splitlines()
    _replace(
        courses / CONFIDENTIALITY,
        "## Reflect\n<!-- reflect -->\n",
        "## Kept\u0020well\n\nA\n\n## Reflect\n<!-- reflect -->\n",
    )
    assert [fault.file for fault in check(courses)] == [CONFIDENTIALITY]
    assert renew_lock(courses) == ()
    after = (courses / LOCK).read_text().splitlines()
    assert set(before) < set(after)
    assert [line for line in after if line not in before] == ["part confidentiality kept-well"]


def test_an_id_that_is_given_up_keeps_its_line_as_retired(courses: Path) -> None:
    _replace(courses / CONFIDENTIALITY, "### Let down\n", "### Once let down\n")
    _replace(courses / LOCK, "prompt confidentiality let-down\n", "retired prompt confidentiality let-down\n")
    assert renew_lock(courses) == ()
    lines = (courses / LOCK).read_text().splitlines()
    assert "retired prompt confidentiality let-down" in lines
    assert "prompt confidentiality once-let-down" in lines


def _add_topic(courses: Path, slug: str) -> None:
    _replace(courses / PROGRAMME, "\n[[sessions]]", f'{slug} = "New"\n\n[[sessions]]')
    _replace(courses / PROGRAMME, "[confidence.items]", f'[confidence.items]\n{slug} = "Do it"')
    _replace(courses / PROGRAMME, 'topics = ["group-boundaries"', f'topics = ["{slug}", "group-boundaries"')


def test_a_new_topic_gets_the_next_number_even_after_one_was_retired(courses: Path) -> None:
    before = (courses / PROGRAMME).read_text()
    _add_topic(courses, "keeping-well")
    assert renew_lock(courses) == ()
    assert ("keeping-well", 16) in load(courses).locked.numbers
    (courses / PROGRAMME).write_text(before)
    _replace(courses / LOCK, "module 16 keeping-well\n", "retired module 16 keeping-well\n")
    _add_topic(courses, "ending-well")
    assert renew_lock(courses) == ()
    assert ("ending-well", 17) in load(courses).locked.numbers


def test_nothing_is_locked_while_the_courses_have_other_faults(courses: Path) -> None:
    before = (courses / LOCK).read_text()
    _replace(courses / CONFIDENTIALITY, "### Let down\n", "### Lett down\n")
    _replace(courses / CONFIDENTIALITY, "<!-- quiz -->", "<!-- quizz -->")
    assert renew_lock(courses) == check(courses)
    assert (courses / LOCK).read_text() == before


def test_a_line_twice_is_reported_with_both_places(courses: Path) -> None:
    lines = (courses / LOCK).read_text().splitlines()
    first = lines.index("contact uk-samaritans") + 1
    (courses / LOCK).write_text("\n".join([*lines, "contact uk-samaritans"]) + "\n")
    message = f"`contact uk-samaritans` stands here twice, first in line {first}."
    assert [str(fault) for fault in check(courses)] == [f"{LOCK}:{len(lines) + 1}: {message}"]
