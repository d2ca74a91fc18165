"""What counts as done, right and mastered, and how much is left: pure functions over a module and what was kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from trainer.curriculum.rules import Catalogue, Module, Part, PartKind, Question, QuestionKind

KINDS = ("read", "tried", "right", "ended")  # of what is kept, as in a Record
DIALOGUE_EFFORT = 4  # a walk takes about as long as four questions


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of one person in one module, as ids: parts read, questions tried and ever right, dialogues ended."""

    read: frozenset[str] = frozenset()
    tried: frozenset[str] = frozenset()
    right: frozenset[str] = frozenset()
    ended: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ModuleProgress:
    """Where somebody stands in a module as it is written now.

    `parts_done`, `tried`, `right` and `dialogues_ended` are ids that the module has today; `place` is the first part
    that is not done, None once all are; `begun` says that anything was kept; `minutes_left` covers what is not done.
    """

    parts_done: frozenset[str]
    tried: frozenset[str]
    right: frozenset[str]
    dialogues_ended: frozenset[str]
    place: Part | None
    begun: bool
    safety_mastered: bool
    minutes_left: int

    @property
    def done(self) -> bool:
        """Whether every part is done."""
        return self.place is None


def progress(module: Module, record: Record) -> ModuleProgress:
    """Return where somebody stands: ids that the module has lost count for nothing, those it kept still count."""
    done = frozenset(part.id for part in module.parts if is_done(part, record))
    return ModuleProgress(
        parts_done=done,
        tried=record.tried & module.question_ids,
        right=record.right & module.question_ids,
        dialogues_ended=record.ended & module.part_ids,
        place=next((part for part in module.parts if part.id not in done), None),
        begun=bool(record.read or record.tried or record.ended),
        safety_mastered=all(question.id in record.right for question in module.safety_questions),
        minutes_left=minutes_left(module, done),
    )


def is_done(part: Part, record: Record) -> bool:
    """Whether a part is done.

    A quiz once every question was answered and every safety question was right; a dialogue once it was walked to a
    good ending; any other part once the reader said so.
    """
    if part.kind is PartKind.QUIZ:
        return all(question.id in (record.right if question.safety else record.tried) for question in part.questions)
    return part.id in (record.ended if part.kind is PartKind.DIALOGUE else record.read)


def minutes_left(module: Module, done: Iterable[str]) -> int:
    """Return the minutes of the parts that are not done: the module's stated minutes, shared out by length."""
    done = frozenset(done)
    reading, practice = _share(module, done, _words), _share(module, done, _effort)
    return _part_of(module.reading_minutes, reading) + _part_of(module.practice_minutes, practice)


def part_minutes(module: Module, part: Part) -> int:
    """Return the minutes that one part takes, at least one."""
    return max(1, minutes_left(module, module.part_ids - {part.id}))


def _share(module: Module, done: frozenset[str], size: Callable[[Part], int]) -> tuple[int, int]:
    """How much is left, out of how much."""
    left = total = 0
    for part in module.parts:
        total += size(part)
        left += 0 if part.id in done else size(part)
    return left, total


def _part_of(minutes: int, share: tuple[int, int]) -> int:
    left, total = share
    return -(-minutes * left // total) if total else 0  # rounded up


def _words(part: Part) -> int:
    return part.words if part.kind is PartKind.READING else 0


def _effort(part: Part) -> int:
    own = 1 if part.kind is PartKind.TRY else DIALOGUE_EFFORT if part.kind is PartKind.DIALOGUE else 0
    return own + len(part.questions) + 2 * len(part.prompts)


@dataclass(frozen=True, slots=True)
class Mastery:
    """How a quiz stands against the pass mark: ordinary questions right, and how many are needed; safety ones right.

    A recall question is compared by its reader and marked by nobody, so it is in neither number.
    """

    right: int
    total: int
    needed: int
    safety_right: int
    safety_total: int

    @property
    def reached(self) -> bool:
        """Whether both the pass mark and every safety question are there."""
        return self.right >= self.needed and self.safety_right == self.safety_total


def mastery(questions: Iterable[Question], right: frozenset[str], pass_mark: float) -> Mastery:
    """Compare the questions that were ever right with the pass mark, a fraction of the ordinary ones."""
    marked = [question for question in questions if question.kind is not QuestionKind.RECALL]
    safety = [question.id in right for question in marked if question.safety]
    ordinary = [question.id in right for question in marked if not question.safety]
    needed = ceil(Fraction(str(pass_mark)) * len(ordinary))
    return Mastery(sum(ordinary), len(ordinary), needed, sum(safety), len(safety))


def pass_mark_of(catalogue: Catalogue, slug: str) -> float:
    """Return the highest pass mark of the programmes that have this topic; 1.0 for a topic of none."""
    marks = [
        programme.rules.pass_mark
        for programme in catalogue.programmes.values()
        if any(topic.slug == slug for topic in programme.topics)
    ]
    return max(marks, default=1.0)


def neighbours(module: Module, part: Part) -> tuple[Part | None, Part | None]:
    """Return the parts before and after this one."""
    at = module.parts.index(part)
    following = module.parts[at + 1] if at + 1 < len(module.parts) else None
    return (module.parts[at - 1] if at else None), following


def records_by_module(rows: Iterable[tuple[str, str, str, bool]]) -> Mapping[str, Record]:
    """Gather rows (kind, module, item, right) of kinds "read", "tried" and "ended" into a record for each module."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for kind, slug, item, right in rows:
        found[slug, kind].add(item)
        if right and kind == "tried":
            found[slug, "right"].add(item)
    slugs = {slug for slug, _ in found}
    return {slug: Record(**{kind: frozenset(found[slug, kind]) for kind in KINDS}) for slug in slugs}
