"""Who may do what, and how people are named and sorted: pure functions over plain values."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from trainer.refusal import NotValid

KEPT = "\u200c\u200d"  # joiners that Persian and several Indic names need
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


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
    return folded(family_name or given_name), folded(given_name)


def folded(name: str) -> str:
    """Return a name as it is sorted and searched: without regard to case or diacritics."""
    if name.isascii():
        return name.lower()
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def tidy_name(name: str) -> str:
    """Return a name in composed form with single spaces and no control or direction-override characters."""
    spaced = " ".join(unicodedata.normalize("NFC", name).split())  # first: a tab is a space and a control character
    visible = "".join(letter for letter in spaced if unicodedata.category(letter) not in {"Cc", "Cf"} or letter in KEPT)
    return " ".join(visible.split())


def tidy_words(text: str) -> str:
    """Return what somebody wrote in several lines, without control characters and marks that turn its direction."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in lines if letter in "\n\t" or _is_visible(letter)).strip()


def _is_visible(letter: str) -> bool:
    return unicodedata.category(letter) != "Cc" and letter not in TURNING


def tidy_email(address: str) -> str:
    """Return an address as it is compared: trimmed, lower case."""
    return address.strip().lower()


NAME_MOST = 200
EMAIL_MOST = 320
_EMAIL = re.compile(r"[^\s@,;:<>()\[\]\"\\]+@[^\s@,;:<>()\[\]\"\\.]+(\.[^\s@,;:<>()\[\]\"\\.]+)+")
_KINDS = (
    ("college", BodyKind.COLLEGE),
    ("department", BodyKind.DEPARTMENT),
    ("faculty", BodyKind.DEPARTMENT),
    ("school of", BodyKind.DEPARTMENT),
    ("division", BodyKind.DIVISION),
    ("service", BodyKind.SERVICE),
    ("society", BodyKind.COMMUNITY),
    ("community", BodyKind.COMMUNITY),
    ("group", BodyKind.COMMUNITY),
)


def tidy_names(given_name: str, family_name: str) -> tuple[str, str]:
    """Return both names tidied; who has one name only has it as the given name. Raises NotValid."""
    given, family = tidy_name(given_name), tidy_name(family_name)
    if not given:
        given, family = family, ""
    if not given:
        raise NotValid("no-name", "Give a name: one is enough.", field="given_name")
    for field_name, words, value in (("given_name", "given name", given), ("family_name", "family name", family)):
        if len(value) > NAME_MOST:
            raise NotValid(
                "name-long",
                f"The {words} has {len(value)} characters; {NAME_MOST} is the most.",
                field=field_name,
            )
    return given, family


def check_email(address: str) -> str:
    """Return the address tidied. Raises NotValid unless it looks like one; whether it exists nobody can tell."""
    email = tidy_email(address)
    visible = not any(unicodedata.category(letter) in {"Cc", "Cf", "Zl", "Zp", "Cn"} for letter in email)
    if not visible or len(email) > EMAIL_MOST or not _EMAIL.fullmatch(email):
        raise NotValid("email", "Write an email address such as name@university.example.", field="email")
    return email


def name_key(name: str) -> str:
    """Return a body's or cohort's name as it is compared: without regard to case, spacing or the kind of apostrophe."""
    return tidy_name(name).casefold().replace("’", "'")


def likely_kind(name: str) -> BodyKind:
    """Return the kind that a body's name suggests; a college where it suggests nothing."""
    lower = name.casefold()
    return next((kind for word, kind in _KINDS if word in lower), BodyKind.COLLEGE)


def check_last_day(from_on: date, last_day: date) -> None:
    """Raise NotValid if what began on `from_on` cannot end after `last_day`; the day before undoes it altogether."""
    if last_day < from_on - timedelta(days=1):
        raise NotValid(
            "ends-before",
            f"It began on {from_on:%Y-%m-%d}. Give that day or a later one, or the day before if it never was.",
            field="last_day",
        )
