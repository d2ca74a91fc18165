"""Translations keep step with their module: same ids, same order, same right options, misconceptions and targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trainer.curriculum.faults import Fault, Faults
from trainer.curriculum.modules import Draft
from trainer.curriculum.rules import Module


def check_translations(drafts: Sequence[Draft], found: list[Fault]) -> None:
    """Add a fault for each translation that has no module or is out of step with it."""
    originals = {draft.module.slug: draft for draft in drafts if draft.original}
    for draft in drafts:
        if not draft.original:
            _check_against(originals, draft, Faults(draft.file, found))


def _check_against(originals: Mapping[str, Draft], draft: Draft, faults: Faults) -> None:
    original = originals.get(draft.module.slug)
    if original is None:
        faults.add(1, f"this translates modules/{draft.module.slug}.md, which is not there or cannot be read.")
    elif _same_ids(draft, original, faults):
        _check_skeleton(draft, original, faults)


def _same_ids(draft: Draft, original: Draft, faults: Faults) -> bool:
    """Compare the headings in order; note the first that differs."""
    for mine, theirs in zip(draft.anchors, original.anchors, strict=False):
        if (mine.kind, mine.id) != (theirs.kind, theirs.id):
            faults.add(
                mine.line,
                f"out of step: here stands the {mine.kind} `{mine.id}`, in {original.file} the "
                f"{theirs.kind} `{theirs.id}`; a heading is an id and is not translated.",
            )
            return False
    here, there = len(draft.anchors), len(original.anchors)
    if here != there:
        last = draft.anchors[-1].line if draft.anchors else 1
        faults.add(last, f"out of step: {here} headings here, {there} in {original.file}.")
    return here == there


def _check_skeleton(draft: Draft, original: Draft, faults: Faults) -> None:
    theirs = _skeleton(original.module)
    for name, (line, shape) in _skeleton(draft.module).items():
        if name in theirs and theirs[name][1] != shape:
            faults.add(
                line,
                f"out of step with {original.file}: what is `safety`, private, right, revealed and linked "
                "is the same in every language.",
            )


def _skeleton(module: Module) -> dict[str, tuple[int, object]]:
    """Return what a translation leaves as it is, with its line: of the module and of each question, prompt, scene."""
    found: dict[str, tuple[int, object]] = {"": (1, (module.safety, len(module.outcomes)))}
    for part in module.parts:
        for question in part.questions:
            options = [(option.right, option.misconception) for option in question.options]
            found[question.id] = (question.line, (question.kind, question.safety, options))
        for prompt in part.prompts:
            found[prompt.id] = (prompt.line, prompt.privacy)
        for scene in part.scenes:
            choices = [(choice.target, choice.misconception) for choice in scene.choices]
            found[scene.id] = (scene.line, (scene.kind, choices))
    return found
