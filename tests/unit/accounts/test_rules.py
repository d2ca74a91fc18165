"""How long a sign-in lasts, when guessing is slowed, what a password must be, who may use a demonstration's doors."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import NOW
from trainer.accounts.rules import Times, check_password, may_use_doors, still_holds, wait_after
from trainer.refusal import NotValid


def times(since_in: timedelta, since_seen: timedelta, *, ended: bool = False) -> Times:
    return Times(NOW - since_in, NOW - since_seen, NOW if ended else None)


def test_a_sign_in_holds_while_it_is_used() -> None:
    assert still_holds(times(timedelta(days=3), timedelta(hours=2)), NOW)


def test_a_sign_in_ends_after_twelve_idle_hours_a_week_or_signing_out() -> None:
    assert not still_holds(times(timedelta(days=1), timedelta(hours=13)), NOW)
    assert not still_holds(times(timedelta(days=8), timedelta(minutes=1)), NOW)
    assert not still_holds(times(timedelta(hours=1), timedelta(minutes=1), ended=True), NOW)


def test_five_wrong_passwords_cost_no_wait_and_the_next_ones_double_it() -> None:
    waits = [wait_after([NOW] * failures, NOW).total_seconds() for failures in range(9)]
    assert waits == [0, 0, 0, 0, 0, 2, 4, 8, 16]


@given(st.integers(0, 200), st.integers(0, 900))
def test_the_owner_is_never_locked_out_for_more_than_a_minute(failures: int, ago: int) -> None:
    wait = wait_after([NOW - timedelta(seconds=ago)] * failures, NOW)
    assert timedelta(0) <= wait <= timedelta(minutes=1)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "password-short"),
        ("a" * 201, "password-long"),
        ("aaaaaaaaaaaaaaaa", "password-plain"),
        ("ruth.hallam is here", "password-plain"),
    ],
)
def test_a_password_that_is_short_or_plain_is_refused(password: str, code: str) -> None:
    with pytest.raises(NotValid) as refused:
        check_password(password, "ruth.hallam@counselling.example")
    assert refused.value.code == code


def test_a_few_words_make_a_password() -> None:
    check_password("teal kettle orbit fern", "ruth.hallam@counselling.example")


@pytest.mark.parametrize(
    ("address", "host", "headers", "may"),
    [
        ("127.0.0.1", "localhost:8000", {}, True),
        ("::1", "[::1]:8000", {}, True),
        ("127.0.0.1", "peers.university.example", {}, False),
        ("192.0.2.7", "localhost:8000", {}, False),
        ("127.0.0.1", "localhost:8000", {"X-Forwarded-For": "192.0.2.7"}, False),
        ("127.0.0.1", "localhost:8000", {"Forwarded": "for=192.0.2.7"}, False),
        (None, "localhost", {}, False),
    ],
)
def test_the_doors_of_a_demonstration_open_on_this_machine_only(
    address: str | None, host: str, headers: dict[str, str], may: bool
) -> None:
    assert may_use_doors(address, host, headers) is may


def test_a_short_name_in_a_word_makes_no_password_plain() -> None:
    check_password("never believe a kettle", "li@counselling.example")
