"""Codes are typed from paper by people, and guessed by nobody."""

from __future__ import annotations

import pytest

from trainer.certificates.codes import is_code, new_code, say_code, tidy_code

CODE = "7k2m9qxw4t8rhj3vbn6pz0cd1e"


def test_a_code_has_130_bits_in_26_characters() -> None:
    codes = {new_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(is_code(code) for code in codes)
    assert 32**26 == 2**130


def test_a_code_is_said_in_groups_of_four() -> None:
    assert say_code(CODE) == "7k2m 9qxw 4t8r hj3v bn6p z0cd 1e"
    assert tidy_code(say_code(CODE)) == CODE


@pytest.mark.parametrize(
    "typed",
    [
        "7K2M 9QXW 4T8R HJ3V BN6P Z0CD 1E",
        "7k2m-9qxw-4t8r-hj3v-bn6p-z0cd-1e",
        "7k2m9qxw4t8rhj3vbn6pzOcdle",
        "7k2m9qxw4t8rhj3vbn6pzocdIe",
        "  7k2m9qxw4t8rhj3vbn6pz0cd1e\n",
        "https://peers.university.example/verify/7k2m9qxw4t8rhj3vbn6pz0cd1e",
        "https://peers.university.example/verify/7k2m9qxw4t8rhj3vbn6pz0cd1e/",
    ],
)
def test_what_people_type_is_read_as_the_code_that_was_meant(typed: str) -> None:
    assert tidy_code(typed) == CODE


@pytest.mark.parametrize("typed", ["", CODE[:-1], CODE + "0", CODE[:-1] + "u", CODE[:-1] + "é", "../" * 9])
def test_what_cannot_be_a_code_is_told_from_one(typed: str) -> None:
    assert not is_code(tidy_code(typed))
