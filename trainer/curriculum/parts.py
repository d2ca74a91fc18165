"""A part of a module: a level-2 heading, what its comment says it is, and everything under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trainer.curriculum.dialogues import read_scenes
from trainer.curriculum.editions import wording_of
from trainer.curriculum.faults import Faults
from trainer.curriculum.items import Mention, Reading
from trainer.curriculum.questions import read_prompt, read_question
from trainer.curriculum.render import words_in
from trainer.curriculum.rules import Part, PartKind
from trainer.curriculum.scan import Line, Section

UNKNOWN = "unknown"
READING = (PartKind.READING, PartKind.TRY)
_INSIDE = {PartKind.QUIZ: "question", PartKind.REFLECT: "prompt", PartKind.DIALOGUE: "scene"}
_KINDS = ", ".join(f"`{kind}`" for kind in PartKind if kind is not PartKind.READING)


@dataclass(frozen=True, slots=True)
class Anchor:
    """An id of a module: what it names (part, question, prompt, scene, heading, unknown) and where it stands."""

    kind: str
    id: str
    line: int


@dataclass(frozen=True, slots=True)
class ReadPart:
    """A part with its ids and the quotations of its reading. `part` is None if its comment says nothing known."""

    part: Part | None
    anchors: tuple[Anchor, ...]
    quoted: tuple[Mention, ...]


def read_part(group: Sequence[Section], reading: Reading) -> ReadPart:
    """Read a part from its section and the deeper ones that follow it; what is wrong is noted in `reading`."""
    head, *inner = group
    kind = _kind_of(head, reading.faults)
    inside = _INSIDE.get(kind, "heading") if kind else UNKNOWN
    anchors = [Anchor("part", head.id, head.line), *(Anchor(inside, one.id, one.line) for one in inner)]
    if kind is None:
        return ReadPart(None, tuple(anchors), ())
    reading.addresses = replace(reading.addresses, part=head.id)
    _check_shape(kind, head, inner, reading.faults)
    lines = _reading_lines(head, inner, reading.faults) if kind in READING else head.lines
    part = _part(kind, group, reading.prose(lines), reading)
    return ReadPart(part, tuple(anchors), tuple(quotations_of(lines) if kind in READING else ()))


def _kind_of(section: Section, faults: Faults) -> PartKind | None:
    """Return what the comment says; None for an unknown word, for then everything inside would be a fault."""
    if section.comment is None:
        return PartKind.READING
    words = " ".join(section.comment.words)
    if words not in list(PartKind) or words == PartKind.READING:
        faults.add(section.comment.line, f"a part has no comment `{words}`; there are {_KINDS}.")
        return None
    return PartKind(words)


def _check_shape(kind: PartKind, head: Section, inner: Sequence[Section], faults: Faults) -> None:
    if kind in READING and not inner and all(line.blank for line in head.lines):
        faults.add(head.line, "this part is empty.")
    if kind is PartKind.TRY and inner:
        faults.add(inner[0].line, "a `try` part is one text to answer; it has no headings of its own.")
    if kind in _INSIDE and not inner:
        faults.add(head.line, f"this `{kind}` part has no {_INSIDE[kind]}; each begins with a level-3 heading.")
    for section in inner if kind in _INSIDE else ():
        if section.level != 3:
            faults.add(section.line, f"a {_INSIDE[kind]} begins with a level-3 heading and has none inside it.")


def _reading_lines(head: Section, inner: Sequence[Section], faults: Faults) -> list[Line]:
    """Return the prose of a part with the headings inside it, each between blank lines."""
    lines = list(head.lines)
    for section in inner:
        if section.comment is not None:
            words = " ".join(section.comment.words)
            faults.add(section.comment.line, f"a heading inside reading has no comment, and this one says `{words}`.")
        blank, heading = Line(section.line, ""), Line(section.line, f"{'#' * section.level} {section.title}")
        lines += [blank, heading, blank, *section.lines]
    return lines


def _part(kind: PartKind, group: Sequence[Section], html: str, reading: Reading) -> Part:
    head, *inner = group
    source = "\n\n".join(section.source for section in group)
    return Part(
        id=head.id,
        title=head.title,
        kind=kind,
        html=html,
        words=words_in(source.split("\n")[1:]),
        questions=tuple(q for s in inner if (q := read_question(s, reading))) if kind is PartKind.QUIZ else (),
        prompts=tuple(p for s in inner if (p := read_prompt(s, reading))) if kind is PartKind.REFLECT else (),
        scenes=read_scenes(head, inner, reading) if kind is PartKind.DIALOGUE else (),
        wording=wording_of(source),
        source=source,
        line=head.line,
    )


def quotations_of(lines: Sequence[Line]) -> list[Mention]:
    """Return the quotations of prose, each as one text."""
    found: list[Mention] = []
    inside = False
    for line in lines:
        quoted = line.text.startswith(">") and not line.fenced
        text = line.text.lstrip("> ")
        if quoted and inside:
            found[-1] = Mention(found[-1].line, f"{found[-1].text} {text}")
        elif quoted:
            found.append(Mention(line.number, text))
        inside = quoted
    return found
