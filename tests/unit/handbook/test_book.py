"""The book for a trainer has the whole course in it, and nothing in it leads to a page that is not on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from trainer.curriculum.contacts import load_signposting
from trainer.curriculum.render import plain
from trainer.curriculum.rules import Catalogue, Programme
from trainer.handbook.book import compose


@pytest.fixture(scope="module")
def book(catalogue: Catalogue, course_folder: Path) -> str:
    programme = catalogue.programmes["peer-support"]
    return compose(catalogue, programme, load_signposting(course_folder / "signposting.toml"), "25 November 2026")


@pytest.fixture(scope="module")
def course_folder() -> Path:
    return Path(__file__).resolve().parents[3] / "courses"


def test_every_guide_module_page_and_card_is_in_the_book(book: str, catalogue: Catalogue) -> None:
    text = plain(book)
    titles = [part.title for guide in catalogue.guides.values() for part in guide.parts if part.kind != "look-for"]
    titles += [card.title for guide in catalogue.guides.values() for card in guide.cards]
    titles += [module.title for module in catalogue.modules.values()]
    titles += [part.title for module in catalogue.modules.values() for part in module.parts]
    titles += [page.title for page in catalogue.pages.values()]
    assert [title for title in titles if title not in text] == []


def test_every_question_has_its_answers_and_feedback_and_every_scene_its_choices(
    book: str, catalogue: Catalogue
) -> None:
    text = plain(book)
    for module in catalogue.modules.values():
        said = [option.html for question in module.questions for option in question.options]
        said += [option.feedback_html for question in module.questions for option in question.options]
        said += [scene.note_html for part in module.parts for scene in part.scenes]
        assert [one for one in map(plain, said) if one not in text] == [], module.slug


def test_links_lead_into_the_book_or_out_of_it(book: str) -> None:
    ids = set(re.findall(r'id="([^"]+)"', book))
    inside = re.findall(r'href="#([^"]+)"', book)
    assert set(inside) - ids == set()
    assert re.findall(r'href="(?!#|https://|mailto:|tel:)[^"]*"', book) == []


def test_the_book_says_its_edition(book: str, programme: Programme) -> None:
    assert programme.edition[:16] in book
