"""The good ways through a dialogue: those that go through no `back` scene and come to no scene twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from trainer.curriculum.rules import Choice, Scene, SceneKind

T = TypeVar("T")
On = Sequence[tuple[Choice, T]]


@dataclass(frozen=True, slots=True)
class Ways:
    """How many good ways lead to an end, and how many decisions (scenes with two or more choices) the shortest has."""

    count: int
    decisions: int


def ways_of(scenes: Sequence[Scene]) -> Ways:
    """Return the good ways from the first scene to any end; a count of 0 if there is none."""
    return along(scenes, _ways)


def _ways(scene: Scene, on: On[Ways]) -> Ways:
    if scene.kind is SceneKind.END:
        return Ways(1, 0)
    open_ways = [ways for _, ways in on if ways.count]
    least = min((ways.decisions for ways in open_ways), default=0)
    return Ways(sum(ways.count for ways in open_ways), least + (len(scene.choices) > 1))


def along(scenes: Sequence[Scene], sum_up: Callable[[Scene, On[T]], T]) -> T:
    """Return what `sum_up` makes of the first scene.

    It is called for each scene that good choices reach, with the choices that lead on and what came out for their
    targets. A choice that leads round in a circle is left out.
    """
    results: dict[str, T] = {}
    for scene in _ends_first(scenes):
        on = [(choice, results[choice.target]) for choice in scene.choices if choice.target in results]
        results[scene.id] = sum_up(scene, on)
    return results[scenes[0].id]


def _ends_first(scenes: Sequence[Scene]) -> Iterator[Scene]:
    """Yield every scene that good choices reach, each after those it leads on to."""
    good = {scene.id: scene for scene in scenes if scene.kind is not SceneKind.BACK}
    seen = {scenes[0].id}
    stack = [(scenes[0], _targets(scenes[0], good))]
    while stack:
        scene, targets = stack[-1]
        target = next((target for target in targets if target.id not in seen), None)
        if target is None:
            stack.pop()
            yield scene
        else:
            seen.add(target.id)
            stack.append((target, _targets(target, good)))


def _targets(scene: Scene, good: Mapping[str, Scene]) -> Iterator[Scene]:
    return iter([good[choice.target] for choice in scene.choices if choice.target in good])
