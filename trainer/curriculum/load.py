"""Reads the courses folder: every file once, into drafts, a catalogue and faults. Never raises on what is in a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from trainer.curriculum import contacts, lock
from trainer.curriculum.addresses import Addresses, Homes
from trainer.curriculum.crosscheck import Course, cross_check
from trainer.curriculum.crosshandbook import check_handbook
from trainer.curriculum.editions import programme_edition
from trainer.curriculum.faults import Fault, Faults
from trainer.curriculum.guides import HandbookDraft, read_guide, read_page
from trainer.curriculum.handbook import Guide, Page
from trainer.curriculum.modules import Draft, Place, homes_of, read_module
from trainer.curriculum.parts import UNKNOWN
from trainer.curriculum.programmes import ProgrammeDraft, read_programme
from trainer.curriculum.rules import Catalogue, Module, Programme
from trainer.curriculum.scan import decode, valid_id

DEFAULT_LANGUAGE = "en"
EXCEPTIONS = "exceptions.toml"
NO_PROGRAMMES = (contacts.FILE, EXCEPTIONS)
FIGURE_TYPES = (".svg", ".png", ".jpg", ".webp")
_MODULE_FILE = re.compile(r"([a-z0-9-]+)(?:\.([a-z]{2,3}))?\.md")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the folder gave. The catalogue is to be trusted only when there are no faults; drafts tell what is where."""

    catalogue: Catalogue
    faults: tuple[Fault, ...]
    locked: lock.Lock
    used: tuple[lock.Used, ...]
    drafts: tuple[Draft, ...] = ()
    programmes: tuple[ProgrammeDraft, ...] = ()
    handbook: tuple[HandbookDraft, ...] = ()


def load(folder: Path) -> Loaded:
    """Read every course in a folder. Whatever is wrong with it is in `faults`, sorted; nothing is raised."""
    found: list[Fault] = []
    if not folder.is_dir():
        fault = Fault(".", 1, f"there is no folder {folder.name}.")
        return Loaded(Catalogue({}, {}), (fault,), lock.Lock(()), ())
    locked = _read_lock(folder, found)
    figures = _read_figures(folder, found)
    unread: set[str] = set()
    drafts = tuple(_read_modules(folder, locked, figures, found, unread))
    programmes = tuple(_read_programmes(folder, found, unread))
    signposting = _read_signposting(folder, found, unread)
    ids = {draft.module.slug: frozenset(anchor.id for anchor in draft.anchors) for draft in drafts}
    handbook = tuple(_read_handbook(folder, locked, drafts, found))
    check_handbook(handbook, programmes, ids, signposting, frozenset(unread), found)
    names = {slug: frozenset(files) for slug, files in figures.items()}
    found += cross_check(Course(drafts, programmes, signposting, names, frozenset(unread)))
    used = tuple(_used_ids(drafts, programmes, signposting))
    found += lock.check_lock(locked, used, frozenset(unread))
    catalogue = _catalogue(drafts, programmes, handbook)
    return Loaded(catalogue, tuple(sorted(set(found))), locked, used, drafts, programmes, handbook)


def _text(path: Path, name: str, found: list[Fault]) -> str | None:
    faults = Faults(name, found)
    try:
        data = path.read_bytes()
    except OSError as error:
        faults.add(1, f"this file cannot be read ({error.strerror or 'unknown reason'}).")
        return None
    return decode(data, faults)


