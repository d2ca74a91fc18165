"""What stands around the modules, as plain data: session guides with their cards, pages, the confidence scale."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from trainer.curriculum.addresses import Addresses


class GuideKind(StrEnum):
    """What the comment below a level-2 heading of a guide says; without one the part is an item of the agenda."""

    AIMS = "aims"
    BEFORE = "before"
    BRINGS = "brings"
    EXERCISE = "exercise"
    LOOK_FOR = "look-for"
    GOES_WRONG = "goes-wrong"
    ONLINE = "online"
    ACCESS = "access"
    CARDS = "cards"


class Audience(StrEnum):
    """Who may open a page."""

    ANYONE = "anyone"
    TRAINEES = "trainees"
    TRAINERS = "trainers"


@dataclass(frozen=True, slots=True)
class Card:
    """A card that is cut out and handed to one person; `recipient` says to whom ("For the speaker")."""

    id: str
    title: str
    recipient: str
    text: str


@dataclass(frozen=True, slots=True)
class Look:
    """What a behaviour looks and sounds like, by the behaviour's id."""

    behaviour: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class GuidePart:
    """A part of a guide. `minutes` is that of an exercise, else 0; `text` is Markdown, without the list of looks."""

    id: str
    title: str
    kind: GuideKind
    minutes: int
    text: str
    cards: tuple[Card, ...]
    looks: tuple[Look, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Guide:
    """A facilitator's guide of one session. Trainees never see it, and it counts towards no edition."""

    slug: str
    title: str
    sources: tuple[str, ...]
    parts: tuple[GuidePart, ...]
    addresses: Addresses

    def of_kind(self, kind: str) -> tuple[GuidePart, ...]:
        """Return the parts of a kind, in order; a template writes it as the comment does."""
        return tuple(part for part in self.parts if part.kind == kind)

    @property
    def cards(self) -> tuple[Card, ...]:
        """Every card of the session."""
        return tuple(card for part in self.parts for card in part.cards)

    def look(self, behaviour: str) -> str:
        """Return what a behaviour looks like, as Markdown; "" if the guide does not say."""
        looks = (look for part in self.parts for look in part.looks)
        return next((look.text for look in looks if look.behaviour == behaviour), "")


@dataclass(frozen=True, slots=True)
class PagePart:
    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page to read that belongs to no topic: how the training works, the words, a handout."""

    slug: str
    title: str
    audience: Audience
    sources: tuple[str, ...]
    parts: tuple[PagePart, ...]
    addresses: Addresses


@dataclass(frozen=True, slots=True)
class ConfidenceItem:
    topic: str
    text: str


@dataclass(frozen=True, slots=True)
class ConfidenceScale:
    """How sure people are that they could do something today, from 0 to 10; one item for a topic."""

    question: str
    note: str
    lowest: str
    highest: str
    items: tuple[ConfidenceItem, ...]
