"""A quiz as a trainee meets it: every kind of question, right and wrong, with what is said of each answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.reader import Page, Reader
from tests.unit.learning.course import TEXT, question, read, shelve
from trainer.curriculum.rules import Module, Programme
from trainer.curriculum.shelf import SHELF
from trainer.learning.models import Attempt
from trainer.learning.wording import token_of
from trainer.people.models import Person

QUIZ = "/m/1/check-yourself"
Signed = Callable[[Person], Reader]


@pytest.fixture
def amara(as_person: Signed, cast: Cast) -> Reader:
    return as_person(cast.amara)


def piece(page: Page, question_id: str) -> Element:
    """The question on the page."""
    return next(article for article in page.all("article") if article.get("id") == question_id)


def said(page: Page, question_id: str) -> str:
    """What a reader sees of one question."""
    return " ".join(" ".join(piece(page, question_id).itertext()).split())


def answer(
    reader: Reader, module: Module, question_id: str, texts: Sequence[str], number: int = 1, **more: Any
) -> Page:
    """Answer by what stands on the options: ticks, or for an order all steps as the reader puts them."""
    asked = question(module, question_id)
    tokens = [token_of(asked.wording, text) for text in texts]
    fields: dict[str, Any] = {"number": number, "option": tokens}
    if question_id == "handing-over":
        fields = {"number": number, **{f"place-{token}": at for at, token in enumerate(tokens, start=1)}}
    return reader.post(f"{QUIZ}/{question_id}/answer", fields, **more)


def test_before_an_answer_every_option_is_there_and_nothing_is_given_away(amara: Reader, module: Module) -> None:
    page = amara.get(QUIZ)
    for asked in module.questions:
        for option in asked.options:
            assert option.text in said(page, asked.id)
            assert not option.feedback_html or re.sub("<[^>]*>", "", option.feedback_html) not in page.text
    assert "Not answered" in said(page, "in-fog")
    assert "You have not answered any question yet." in page.text


def test_options_are_shuffled_afresh_on_each_view(amara: Reader) -> None:
    def order() -> tuple[str | None, ...]:
        return tuple(field.get("value") for field in piece(amara.get(QUIZ), "what-to-log").iter("input"))[2:]

    assert len({order() for _ in range(25)}) > 3


def test_a_wrong_choice_is_told_at_once_what_it_overlooks(amara: Reader, module: Module) -> None:
    page = answer(amara, module, "in-fog", ["Wait until it lifts."])
    assert page.address == QUIZ
    text = said(page, "in-fog")
    assert "Not this one." in text and "A ship is nearer than it seems." in text and "Try again" in text
    assert "Whoever is out there hears you." not in text and "Not right yet" in text


def test_a_right_choice_is_told_why_and_why_the_others_are_not(amara: Reader, module: Module) -> None:
    text = said(answer(amara, module, "in-fog", ["Ring the bell at once."]), "in-fog")
    assert text.index("Whoever is out there hears you.") < text.index("A ship is nearer than it seems.")
    assert "Light does not carry in fog." in text and "Right." in text and "Why not" in text
    assert "Answer it again" in text


def test_a_safety_question_is_asked_until_it_is_right_and_says_so(amara: Reader, module: Module) -> None:
    assert "has to be right in the end" in said(amara.get(QUIZ), "in-fog")
    for number in range(1, 4):
        page = answer(amara, module, "in-fog", ["Light a second lamp."], number)
        assert "has to be right in the end" in said(page, "in-fog")
    for asked, texts in (("what-to-log", ["The hour."]), ("from-memory", [])):
        answer(amara, module, asked, texts)
    page = answer(amara, module, "handing-over", [option.text for option in question(module, "handing-over").options])
    assert "Safety questions: 0 of 1 right; these have to be right in the end" in page.text
    assert "once every safety question is right" in page.text
    page = answer(amara, module, "in-fog", ["Ring the bell at once."], 4)
    assert "has to be right in the end" not in said(page, "in-fog")
    assert "These questions are done." in page.text
    assert "Safety questions: 1 of 1 right. Other questions: 1 of 2 right; the pass mark is 2." in page.text


def test_several_choices_are_right_only_all_together(amara: Reader, module: Module) -> None:
    text = said(answer(amara, module, "what-to-log", ["The hour."]), "what-to-log")
    assert "something is still missing" in text and "It tells the next keeper" not in text
    text = said(answer(amara, module, "what-to-log", ["The hour.", "Who you think is to blame."], 2), "what-to-log")
    assert "1 of the 2 you chose does not belong here" in text and "A guess is none." in text
    text = said(answer(amara, module, "what-to-log", ["The wind.", "The hour."], 3), "what-to-log")
    assert "Right." in text and "too late for that" in text


def test_an_order_works_without_a_script(amara: Reader, module: Module) -> None:
    steps = [option.text for option in question(module, "handing-over").options]
    text = said(answer(amara, module, "handing-over", [steps[1], steps[0], *steps[2:]]), "handing-over")
    assert "Not yet: 2 of 4 steps are in place." in text and "Waking comes first" not in text
    text = said(answer(amara, module, "handing-over", steps, 2), "handing-over")
    assert "Right." in text and "Waking comes first" in text


def test_an_order_with_a_step_left_out_comes_back_with_what_was_given(amara: Reader, module: Module) -> None:
    asked = question(module, "handing-over")
    tokens = [token_of(asked.wording, option.text) for option in asked.options]
    places = {f"place-{token}": place for token, place in zip(tokens, ("4", "", "2", "1"), strict=True)}
    page = amara.post(f"{QUIZ}/handing-over/answer", {"number": 1, **places}, status=422)
    assert "Give every step a place" in said(page, "handing-over")
    selected = {
        select.get("name"): option.text
        for select in piece(page, "handing-over").iter("select")
        for option in select.iter("option")
        if option.get("selected") is not None
    }
    assert [selected[f"place-{token}"] for token in tokens] == ["4", "–", "2", "1"]


def test_an_answer_without_a_choice_says_so_at_the_question_and_keeps_nothing(
    amara: Reader, module: Module, db: Session
) -> None:
    page = answer(amara, module, "in-fog", [], status=422)
    assert "Choose one answer first." in said(page, "in-fog")
    assert any(link.get("href") == "#in-fog" for link in page.all("a"))
    assert not db.scalars(select(Attempt)).all()


def test_recall_reveals_our_answer_and_is_done_when_the_reader_says_so(
    amara: Reader, module: Module, db: Session
) -> None:
    amara.post(
        "/journal/1/check-yourself", {"text-from-memory": "Lamp and bell, I think.", "revision-from-memory": "0"}
    )
    page = amara.get(QUIZ)
    assert "Lamp and bell, I think." in page.text and "Lamp, bell, log." in page.text
    assert next(piece(page, "from-memory").iter("details")).get("class") == "private-delete"
    model = next(d for d in piece(page, "from-memory").iter("details") if d.get("class") == "model")
    assert model.get("open") is not None and "Not compared yet" in said(page, "from-memory")
    page = answer(amara, module, "from-memory", [])
    assert "Compared" in said(page, "from-memory")
    [attempt] = db.scalars(select(Attempt))
    assert attempt.answer == "[]"


def test_sending_an_answer_twice_is_one_try(amara: Reader, module: Module, db: Session) -> None:
    for _ in range(2):
        answer(amara, module, "in-fog", ["Wait until it lifts."], 1)
    assert len(db.scalars(select(Attempt)).all()) == 1


def test_a_question_can_be_answered_again_for_revision(amara: Reader, module: Module) -> None:
    answer(amara, module, "in-fog", ["Ring the bell at once."])
    page = amara.get(f"{QUIZ}?again=in-fog")
    assert "Whoever is out there" not in said(page, "in-fog") and "Choose one" in said(page, "in-fog")
    page = answer(amara, module, "in-fog", ["Wait until it lifts."], 2)
    assert "Not this one." in said(page, "in-fog")
    assert "Safety questions: 1 of 1 right" in page.text


def test_a_script_gets_the_question_and_the_summary_alone(amara: Reader, module: Module) -> None:
    asked = question(module, "in-fog")
    fields = {"csrf_token": amara.token(), "number": 1, "option": token_of(asked.wording, "Wait until it lifts.")}
    response = amara.client.post(f"{QUIZ}/in-fog/answer", data=fields, headers={"X-Fragment": "question"})
    assert response.status_code == 200 and "<html" not in response.text
    assert "A ship is nearer" in response.text and "You have answered 1 of 4 questions" in response.text
    assert "what-to-log" not in response.text
    fields["option"] = ""
    response = amara.client.post(f"{QUIZ}/in-fog/answer", data=fields, headers={"X-Fragment": "question"})
    assert response.status_code == 409 and "reworded while you had it open" in response.text


def test_a_form_of_an_earlier_wording_is_asked_again_in_todays(
    app: Flask, amara: Reader, module: Module, programme: Programme
) -> None:
    answer(amara, module, "in-fog", ["Wait until it lifts."])
    newer = read(TEXT.replace("Fog comes in.", "Fog rolls in."))
    app.extensions[SHELF] = shelve(newer, programme=programme)
    page = answer(amara, module, "in-fog", ["Ring the bell at once."], 2, status=409)
    assert "reworded while you had it open" in said(page, "in-fog")
    text = said(amara.get(QUIZ), "in-fog")
    assert "Fog rolls in." in text
    assert "What you were asked then Fog comes in. What do you do?" in text
    assert "You answered: Wait until it lifts." in text


def test_what_one_answered_is_on_nobody_elses_page(
    amara: Reader, as_person: Signed, cast: Cast, module: Module
) -> None:
    answer(amara, module, "in-fog", ["Wait until it lifts."])
    for person in (cast.tane, cast.ruth, cast.priya):
        assert "You chose" not in as_person(person).get(QUIZ).text


def test_a_guest_sees_every_answer_with_its_reason(as_person: Signed, cast: Cast) -> None:
    text = as_person(cast.ruth).get(QUIZ).text
    assert "A ship is nearer than it seems." in text and "Whoever is out there hears you." in text
    assert "Here a trainee can write, for nobody else to open." in text
