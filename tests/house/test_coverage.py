"""docs/coverage.md says what of the source programme is taught where, and a gap shows."""

from __future__ import annotations

import re

import pytest

from trainer.config import ROOT
from trainer.curriculum.rules import Catalogue, Programme, SessionPlan

AIMS = {
    "Recovery focus: hope and recovery",
    "Signposting: knowing whom to call",
    "Supervision as a condition",
    "Benefits to those who receive support",
    "Benefits to those who give support",
    "Self-awareness",
    "Time management",
    "Independence and dependence",
    "A panel's own events",
}
TRANSFERABLE = "Transferable skills: "


def _table(heading: str) -> list[list[str]]:
    text = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in text.split("\n") if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def _said_in(plan: SessionPlan) -> str:
    return " ".join([plan.title, *plan.outcomes, *(item.title for item in plan.agenda)])


def _said_by(catalogue: Catalogue, slug: str) -> str:
    module = catalogue.modules[slug]
    return " ".join([*module.outcomes, *(part.source for part in module.parts)])


def test_every_topic_is_in_the_table_with_its_module_and_the_session_that_meets_it_first(
    programme: Programme, catalogue: Catalogue
) -> None:
    rows = {row[1]: row for row in _table("Topics")}
    assert {slug: rows[slug][0] for slug in rows} == {topic.slug: topic.title for topic in programme.topics}
    for slug, row in rows.items():
        met = [plan.number for plan in programme.sessions if slug in plan.topics]
        again = [plan.number for plan in programme.sessions if slug in plan.again]
        assert slug in catalogue.modules
        assert ([int(row[2])], [int(one) for one in re.findall(r"\d+", row[3])]) == (met, again), slug


def test_every_session_has_a_guide(programme: Programme, catalogue: Catalogue) -> None:
    assert [plan.number for plan in programme.sessions if plan.guide not in catalogue.guides] == []


def test_every_aim_of_the_source_programme_is_in_the_table() -> None:
    aims = {row[0] for row in _table("Aims that run through the topics")}
    assert aims >= AIMS
    assert len({aim for aim in aims if aim.startswith(TRANSFERABLE)}) >= 3


@pytest.mark.parametrize("row", _table("Aims that run through the topics"), ids=lambda row: f"{row[0]}, {row[3]}")
def test_the_words_stand_where_the_table_says(row: list[str], programme: Programme, catalogue: Catalogue) -> None:
    _aim, slug, words, number, said = row
    plan = programme.session(int(number))
    assert plan is not None
    assert said in _said_in(plan)
    assert not slug or words.lower() in _said_by(catalogue, slug).lower()


@pytest.mark.parametrize("number", [9, 10])
def test_hope_and_recovery_has_minutes_of_its_own_in_the_last_two_sessions(programme: Programme, number: int) -> None:
    plan = programme.session(number)
    assert plan is not None
    assert [item.minutes for item in plan.agenda if item.title.startswith("Hope and recovery")]
