"""What the guide for authors shows is a module without a fault, and what it lists is what there is."""

from __future__ import annotations

import re

from trainer.config import ROOT
from trainer.curriculum.contacts import Need
from trainer.curriculum.faults import Faults
from trainer.curriculum.front import MODULE
from trainer.curriculum.handbook import Audience, GuideKind
from trainer.curriculum.modules import Place, read_module
from trainer.curriculum.rules import PartKind, Privacy, QuestionKind, SceneKind

GUIDE = (ROOT / "docs" / "course-format.md").read_text()


def _example() -> str:
    mark = re.search(r"^```markdown\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    assert mark
    return mark[1]


def test_the_example_of_the_guide_is_a_whole_module_without_a_fault() -> None:
    faults = Faults("modules/confidentiality.md")
    draft = read_module(_example(), Place("confidentiality", "en", (("confidentiality", 2),)), {}, faults)
    assert faults.found == []
    assert draft is not None
    assert [part.kind for part in draft.module.parts] == ["try", "reading", "quiz", "reflect", "dialogue"]
    assert [question.kind for question in draft.module.questions] == ["single", "order"]
    assert [mention.text for mention in draft.misconceptions] == ["false-promise", "report-everything", "false-promise"]


def test_the_example_keeps_options_feedback_and_scenes_apart() -> None:
    draft = read_module(_example(), Place("confidentiality", "en", ()), {}, Faults(""))
    assert draft is not None
    question = draft.module.question("swear-it")
    assert question is not None
    assert [option.right for option in question.options] == [False, True, False]
    assert [option.misconception for option in question.options] == ["false-promise", None, "report-everything"]
    assert question.options[1].feedback_html == (
        "<p>Sam knows where they stand before deciding what to say, and goes on.</p>"
    )
    dialogue = draft.module.part("sam-at-the-door")
    assert dialogue is not None
    first, weak, good = dialogue.scenes
    assert [choice.target for choice in first.choices] == [weak.id, good.id]
    assert weak.speech_html == "<p>OK. I've been thinking everyone would be better off without me.</p>"
    assert weak.note_html == "<p>You promised, and now you need help. A better line names the limit first.</p>"


def test_the_guide_names_every_comment_key_and_need() -> None:
    kinds = [*PartKind, *QuestionKind, *Privacy, SceneKind.BACK, SceneKind.END, "safety", *GuideKind, *Audience]
    words = [kind for kind in kinds if kind not in (PartKind.READING, GuideKind.EXERCISE)]
    for word in words + list(MODULE.required + MODULE.optional) + list(Need):
        assert f"`{word}`" in GUIDE
