"""The shape of a dialogue: long enough to practise, short enough to finish, and with more than one good way."""

from __future__ import annotations

from collections.abc import Iterator

from trainer.curriculum.advice.findings import Finding, Rule, parts_of
from trainer.curriculum.advice.ways import ways_of
from trainer.curriculum.faults import Fault
from trainer.curriculum.modules import Draft
from trainer.curriculum.rules import Part, PartKind

FEWEST_SCENES, MOST_SCENES = 6, 12
FEWEST_DECISIONS, MOST_DECISIONS = 3, 4


def check_dialogues(draft: Draft) -> Iterator[Finding]:
    """Yield what is wrong with the shape of each dialogue. That `back` leads back and `end` ends, its reader checks."""
    for part in parts_of(draft, PartKind.DIALOGUE):
        for message in _problems(part):
            yield Finding(Rule.DIALOGUE_SHAPE, Fault(draft.file, part.line, message))


def _problems(part: Part) -> Iterator[str]:
    count, ways = len(part.scenes), ways_of(part.scenes)
    if not FEWEST_SCENES <= count <= MOST_SCENES:
        yield f"this dialogue has {count} scenes; write {FEWEST_SCENES} to {MOST_SCENES}."
    if not FEWEST_DECISIONS <= ways.decisions <= MOST_DECISIONS:
        yield (
            f"the shortest good way through this dialogue decides {_times(ways.decisions)}; let every good way pass at "
            f"least {FEWEST_DECISIONS} and the shortest at most {MOST_DECISIONS} scenes with two or more choices."
        )
    if ways.count < 2:
        yield "only one way through this dialogue ends well; let a second choice lead on somewhere."


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
