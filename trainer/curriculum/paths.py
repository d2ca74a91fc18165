"""The paths through a dialogue: everyone can reach a good ending from everywhere, and every scene is reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trainer.curriculum.faults import Faults
from trainer.curriculum.rules import Scene, SceneKind


def check_paths(line: int, scenes: Sequence[Scene], faults: Faults) -> None:
    """Note dead ends, unreachable scenes, loops without a way out and a missing good ending.

    `scenes` stand as in the file, the first one opens; `line` is the dialogue's heading. All choices lead to scenes
    of the dialogue.
    """
    if scenes[0].kind is not SceneKind.TURN:
        faults.add(scenes[0].line, f"a dialogue opens with a scene to answer, not with `{scenes[0].kind}`.")
        return
    edges = _edges(scenes)
    reached = _reachable(scenes[0].id, edges)
    for scene in scenes:
        if scene.id not in reached:
            faults.add(scene.line, "no choice leads to this scene.")
        elif scene.kind is SceneKind.TURN and not scene.choices:
            faults.add(scene.line, "this scene is a dead end; give it choices, or the comment `back` or `end`.")
    if not any(scene.kind is SceneKind.END for scene in scenes):
        faults.add(line, "this dialogue has no good ending; give one scene the comment `end`.")
    else:
        _check_ways_out(scenes, edges, reached, faults)


def _edges(scenes: Sequence[Scene]) -> Mapping[str, set[str]]:
    """Return where each scene leads; a `back` scene leads to every scene that one can come from."""
    edges = {scene.id: {choice.target for choice in scene.choices} for scene in scenes}
    for scene in scenes:
        if scene.kind is SceneKind.BACK:
            edges[scene.id] = {other.id for other in scenes if scene.id in {c.target for c in other.choices}}
    return edges


def _reachable(start: str, edges: Mapping[str, set[str]]) -> set[str]:
    seen, waiting = set(), [start]
    while waiting:
        scene = waiting.pop()
        if scene not in seen:
            seen.add(scene)
            waiting.extend(edges.get(scene, ()))
    return seen


def _check_ways_out(scenes: Sequence[Scene], edges: Mapping[str, set[str]], reached: set[str], faults: Faults) -> None:
    ends = {scene.id for scene in scenes if scene.kind is SceneKind.END}
    for scene in scenes:
        stuck = scene.id in reached and not _reachable(scene.id, edges) & ends
        if stuck and scene.kind is SceneKind.TURN and scene.choices:
            faults.add(scene.line, "from this scene no choice leads on to a good ending.")