def _entries(folder: Path) -> list[Path]:
    """Return what lies in a folder by name, hidden files left out; nothing if it is no folder."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:
        return []


def _read_lock(folder: Path, found: list[Fault]) -> lock.Lock:
    text = _text(folder / lock.FILE, lock.FILE, found)
    return lock.read_lock(text, Faults(lock.FILE, found)) if text is not None else lock.Lock(())


def _read_figures(folder: Path, found: list[Fault]) -> dict[str, dict[str, bytes]]:
    """Return the pictures of each module by name."""
    figures: dict[str, dict[str, bytes]] = {}
    for path in _entries(folder / "modules"):
        if path.is_dir():
            figures[path.name] = dict(_pictures(path, found))
            if not (folder / "modules" / f"{path.name}.md").exists():
                found.append(Fault(f"modules/{path.name}", 1, "this folder belongs to no module; its name is a slug."))
    return figures


def _pictures(folder: Path, found: list[Fault]) -> Iterator[tuple[str, bytes]]:
    for path in _entries(folder):
        name = f"modules/{folder.name}/{path.name}"
        if path.suffix not in FIGURE_TYPES:
            found.append(Fault(name, 1, f"a picture of a module is one of {', '.join(FIGURE_TYPES)}."))
            continue
        try:
            yield path.name, path.read_bytes()
        except OSError as error:
            found.append(Fault(name, 1, f"this file cannot be read ({error.strerror or 'unknown reason'})."))


def _module_texts(folder: Path, found: list[Fault], unread: set[str]) -> Iterator[tuple[re.Match[str], str]]:
    """Yield the name of each module's file (slug and language matched) and its text."""
    for path in _entries(folder / "modules"):
        name = f"modules/{path.name}"
        mark = _MODULE_FILE.fullmatch(path.name)
        if mark is None or not valid_id(mark[1]) or mark[2] == DEFAULT_LANGUAGE:
            if not path.is_dir():
                found.append(Fault(name, 1, "a file here is a module, `slug.md`, or a translation, `slug.nl.md`."))
            continue
        text = _text(path, name, found)
        if text is None:
            unread.add(name)
        else:
            yield mark, text


def _read_modules(
    folder: Path, locked: lock.Lock, figures: dict[str, dict[str, bytes]], found: list[Fault], unread: set[str]
) -> Iterator[Draft]:
    texts = list(_module_texts(folder, found, unread))
    homes = tuple((mark[1], homes_of(text)) for mark, text in texts if not mark[2])
    for mark, text in texts:
        name = f"modules/{mark[0]}"
        place = Place(mark[1], mark[2] or DEFAULT_LANGUAGE, locked.numbers, homes)
        draft, faults = _read_module(name, text, place, tuple(sorted(figures.get(mark[1], {}).items())))
        found += faults
        if draft is None:
            unread.add(name)
            continue
        unread.update(f"{name}#{anchor.id}" for anchor in draft.anchors if anchor.kind == UNKNOWN)
        yield draft


@lru_cache(maxsize=64)
def _read_module(
    name: str, text: str, place: Place, pictures: tuple[tuple[str, bytes], ...]
) -> tuple[Draft | None, tuple[Fault, ...]]:
    """Read a module; remembered, since whoever checks again has mostly changed one file."""
    faults = Faults(name)
    draft = read_module(text, place, dict(pictures), faults)
    return draft, tuple(faults.found)


def _read_programmes(folder: Path, found: list[Fault], unread: set[str]) -> Iterator[ProgrammeDraft]:
    paths = [path for path in _entries(folder) if path.suffix == ".toml" and path.name not in NO_PROGRAMMES]
    if not paths:
        found.append(Fault(".", 1, "there is no programme; a programme is a file `name.toml`."))
    for path in paths:
        if not valid_id(path.stem):
            found.append(Fault(path.name, 1, "the name of a programme's file is its id: a to z, digits, hyphens."))
        text = _text(path, path.name, found)
        draft = read_programme(path.stem, text, Faults(path.name, found)) if text is not None else None
        if draft is None:
            unread.add(path.name)
        else:
            yield draft


def _read_handbook(
    folder: Path, locked: lock.Lock, drafts: tuple[Draft, ...], found: list[Fault]
) -> Iterator[HandbookDraft]:
    """Yield guides and pages; their links to modules lead to the part that has the heading."""
    homes: Homes = tuple((draft.module.slug, _homes(draft)) for draft in drafts if draft.original)
    for kind, read in (("guides", read_guide), ("pages", read_page)):
        for path in _entries(folder / kind):
            name = f"{kind}/{path.name}"
            if path.suffix != ".md" or not valid_id(path.stem):
                found.append(Fault(name, 1, "a file here is `slug.md`; a slug has a to z, digits, single hyphens."))
                continue
            text = _text(path, name, found)
            addresses = Addresses(0, locked.numbers, homes=homes, folder=kind)
            draft = read(path.stem, text, addresses, Faults(name, found)) if text is not None else None
            if draft is not None:
                yield draft


