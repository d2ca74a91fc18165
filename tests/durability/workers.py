"""Trainees who answer and write, trainers who mark and sign: each does one thing after another until a kill."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from random import Random
from threading import Event
from typing import Protocol

from tests.durability.book import Book, Key
from tests.durability.client import Client, Lost
from trainer.curriculum.rules import Behaviour, Module, PartKind, Programme, Question, QuestionKind
from trainer.journal.rules import slots_of
from trainer.learning.wording import token_of
from trainer.signoff.forms import tokenise
from trainer.signoff.rules import Presence
from trainer.signoff.sheet import Draft

NOTICED_WITHIN = 5  # seconds in which a client learns that the server was killed
_SHOWN = re.compile(r'name="shown"[^>]* value="([^"]*)"')


class Worker(Protocol):
    """Whoever uses the site; `act` does one thing."""

    client: Client

    def act(self) -> None: ...

    def reload(self, revisions: dict[Key, int]) -> None:
        """Load the page again, after the site was away."""


def work(worker: Worker, killed: Event, faults: list[str]) -> None:
    """Act until the server is killed; whatever else goes wrong is a fault."""
    try:
        while not killed.is_set():
            worker.act()
    except Lost as lost:
        if not killed.wait(NOTICED_WITHIN):
            faults.append(f"an answer was lost although nobody killed the server: {lost!r}")
    except Exception as fault:
        faults.append(repr(fault))


@dataclass
class Trainee:
    """Answers questions, right and wrong, and writes and deletes private texts."""

    client: Client
    person_id: str
    book: Book
    chance: Random
    modules: Sequence[Module]
    numbers: dict[str, int] = field(default_factory=dict)
    revisions: dict[Key, int] = field(default_factory=dict)
    unanswered: tuple[Module, str, Question, int] | None = None

    def act(self) -> None:
        if self.unanswered or self.chance.random() < 0.5:
            self.answer()
        else:
            self.write()

    def reload(self, revisions: dict[Key, int]) -> None:
        self.revisions = {key: number for key, number in revisions.items() if key[1] == self.person_id}

    def answer(self) -> None:
        """Try a question; a try whose answer was lost is sent again just as it was."""
        self.unanswered = self.unanswered or self._choose()
        module, part_id, question, position = self.unanswered
        number = self.numbers.get(question.wording, 0) + 1
        key = ("answer", self.person_id, module.slug, question.id, str(number))
        self.book.send(key, json.dumps([position]))
        option = token_of(question.wording, question.options[position].text)
        address = f"/m/{module.number}/{part_id}/{question.id}/answer"
        answer = self.client.post(address, {"option": option, "number": str(number)})
        assert answer.status == 302, (answer.status, address, answer.text[:500])
        self.book.acknowledge(key)
        self.numbers[question.wording] = number
        self.unanswered = None

    def _choose(self) -> tuple[Module, str, Question, int]:
        module = self.chance.choice(self.modules)
        part = next(part for part in module.parts if part.kind is PartKind.QUIZ)
        question = self.chance.choice([one for one in part.questions if one.kind is QuestionKind.SINGLE])
        return module, part.id, question, self.chance.randrange(len(question.options))

    def write(self) -> None:
        """Keep another version of a private text, or delete it, as the page does by itself while somebody types."""
        module = self.chance.choice(self.modules)
        part = self.chance.choice([part for part in module.parts if slots_of(part)])
        item = self.chance.choice(slots_of(part)).item
        key = ("text", self.person_id, module.slug, item)
        deleting = key in self.book.acknowledged and self.chance.random() < 0.2
        words = "" if deleting else f"{self.chance.random()} {'word ' * self.chance.randrange(400)}".strip()
        self.book.send(key, words or None)
        sent = {f"text-{item}": words, f"revision-{item}": str(self.revisions.get(key, 0))}
        answer = self.client.post(f"/journal/{module.number}/{part.id}", sent, "application/json")
        assert answer.status == 200, (answer.status, key, answer.text[:500])
        self.book.acknowledge(key)
        self.revisions[key] = json.loads(answer.text)["revision"]


@dataclass
class Trainer:
    """Takes one session after another from a pile: marks everybody, changes some marks, reads the register, signs."""

    client: Client
    book: Book
    chance: Random
    programme: Programme
    pile: deque[tuple[str, int]]
    rosters: dict[str, list[str]]
    session: tuple[str, int] | None = None
    saves: int = 0

    def act(self) -> None:
        if self.session and ("signature", self.session[0]) in self.book.acknowledged:
            self.session = None
        if self.session is None:
            self.session, self.saves = self.pile.popleft(), self.chance.randint(1, 3)
        if self.saves:
            self.mark(*self.session)
        else:
            self.sign(*self.session)

    def reload(self, revisions: dict[Key, int]) -> None:
        self.saves = 1

    def mark(self, session_id: str, number: int) -> None:
        """Save the whole register as its page does."""
        plan = self.programme.session(number)
        assert plan is not None
        people = self.rosters[session_id]
        before = {person: self._kept(session_id, person) for person in people}
        wanted = {person: self._any_draft(plan.behaviours) for person in people}
        key = ("marks", session_id)
        self.book.send(key, frozenset(_row(person, draft) for person, draft in wanted.items()))
        sent = {"people": " ".join(people), "behaviours": " ".join(one.id for one in plan.behaviours)}
        for place, person in enumerate(people, 1):
            sent |= _fields(place, before[person], wanted[person], plan.behaviours)
        answer = self.client.post(f"/sessions/{session_id}/register", sent, "application/json")
        assert answer.status == 200, (answer.status, answer.text[:500])
        self.book.acknowledge(key)
        self.saves -= 1

    def sign(self, session_id: str, number: int) -> None:
        """Read what is to be signed, and sign it."""
        page = self.client.get(f"/sessions/{session_id}/sign")
        found = _SHOWN.search(page.text)
        assert found, (page.status, page.text[:2000])
        key = ("signature", session_id)
        self.book.send(key, self.book.acknowledged["marks", session_id])
        answer = self.client.post(f"/sessions/{session_id}/sign", {"shown": unescape(found[1])})
        assert answer.status == 303, (answer.status, answer.text[:500])
        self.book.acknowledge(key)

    def _any_draft(self, behaviours: Sequence[Behaviour]) -> Draft:
        presence = self.chance.choice([Presence.PRESENT, Presence.PRESENT, Presence.APOLOGIES, Presence.ABSENT])
        if presence is not Presence.PRESENT:
            return Draft(presence)
        seen = frozenset(one.id for one in behaviours if self.chance.random() < 0.5)
        return Draft(presence, self.chance.randint(100, 180), seen)

    def _kept(self, session_id: str, person_id: str) -> Draft:
        rows = self.book.acknowledged.get(("marks", session_id), frozenset())
        assert isinstance(rows, frozenset)
        _, presence, minutes, seen = next((row for row in rows if row[0] == person_id), ("", "", "0", ""))
        return Draft(Presence(presence) if presence else None, int(minutes), frozenset(seen.split()))


def _row(person_id: str, draft: Draft) -> tuple[str, ...]:
    return person_id, draft.presence or "", str(draft.minutes), " ".join(sorted(draft.seen))


def _fields(place: int, before: Draft, wanted: Draft, behaviours: Sequence[Behaviour]) -> dict[str, str]:
    ticks = {f"b{place}.{at}": "on" for at, one in enumerate(behaviours) if one.id in wanted.seen}
    minutes = str(wanted.minutes or 180)
    return {
        f"w{place}": tokenise(before, behaviours),
        f"p{place}": wanted.presence or "",
        f"m{place}": minutes,
        **ticks,
    }
