"""Which contacts an installation shows, in which order, and under what words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from trainer.curriculum.contacts import Contact, Need

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
