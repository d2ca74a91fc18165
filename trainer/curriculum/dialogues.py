"""Scenes of a dialogue: from lines to plain data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.curriculum.editions import wording_of
from trainer.curriculum.items import Item, Mention, Reading, note_misconception, read_items, split_quotation
from trainer.curriculum.paths import check_paths
from trainer.curriculum.render import inline, plain
from trainer.curriculum.rules import Choice, Scene, SceneKind
from trainer.curriculum.scan import Line, Section

_CHOICE = re.compile(r"- \[(.+)\]\((#?[a-z0-9-]+)\)")
_CHOICE_START = re.compile(r"- \[.*")
_END_COMMENT = re.compile(r" *<!--[^<>]*--> *$")
_UNDER_CHOICE = "under a choice stands its feedback, `  > text`, and nothing else."
_TOO_CLOSE = "indent what belongs to a choice by two spaces, or leave a blank line after the choices."
_TWO_QUOTATIONS = "what the other person says is one quotation; join its paragraphs by a line with `>` alone."
_NOT_A_CHOICE = "a choice is `- [text](#scene)` with nothing beside it but a comment; this would be read as text."


@dataclass(frozen=True, slots=True)
class ReadChoice:
    """A choice, its line, and whether feedback of its own stands under it."""

    choice: Choice
    line: int
    has_feedback: bool


@dataclass(frozen=True, slots=True)
class ReadScene:
    """A scene with what the checks of the whole dialogue need; a broken one makes paths through it meaningless."""

    scene: Scene
    choices: tuple[ReadChoice, ...]
    has_note: bool
    broken: bool


def read_scenes(part: Section, sections: Sequence[Section], reading: Reading) -> tuple[Scene, ...]:
    """Read the scenes of one dialogue and check the paths through it."""
    ids = frozenset(section.id for section in sections)
    read = [_scene(section, ids, reading) for section in sections]
    scenes = tuple(one.scene for one in read)
    _check_feedback(read, reading)
    if scenes and not any(one.broken for one in read):
        check_paths(part.line, scenes, reading.faults)
    _note_models(read, reading)
    return scenes


def _scene(section: Section, ids: frozenset[str], reading: Reading) -> ReadScene:
    speech, rest = split_quotation(section.lines)
    note, groups = _split_choices(rest, ids, reading)
    strays = _strays(rest, note, ids, reading)
    items = [item for group in groups for item in read_items(group, _CHOICE_START, _UNDER_CHOICE, reading.faults).found]
    choices = [_choice(item, ids, reading) for item in items]
    kind = _kind_of(section, reading)
    scene = Scene(
        id=section.id,
        title=section.title,
        kind=kind or SceneKind.TURN,
        speech_html=reading.prose(speech),
        note_html=reading.prose([line for line in note if line not in strays]),
        choices=tuple(one.choice for one in choices if one),
        wording=wording_of(section.source),
        source=section.source,
        line=section.line,
    )
    has_speech, has_note = (any(not line.blank for line in lines) for lines in (speech, note))
    _check_scene(scene, has_speech, has_note, reading)
    broken = kind is None or None in choices or bool(strays)
    return ReadScene(scene, tuple(one for one in choices if one), has_note, broken)


def _strays(rest: Sequence[Line], note: Sequence[Line], ids: frozenset[str], reading: Reading) -> set[Line]:
    """Note what is taken for prose and was hardly meant as such; return the lines that link to a scene all the same."""
    first = next((line for line in rest if not line.blank), None)
    if first is not None and first.text.startswith(">"):
        reading.faults.add(first.number, _TWO_QUOTATIONS)
    strays = {line for line in note if not line.fenced and any(f"(#{name})" in line.text for name in ids)}
    for line in strays:
        reading.faults.add(line.number, _NOT_A_CHOICE)
    return strays


def _kind_of(section: Section, reading: Reading) -> SceneKind | None:
    """Return what the comment says; None for an unknown word."""
    if section.comment is None:
        return SceneKind.TURN
    if section.comment.words in (("back",), ("end",)):
        return SceneKind(section.comment.words[0])
    words = " ".join(section.comment.words)
    reading.faults.add(section.comment.line, f"a scene has no comment `{words}`; there are `back` and `end`.")
    return None


def _split_choices(lines: Sequence[Line], ids: frozenset[str], reading: Reading) -> tuple[list[Line], list[list[Line]]]:
    """Sort a scene's lines into its note and the lines of each choice, wherever the choices stand."""
    note: list[Line] = []
    groups: list[list[Line]] = []
    for group in _groups(lines):
        if _is_choice(group, ids, reading):
            groups.append(group)
            continue
        if groups and not group[0].blank and group[0].number == groups[-1][-1].number + 1 and not groups[-1][-1].blank:
            reading.faults.add(group[0].number, _TOO_CLOSE)
        note.extend(group)
    return note, groups


