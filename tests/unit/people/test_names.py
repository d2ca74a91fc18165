"""How people are named, sorted and found, and what an address and a last day may be."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.people.rules import (
    Span,
    check_email,
    check_last_day,
    folded,
    full_name,
    name_key,
    sort_key,
    tidy_name,
    tidy_names,
    tidy_words,
)
from trainer.refusal import NotValid


def test_one_name_is_enough_and_sorts_by_itself() -> None:
    assert tidy_names("", " Madonna ") == ("Madonna", "")
    assert full_name("Madonna", "") == "Madonna"
    people = [("Zoë", "Ábalos"), ("Madonna", ""), ("Noor", "van der Berg"), ("amara", "Okafor")]
    assert sorted(people, key=lambda one: sort_key(*one)) == [people[0], people[1], people[3], people[2]]


def test_a_name_is_one_line_in_composed_form_without_direction_overrides() -> None:
    assert tidy_name("  Sio\u202ebha\u0301n\n O'Rourke\t") == "Siobhán O'Rourke"
    assert tidy_name("می\u200cخواهم") == "می\u200cخواهم"


@given(st.text())
def test_tidying_a_name_twice_is_tidying_it_once(name: str) -> None:
    once = tidy_name(name)
    assert tidy_name(once) == once
    assert not any(unicodedata.category(letter) == "Cc" for letter in once)


@given(st.text())
def test_any_address_is_taken_or_refused_and_nothing_else(text: str) -> None:
    try:
        address = check_email(text)
    except NotValid as refused:
        assert refused.field == "email"
    else:
        assert check_email(address) == address and "@" in address


@pytest.mark.parametrize("address", ["a@b.example", "O'Rourke+x@st-mary.ox.example", "jörg@uni-köln.example"])
def test_ordinary_addresses_are_taken(address: str) -> None:
    assert check_email(f" {address} ") == address.lower()


@pytest.mark.parametrize(
    "address", ["", "a", "a@b", "@b.example", "a@.example", "a@b..example", "a b@c.example", "a@b@c.example", "a@b.e,c"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(NotValid):
        check_email(address)


def test_names_of_bodies_are_the_same_whatever_the_case_spacing_and_apostrophe() -> None:
    assert name_key(" St  Mary’s College") == name_key("ST MARY'S COLLEGE")
    assert name_key("St Mary's") != name_key("St Marys")


def test_search_needs_no_diacritics() -> None:
    assert folded("Siobhán Adébáyọ̀") == "siobhan adebayo"


def test_first_and_last_day_belong_to_a_span() -> None:
    span = Span(date(2026, 10, 1), date(2026, 10, 5))
    assert [span.holds_on(date(2026, 10, day)) for day in (1, 5, 6)] == [True, True, False]
    assert not Span(date(2026, 10, 1), date(2026, 9, 30)).holds_on(date(2026, 10, 1))


def test_the_day_before_the_first_undoes_what_is_dated_and_no_earlier_day() -> None:
    check_last_day(date(2026, 10, 1), date(2026, 9, 30))
    with pytest.raises(NotValid) as refused:
        check_last_day(date(2026, 10, 1), date(2026, 9, 29))
    assert refused.value.field == "last_day"


def test_a_tab_or_a_line_break_within_a_name_is_a_space() -> None:
    assert tidy_names("Anna\tMaria", "de\r\nVries") == ("Anna Maria", "de Vries")


def test_words_keep_their_lines_and_lose_what_cannot_be_seen() -> None:
    assert tidy_words(" Good.\r\nGo on\0\u202e now \u200fשלום ") == "Good.\nGo on now \u200fשלום"
