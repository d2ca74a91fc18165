"""Which contacts an installation shows, in which order, and under what words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date

from trainer.curriculum.contacts import Contact, Need

CHECK_LASTS_DAYS = 90  # afterwards a contact is to be rung again

WORDS = {
    Need.DANGER: "Somebody is in danger now",
    Need.URGENT: "Urgent help with how you feel",
    Need.TALK: "Somebody to talk to now",
    Need.UNIVERSITY: "At the university",
    Need.HELPER: "Support for you, who support others",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One need and the contacts that meet it; none of them may be left empty without saying so."""

    need: Need
    words: str
    contacts: tuple[Contact, ...]


def shown_in(contacts: Iterable[Contact], country: str) -> tuple[Shown, ...]:
    """Group the contacts of a country (and its parts, such as UK-NI) by need, the most urgent first."""
    here = [contact for contact in contacts if contact.country.split("-")[0] == country]
    groups = ((need, tuple(contact for contact in here if contact.need is need)) for need in Need)
    return tuple(Shown(need, WORDS[need], found) for need, found in groups if found)


def dialled(number: str) -> str:
    """Return a number as a telephone link wants it: digits and a leading plus."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")


def sentence(words: str) -> str:
    """Return words with a capital first letter, the rest as written."""
    return words[:1].upper() + words[1:]


def facts_of(contact: Contact) -> str:
    """Return the hash (hex SHA-256) of everything a reader is shown of a contact."""
    return hashlib.sha256(json.dumps(asdict(contact), sort_keys=True).encode()).hexdigest()


def reachable(contact: Contact) -> bool:
    """Say whether there is something to ring, write to or open."""
    return bool(contact.phone or contact.text or contact.url)


def unchecked(shown: Iterable[Shown], checked: Collection[tuple[str, str]]) -> tuple[Contact, ...]:
    """Return the contacts that nobody has checked as they stand. `checked` has ids with the facts that were checked."""
    contacts = (contact for group in shown for contact in group.contacts)
    return tuple(contact for contact in contacts if (contact.id, facts_of(contact)) not in checked)


def is_due(checked_on: date, today: date) -> bool:
    """Say whether a check is older than it should be."""
    return (today - checked_on).days > CHECK_LASTS_DAYS
