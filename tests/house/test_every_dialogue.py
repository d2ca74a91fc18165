"""Every dialogue of the course is walked, as a reader would, to each of its endings and through each of its replies."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from tests.cast import Cast
from tests.reader import Page, Reader
from trainer.curriculum.render import plain
from trainer.curriculum.rules import Catalogue, Module, Part, PartKind, SceneKind
from trainer.people.models import Person

MOST_TURNS = 12  # more than any good way has, so that a walk that never ends fails


def _replies(page: Page) -> dict[str, str]:
    """What one may say, each with the address it leads to; what was tried already is left out."""
    links = [link for link in page.all("a") if "path=" in str(link.get("href"))]
    said = {" ".join("".join(link.itertext()).split()): str(link.get("href")) for link in links}
    return {words: address for words, address in said.items() if "(tried)" not in words}


def _walk_everywhere(reader: Reader, module: Module, part: Part) -> tuple[set[str], set[str]]:
    """Follow every reply of every scene once; return the scenes that were reached and those of them that end."""
    scenes = {scene.id: scene for scene in part.scenes}
    start = part.scenes[0]
    waiting, reached, ended = deque([(start.id, f"/m/{module.number}/{part.id}", 0)]), {start.id}, set[str]()
    while waiting:
        scene_id, address, turns = waiting.popleft()
        scene, page = scenes[scene_id], reader.get(address)
        assert turns < MOST_TURNS, f"{part.title}: the way to {scene.title} is too long"
        if scene.kind is SceneKind.END:
            assert "where this conversation ends" in page.text
            ended.add(scene_id)
            continue
        replies = _replies(page)
        for choice in scene.choices:
            words = " ".join(plain(choice.text).split())
            target = next(where for said, where in replies.items() if words in said)
            there = reader.get(target).text
            told = scenes[choice.target]
            assert plain(told.note_html) in there or plain(choice.feedback_html) in there
            if choice.target not in reached:
                reached.add(choice.target)
                if told.kind is not SceneKind.BACK:
                    waiting.append((choice.target, target, turns + 1))
    return reached, ended


def _dialogues(catalogue: Catalogue) -> list[tuple[Module, Part]]:
    parts = ((module, part) for module in catalogue.modules.values() for part in module.parts)
    return [(module, part) for module, part in parts if part.kind is PartKind.DIALOGUE]


def test_eleven_topics_at_least_have_a_dialogue(catalogue: Catalogue) -> None:
    assert len({module.slug for module, _ in _dialogues(catalogue)}) >= 11


def test_every_scene_is_reached_and_every_ending_ends(
    as_person: Callable[[Person], Reader], cast: Cast, catalogue: Catalogue
) -> None:
    ruth = as_person(cast.ruth)
    for module, part in _dialogues(catalogue):
        reached, ended = _walk_everywhere(ruth, module, part)
        assert reached == {scene.id for scene in part.scenes}, part.title
        assert ended == {scene.id for scene in part.scenes if scene.kind is SceneKind.END}, part.title
