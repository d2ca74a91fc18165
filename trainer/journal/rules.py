"""Where a module has room for private words, who can open them, and what becomes of a save: pure decisions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from trainer.curriculum.rules import Module, Part, PartKind, Privacy, QuestionKind
from trainer.refusal import AlreadyDone, NotValid

LONGEST = 20_000
_COMMENT = re.compile(r"<!--.*?-->\n?")
_EMPHASIS = re.compile(r"(\*{1,2})(\S(?:[^*]*\S)?)\1")
_FOR_YOU = "Only you can open this."
_YOURS_TO_SHOW = "Only you can open this here. It is yours to read out or show in the session if you choose."
PROMISES = {Privacy.PRIVATE: _FOR_YOU, Privacy.CHOOSE: _YOURS_TO_SHOW, Privacy.SHARE: _YOURS_TO_SHOW}


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for private words: a reflection prompt, a try-first part or a recall question; `item` is its id."""

    item: str
    title: str
    privacy: Privacy
    wording: str
    asks: str
    asks_html: str

    @property
    def promise(self) -> str:
        """Who can open what is written here."""
        return PROMISES[self.privacy]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a page sends for a slot, and the revision that it started from (0: nothing was kept)."""

    text: str
    revision: int


@dataclass(frozen=True, slots=True)
class OwnText:
    """A text of one's own, opened; `text` is None when it cannot be opened."""

    id: str
    module: str
    item: str
    text: str | None
    revision: int
    written_at: datetime
    wording: str


class Save(StrEnum):
    """What becomes of a draft."""

    NOTHING = "nothing"
    NEW = "new"
    CHANGE = "change"
    DELETE = "delete"
    CLASH = "clash"


class OtherVersion(AlreadyDone):
    """Another tab kept or deleted something since this page was loaded; `kept` is what stands there now, by item."""

    def __init__(self, kept: Mapping[str, OwnText | None]) -> None:
        super().__init__("other-version", "Another tab has changed this since. Nothing is lost: choose what to keep.")
        self.kept = kept


class TooLong(NotValid):
    """A text is longer than is kept; `items` names which."""

    def __init__(self, lengths: Mapping[str, int]) -> None:
        most = max(lengths.values())
        sentence = f"This is {most:,} characters long; up to {LONGEST:,} are kept. Shorten it, then save again."
        super().__init__("too-long", sentence)
        self.items = frozenset(lengths)


def slots_of(part: Part) -> tuple[Slot, ...]:
    """Return the places for private words in a part, in the order of the page."""
    if part.kind is PartKind.TRY:
        return (Slot(part.id, part.title, Privacy.PRIVATE, part.wording, _asks(part.source), part.html),)
    recalls = (question for question in part.questions if question.kind is QuestionKind.RECALL)
    return (
        *(Slot(one.id, one.title, one.privacy, one.wording, _asks(one.source), one.html) for one in part.prompts),
        *(
            Slot(one.id, one.title, Privacy.PRIVATE, one.wording, _asks(one.source, model=True), one.stem_html)
            for one in recalls
        ),
    )


def slots_in(module: Module) -> dict[str, tuple[Part, Slot]]:
    """Return every place for private words in a module by its id, in the order of the page."""
    return {slot.item: (part, slot) for part in module.parts for slot in slots_of(part)}


def _asks(source: str, *, model: bool = False) -> str:
    """Return what is asked as plain words: without heading and comments, and without the model answer of a recall."""
    lines = _COMMENT.sub("", source).split("\n")[1:]
    kept = [line for line in lines if not (model and line.startswith(">"))]
    return _EMPHASIS.sub(r"\2", "\n".join(line.removeprefix("> ") for line in kept)).strip()


@dataclass(frozen=True, slots=True)
class Entry:
    """One's own text beside what it answers; once that is gone, `slot` and `part` are None and its id is the title."""

    own: OwnText
    title: str
    slot: Slot | None
    part: Part | None
    reworded: bool


def entries(module: Module | None, texts: Iterable[OwnText]) -> list[Entry]:
    """Put texts beside the prompts that they answer, in the order of the module; what has no prompt any more last."""
    slots = slots_in(module) if module else {}
    order = {item: place for place, item in enumerate(slots)}
    ordered = sorted(texts, key=lambda own: order.get(own.item, len(order)))
    return [_entry(own, *slots.get(own.item, (None, None))) for own in ordered]


def _entry(own: OwnText, part: Part | None, slot: Slot | None) -> Entry:
    if slot is None:
        return Entry(own, own.item.replace("-", " ").capitalize(), None, None, reworded=False)
    return Entry(own, slot.title, slot, part, reworded=slot.wording != own.wording)


def context_of(slug: str, item: str) -> str:
    """Return what a sealed text is bound to beside its author: a module and an item, neither of which has a space."""
    return f"{slug} {item}"


def tidy_text(text: str) -> str:
    """Return a text with plain newlines: forms send them in three ways."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def refuse_too_long(drafts: Mapping[str, Draft]) -> None:
    """Raise TooLong if a draft has more characters than are kept."""
    if lengths := {item: len(draft.text) for item, draft in drafts.items() if len(draft.text) > LONGEST}:
        raise TooLong(lengths)


def decide(kept: OwnText | None, draft: Draft) -> Save:
    """Decide what becomes of a draft beside what is kept.

    A text that is kept already is left alone, from whichever tab it comes: a save whose answer was lost may be
    repeated. Otherwise a draft counts only if it started from what is kept. An empty one deletes.
    """
    if draft.text == (kept.text if kept else "") or (kept is None and not draft.text.strip()):
        return Save.NOTHING
    if draft.revision != (kept.revision if kept else 0):
        return Save.CLASH
    if kept is None:
        return Save.NEW
    return Save.CHANGE if draft.text.strip() else Save.DELETE
