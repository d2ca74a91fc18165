"""A practice conversation as a trainee walks it: forward, back, to the end, and again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.reader import Page, Reader
from tests.unit.learning.course import TEXT, part, read, shelve
from trainer.curriculum.rules import Module, Programme
from trainer.curriculum.shelf import SHELF
from trainer.learning.models import DialogueRun, DialogueTurn
from trainer.learning.wording import token_of
from trainer.people.models import Person

WALK = "/m/1/talking-to-the-captain"
Signed = Callable[[Person], Reader]


@pytest.fixture
def amara(as_person: Signed, cast: Cast) -> Reader:
    return as_person(cast.amara)


def say(reader: Reader, page: Page, words: str) -> Page:
    """Press the reply on the page that reads so, with the fields of its form."""
    button = next(b for b in page.all("button") if words in "".join(b.itertext()))
    form = next(f for f in page.all("form") if button in list(f.iter("button")))
    fields = {field.get("name"): field.get("value") for field in form.iter("input")} | {"choice": button.get("value")}
    return reader.post(
        str(form.get("action")), {str(name): value for name, value in fields.items() if name != "csrf_token"}
    )


def turns(page: Page) -> list[str]:
    """The transcript, turn by turn."""
    walk = next(one for one in page.all("ol") if one.get("class") == "walk")
    return [" ".join(" ".join(turn.itertext()).split()) for turn in walk.findall("li")]


def test_it_opens_with_their_words_and_what_one_may_say(amara: Reader) -> None:
    page = amara.get(WALK)
    assert turns(page) == ["They say Why did nobody ring? You were on watch."]
    assert "What do you say?" in page.text and "A captain comes ashore." in page.text


def test_a_weak_reply_is_told_and_leads_back_for_another_try(amara: Reader) -> None:
    page = say(amara, amara.get(WALK), "It was not my fault.")
    assert turns(page)[1] == (
        'You say "It was not my fault." They say So whose was it? '
        "What it does You defended yourself, and the captain has not been heard. "
        "Back to the moment before. They had said: Why did nobody ring?"
    )
    assert "Try another reply" in page.text and "(tried)" in page.text
    page = say(amara, page, "I heard you late.")
    assert "What it does The captain looks up." in turns(page)[2]
    assert "They say I thought we were lost." in turns(page)[2]


def test_a_good_ending_offers_another_walk_and_the_way_on(amara: Reader) -> None:
    page = say(amara, amara.get(WALK), "What did you hear out there?")
    page = say(amara, page, "That must have been a long hour.")
    assert "You stayed with what the captain felt." in turns(page)[-1]
    assert "Walk it again" in page.text and "What do you say?" not in page.text
    assert "6 of" not in amara.get("/m/1").text and "1 of 7 parts done" in amara.get("/m/1").text
    page = say(amara, page, "Walk it again")
    assert len(turns(page)) == 1 and "What do you say?" in page.text
    assert "1 of 7 parts done" in amara.get("/m/1").text


def test_one_comes_back_to_where_the_talk_stands(amara: Reader) -> None:
    before = say(amara, amara.get(WALK), "I heard you late.")
    assert turns(amara.get(WALK)) == turns(before)


def test_beginning_again_midway_keeps_the_earlier_walk(amara: Reader, db: Session) -> None:
    page = say(amara, say(amara, amara.get(WALK), "I heard you late."), "Begin again")
    assert len(turns(page)) == 1
    assert [(run.number, run.ended_at) for run in db.scalars(select(DialogueRun))] == [(1, None), (2, None)]


def test_a_reply_pressed_twice_counts_once(amara: Reader, db: Session) -> None:
    page = amara.get(WALK)
    assert turns(say(amara, page, "I heard you late.")) == turns(say(amara, page, "I heard you late."))
    assert len(db.scalars(select(DialogueTurn)).all()) == 1


def test_a_reply_from_a_page_one_went_back_to_is_not_taken(amara: Reader) -> None:
    first = amara.get(WALK)
    say(amara, first, "I heard you late.")
    page = say(amara, first, "It was not my fault.")
    assert "You had already gone on from there." in page.text
    assert len(turns(page)) == 2 and "I heard you late." in turns(page)[1]


def test_the_newest_turn_is_where_the_page_goes_and_can_take_the_focus(amara: Reader, module: Module) -> None:
    scene = part(module, "talking-to-the-captain").scenes[0]
    fields = {"csrf_token": amara.token(), "walk": "1", "position": "0"}
    fields["choice"] = token_of(scene.wording, scene.choices[1].text)
    response = amara.client.post(f"{WALK}/say", data=fields)
    assert response.headers["Location"] == f"{WALK}#turn-1"
    newest = next(li for li in amara.get(WALK).all("li") if li.get("id") == "turn-1")
    assert newest.get("tabindex") == "-1"


def test_a_script_gets_the_conversation_alone(amara: Reader, module: Module) -> None:
    scene = part(module, "talking-to-the-captain").scenes[0]
    fields = {"csrf_token": amara.token(), "walk": "1", "position": "0"}
    fields["choice"] = token_of(scene.wording, scene.choices[0].text)
    response = amara.client.post(f"{WALK}/say", data=fields, headers={"X-Fragment": "walk"})
    assert response.status_code == 200 and "<html" not in response.text and "So whose was it?" in response.text
    response = amara.client.post(f"{WALK}/say", data=fields | {"position": "7"}, headers={"X-Fragment": "walk"})
    assert "You had already gone on from there." in response.text


def test_a_conversation_that_was_rewritten_says_so_and_can_begin_again(
    app: Flask, amara: Reader, programme: Programme
) -> None:
    say(amara, amara.get(WALK), "I heard you late.")
    newer = read(TEXT.replace("### Warmer", "### Warm").replace("#warmer", "#warm"))
    app.extensions[SHELF] = shelve(newer, programme=programme)
    page = amara.get(WALK)
    assert "has been rewritten since you were here" in page.text and "I heard you late." in page.text
    page = say(amara, page, "Begin again")
    assert len(turns(page)) == 1 and "What do you say?" in page.text


def test_a_guest_walks_by_addresses_and_leaves_nothing(as_person: Signed, cast: Cast, db: Session) -> None:
    guest = as_person(cast.ruth)
    page = guest.get(WALK)
    for words in ("It was not my fault.", "What did you hear", "That must have been"):
        link = next(a for a in page.all("a") if words in "".join(a.itertext()))
        page = guest.get(str(link.get("href")))
    assert len(turns(page)) == 4 and "You stayed with what the captain felt." in page.text
    assert not db.scalars(select(DialogueRun)).all()
    guest.get(f"{WALK}?path=9", 409)
