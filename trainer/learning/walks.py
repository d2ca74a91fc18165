"""A walk through a practice dialogue: where it stands, what has been said so far, what may be said next. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trainer.curriculum.rules import Choice, Part, Scene, SceneKind
from trainer.learning.wording import asked_text, chosen_texts, token_of
from trainer.refusal import NotNow

GONE_ON = "You had already gone on from there. Here is where the talk stands."


@dataclass(frozen=True, slots=True)
class Taken:
    """A choice that was made: in which scene and wording, which choice (from 0), where it led.

    `source` is the scene as it was kept, for the day on which it reads differently; empty in a walk that is not kept.
    """

    scene: str
    wording: str
    choice: int
    target: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the transcript, from the reader's reply on.

    `reply` and `feedback_html` are the reader's line and what it did. `back` is the weak turn that it led to and from
    which `scene` is the way back; `scene` is where the talk then stands. `was_asked` is set, and the scenes are not,
    when the course reads differently today.
    """

    number: int
    reply: str
    feedback_html: str
    back: Scene | None
    scene: Scene | None
    was_asked: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """A line that may be said now: its token, its place in the course, whether it was tried in this scene already."""

    token: str
    position: int
    text: str
    tried: bool


def opening(part: Part) -> Scene:
    """Return the scene that opens a dialogue: its first."""
    return part.scenes[0]


def scene_due(part: Part, taken: Sequence[Taken]) -> Scene | None:
    """Return the scene whose choices are open now: after a weak turn, the one it came from.

    None when that scene is no longer in the course.
    """
    if not taken:
        return opening(part)
    target = part.scene(taken[-1].target)
    if target is not None and target.kind is SceneKind.BACK:
        return part.scene(taken[-1].scene)
    return target


def is_over(part: Part, taken: Sequence[Taken]) -> bool:
    """Whether the walk has come to a good ending."""
    due = scene_due(part, taken)
    return due is not None and due.kind is SceneKind.END


def replies(scene: Scene, taken: Iterable[Taken]) -> list[Reply]:
    """Return what may be said in a scene, in an order that says nothing about which line is better."""
    tried = {one.choice for one in taken if one.scene == scene.id and one.wording == scene.wording}
    open_now = [
        Reply(token_of(scene.wording, choice.text), position, choice.text, position in tried)
        for position, choice in enumerate(scene.choices)
    ]
    return sorted(open_now, key=lambda reply: reply.token)


def choice_of(scene: Scene, token: str) -> tuple[int, Choice]:
    """Return the position and the choice behind a token. Raises NotNow for a token of another scene or wording."""
    for position, choice in enumerate(scene.choices):
        if token_of(scene.wording, choice.text) == token:
            return position, choice
    raise NotNow("gone-on", GONE_ON)


def transcript(part: Part, taken: Sequence[Taken]) -> list[Turn]:
    """Return every turn so far, numbered from 1; each is told in today's words or, if they changed, in those kept."""
    return [_turn(part, number, one) for number, one in enumerate(taken, start=1)]


def _turn(part: Part, number: int, taken: Taken) -> Turn:
    origin, target = part.scene(taken.scene), part.scene(taken.target)
    if origin is None or origin.wording != taken.wording or taken.choice >= len(origin.choices):
        texts = chosen_texts(taken.source, [taken.choice])
        return Turn(number, texts[0] if texts else "", "", None, None, asked_text(taken.source))
    choice = origin.choices[taken.choice]
    weak = target is not None and target.kind is SceneKind.BACK
    return Turn(number, choice.text, choice.feedback_html, target if weak else None, origin if weak else target)


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk as a page shows it.

    `due` is the scene in which it stands, None when that is no longer in the course; `number` counts the walks of one
    person; `kept` says that there is something to start again from.
    """

    number: int
    opening: Scene
    turns: Sequence[Turn]
    due: Scene | None
    replies: Sequence[Reply]
    over: bool

    @property
    def after_weak_turn(self) -> bool:
        """Whether the last reply led back."""
        return bool(self.turns) and self.turns[-1].back is not None


def show(part: Part, taken: Sequence[Taken], number: int = 1) -> Walk:
    """Return a walk as a page shows it."""
    due = scene_due(part, taken)
    open_now = replies(due, taken) if due else []
    return Walk(number, opening(part), transcript(part, taken), due, open_now, is_over(part, taken))


def follow(part: Part, choices: Iterable[int]) -> list[Taken]:
    """Walk from the opening by choice numbers, keeping nothing: for who only looks at a course.

    Raises NotNow where a number is no choice.
    """
    taken: list[Taken] = []
    for number in choices:
        scene = scene_due(part, taken)
        if scene is None or not 0 <= number < len(scene.choices):
            raise NotNow("no-such-choice", "This walk leads nowhere. Start the conversation again.")
        taken.append(Taken(scene.id, scene.wording, number, scene.choices[number].target))
    return taken
