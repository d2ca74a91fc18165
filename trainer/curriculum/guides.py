"""Session guides and pages: from the text of a file to plain data, with every fault that the file alone shows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trainer.curriculum.addresses import Addresses
from trainer.curriculum.faults import Faults
from trainer.curriculum.front import Keys, reader_of
from trainer.curriculum.handbook import Audience, Card, Guide, GuideKind, GuidePart, Look, Page, PagePart
from trainer.curriculum.items import Mention, read_items
from trainer.curriculum.modules import check_headings, groups_of
from trainer.curriculum.parts import quotations_of
from trainer.curriculum.prose import Link, check_prose, links_of
from trainer.curriculum.render import words_in
from trainer.curriculum.scan import Line, Section, scan

CARD_WORDS = 110
_GUIDE_KEYS = Keys(("title",), ("sources",))
_PAGE_KEYS = Keys(("title", "for"), ("sources",))
_MINUTES = re.compile(r"\*([1-9]\d{0,2}) minutes?\*")
_RECIPIENT = re.compile(r"\*(For \S.*)\*")
_LOOK = re.compile(r"- \S.*")
_BEFORE = (GuideKind.AIMS, GuideKind.BEFORE, GuideKind.BRINGS)
_AFTER = (GuideKind.LOOK_FOR, GuideKind.GOES_WRONG, GuideKind.ONLINE, GuideKind.ACCESS, GuideKind.CARDS)
NEEDED = (*_BEFORE, *_AFTER[:-1])
_KINDS = ", ".join(f"`{kind}`" for kind in (*_BEFORE, *_AFTER))


@dataclass(frozen=True, slots=True)
class HandbookDraft:
    """A guide or a page as read, with what the checks across files look at. `texts` are its pieces with their lines."""

    file: str
    content: Guide | Page
    ids: frozenset[str]
    links: tuple[Link, ...]
    texts: tuple[Mention, ...]
    quoted: tuple[Mention, ...]
    lines: Mapping[str, int]


def read_guide(slug: str, text: str, addresses: Addresses, faults: Faults) -> HandbookDraft | None:
    """Read a guide's text; None when its front matter cannot be read. What is wrong is noted in `faults`."""
    scanned = scan(text, faults)
    front = reader_of(scanned.front, _GUIDE_KEYS, faults) if scanned.front is not None else None
    check_headings(scanned.sections, faults)
    parts = tuple(part for group in groups_of(scanned.sections) if (part := _guide_part(group, faults)))
    if front is None:
        return None
    _check_order([part.kind for part in parts], [part.line for part in parts], faults)
    guide = Guide(slug, front.text("title"), front.texts("sources"), parts, addresses)
    return _draft(guide, scanned.sections, front.lines, faults)


def read_page(slug: str, text: str, addresses: Addresses, faults: Faults) -> HandbookDraft | None:
    """Read a page's text; None when its front matter cannot be read. What is wrong is noted in `faults`."""
    scanned = scan(text, faults)
    front = reader_of(scanned.front, _PAGE_KEYS, faults) if scanned.front is not None else None
    check_headings(scanned.sections, faults)
    parts = tuple(_page_part(group, faults) for group in groups_of(scanned.sections))
    if front is None:
        return None
    said = front.text("for")
    if said and said not in list(Audience):
        faults.add(front.lines["for"], f"a page is for {', '.join(f'`{one}`' for one in Audience)}, not `{said}`.")
    audience = Audience(said) if said in list(Audience) else Audience.TRAINERS
    page = Page(slug, front.text("title"), audience, front.texts("sources"), parts, addresses)
    return _draft(page, scanned.sections, front.lines, faults)


def _draft(
    content: Guide | Page, sections: Sequence[Section], lines: Mapping[str, int], faults: Faults
) -> HandbookDraft:
    body = [line for section in sections for line in section.lines]
    texts = tuple(Mention(section.line, section.source) for section in sections)
    quoted = tuple(one for section in sections for one in quotations_of(section.lines))
    ids = frozenset(section.id for section in sections)
    return HandbookDraft(faults.file, content, ids, links_of(body), texts, quoted, lines)


