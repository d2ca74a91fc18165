"""One module: from the text of its file to plain data, with every fault that the file alone shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trainer.curriculum.dialogues import read_scenes
from trainer.curriculum.editions import module_edition, wording_of
from trainer.curriculum.faults import Faults
from trainer.curriculum.front import Front, read_front
from trainer.curriculum.items import Mention, Reading
from trainer.curriculum.prose import Link
from trainer.curriculum.questions import read_prompt, read_question
from trainer.curriculum.render import Addresses, words_in
from trainer.curriculum.rules import Module, Part, PartKind
from trainer.curriculum.scan import Line, Section, scan

WORDS_A_MINUTE = 200
_KINDS = ", ".join(f"`{kind}`" for kind in PartKind if kind is not PartKind.READING)
_READING = (PartKind.READING, PartKind.TRY)
_INSIDE = {PartKind.QUIZ: "question", PartKind.REFLECT: "prompt", PartKind.DIALOGUE: "scene"}


@dataclass(frozen=True, slots=True)
class Anchor:
    """An id of a module: what it names (part, question, prompt, scene, heading) and where."""

    kind: str
    id: str
    line: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A module as read, with what the checks across files look at."""

    file: str
    text: str
    module: Module
    front_lines: Mapping[str, int]
    anchors: tuple[Anchor, ...]
    links: tuple[Link, ...]
    misconceptions: tuple[Mention, ...]
    models: tuple[Mention, ...]
    quoted: tuple[Mention, ...]

    @property
    def original(self) -> bool:
        """Whether this is the module itself and not a translation of it."""
        return self.file == f"modules/{self.module.slug}.md"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a module's file stands: its name parts, its permanent number and everyone else's."""

    slug: str
    language: str
    numbers: tuple[tuple[str, int], ...]

    @property
    def number(self) -> int:
        """Return the permanent number of the module, 0 while ids.lock has none."""
        return dict(self.numbers).get(self.slug, 0)


def read_module(text: str, place: Place, figures: Mapping[str, bytes], faults: Faults) -> Draft | None:
    """Read a module's text; None when its front matter cannot be read. Faults of the file are noted in `faults`."""
    scanned = scan(text, faults)
    front = read_front(scanned.front, faults) if scanned.front else None
    anchors = frozenset(section.id for section in scanned.sections)
    reading = Reading(faults, Addresses(place.number, place.numbers), anchors)
    _check_headings(scanned.sections, faults)
    groups = _group(scanned.sections)
    parts = tuple(_part(group, reading) for group in groups)
    if not scanned.front or front is None:
        return None
    if not parts:
        faults.add(1, "this module has no part; a part begins with a level-2 heading, `## Title`.")
    _check_minutes(front, parts, faults)
    module = _module(front, place, parts, module_edition(text, figures.items()))
    return Draft(
        file=faults.file,
        text=text,
        module=module,
        front_lines=front.lines,
        anchors=tuple(_anchors(groups, parts)),
        links=tuple(reading.links),
        misconceptions=tuple(reading.misconceptions),
        models=tuple(reading.models),
        quoted=tuple(_quotations(groups, parts)),
    )


def _module(front: Front, place: Place, parts: tuple[Part, ...], edition: str) -> Module:
    return Module(
        number=place.number,
        slug=place.slug,
        language=place.language,
        title=front.title,
        reading_minutes=front.reading_minutes,
        practice_minutes=front.practice_minutes,
        outcomes=front.outcomes,
        safety=front.safety,
        content_note=front.content_note,
        sources=front.sources,
        parts=parts,
        edition=edition,
    )


def _check_headings(sections: Sequence[Section], faults: Faults) -> None:
    level, seen = 1, dict[str, int]()
    for section in sections:
        if section.level == 1:
            faults.add(section.line, "a level-1 heading is the page's own; the title stands in the front matter.")
        elif section.level > level + 1:
            faults.add(
                section.line, f"this level-{section.level} heading skips a level; write a level-{level + 1} one."
            )
        level = max(section.level, 1)
        if section.id in seen:
            faults.add(section.line, f"the id `{section.id}` is taken by the heading in line {seen[section.id]}.")
        seen.setdefault(section.id, section.line)


