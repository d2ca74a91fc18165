"""Guides are for trainers; pages are for whom they name; nothing of either needs a script."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.reader import Reader
from trainer.curriculum.handbook import Audience
from trainer.curriculum.rules import Catalogue, Programme

SESSION = "/programmes/peer-support/sessions"
SHEETS = ("guide", "cards", "sheet")


@pytest.mark.parametrize("kind", SHEETS)
def test_a_trainee_never_sees_a_guide_its_cards_or_what_is_observed(
    as_person: Callable[..., Reader], cast: Cast, kind: str
) -> None:
    page = as_person(cast.amara).get(f"{SESSION}/9/{kind}", 404)
    assert "guide" not in page.text.lower()
    assert "critical" not in page.text.lower()


def test_every_guide_shows_its_agenda_with_running_time_and_what_each_behaviour_looks_like(
    as_person: Callable[..., Reader], cast: Cast, programme: Programme, catalogue: Catalogue
) -> None:
    ruth = as_person(cast.ruth)
    for plan in programme.sessions:
        page = ruth.get(f"{SESSION}/{plan.number}/guide")
        guide = catalogue.guides[plan.guide]
        assert all(item.title in page.text for item in plan.agenda)
        assert all(part.title in page.text for part in guide.parts if part.kind != "cards")
        assert all(behaviour.text in page.text for behaviour in plan.behaviours)
    assert "2:45 to 3:00" in page.text


def test_cards_name_who_gets_them_and_a_sheet_has_every_behaviour(
    as_person: Callable[..., Reader], cast: Cast, programme: Programme, catalogue: Catalogue
) -> None:
    ruth = as_person(cast.ruth)
    for plan in programme.sessions:
        cards = ruth.get(f"{SESSION}/{plan.number}/cards").text
        assert all(card.title in cards and card.recipient in cards for card in catalogue.guides[plan.guide].cards)
        sheet = ruth.get(f"{SESSION}/{plan.number}/sheet").text
        assert all(behaviour.text in sheet for behaviour in plan.behaviours)


def test_a_programme_or_session_that_does_not_exist_is_not_found(as_person: Callable[..., Reader], cast: Cast) -> None:
    ruth = as_person(cast.ruth)
    ruth.get(f"{SESSION}/11/guide", 404)
    ruth.get("/programmes/knitting/sessions/1/guide", 404)
    ruth.get("/programmes/knitting/confidence", 404)


def test_the_confidence_scale_has_fifteen_items_and_no_place_for_a_name(
    as_person: Callable[..., Reader], cast: Cast, programme: Programme
) -> None:
    page = as_person(cast.priya).get("/programmes/peer-support/confidence")
    assert programme.confidence is not None
    assert len(programme.confidence.items) == 15
    assert all(item.text in page.text for item in programme.confidence.items)
    assert "write no name" in page.text


def test_pages_open_for_whom_they_name_and_are_absent_for_others(
    reader: Reader, as_person: Callable[..., Reader], cast: Cast, catalogue: Catalogue
) -> None:
    amara, ruth = as_person(cast.amara), as_person(cast.ruth)
    for page in catalogue.pages.values():
        address = f"/pages/{page.slug}"
        assert page.parts[0].title in ruth.get(address).text
        amara.get(address, 404 if page.audience is Audience.TRAINERS else 200)
        reader.get(address, 200 if page.audience is Audience.ANYONE else 404)


def test_the_foot_of_every_page_leads_a_trainee_to_what_is_for_them_and_a_stranger_only_to_what_is_for_anyone(
    reader: Reader, as_person: Callable[..., Reader], cast: Cast, catalogue: Catalogue
) -> None:
    def leads_to(who: Reader) -> set[str]:
        return {str(link.get("href")) for link in who.get("/").all("a") if "/pages/" in str(link.get("href"))}

    def of(*audiences: Audience) -> set[str]:
        return {f"/pages/{page.slug}" for page in catalogue.pages.values() if page.audience in audiences}

    assert leads_to(as_person(cast.amara)) == of(Audience.ANYONE, Audience.TRAINEES)
    assert leads_to(reader) == of(Audience.ANYONE)
