"""What people were told is kept, and what they had sent without hearing back: the other half of every comparison."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Key = tuple[str, ...]
Value = str | frozenset[tuple[str, ...]]
FAR = 10**9


@dataclass
class Book:
    """Everything by what it is about: ("answer", person, module, question, number), ("text", person, module, item),
    ("marks", session), ("signature", session). Each key is written by one thread; a text that was deleted is absent.
    `heard` counts acknowledgements; whoever receives number `alarm_at` sounds the alarm before doing anything else, and
    `signing`, where there is one, is called once when somebody is about to send a signature.
    """

    acknowledged: dict[Key, Value] = field(default_factory=dict)
    in_flight: dict[Key, Value | None] = field(default_factory=dict)
    heard: int = 0
    alarm_at: int = FAR
    alarm: Callable[[], None] = lambda: None
    signing: Callable[[], None] | None = None

    def send(self, key: Key, value: Value | None) -> None:
        """Note what is about to be sent; None deletes."""
        self.in_flight[key] = value
        if key[0] == "signature" and (signing := self.signing):
            self.signing = None
            signing()

    def acknowledge(self, key: Key) -> None:
        """Note that the whole answer came."""
        self.heard += 1
        if self.heard >= self.alarm_at:
            self.alarm_at = FAR
            self.alarm()
        self._keep(key, self.in_flight.pop(key))

    def differences(self, stored: Mapping[Key, Value]) -> list[str]:
        """Say everything that is neither as it was acknowledged last nor as it was in flight."""
        keys = sorted({*self.acknowledged, *self.in_flight, *stored})
        return [
            f"{key}: acknowledged {self.acknowledged.get(key)!r}, in flight {self.in_flight.get(key)!r}, "
            f"stored {stored.get(key)!r}"
            for key in keys
            if not self._may_be(key, stored.get(key))
        ]

    def settle(self, stored: Mapping[Key, Value]) -> int:
        """Take what is stored for what was in flight, as who loads the page again does; return how many got there."""
        arrived = 0
        for key, value in self.in_flight.items():
            arrived += stored.get(key) == value
            self._keep(key, stored.get(key))
        self.in_flight.clear()
        return arrived

    def count(self, kind: str) -> int:
        """How many of a kind were acknowledged."""
        return sum(key[0] == kind for key in self.acknowledged)

    def _keep(self, key: Key, value: Value | None) -> None:
        if value is None:
            self.acknowledged.pop(key, None)
        else:
            self.acknowledged[key] = value

    def _may_be(self, key: Key, value: Value | None) -> bool:
        return value == self.acknowledged.get(key) or (key in self.in_flight and value == self.in_flight[key])
