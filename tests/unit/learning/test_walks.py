"""A walk through a dialogue: forward, back after a weak turn, to the end, and after the course was rewritten."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.unit.learning.course import TEXT, part, read
from trainer.curriculum.rules import Catalogue, Part, PartKind, SceneKind
from trainer.learning.walks import Taken, choice_of, follow, is_over, replies, scene_due, show, transcript
from trainer.refusal import NotNow

PART = part(read(), "talking-to-the-captain")


def kept(part: Part, taken: list[Taken]) -> list[Taken]:
    """The same walk as it comes out of the database, with the wording of its time."""
    sources = {scene.id: scene.source for scene in part.scenes}
    return [Taken(one.scene, one.wording, one.choice, one.target, sources[one.scene]) for one in taken]


def walks_from(part: Part, path: tuple[int, ...] = (), seen: frozenset[str] = frozenset()) -> Iterator[tuple[int, ...]]:
    """Every path that enters no scene twice in the same state."""
    due = scene_due(part, follow(part, path))
    assert due is not None
    yield path
    for choice in range(len(due.choices)):
        step = f"{due.id}/{choice}"
        if step not in seen:
            yield from walks_from(part, (*path, choice), seen | {step})


def test_a_walk_reaches_every_scene_of_the_dialogue() -> None:
    reached = {PART.scenes[0].id}
    for path in walks_from(PART):
        reached |= {one.target for one in follow(PART, path)}
    assert reached == {scene.id for scene in PART.scenes}


def test_every_scene_of_every_shipped_dialogue_can_be_reached(catalogue: Catalogue) -> None:
    dialogues = [one for module in catalogue.modules.values() for one in module.parts if one.kind is PartKind.DIALOGUE]
    assert dialogues
    for dialogue in dialogues:
        reached, frontier = {dialogue.scenes[0].id}, [()]
        while frontier:
            path = frontier.pop()
            due = scene_due(dialogue, follow(dialogue, path))
            assert due is not None
            for choice, one in enumerate(due.choices):
                if one.target not in reached:
                    reached.add(one.target)
                    frontier.append((*path, choice))
        assert reached == {scene.id for scene in dialogue.scenes}


def test_a_weak_turn_leads_back_to_the_scene_one_came_from() -> None:
    taken = follow(PART, [0])
    due = scene_due(PART, taken)
    assert due is PART.scenes[0]
    walk = show(PART, taken)
    assert walk.after_weak_turn and walk.turns[0].back is PART.scene("cold") and not walk.over


def test_what_was_tried_is_known_on_coming_back() -> None:
    walk = show(PART, follow(PART, [0]))
    assert [reply.text for reply in walk.replies if reply.tried] == ['"It was not my fault."']


def test_the_order_of_replies_is_the_same_every_time_and_not_that_of_the_course() -> None:
    texts = [reply.text for reply in replies(PART.scenes[0], [])]
    assert texts == [reply.text for reply in replies(PART.scenes[0], follow(PART, [0]))]
    assert {*texts} == {choice.text for choice in PART.scenes[0].choices}


def test_a_good_ending_ends_the_walk() -> None:
    taken = follow(PART, [1, 0, 1])
    assert is_over(PART, taken) and not is_over(PART, taken[:2])
    walk = show(PART, taken)
    assert walk.over and not walk.replies and walk.due is PART.scene("ashore")


def test_feedback_of_a_choice_is_told_with_it() -> None:
    turn = transcript(PART, follow(PART, [1]))[0]
    assert "You said what happened" in turn.feedback_html and turn.scene is PART.scene("warmer")


def test_a_line_of_a_scene_that_was_left_is_no_choice_here() -> None:
    token = replies(PART.scenes[0], [])[0].token
    warmer = PART.scene("warmer")
    assert warmer is not None
    with pytest.raises(NotNow):
        choice_of(warmer, token)


@pytest.mark.parametrize("path", [[7], [-1], [1, 1, 0]])
def test_a_path_that_leads_nowhere_is_refused(path: list[int]) -> None:
    with pytest.raises(NotNow):
        follow(PART, path)


def test_an_old_walk_reads_in_its_own_words_after_a_scene_was_rewritten() -> None:
    newer = part(read(TEXT.replace("I thought we were lost.", "I thought it was over.")), "talking-to-the-captain")
    taken = kept(PART, follow(PART, [1, 1]))
    first, second = transcript(newer, taken)
    assert first.reply == '"I heard you late. I am sorry."' and not first.was_asked
    assert second.reply == '"That must have been a long hour."'
    assert second.was_asked == "I thought we were lost."


def test_a_walk_that_stood_in_a_scene_that_is_gone_has_no_place_any_more() -> None:
    text = TEXT.replace("### Warmer", "### Warm").replace("#warmer", "#warm")
    newer = part(read(text), "talking-to-the-captain")
    walk = show(newer, kept(PART, follow(PART, [1])))
    assert walk.due is None and not walk.over and not walk.replies
    assert walk.turns[0].reply == '"I heard you late. I am sorry."'


def test_endings_offer_nothing_more_to_say() -> None:
    assert all(not scene.choices for scene in PART.scenes if scene.kind is SceneKind.END)