def _guide_part(group: Sequence[Section], faults: Faults) -> GuidePart | None:
    head, *inner = group
    kind = _kind_of(head, faults)
    if kind is None:
        return None
    minutes, lines = _minutes_of(head, faults) if kind is GuideKind.EXERCISE else (0, head.lines)
    looks = _looks(lines, faults) if kind is GuideKind.LOOK_FOR else ()
    cards = tuple(_card(section, faults) for section in inner) if kind is GuideKind.CARDS else ()
    if kind is not GuideKind.CARDS and inner:
        faults.add(inner[0].line, "only cards have headings of their own here; begin a paragraph with **bold** words.")
    if not any((looks, cards, any(not line.blank for line in lines))):
        faults.add(head.line, "this part is empty.")
    text = "" if looks else _prose(lines, faults)
    return GuidePart(head.id, head.title, kind, minutes, text, cards, looks, head.line)


def _kind_of(head: Section, faults: Faults) -> GuideKind | None:
    if head.comment is None:
        return GuideKind.EXERCISE
    words = " ".join(head.comment.words)
    if words not in list(GuideKind) or words == GuideKind.EXERCISE:
        faults.add(head.comment.line, f"a part of a guide has no comment `{words}`; there are {_KINDS}.")
        return None
    return GuideKind(words)


def _minutes_of(head: Section, faults: Faults) -> tuple[int, Sequence[Line]]:
    """Return the minutes on the first line of an exercise, and the lines after it."""
    first = next((index for index, line in enumerate(head.lines) if not line.blank), None)
    mark = _MINUTES.fullmatch(head.lines[first].text.strip()) if first is not None else None
    if first is None or mark is None:
        faults.add(head.line, "the first line of an exercise says how long it takes: `*15 minutes*`.")
        return 0, head.lines
    return int(mark[1]), head.lines[first + 1 :]


def _looks(lines: Sequence[Line], faults: Faults) -> tuple[Look, ...]:
    expected = "what to look for is a list; each item ends with the id of its behaviour, `- text <!-- id -->`."
    looks = []
    for item in read_items([line for line in lines if not line.blank], _LOOK, expected, faults).found:
        if item.comment is None:
            faults.add(item.line, expected)
        else:
            looks.append(Look(item.comment, item.text.removeprefix("- "), item.line))
    return tuple(looks)


def _card(section: Section, faults: Faults) -> Card:
    lines = [line for line in section.lines if not line.blank]
    mark = _RECIPIENT.fullmatch(lines[0].text.strip()) if lines else None
    if mark is None:
        faults.add(section.line, "the first line of a card says who gets it: `*For the speaker*`.")
        return Card(section.id, section.title, "", "")
    rest = section.lines[section.lines.index(lines[0]) + 1 :]
    words = words_in(line.text for line in rest)
    if not 0 < words <= CARD_WORDS:
        faults.add(section.line, f"this card has {words} words; a card has 1 to {CARD_WORDS}.")
    if section.comment is not None:
        faults.add(section.comment.line, "a card has no comment.")
    return Card(section.id, section.title, mark[1], _prose(rest, faults))


def _page_part(group: Sequence[Section], faults: Faults) -> PagePart:
    head, *inner = group
    lines = list(head.lines)
    for section in inner:
        blank = Line(section.line, "")
        lines += [blank, Line(section.line, f"{'#' * section.level} {section.title}"), blank, *section.lines]
    for comment in (section.comment for section in group):
        if comment is not None:
            faults.add(comment.line, "a page has no comments.")
    return PagePart(head.id, head.title, _prose(lines, faults))


def _prose(lines: Sequence[Line], faults: Faults) -> str:
    check_prose(lines, faults)
    return "\n".join("" if line.blank else line.text for line in lines).strip("\n")


def _check_order(kinds: Sequence[GuideKind], lines: Sequence[int], faults: Faults) -> None:
    """A guide has each part once, in the order in which a trainer needs it; cards are for who uses them."""
    for kind in NEEDED:
        if kind not in kinds:
            faults.add(1, f"this guide has no part with the comment `{kind}`.")
    order = (*_BEFORE, GuideKind.EXERCISE, *_AFTER)
    before = -1
    for kind, line in zip(kinds, lines, strict=True):
        place = order.index(kind)
        if place < before:
            faults.add(line, f"this part stands too late; the order is {_KINDS}, the agenda after `brings`.")
        elif place == before and kind is not GuideKind.EXERCISE:
            faults.add(line, f"an earlier part is `{kind}` too.")
        before = max(before, place)
