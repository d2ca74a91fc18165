"""Observed practice in the last session: whether its stations fit the time, the trainees and the observers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stations:
    """Observed practice: `count` stations run at once, and equal groups of the trainees move through all of them.

    Each station has one observer. In the `minutes` of a station every member of the group has a `turn` (minutes) as
    the one who listens.
    """

    count: int
    minutes: int
    turn: int
    trainees: int
    observers: int

    @property
    def largest_group(self) -> int:
        """The number of trainees in the largest of the groups, one group at each station."""
        return -(-self.trainees // self.count)

    def problems(self, available: int) -> tuple[str, ...]:
        """Say in sentences why the stations do not fit into the `available` minutes of their agenda item."""
        found = []
        if self.count * self.minutes != available:
            total = self.count * self.minutes
            found.append(f"{self.count} stations of {self.minutes} minutes take {total} minutes, not {available}.")
        if self.observers < self.count:
            found.append(f"{self.count} stations need {self.count} observers at once; there are {self.observers}.")
        if self.largest_group * self.turn > self.minutes:
            needed = self.largest_group * self.turn
            found.append(
                f"{self.trainees} trainees at {self.count} stations are up to {self.largest_group} in a group, whose "
                f"turns of {self.turn} minutes take {needed} minutes, not {self.minutes}."
            )
        return tuple(found)
