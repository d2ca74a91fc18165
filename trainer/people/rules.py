"""Who may do what, and how people are named and sorted: pure functions over plain values."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Role(StrEnum):
    """Granted and ended with dates. A senior member is a standing of a body, not a role."""

    TRAINEE = "trainee"
    TRAINER = "trainer"
    COORDINATOR = "coordinator"


class BodyKind(StrEnum):
    COLLEGE = "college"
    DEPARTMENT = "department"
    DIVISION = "division"
    COMMUNITY = "community group"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person who asks: identifier, shown name, roles held today, bodies they are senior member of."""

    person_id: str
    name: str
    roles: frozenset[Role] = frozenset()
    senior_of: frozenset[str] = frozenset()
    sign_in_id: str = ""
    signed_in_at: datetime | None = None

    @property
    def is_trainee(self) -> bool:
        return Role.TRAINEE in self.roles

    @property
    def is_trainer(self) -> bool:
        return Role.TRAINER in self.roles

    @property
    def is_coordinator(self) -> bool:
        return Role.COORDINATOR in self.roles

    @property
    def is_senior(self) -> bool:
        return bool(self.senior_of)


@dataclass(frozen=True, slots=True)
class Span:
    """A time from a date until a date; both days belong to it, no end is open."""

    from_on: date
    until_on: date | None = field(default=None)

    def holds_on(self, day: date) -> bool:
        """Whether `day` lies in the span."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


def full_name(given_name: str, family_name: str) -> str:
    """Return the name as one says it; a person with one name only has that one."""
    return f"{given_name} {family_name}".strip()


def sort_key(given_name: str, family_name: str) -> tuple[str, str]:
    """Sort by family name, then given name, without regard to case or diacritics; one name sorts by itself."""
    return _folded(family_name or given_name), _folded(given_name)


def _folded(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def tidy_name(name: str) -> str:
    """Return a name in composed form with single spaces and no control or direction-override characters."""
    composed = unicodedata.normalize("NFC", name)
    visible = "".join(
        letter for letter in composed if unicodedata.category(letter) not in {"Cc", "Cf", "Zl", "Zp"} or letter in KEPT
    )
    return " ".join(visible.split())


KEPT = "\u200c\u200d"  # joiners that Persian and several Indic names need


def tidy_email(address: str) -> str:
    """Return an address as it is compared: trimmed, lower case."""
    return address.strip().lower()