def _homes(draft: Draft) -> tuple[tuple[str, str], ...]:
    """Return the ids of a module, each with the id of its part."""
    part, homes = "", []
    for anchor in draft.anchors:
        part = anchor.id if anchor.kind in ("part", UNKNOWN) else part
        homes.append((anchor.id, part))
    return tuple(homes)


def _read_signposting(folder: Path, found: list[Fault], unread: set[str]) -> contacts.Signposting | None:
    text = _text(folder / contacts.FILE, contacts.FILE, found)
    signposting = contacts.read_signposting(text, Faults(contacts.FILE, found)) if text is not None else None
    if signposting is None:
        unread.add(contacts.FILE)
    return signposting


def _used_ids(
    drafts: tuple[Draft, ...], programmes: tuple[ProgrammeDraft, ...], signposting: contacts.Signposting | None
) -> Iterator[lock.Used]:
    """Yield every id in use, each once, topics before the modules of no topic."""
    seen: set[lock.Id] = set()
    for one in (*_programme_ids(programmes), *_contact_ids(signposting), *_module_ids(drafts)):
        if one.id not in seen:
            seen.add(one.id)
            yield one


def _programme_ids(programmes: tuple[ProgrammeDraft, ...]) -> Iterator[lock.Used]:
    for draft in programmes:
        slug = draft.programme.slug
        yield lock.Used(lock.Id("programme", "", slug), draft.file, 1)
        for (kind, name), line in draft.lines.items():
            if kind == "topic":
                yield lock.Used(lock.Id("module", "", name), draft.file, line)
            elif kind in lock.KINDS:
                yield lock.Used(lock.Id(kind, slug, name), draft.file, line)


def _contact_ids(signposting: contacts.Signposting | None) -> Iterator[lock.Used]:
    for name, line in signposting.lines.items() if signposting else ():
        yield lock.Used(lock.Id("contact", "", name), contacts.FILE, line)


def _module_ids(drafts: tuple[Draft, ...]) -> Iterator[lock.Used]:
    """Yield the ids of modules; a translation has no others."""
    for draft in (draft for draft in drafts if draft.original):
        yield lock.Used(lock.Id("module", "", draft.module.slug), draft.file, 1)
        for anchor in draft.anchors:
            if anchor.kind in lock.KINDS and valid_id(anchor.id):
                yield lock.Used(lock.Id(anchor.kind, draft.module.slug, anchor.id), draft.file, anchor.line)


def _catalogue(
    drafts: tuple[Draft, ...], programmes: tuple[ProgrammeDraft, ...], handbook: tuple[HandbookDraft, ...]
) -> Catalogue:
    modules = {d.module.slug: d.module for d in drafts if d.module.language == DEFAULT_LANGUAGE}
    translations = {
        (d.module.slug, d.module.language): d.module for d in drafts if d.module.language != DEFAULT_LANGUAGE
    }
    by_slug = {draft.programme.slug: _with_edition(draft, [d.module for d in drafts]) for draft in programmes}
    guides = {one.content.slug: one.content for one in handbook if isinstance(one.content, Guide)}
    pages = {one.content.slug: one.content for one in handbook if isinstance(one.content, Page)}
    return Catalogue(by_slug, modules, translations, guides, pages)


def _with_edition(draft: ProgrammeDraft, modules: list[Module]) -> Programme:
    topics = {topic.slug for topic in draft.programme.topics}
    used = [(f"{module.slug}.{module.language}", module.edition) for module in modules if module.slug in topics]
    return replace(draft.programme, edition=programme_edition(draft.text, used))
