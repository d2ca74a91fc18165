"""What a course is made of, as plain frozen data, and the few decisions that need nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from trainer.curriculum.handbook import ConfidenceScale, Guide, Page
from trainer.curriculum.stations import Stations


class PartKind(StrEnum):
    """What the comment below a level-2 heading says; without one a part is reading."""

    READING = "reading"
    TRY = "try"
    QUIZ = "quiz"
    REFLECT = "reflect"
    DIALOGUE = "dialogue"


class QuestionKind(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    ORDER = "order"
    RECALL = "recall"


class Privacy(StrEnum):
    """Who can ever open what is written for a prompt."""

    PRIVATE = "private"
    CHOOSE = "choose"
    SHARE = "share"


class SceneKind(StrEnum):
    TURN = "turn"
    BACK = "back"
    END = "end"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a single or multiple question, or one step of an order question (then `right` is True)."""

    text: str
    html: str
    right: bool
    misconception: str | None
    feedback_html: str


@dataclass(frozen=True, slots=True)
class Question:
    """`options` stand as written; for `order` that is the right order. `wording` is the content hash (hex)."""

    id: str
    title: str
    kind: QuestionKind
    safety: bool
    stem_html: str
    options: tuple[Option, ...]
    feedback_html: str
    wording: str
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Prompt:
    id: str
    title: str
    privacy: Privacy
    html: str
    wording: str
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Choice:
    """`feedback_html` is empty when the note of the target scene is the feedback."""

    text: str
    target: str
    misconception: str | None
    feedback_html: str


@dataclass(frozen=True, slots=True)
class Scene:
    id: str
    title: str
    kind: SceneKind
    speech_html: str
    note_html: str
    choices: tuple[Choice, ...]
    wording: str
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Part:
    """A level-2 part. Only the tuple that belongs to its kind is filled; `html` is the prose before it."""

    id: str
    title: str
    kind: PartKind
    html: str
    words: int
    questions: tuple[Question, ...]
    prompts: tuple[Prompt, ...]
    scenes: tuple[Scene, ...]
    wording: str
    source: str
    line: int

    def scene(self, scene_id: str) -> Scene | None:
        """Return the scene of that id, or None."""
        return next((scene for scene in self.scenes if scene.id == scene_id), None)


@dataclass(frozen=True, slots=True)
class Module:
    """One topic. `number` is its permanent neutral address (/m/2), kept in ids.lock; `edition` is a hex hash.

    `figures` are the file names of its pictures, which lie in courses/modules/<slug>/; prose shows them at
    /m/<number>/figure/<name>.
    """

    number: int
    slug: str
    language: str
    title: str
    reading_minutes: int
    practice_minutes: int
    outcomes: tuple[str, ...]
    safety: bool
    content_note: str
    sources: tuple[str, ...]
    parts: tuple[Part, ...]
    edition: str
    figures: tuple[str, ...] = ()

    questions: tuple[Question, ...] = field(init=False, repr=False, compare=False)
    prompts: tuple[Prompt, ...] = field(init=False, repr=False, compare=False)
    safety_questions: tuple[Question, ...] = field(init=False, repr=False, compare=False)
    question_ids: frozenset[str] = field(init=False, repr=False, compare=False)
    part_ids: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Gather what nearly every page asks for: all questions and prompts in the order of the page, and the ids."""
        questions = tuple(question for part in self.parts for question in part.questions)
        object.__setattr__(self, "questions", questions)
        object.__setattr__(self, "prompts", tuple(prompt for part in self.parts for prompt in part.prompts))
        object.__setattr__(self, "safety_questions", tuple(question for question in questions if question.safety))
        object.__setattr__(self, "question_ids", frozenset(question.id for question in questions))
        object.__setattr__(self, "part_ids", frozenset(part.id for part in self.parts))

    def part(self, part_id: str) -> Part | None:
        """Return the part of that id, or None."""
        return next((part for part in self.parts if part.id == part_id), None)

    def question(self, question_id: str) -> Question | None:
        """Return the question of that id, or None."""
        return next((question for question in self.questions if question.id == question_id), None)


@dataclass(frozen=True, slots=True)
class AgendaItem:
    title: str
    minutes: int
    stations: Stations | None = None


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What a trainer observes in a session. `id` is permanent; a critical one must be shown every time."""

    id: str
    text: str
    critical: bool


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """One session of a programme: `topics` are slugs met first here, `again` slugs of a second pass.

    `guide` is the slug of its facilitator's guide, "" while there is none.
    """

    number: int
    title: str
    minutes: int
    outcomes: tuple[str, ...]
    agenda: tuple[AgendaItem, ...]
    topics: tuple[str, ...]
    again: tuple[str, ...]
    behaviours: tuple[Behaviour, ...]
    guide: str = ""