def _groups(lines: Sequence[Line]) -> list[list[Line]]:
    """Put every `- [` line together with the indented lines that follow; any other line stands alone."""
    groups: list[list[Line]] = []
    in_item = False
    for line in lines:
        if not line.fenced and _CHOICE_START.fullmatch(line.text):
            groups.append([line])
            in_item = True
        elif in_item and (line.blank or line.text.startswith("  ")) and not line.fenced:
            groups[-1].append(line)
        else:
            groups.append([line])
            in_item = False
    return groups


def _is_choice(group: Sequence[Line], ids: frozenset[str], reading: Reading) -> bool:
    """A list item that is one link to a scene, or to nothing (then it is a broken choice, not prose)."""
    if not _CHOICE_START.fullmatch(group[0].text):
        return False
    text = group[0].text
    for line in group[1:]:
        if line.blank or line.text.lstrip().startswith(">"):
            break
        text = f"{text.rstrip()} {line.text.strip()}"
    mark = _CHOICE.fullmatch(_END_COMMENT.sub("", text).rstrip())
    target = mark[2].removeprefix("#") if mark else ""
    return mark is not None and (target in ids or target not in reading.anchors)


def _choice(item: Item, ids: frozenset[str], reading: Reading) -> ReadChoice | None:
    mark = _CHOICE.fullmatch(item.text)
    misconception = note_misconception(item, reading)
    feedback = reading.prose(item.under)
    target = mark[2] if mark else "?"
    if mark is None or not target.startswith("#") or target[1:] not in ids:
        reading.faults.add(item.line, f"this choice leads to `{target}`, which is no `#scene` of this dialogue.")
        return None
    choice = Choice(plain(inline(mark[1], reading.addresses)), target[1:], misconception, feedback)
    return ReadChoice(choice, item.line, any(not line.blank for line in item.under))


def _check_scene(scene: Scene, has_speech: bool, has_note: bool, reading: Reading) -> None:
    add = reading.faults.add
    if scene.kind is SceneKind.TURN and not has_speech:
        add(scene.line, "this scene has no words of the other person; begin it with a quotation, `> text`.")
    if scene.kind is not SceneKind.TURN and scene.choices:
        add(scene.line, f"this scene has the comment `{scene.kind}`, so it has no choices; delete one or the other.")
    elif scene.kind is not SceneKind.TURN and not has_note:
        add(scene.line, f"this `{scene.kind}` scene has no feedback; say below the quotation what happened and why.")
    texts = [choice.text for choice in scene.choices]
    if len(set(texts)) < len(texts):
        add(scene.line, "the same choice stands twice in this scene.")


def _check_feedback(read: Sequence[ReadScene], reading: Reading) -> None:
    """Every choice has feedback: its own, or the note of its target if no other choice leads there."""
    with_note = {one.scene.id for one in read if one.has_note or one.scene.kind is not SceneKind.TURN}
    choices = [choice for one in read for choice in one.choices]
    targets = [one.choice.target for one in choices]
    for one in choices:
        target = one.choice.target
        if one.has_feedback:
            continue
        if targets.count(target) > 1:
            message = f"several choices lead to `#{target}`, so each needs feedback of its own: `  > text`."
            reading.faults.add(one.line, message)
        elif target not in with_note:
            message = f"this choice has no feedback: write a note in the scene `#{target}` or `  > text` here."
            reading.faults.add(one.line, message)


def _note_models(read: Sequence[ReadScene], reading: Reading) -> None:
    """A choice that reveals nothing and is not taken back is a model of what to say."""
    kinds = {one.scene.id: one.scene.kind for one in read}
    for one in [choice for scene in read for choice in scene.choices]:
        if one.choice.misconception is None and kinds[one.choice.target] is not SceneKind.BACK:
            reading.models.append(Mention(one.line, one.choice.text))
