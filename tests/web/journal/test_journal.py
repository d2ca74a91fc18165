"""The journal: one's own texts in one place, and nobody else's way to them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.reader import Reader
from tests.unit.learning.course import TEXT, read, shelve
from trainer.curriculum.rules import Programme
from trainer.curriculum.shelf import SHELF
from trainer.journal.models import Reflection
from trainer.people.models import Person

Signed = Callable[[Person], Reader]
CANARY = "the canary of the north lighthouse"


@pytest.fixture
def amara(as_person: Signed, cast: Cast) -> Reader:
    return as_person(cast.amara)


def write(reader: Reader, item: str, text: str, *, part: str = "reflect", number: int = 1) -> None:
    """Keep one text."""
    reader.post(f"/journal/{number}/{part}", {f"text-{item}": text, f"revision-{item}": "0"})


def test_an_empty_journal_says_what_will_be_here(amara: Reader) -> None:
    page = amara.get("/journal")
    assert "Nothing here yet" in page.text and "it stays yours" in page.text
    assert "Save all as a text file" not in page.text


def test_ones_texts_stand_by_module_with_prompt_and_date(amara: Reader) -> None:
    write(amara, "my-bell", "Ding.")
    write(amara, "before-you-read", "A late ship.", part="before-you-read")
    write(amara, "a-long-night", "The wind.", number=2)
    first = amara.get("/journal/1")
    assert first.text.index("A late ship.") < first.text.index("Ding.")
    assert "What is your bell?" in first.text and "20 October 2026" in first.text and "2 texts" in first.text
    assert "The wind." not in first.text and "The wind." in amara.get("/journal/2").text
    amara.get("/journal/3", 404)


def test_a_text_can_be_changed_where_it_was_written(amara: Reader) -> None:
    write(amara, "my-bell", "Ding.")
    assert any(link.get("href") == "/m/1/reflect#my-bell" for link in amara.get("/journal").all("a"))


def test_one_text_can_be_deleted_and_the_others_stay(amara: Reader, db: Session) -> None:
    write(amara, "my-bell", "Ding.")
    write(amara, "my-rule", "Ring.")
    page = amara.get("/journal")
    forms = [str(f.get("action")) for f in page.all("form") if str(f.get("action")).startswith("/journal/texts/")]
    assert len(forms) == 2
    page = amara.post(forms[0])
    assert page.address == "/journal" and "Ding." not in page.text and "Ring." in page.text


def test_everything_can_be_taken_away_as_a_readable_file(amara: Reader) -> None:
    write(amara, "a-long-night", "The wind.\nThen dawn.")
    write(amara, "from-memory", "Lamp and bell.", part="check-yourself")
    write(amara, "my-rule", "Ring first, 寒い.", number=2)
    response = amara.client.get("/journal/export")
    assert response.mimetype == "text/plain"
    assert response.headers["Content-Disposition"] == 'attachment; filename="writing-2026-10-20.txt"'
    text = response.text
    for words in ("KEEPING WATCH", "A long night", "| Recall a long night.", "The wind.\nThen dawn.", "寒い"):
        assert words in text
    assert text.index("Lamp and bell.") < text.index("The wind.") < text.index("Ring first")
    assert "*" not in text and "<" not in text


def test_an_empty_journal_can_be_taken_away_too(amara: Reader) -> None:
    assert "Nothing is kept." in amara.client.get("/journal/export").text


def test_a_text_outlives_its_prompt_and_its_module(app: Flask, amara: Reader, programme: Programme) -> None:
    write(amara, "a-long-night", "The wind.")
    app.extensions[SHELF] = shelve(read(TEXT.replace("### A long night", "### Nights")), programme=programme)
    page = amara.get("/journal")
    assert "A long night" in page.text and "The wind." in page.text
    app.extensions[SHELF] = shelve(read(number=5, slug="another"), programme=programme)
    page = amara.get("/journal/0")
    assert "Topics no longer taught" in page.text and "The wind." in page.text
    assert "The wind." in amara.client.get("/journal/export").text


def test_nobody_else_has_any_way_to_a_journal(
    amara: Reader, as_person: Signed, reader: Reader, cast: Cast, db: Session
) -> None:
    write(amara, "my-rule", CANARY)
    text_id = db.scalars(select(Reflection.id)).one()
    for person in (cast.ruth, cast.daniel, cast.priya, cast.eleanor):
        other = as_person(person)
        for address in ("/journal", "/journal/1", "/journal/export"):
            other.get(address, 404)
        other.post("/journal/1/reflect", {"text-my-rule": "Mine"}, 404)
        other.post(f"/journal/texts/{text_id}/delete", status=404)
    assert reader.get("/journal").address == "/sign-in"
    assert db.scalars(select(Reflection.id)).one() == text_id


def test_another_trainee_sees_and_changes_nothing_of_it(
    amara: Reader, as_person: Signed, cast: Cast, db: Session
) -> None:
    write(amara, "my-rule", CANARY)
    text_id = db.scalars(select(Reflection.id)).one()
    tane = as_person(cast.tane)
    assert "Nothing here yet" in tane.get("/journal").text
    tane.get("/journal/1", 404)
    tane.post(f"/journal/texts/{text_id}/delete", status=404)
    write(tane, "my-rule", "Tāne's own.")
    assert CANARY in amara.get("/journal").text and CANARY not in tane.get("/journal").text


def test_the_text_is_on_no_page_of_anybody_else(amara: Reader, as_person: Signed, cast: Cast) -> None:
    write(amara, "my-rule", CANARY)
    pages = [
        "/", "/m/1", "/m/1/reflect", "/m/1/check-yourself", "/cohorts", "/people", "/panel",
        f"/cohorts/{cast.cohort_a.id}", f"/cohorts/{cast.cohort_a.id}/people/{cast.amara.id}",
        f"/people/{cast.amara.id}",
    ]  # fmt: skip
    for person in (cast.ruth, cast.sol, cast.priya, cast.eleanor, cast.tane, cast.noor):
        client = as_person(person).client
        for address in pages:
            assert CANARY not in client.get(address, follow_redirects=True).text, (person.name, address)
    assert CANARY in amara.get("/m/1/reflect").text