@dataclass(frozen=True, slots=True)
class Misconception:
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the programme; its module may not be written yet."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class ProgrammeRules:
    """Everything another university would do differently, in plain numbers.

    `whole_session_minutes` present count as the whole session; `make_up` names the allowed ways
    ("another cohort", "meeting"); `pass_mark` and `ordinary_behaviours` are fractions from 0 to 1.
    """

    required_minutes: int
    whole_session_minutes: int
    every_session: bool
    make_up: tuple[str, ...]
    pass_mark: float
    ordinary_behaviours: float
    spacing_days: tuple[int, ...]
    supervision_due_days: int
    supervision_lapsed_days: int
    commitment_terms: int
    refresher_after_days: int
    retention_years: int


@dataclass(frozen=True, slots=True)
class Programme:
    """The whole path to a certificate, as its TOML states it."""

    slug: str
    title: str
    certificate_statement: str
    commitment: str
    sessions: tuple[SessionPlan, ...]
    topics: tuple[Topic, ...]
    misconceptions: Mapping[str, Misconception]
    rules: ProgrammeRules
    edition: str
    confidence: ConfidenceScale | None = None
    behaviours: tuple[Behaviour, ...] = field(init=False, repr=False, compare=False)
    longest_minutes: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Gather every observed behaviour, each once, in session order, and the length of the longest session."""
        seen = {behaviour.id: behaviour for plan in self.sessions for behaviour in plan.behaviours}
        object.__setattr__(self, "behaviours", tuple(seen.values()))
        object.__setattr__(self, "longest_minutes", max((plan.minutes for plan in self.sessions), default=0))

    def session(self, number: int) -> SessionPlan | None:
        """Return the plan of session `number`, or None."""
        return next((plan for plan in self.sessions if plan.number == number), None)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every course that was loaded. Programmes by slug; modules by slug, in the default language.

    `translations` has a module for each (slug, language) that has a file of its own; guides and pages are by slug.
    """

    programmes: Mapping[str, Programme]
    modules: Mapping[str, Module]
    translations: Mapping[tuple[str, str], Module] = field(default_factory=dict)
    guides: Mapping[str, Guide] = field(default_factory=dict)
    pages: Mapping[str, Page] = field(default_factory=dict)

    def module_in(self, slug: str, language: str) -> Module | None:
        """Return the module in that language, in the default language if there is no translation, or None."""
        return self.translations.get((slug, language)) or self.modules.get(slug)

    def module_numbered(self, number: int) -> Module | None:
        """Return the module with that permanent number, or None."""
        return next((module for module in self.modules.values() if module.number == number), None)

    def pre_reading(self, plan: SessionPlan) -> tuple[Module, ...]:
        """Modules to read before a session: its first-pass topics whose module is written."""
        return tuple(self.modules[slug] for slug in plan.topics if slug in self.modules)

    def revision(self, plan: SessionPlan) -> tuple[Module, ...]:
        """Modules that a session comes back to."""
        return tuple(self.modules[slug] for slug in plan.again if slug in self.modules)
