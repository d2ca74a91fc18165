"""Everyone can reach a good ending of a dialogue from wherever they are."""

from __future__ import annotations

from trainer.curriculum.faults import Faults
from trainer.curriculum.paths import check_paths
from trainer.curriculum.rules import Choice, Scene, SceneKind

KINDS = {"back": SceneKind.BACK, "end": SceneKind.END}


def _faults(*scenes: str) -> list[str]:
    """Check a dialogue written as "name > target target" or "name back"; return its faults as "line: message"."""
    faults = Faults("x.md")
    check_paths(1, [_scene(number, text) for number, text in enumerate(scenes, 2)], faults)
    return [f"{fault.line}: {fault.message}" for fault in faults.found]


def _scene(line: int, text: str) -> Scene:
    name, *words = text.replace(">", "").split()
    kind = KINDS.get(words[0], SceneKind.TURN) if words else SceneKind.TURN
    choices = tuple(Choice(word, word, None, "") for word in words if kind is SceneKind.TURN)
    return Scene(name, name, kind, "", "", choices, "", "", line)


def test_a_weak_turn_goes_back_and_counts_as_a_way_on() -> None:
    assert _faults("start > weak better", "weak back", "better > good weak", "good end") == []


def test_a_detour_that_comes_round_again_is_allowed() -> None:
    assert _faults("start > detour good", "detour > start", "good end") == []


def test_a_loop_without_a_way_out_is_a_fault() -> None:
    message = "from this scene no choice leads on to a good ending."
    assert _faults("start > loop good", "loop > again", "again > loop", "good end") == [
        f"3: {message}",
        f"4: {message}",
    ]


def test_a_scene_whose_every_choice_is_weak_has_no_way_out() -> None:
    assert _faults("start > trap good", "trap > weak", "weak back", "good end") == [
        "3: from this scene no choice leads on to a good ending."
    ]


def test_a_weak_scene_that_several_lead_to_goes_back_to_each() -> None:
    assert _faults("start > weak next", "next > weak good", "weak back", "good end") == []


def test_a_dead_end_and_an_unreachable_scene_are_faults() -> None:
    assert _faults("start > stop good", "stop", "good end", "island > good") == [
        "3: this scene is a dead end; give it choices, or the comment `back` or `end`.",
        "5: no choice leads to this scene.",
    ]


def test_a_dialogue_without_a_good_ending_is_one_fault() -> None:
    assert _faults("start > weak", "weak back") == [
        "1: this dialogue has no good ending; give one scene the comment `end`."
    ]


def test_a_good_ending_that_nobody_reaches_is_no_way_out() -> None:
    assert _faults("start > weak", "weak back", "good end") == [
        "4: no choice leads to this scene.",
        "2: from this scene no choice leads on to a good ending.",
    ]
