"""What practice takes, by a formula that course-format.md states, and whether the front matter says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trainer.curriculum.advice.findings import Finding, Rule
from trainer.curriculum.advice.ways import On, along
from trainer.curriculum.faults import Fault
from trainer.curriculum.modules import WORDS_A_MINUTE, Draft
from trainer.curriculum.parts import READING
from trainer.curriculum.render import plain, words_in
from trainer.curriculum.rules import Module, Part, PartKind, Question, QuestionKind, Scene

TRY_SECONDS = 45
REFLECTION_SECONDS = 120
DECISION_SECONDS = 10
LONG_DECISION_SECONDS = 20
SPARE_MINUTES = 4
_LONG = (QuestionKind.ORDER, QuestionKind.RECALL)


@dataclass(frozen=True, slots=True)
class Times:
    """A row of the table: words of reading, minutes as stated and as computed (rounded up)."""

    slug: str
    words: int
    reading: int
    reading_computed: int
    practice: int
    practice_computed: int


def times_of(module: Module) -> Times:
    """Return the times of a module."""
    words = sum(part.words for part in module.parts if part.kind in READING)
    return Times(
        slug=module.slug,
        words=words,
        reading=module.reading_minutes,
        reading_computed=-(-words // WORDS_A_MINUTE),
        practice=module.practice_minutes,
        practice_computed=-int(-practice_seconds(module) // 60),
    )


def check_practice(draft: Draft) -> Iterator[Finding]:
    """Yield a finding when the stated practice is shorter than the computed one, or more than the spare above it."""
    times = times_of(draft.module)
    least, most = times.practice_computed, times.practice_computed + SPARE_MINUTES
    if not times.practice or least <= times.practice <= most:
        return
    message = f"practice takes {least} minutes here; state {least} to {most}, not {times.practice}, or change the text."
    yield Finding(Rule.PRACTICE_TIME, Fault(draft.file, draft.front_lines["practice"], message))


def practice_seconds(module: Module) -> float:
    """Return the seconds that try, quiz, reflections and the longest good way through each dialogue take."""
    return sum(_part(part) for part in module.parts)


def _part(part: Part) -> float:
    if part.kind is PartKind.TRY:
        return TRY_SECONDS  # its words count as reading
    if part.kind is PartKind.READING:
        return 0
    inside = sum(map(_question, part.questions)) + sum(_read(one.html) + REFLECTION_SECONDS for one in part.prompts)
    return _read(part.html) + inside + (longest_way(part.scenes) if part.scenes else 0)


def _read(*markup: str) -> float:
    return words_in(map(plain, markup)) / WORDS_A_MINUTE * 60


def _question(question: Question) -> float:
    """Stem, options, the longest feedback, and the time to decide."""
    feedback = max(_read(question.feedback_html), *(_read(option.feedback_html) for option in question.options), 0)
    deciding = LONG_DECISION_SECONDS if question.kind in _LONG else DECISION_SECONDS
    return _read(question.stem_html, *(option.text for option in question.options)) + feedback + deciding


def longest_way(scenes: Sequence[Scene]) -> float:
    """Return the seconds of the longest good way through a dialogue."""
    return along(scenes, _longest)


def _longest(scene: Scene, on: On[float]) -> float:
    """What is said and noted, every choice, the time to decide between them, and the longest way on."""
    heard = _read(scene.speech_html, scene.note_html, *(choice.text for choice in scene.choices))
    deciding = DECISION_SECONDS if len(scene.choices) > 1 else 0
    return heard + deciding + max((_read(choice.feedback_html) + after for choice, after in on), default=0)


def table(modules: Sequence[Module]) -> str:
    """Return the times of all modules as a table of text, with the sum of each column."""
    rows = [times_of(module) for module in modules]
    lines = [f"{'module':<28} {'words':>6} {'reading':>8} {'(at 200)':>8} {'practice':>8} {'(computed)':>10}"]
    lines += [
        f"{row.slug:<28} {row.words:>6} {row.reading:>8} {row.reading_computed:>8} "
        f"{row.practice:>8} {row.practice_computed:>10}"
        for row in rows
    ]
    stated = sum(row.reading + row.practice for row in rows)
    computed = sum(row.reading_computed + row.practice_computed for row in rows)
    lines.append(f"The course: {_hours(stated)} stated, {_hours(computed)} computed.")
    return "\n".join([*lines, ""])


def _hours(minutes: int) -> str:
    return f"{minutes // 60} h {minutes % 60:02} min"
