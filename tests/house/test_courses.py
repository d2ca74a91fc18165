"""The courses that we ship: sound, complete, and careful where it matters."""

from __future__ import annotations

import re

import pytest

from trainer.config import ROOT
from trainer.curriculum.catalogue import load_catalogue
from trainer.curriculum.check import check
from trainer.curriculum.rules import Catalogue, PartKind, Programme

COURSES = ROOT / "courses"


@pytest.fixture(scope="module")
def shelf() -> Catalogue:
    return load_catalogue(COURSES)


@pytest.fixture(scope="module")
def training(shelf: Catalogue) -> Programme:
    return shelf.programmes["peer-support"]


def test_the_shipped_courses_have_no_fault() -> None:
    assert [str(fault) for fault in check(COURSES)] == []


def test_the_training_is_ten_sessions_of_three_hours(training: Programme) -> None:
    assert [plan.minutes for plan in training.sessions] == [180] * 10
    assert training.rules.required_minutes == 1800
    assert training.rules.whole_session_minutes == 165


def test_critical_behaviours_are_few_and_about_safety(training: Programme) -> None:
    critical = [behaviour.id for behaviour in training.behaviours if behaviour.critical]
    first_seen = {behaviour.id: plan.number for plan in reversed(training.sessions) for behaviour in plan.behaviours}
    assert 1 <= len(critical) <= 6
    assert {first_seen[name] for name in critical} == {1, 8, 9}
    last = training.session(10)
    assert last is not None
    assert set(critical) <= {behaviour.id for behaviour in last.behaviours}


def test_every_topic_has_its_number_and_suicide_is_never_the_last_meeting(training: Programme) -> None:
    assert len(training.topics) == 15
    meets = next(plan.number for plan in training.sessions if "suicide-prevention" in plan.topics)
    referrals = next(plan.number for plan in training.sessions if "referrals" in plan.topics)
    assert referrals < meets < len(training.sessions)


def test_risk_topics_are_safety_modules_with_safety_questions(shelf: Catalogue) -> None:
    for slug in ("confidentiality", "people-in-crisis", "suicide-prevention", "referrals", "limit-setting"):
        module = shelf.modules.get(slug)
        if module is not None:
            assert module.safety, slug
            assert module.content_note, slug
            assert module.safety_questions, slug


def test_every_module_tries_first_and_asks_reflects_and_practises_afterwards(shelf: Catalogue) -> None:
    for module in shelf.modules.values():
        kinds = [part.kind for part in module.parts]
        assert kinds[0] == PartKind.TRY, module.slug
        assert PartKind.QUIZ in kinds, module.slug
        assert PartKind.REFLECT in kinds, module.slug


def test_every_question_to_choose_from_can_reveal_something(shelf: Catalogue) -> None:
    for module in shelf.modules.values():
        revealed = {option.misconception for question in module.questions for option in question.options}
        assert len(revealed - {None}) >= 2, module.slug


def test_no_rendered_prose_has_a_style_a_script_or_an_address_that_names_its_topic(shelf: Catalogue) -> None:
    for module in shelf.modules.values():
        markup = " ".join(part.html for part in module.parts)
        assert not re.search(r"<script|style=|javascript:", markup), module.slug
        assert not re.search(rf'href="[^"#]*{module.slug}', markup), module.slug
