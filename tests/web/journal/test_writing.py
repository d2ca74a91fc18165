"""Writing for oneself in a module: the promise beside the box, saving, two tabs, too much, deleting."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.reader import Page, Reader
from trainer.journal.models import Reflection
from trainer.learning.models import PartRead
from trainer.people.models import Person

REFLECT, TRY = "/m/1/reflect", "/m/1/before-you-read"
Signed = Callable[[Person], Reader]


@pytest.fixture
def amara(as_person: Signed, cast: Cast) -> Reader:
    return as_person(cast.amara)


def fields(page: Page) -> dict[str, str]:
    """What the form of private words holds, as a browser would send it."""
    form = next(f for f in page.all("form") if str(f.get("action")).startswith("/journal/1/"))
    sent = {str(i.get("name")): str(i.get("value")) for i in form.iter("input") if i.get("name") != "csrf_token"}
    return sent | {str(area.get("name")): area.text or "" for area in form.iter("textarea")}


def save(reader: Reader, address: str = REFLECT, **more: Any) -> Page:
    """Load the page, change what is given, and press Save; `status` and `then` are passed on."""
    status = more.pop("status", 200)
    sent = fields(reader.get(address)) | {name.replace("_", "-"): value for name, value in more.items()}
    return reader.post(address.replace("/m/", "/journal/"), sent, status)


def autosave(reader: Reader, item: str, text: str, revision: int, part: str = "reflect") -> tuple[int, dict[str, Any]]:
    """Save one text as the script does."""
    sent = {"csrf_token": reader.token(), f"text-{item}": text, f"revision-{item}": str(revision)}
    response = reader.client.post(f"/journal/1/{part}", data=sent, headers={"Accept": "application/json"})
    return response.status_code, response.get_json()


def test_beside_every_box_stands_who_can_open_it_that_nobody_watches_and_whom_to_call(amara: Reader) -> None:
    page = amara.get(REFLECT)
    assert page.text.count("Only you can open this.") == 1
    shown = "Only you can open this here. It is yours to read out or show in the session if you choose."
    assert page.text.count(shown) == 2
    assert page.text.count("Nobody watches what is written here") == 3
    for area in page.all("textarea"):
        promise = next(p for p in page.all("p") if p.get("id") == area.get("aria-describedby"))
        assert any(link.get("href") == "/help" for link in promise.iter("a"))


def test_what_is_saved_is_there_again_and_says_when(amara: Reader) -> None:
    page = save(amara, text_a_long_night="The wind, and <b>the</b> lamp.\n\nThen dawn.")
    assert page.address == REFLECT and "Saved at 12:00." in page.text
    assert fields(page)["text-a-long-night"] == "The wind, and <b>the</b> lamp.\n\nThen dawn."
    assert "Saved 20 October 2026, 12:00" in page.text


def test_a_text_that_begins_with_an_empty_line_keeps_it(amara: Reader) -> None:
    assert fields(save(amara, text_my_bell="\nSecond line."))["text-my-bell"] == "\nSecond line."


def test_saving_and_continuing_marks_the_part_as_done_even_with_an_empty_box(amara: Reader, db: Session) -> None:
    assert save(amara, TRY, then="continue").address == "/m/1/the-lamp"
    assert save(amara, then="continue", text_my_rule="Ring first.").address == "/m/1/talking-to-the-captain"
    assert {row.part for row in db.scalars(select(PartRead))} == {"before-you-read", "reflect"}
    assert [row.item for row in db.scalars(select(Reflection))] == ["my-rule"]


def test_the_try_part_is_sealed_like_a_reflection(amara: Reader, db: Session) -> None:
    page = save(amara, TRY, text_before_you_read="A late ship, and a lamp.")
    assert fields(page)["text-before-you-read"] == "A late ship, and a lamp."
    assert b"late ship" not in db.scalars(select(Reflection)).one().sealed


def test_the_script_saves_one_text_at_a_time_and_is_told_when(amara: Reader) -> None:
    status, told = autosave(amara, "my-bell", "Ding.", 0)
    assert (status, told["sentence"]) == (200, "Saved at 12:00.")
    status, again = autosave(amara, "my-bell", "Ding, dong.", told["revision"])
    assert (status, again["revision"]) == (200, told["revision"] + 1)
    status, emptied = autosave(amara, "my-bell", "", again["revision"])
    assert (status, emptied) == (200, {"sentence": "Nothing is kept here.", "revision": 0})


def test_a_second_tab_is_told_what_the_first_one_kept(amara: Reader) -> None:
    _, told = autosave(amara, "my-bell", "From the first tab.", 0)
    status, clash = autosave(amara, "my-bell", "From the second.", 0)
    assert status == 409
    assert (clash["stored"], clash["revision"]) == ("From the first tab.", told["revision"])
    assert "Nothing is lost" in clash["sentence"]
    assert fields(amara.get(REFLECT))["text-my-bell"] == "From the first tab."
    assert autosave(amara, "my-bell", "From the second.", clash["revision"])[0] == 200


def test_without_a_script_both_versions_are_on_the_page_and_the_reader_chooses(amara: Reader) -> None:
    second_tab = fields(amara.get(REFLECT))
    save(amara, text_my_bell="From the first tab.")
    mine = second_tab | {"text-my-bell": "From the second.", "text-my-rule": "A rule, too.", "then": "continue"}
    page = amara.post("/journal/1/reflect", mine, 409)
    assert "Nothing is lost: choose what to keep." in page.text and "From the first tab." in page.text
    sent = fields(page)
    assert (sent["text-my-bell"], sent["text-my-rule"], sent["then"]) == (
        "From the second.",
        "A rule, too.",
        "continue",
    )
    stays = amara.post("/journal/1/reflect", sent | {"keep-my-bell": "stored"})
    assert stays.address == "/m/1/talking-to-the-captain"
    kept = fields(amara.get(REFLECT))
    assert (kept["text-my-bell"], kept["text-my-rule"]) == ("From the first tab.", "A rule, too.")


def test_the_reader_may_choose_their_own_version(amara: Reader) -> None:
    second_tab = fields(amara.get(REFLECT))
    save(amara, text_my_bell="From the first tab.")
    page = amara.post("/journal/1/reflect", second_tab | {"text-my-bell": "From the second."}, 409)
    page = amara.post("/journal/1/reflect", fields(page) | {"keep-my-bell": "sent"})
    assert fields(page)["text-my-bell"] == "From the second."


def test_too_long_a_text_comes_back_whole_with_a_clear_sentence(amara: Reader) -> None:
    page = save(amara, text_my_bell="ding " * 4001, text_my_rule="Short.", status=422)
    assert "This is 20,005 characters long; up to 20,000 are kept." in page.text
    assert fields(page)["text-my-bell"] == "ding " * 4001 and fields(page)["text-my-rule"] == "Short."
    status, told = autosave(amara, "my-bell", "x" * 20_001, 0)
    assert status == 422 and told["sentence"].startswith("This is 20,001 characters long")
    assert fields(amara.get(REFLECT))["text-my-rule"] == ""


def test_pressing_save_twice_saves_once(amara: Reader, db: Session) -> None:
    sent = fields(amara.get(REFLECT)) | {"text-my-bell": "Ding."}
    for _ in range(2):
        assert fields(amara.post("/journal/1/reflect", sent))["text-my-bell"] == "Ding."
    assert len(db.scalars(select(Reflection)).all()) == 1


def test_one_can_delete_ones_text_where_it_stands(amara: Reader, db: Session) -> None:
    page = save(amara, text_my_bell="Ding.")
    button = next(b for b in page.all("button") if b.get("formaction"))
    page = amara.post(str(button.get("formaction")))
    assert page.address == REFLECT and "Deleted. It cannot be brought back." in page.text
    assert not db.scalars(select(Reflection)).all()
    amara.post(str(button.get("formaction")), status=404)


def test_a_text_that_does_not_open_says_so_and_shows_nothing(amara: Reader, db: Session) -> None:
    save(amara, text_my_bell="Ding of the canary.")
    row = db.scalars(select(Reflection)).one()
    db.execute(update(Reflection).values(sealed=row.sealed[:-1] + bytes([row.sealed[-1] ^ 1])))
    db.commit()
    page = amara.get(REFLECT)
    assert "cannot be opened: it was damaged, or its key is gone" in page.text
    assert "canary" not in page.html and "text-my-bell" not in fields(page)
    assert "cannot be opened" in amara.get("/journal").text
    assert "could not be opened" in amara.get("/journal/export").html


def test_no_get_of_a_page_with_boxes_writes_anything(amara: Reader, db: Session) -> None:
    for address in (REFLECT, TRY, "/m/1/check-yourself", "/journal", "/journal/export"):
        amara.get(address)
    assert not db.scalars(select(Reflection)).all() and not db.scalars(select(PartRead)).all()


def test_a_place_without_private_words_takes_none(amara: Reader, db: Session) -> None:
    amara.post("/journal/1/the-lamp", {"text-the-lamp": "Hello"})
    amara.post("/journal/1/reflect", {"text-the-lamp": "Hello"})
    amara.post("/journal/1/nowhere", {"text-nowhere": "Hello"}, 404)
    amara.post("/journal/9/reflect", {"text-my-bell": "Hello"}, 404)
    assert not db.scalars(select(Reflection)).all()


def test_a_page_of_boxes_takes_few_statements_and_one_look_at_the_keys(
    amara: Reader, statements: Callable[[], int]
) -> None:
    save(amara, text_my_bell="Ding.", text_my_rule="Ring.", text_a_long_night="Long.")
    for address in (REFLECT, "/journal"):
        statements()
        page = amara.get(address)
        assert statements() <= 6 and len(re.findall("Ding|Ring|Long", page.text)) >= 3
