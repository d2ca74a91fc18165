"""Search in a list of people, and its pages."""

from __future__ import annotations

from trainer.directory.rules import PAGE, Listed, sheet_of

SIOBHAN = Listed("1", "Siobhán", "O'Rourke", "siobhan@stmary.example")


def test_every_word_must_be_somewhere_in_name_or_address() -> None:
    assert SIOBHAN.matches("") and SIOBHAN.matches("rourke SIO") and SIOBHAN.matches("stmary")
    assert not SIOBHAN.matches("siobhan smith")


def test_a_list_is_cut_into_pages_and_an_odd_page_is_the_nearest() -> None:
    people = [Listed(str(number), f"{number:04}", "", "") for number in range(PAGE * 2 + 1)]
    first, last = sheet_of(list(reversed(people)), -3), sheet_of(people, 99)
    assert (first.number, first.first, first.last, first.pages, first.total) == (1, 1, PAGE, 3, PAGE * 2 + 1)
    assert first.people[0].given_name == "0000"
    assert (last.number, last.first, last.last) == (3, PAGE * 2 + 1, PAGE * 2 + 1)


def test_an_empty_list_is_one_empty_page() -> None:
    sheet = sheet_of([], 1)
    assert (sheet.people, sheet.pages, sheet.first, sheet.last, sheet.total) == ((), 1, 0, 0, 0)
