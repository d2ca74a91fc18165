"""Whom to call: for everybody, signed out, without a script."""

from __future__ import annotations

from tests.reader import Reader


def test_help_is_open_to_everybody_and_begins_with_danger(reader: Reader) -> None:
    page = reader.get("/help")
    numbers = [link.get("href") for link in page.all("a") if str(link.get("href")).startswith("tel:")]
    assert numbers[0] == "tel:999"
    assert "tel:116123" in numbers


def test_help_says_that_nobody_has_checked_the_numbers_and_that_nobody_reads_along(reader: Reader) -> None:
    text = reader.get("/help").text
    assert "Not every contact has been checked by a person yet" in text
    assert "not monitored" in text


def test_help_sets_no_cookie_and_has_a_title_that_gives_nothing_away(reader: Reader) -> None:
    page = reader.get("/help")
    assert "Set-Cookie" not in page.response.headers
    assert page.tree.find("head/title").text == "Contacts"  # type: ignore[union-attr]


def test_the_table_of_when_to_pass_it_on_names_suicide_for_the_same_day(reader: Reader) -> None:
    text = reader.get("/help").text
    assert "Same day" in text
    assert "any thought of suicide" in text
