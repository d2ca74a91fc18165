"""Search and pages of a list of people: plain decisions over plain values."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.people.rules import folded, full_name, sort_key

PAGE = 100


@dataclass(frozen=True, slots=True)
class Listed:
    """One person as a list shows them."""

    id: str
    given_name: str
    family_name: str
    email: str

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)

    def matches(self, wanted: str) -> bool:
        """Whether every word of `wanted` is somewhere in name or address, without regard to case or diacritics."""
        text = folded(f"{self.name} {self.email}")
        return all(word in text for word in folded(wanted).split())


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a list: `first` to `last` of `total`, counted from 1; `number` of `pages`."""

    people: tuple[Listed, ...]
    number: int
    pages: int
    first: int
    last: int
    total: int


def sheet_of(people: list[Listed], number: int) -> Sheet:
    """Return page `number` of people sorted by name, or the nearest page there is."""
    ordered = sorted(people, key=lambda one: (sort_key(one.given_name, one.family_name), one.id))
    pages = max(1, -(-len(ordered) // PAGE))
    number = min(max(1, number), pages)
    start = (number - 1) * PAGE
    shown = tuple(ordered[start : start + PAGE])
    return Sheet(shown, number, pages, start + 1 if shown else 0, start + len(shown), len(ordered))
