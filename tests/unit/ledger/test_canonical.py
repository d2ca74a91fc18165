"""The canonical bytes of a record: one way to write the same facts, another for any other facts."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.ledger.rules import canonical, sealed_bytes

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)
FACTS = st.dictionaries(WORDS.filter(lambda name: name not in {"kind", "form", "id", "salt"}), PLAIN, max_size=5)
SALT = bytes(range(16))


def test_facts_are_written_sorted_without_spaces_and_in_utf_8() -> None:
    facts = {"minutes": 120, "by": "zoë", "on": "2026-01-12", "whole": True, "note": None, "marks": [{"b": 1, "a": 2}]}
    assert canonical("sign-off", facts).decode() == (
        '{"by":"zoë","form":1,"kind":"sign-off","marks":[{"a":2,"b":1}],"minutes":120,'
        '"note":null,"on":"2026-01-12","whole":true}'
    )


@settings(max_examples=50)
@given(FACTS)
def test_the_order_in_which_facts_are_given_changes_nothing(facts: dict[str, object]) -> None:
    assert canonical("mark", facts) == canonical("mark", dict(reversed(facts.items())))


@settings(max_examples=50)
@given(FACTS)
def test_nothing_of_the_facts_is_lost(facts: dict[str, object]) -> None:
    assert json.loads(canonical("mark", facts)) == {**facts, "kind": "mark", "form": 1}


@pytest.mark.parametrize("odd", [1.0, date(2026, 1, 12), b"bytes", ("a", "tuple"), {"a": {1: "key"}}, [{"deep": 0.5}]])
def test_what_has_no_one_way_to_be_written_is_no_fact(odd: object) -> None:
    with pytest.raises(TypeError):
        canonical("mark", {"odd": odd})


@pytest.mark.parametrize("name", ["kind", "form", "id", "salt"])
def test_a_fact_cannot_take_a_name_that_the_ledger_writes(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        sealed_bytes("mark", "a1", {name: "mine"}, SALT)


def test_a_leaf_commits_to_kind_identifier_salt_and_every_fact() -> None:
    same = ("mark", "a1", {"minutes": 120}, SALT)
    others = [
        ("make-up", "a1", {"minutes": 120}, SALT),
        ("mark", "a2", {"minutes": 120}, SALT),
        ("mark", "a1", {"minutes": 121}, SALT),
        ("mark", "a1", {"minutes": "120"}, SALT),
        ("mark", "a1", {"minutes": 120}, bytes(16)),
    ]
    assert len({sealed_bytes(*arguments) for arguments in [same, *others]}) == 6


@pytest.mark.parametrize("salt", [b"", bytes(15), bytes(17)])
def test_a_salt_is_sixteen_bytes(salt: bytes) -> None:
    with pytest.raises(ValueError, match="16"):
        sealed_bytes("mark", "a1", {}, salt)