def _group(sections: Sequence[Section]) -> list[list[Section]]:
    """Put every level-2 section together with the deeper ones that follow it."""
    groups: list[list[Section]] = []
    for section in sections:
        if section.level <= 2 or not groups:
            groups.append([section])
        else:
            groups[-1].append(section)
    return groups


def _kind_of(section: Section, faults: Faults) -> PartKind:
    if section.comment is None:
        return PartKind.READING
    words = " ".join(section.comment.words)
    if words not in list(PartKind) or words == PartKind.READING:
        faults.add(section.comment.line, f"a part has no comment `{words}`; there are {_KINDS}, and none for reading.")
        return PartKind.READING
    return PartKind(words)


def _part(group: Sequence[Section], reading: Reading) -> Part:
    head, *inner = group
    kind = _kind_of(head, reading.faults)
    lines = _reading_lines(head, inner, reading.faults) if kind in _READING else head.lines
    inside = [] if kind in _READING else _inner(kind, head, inner, reading.faults)
    source = "\n\n".join(section.source for section in group)
    if kind in _READING and all(line.blank for line in lines):
        reading.faults.add(head.line, "this part is empty.")
    if kind is PartKind.TRY and inner:
        reading.faults.add(inner[0].line, "a `try` part is one text to answer; it has no headings of its own.")
    return Part(
        id=head.id,
        title=head.title,
        kind=kind,
        html=reading.prose(lines),
        words=words_in(source.split("\n")[1:]),
        questions=tuple(q for s in inside if (q := read_question(s, reading))) if kind is PartKind.QUIZ else (),
        prompts=tuple(p for s in inside if (p := read_prompt(s, reading))) if kind is PartKind.REFLECT else (),
        scenes=read_scenes(head, inside, reading) if kind is PartKind.DIALOGUE else (),
        wording=wording_of(source),
        source=source,
        line=head.line,
    )


def _reading_lines(head: Section, inner: Sequence[Section], faults: Faults) -> list[Line]:
    lines = list(head.lines)
    for section in inner:
        if section.comment is not None:
            words = " ".join(section.comment.words)
            faults.add(section.comment.line, f"a heading inside reading has no comment, and this one says `{words}`.")
        lines += [
            Line(section.line, ""),
            Line(section.line, f"{'#' * section.level} {section.title}"),
            Line(section.line, ""),
        ]
        lines += section.lines
    return lines


def _inner(kind: PartKind, head: Section, inner: Sequence[Section], faults: Faults) -> list[Section]:
    if not inner:
        faults.add(head.line, f"this `{kind}` part has no {_INSIDE[kind]}; each begins with a level-3 heading.")
    for section in inner:
        if section.level != 3:
            faults.add(section.line, f"a {_INSIDE[kind]} begins with a level-3 heading and has none inside it.")
    return list(inner)


def _check_minutes(front: Front, parts: Sequence[Part], faults: Faults) -> None:
    words = sum(part.words for part in parts if part.kind in _READING)
    if front.reading_minutes and words > front.reading_minutes * WORDS_A_MINUTE:
        needed = -(-words // WORDS_A_MINUTE)
        faults.add(
            front.lines["reading"],
            f"{words} words take {needed} minutes at {WORDS_A_MINUTE} words a minute, not {front.reading_minutes}.",
        )


def _anchors(groups: Sequence[Sequence[Section]], parts: Sequence[Part]) -> list[Anchor]:
    found = []
    for group, part in zip(groups, parts, strict=True):
        found.append(Anchor("part", part.id, part.line))
        inner = _INSIDE.get(part.kind, "heading")
        found += [Anchor(inner, section.id, section.line) for section in group[1:]]
    return found


def _quotations(groups: Sequence[Sequence[Section]], parts: Sequence[Part]) -> list[Mention]:
    """Return the quotations of reading, each as one text."""
    found: list[Mention] = []
    for group, part in zip(groups, parts, strict=True):
        lines = [line for section in group for line in section.lines if part.kind in _READING]
        for before, line in zip([None, *lines], lines, strict=False):
            if line.fenced or not line.text.startswith(">"):
                continue
            text = line.text.lstrip("> ")
            if before is not None and before.text.startswith(">") and found:
                found[-1] = Mention(found[-1].line, f"{found[-1].text} {text}")
            else:
                found.append(Mention(line.number, text))
    return found
