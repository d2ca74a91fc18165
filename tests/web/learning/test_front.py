"""The front of a module: what it is for, how long it takes, where one left off, whom to call."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.reader import Page, Reader
from trainer.curriculum.rules import Module
from trainer.learning.models import Attempt, DialogueRun, PartRead, Wording
from trainer.people.models import Person

Signed = Callable[[Person], Reader]


def buttons(page: Page) -> list[str]:
    """The words on links that look like buttons."""
    return [" ".join("".join(a.itertext()).split()) for a in page.all("a") if "button" in (a.get("class") or "")]


def test_a_trainee_sees_what_a_module_is_for_and_one_button(as_person: Signed, cast: Cast, module: Module) -> None:
    page = as_person(cast.amara).get("/m/1")
    assert "4 minutes to read, 10 minutes to practise" in page.text
    assert "keep watch through the night" in page.text
    assert "Mentions a storm, briefly. You can talk it through with your trainer instead." in page.text
    assert buttons(page) == ["Start"]
    assert all(part.title in page.text for part in module.parts)
    assert page.html.count("If you or somebody else needs help now") == 2


def test_titles_and_addresses_say_nothing(as_person: Signed, cast: Cast) -> None:
    reader = as_person(cast.amara)
    for address, title in (("/m/1", "Topic 1"), ("/m/1/the-lamp", "Topic 1, part 2")):
        assert reader.get(address).tree.find("head/title").text == title  # type: ignore[union-attr]  # proof-read: there


def test_a_module_that_is_not_about_safety_shows_the_box_nowhere_but_where_one_writes(
    as_person: Signed, cast: Cast
) -> None:
    reader = as_person(cast.amara)
    box = "If you or somebody else needs help now"
    for address in ("/m/2", "/m/2/before-you-read", "/m/2/bring-to-the-session"):
        assert box not in reader.get(address).text
    assert box in reader.get("/m/2/reflect").text


def test_a_safety_module_shows_the_box_after_its_first_part_and_at_its_end(as_person: Signed, cast: Cast) -> None:
    reader = as_person(cast.amara)
    box = "If you or somebody else needs help now"
    assert box in reader.get("/m/1/before-you-read").text and box in reader.get("/m/1/bring-to-the-session").text
    assert box not in reader.get("/m/1/the-lamp").text


def test_one_comes_back_to_where_one_left_off(as_person: Signed, cast: Cast) -> None:
    reader = as_person(cast.amara)
    reader.post("/m/1/before-you-read/read")
    page = reader.post("/m/1/the-lamp/read")
    assert page.address == "/m/1/the-log"
    front = reader.get("/m/1")
    assert buttons(front) == ["Continue where you left off: The log"]
    assert "2 of 7 parts done" in front.text and "You are here" in front.text
    assert "About 12 minutes are left" in front.text


def test_any_part_can_be_opened_in_any_order(as_person: Signed, cast: Cast, module: Module) -> None:
    reader = as_person(cast.amara)
    for part in reversed(module.parts):
        assert part.title in reader.get(f"/m/1/{part.id}").text


def test_continuing_twice_is_harmless(as_person: Signed, cast: Cast, db: Session) -> None:
    reader = as_person(cast.amara)
    for _ in range(2):
        assert reader.post("/m/1/the-lamp/read").address == "/m/1/the-log"
    assert db.scalar(select(func.count()).select_from(PartRead)) == 1


def test_after_the_last_part_one_is_back_at_the_front(as_person: Signed, cast: Cast) -> None:
    page = as_person(cast.amara).post("/m/1/bring-to-the-session/read")
    assert page.address == "/m/1" and "That was the last part of this topic." in page.text


def test_everybody_who_is_signed_in_may_read_and_nobody_signed_out(
    as_person: Signed, reader: Reader, cast: Cast
) -> None:
    for person in (cast.ruth, cast.priya, cast.eleanor, cast.noor):
        assert "Keeping watch" in as_person(person).get("/m/1").text
    for address in ("/m/1", "/m/1/the-lamp", "/m/1/figure/lamp.svg"):
        assert reader.get(address).address == "/sign-in"


def test_a_module_or_part_that_is_not_there_is_not_found(as_person: Signed, cast: Cast) -> None:
    reader = as_person(cast.amara)
    for address in ("/m/99", "/m/0", "/m/1/nothing", "/m/1/a-long-night", "/m/1/figure/..%2f..%2fids.lock"):
        reader.get(address, 404)
    for address in ("/m/1/nothing/read", "/m/1/the-lamp/say", "/m/1/check-yourself/nothing/answer"):
        reader.post(address, status=404)


def test_a_trainer_who_looks_at_everything_leaves_no_row(
    as_person: Signed, cast: Cast, db: Session, module: Module
) -> None:
    for person in (cast.ruth, cast.priya, cast.eleanor):
        guest = as_person(person)
        assert "as a guest" in guest.get("/m/1").text
        for part in module.parts:
            page = guest.get(f"/m/1/{part.id}")
            assert not [form for form in page.all("form") if str(form.get("action")).startswith(("/m/", "/journal"))]
        for address in ("/m/1/the-lamp/read", "/m/1/check-yourself/in-fog/answer", "/m/1/talking-to-the-captain/say"):
            guest.post(address, {"number": "1", "walk": "1"}, status=404)
    assert not any(db.scalar(select(func.count()).select_from(t)) for t in (PartRead, Attempt, DialogueRun, Wording))


def test_pages_are_light_and_take_few_statements(
    as_person: Signed, cast: Cast, module: Module, statements: Callable[[], int]
) -> None:
    reader = as_person(cast.amara)
    for address in ("/m/1", *(f"/m/1/{part.id}" for part in module.parts)):
        statements()
        page = reader.get(address)
        assert statements() <= 6, address
        assert len(page.html.encode()) < 30_000, address
