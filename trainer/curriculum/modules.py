"""One module: from the text of its file to plain data, with every fault that the file alone shows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trainer.curriculum.addresses import Addresses, Homes
from trainer.curriculum.editions import module_edition
from trainer.curriculum.faults import Faults
from trainer.curriculum.front import Front, read_front
from trainer.curriculum.items import Mention, Reading
from trainer.curriculum.parts import READING, Anchor, ReadPart, read_part
from trainer.curriculum.prose import Link
from trainer.curriculum.rules import Module, Part
from trainer.curriculum.scan import Section, scan, slug_of

WORDS_A_MINUTE = 200
_HEADING = re.compile(r"^(#{2,6}) (\S.*?) *$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Draft:
    """A module as read, with what the checks across files look at.

    `models` are the texts that the module recommends saying, `quoted` the quotations of its reading, `texts` all its
    sections with their lines.
    """

    file: str
    module: Module
    front_lines: Mapping[str, int]
    anchors: tuple[Anchor, ...]
    links: tuple[Link, ...]
    misconceptions: tuple[Mention, ...]
    models: tuple[Mention, ...]
    quoted: tuple[Mention, ...]
    texts: tuple[Mention, ...]

    @property
    def original(self) -> bool:
        """Whether this is the module itself and not a translation of it."""
        return self.file == f"modules/{self.module.slug}.md"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a module's file stands: its slug and language, the numbers of all modules, and where their ids are."""

    slug: str
    language: str
    numbers: tuple[tuple[str, int], ...]
    homes: Homes = ()

    @property
    def number(self) -> int:
        """The permanent number of the module, 0 while ids.lock has none."""
        return dict(self.numbers).get(self.slug, 0)


def read_module(text: str, place: Place, figures: Mapping[str, bytes], faults: Faults) -> Draft | None:
    """Read a module's text; None when its front matter cannot be read. Faults of the file are noted in `faults`.

    `figures` holds the content of its pictures by name; they count towards its edition.
    """
    scanned = scan(text, faults)
    front = read_front(scanned.front, faults) if scanned.front is not None else None
    reading, read = read_body(scanned.sections, place, faults)
    if front is None:
        return None
    if not read:
        faults.add(1, "this module has no part; a part begins with a level-2 heading, `## Title`.")
    parts = tuple(one.part for one in read if one.part)
    _check_minutes(front, parts, faults)
    return Draft(
        file=faults.file,
        module=_module(front, place, parts, text, figures),
        front_lines=front.lines,
        anchors=tuple(anchor for one in read for anchor in one.anchors),
        links=tuple(reading.links),
        misconceptions=tuple(reading.misconceptions),
        models=tuple(reading.models),
        quoted=tuple(mention for one in read for mention in one.quoted),
        texts=tuple(Mention(section.line, section.source) for section in scanned.sections),
    )


def read_body(sections: Sequence[Section], place: Place, faults: Faults) -> tuple[Reading, list[ReadPart]]:
    """Read what follows the front matter; the reading holds the links, misconceptions and models that it met."""
    groups = groups_of(sections)
    own = tuple((section.id, group[0].id) for group in groups for section in group)
    homes = (*((slug, ids) for slug, ids in place.homes if slug != place.slug), (place.slug, own))
    addresses = Addresses(place.number, place.numbers, place.slug, "", homes)
    reading = Reading(faults, addresses, frozenset(section.id for section in sections))
    check_headings(sections, faults)
    return reading, [read_part(group, reading) for group in groups]


def homes_of(text: str) -> tuple[tuple[str, str], ...]:
    """Return the ids of a module's text, each with the id of the part it stands in."""
    found, part = [], ""
    for mark in _HEADING.finditer(text):
        slug = slug_of(mark[2])
        part = slug if mark[1] == "##" else part
        found.append((slug, part))
    return tuple(found)


def _module(front: Front, place: Place, parts: tuple[Part, ...], text: str, figures: Mapping[str, bytes]) -> Module:
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
        edition=module_edition(text, figures.items()),
        figures=tuple(sorted(figures)),
    )


def check_headings(sections: Sequence[Section], faults: Faults) -> None:
    """Note level-1 headings, skipped levels and ids that stand twice."""
    level, seen = 1, set[str]()
    for section in sections:
        if section.level == 1:
            faults.add(section.line, "a level-1 heading is the page's own; the title stands in the front matter.")
        elif section.level > level + 1:
            faults.add(
                section.line, f"this level-{section.level} heading skips a level; write a level-{level + 1} one."
            )
        level = max(section.level, 2)
        if section.id in seen:
            faults.add(section.line, f"an earlier heading has the id `{section.id}`; give this one another title.")
        seen.add(section.id)


def groups_of(sections: Sequence[Section]) -> list[list[Section]]:
    """Put every level-2 section together with the deeper ones that follow it."""
    groups: list[list[Section]] = []
    for section in sections:
        if section.level <= 2 or not groups:
            groups.append([section])
        else:
            groups[-1].append(section)
    return groups


def _check_minutes(front: Front, parts: Sequence[Part], faults: Faults) -> None:
    words = sum(part.words for part in parts if part.kind in READING)
    if front.reading_minutes and words > front.reading_minutes * WORDS_A_MINUTE:
        needed = -(-words // WORDS_A_MINUTE)
        message = (
            f"{words} words take {needed} minutes at {WORDS_A_MINUTE} words a minute, not {front.reading_minutes}."
        )
        faults.add(front.lines["reading"], message)
