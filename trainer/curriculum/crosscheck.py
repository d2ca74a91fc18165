"""What only shows when files are read together: links, figures, topics, misconceptions, translations, language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trainer.curriculum.addresses import SAFE_SCHEMES
from trainer.curriculum.contacts import Signposting
from trainer.curriculum.faults import Fault, Faults, similar
from trainer.curriculum.language import check_models, check_statements, check_words
from trainer.curriculum.modules import Draft
from trainer.curriculum.programmes import ProgrammeDraft
from trainer.curriculum.prose import Link
from trainer.curriculum.rules import Programme, SessionPlan
from trainer.curriculum.translations import check_translations


@dataclass(frozen=True, slots=True)
class Course:
    """Everything that was read from the folder, as far as it could be read."""

    drafts: tuple[Draft, ...]
    programmes: tuple[ProgrammeDraft, ...]
    signposting: Signposting | None
    figures: Mapping[str, frozenset[str]]
    unread: frozenset[str]


def cross_check(course: Course) -> list[Fault]:
    """Return the faults that show between files."""
    found: list[Fault] = []
    avoid = {phrase: instead for one in course.programmes for phrase, instead in one.safe_language.items()}
    for programme in course.programmes:
        faults = Faults(programme.file, found)
        _check_topics(programme, faults)
        for said in programme.said:
            check_words(said.text, said.line, avoid, faults)
    for draft in course.drafts:
        faults = Faults(draft.file, found)
        _check_links(draft, course, faults)
        _check_figures(draft, course.figures, faults)
        _check_use(draft, course, faults)
        _check_language(draft, avoid, course.signposting, faults)
    check_translations(course.drafts, found)
    _check_unused_figures(course, found)
    return found


def _check_topics(draft: ProgrammeDraft, faults: Faults) -> None:
    programme = draft.programme
    declared = {topic.slug for topic in programme.topics}
    met: dict[str, int] = {}
    for plan in programme.sessions:
        _check_first_pass(plan, declared, met, draft.lines, faults)
        _check_second_pass(plan, met, draft.lines, faults)
    for slug in declared - met.keys():
        faults.add(draft.lines["topic", slug], f"no session has the topic `{slug}`.")


def _check_first_pass(
    plan: SessionPlan, declared: set[str], met: dict[str, int], lines: Mapping[tuple[str, ...], int], faults: Faults
) -> None:
    line = lines["topics", str(plan.number)]
    for slug in plan.topics:
        if slug not in declared:
            faults.add(line, f"`{slug}` is no topic of this programme; declare it under [topics].")
        elif slug in met:
            faults.add(line, f"the topic `{slug}` is met first in session {met[slug]}; put it under `again` here.")
        met.setdefault(slug, plan.number)


def _check_second_pass(
    plan: SessionPlan, met: Mapping[str, int], lines: Mapping[tuple[str, ...], int], faults: Faults
) -> None:
    for slug in plan.again:
        if met.get(slug, plan.number) >= plan.number:
            line = lines["again", str(plan.number)]
            faults.add(line, f"the topic `{slug}` cannot come again: no session before {plan.number} has met it.")


def _check_links(draft: Draft, course: Course, faults: Faults) -> None:
    own = {anchor.id for anchor in draft.anchors}
    for link in draft.links:
        if link.figure:
            continue
        if not link.text:
            faults.add(link.line, "this link has no text.")
        problem = _link_problem(link, own, course.drafts)
        if problem:
            faults.add(link.line, problem)


def _link_problem(link: Link, own: set[str], drafts: Sequence[Draft]) -> str:
    if link.target.startswith(SAFE_SCHEMES):
        return ""
    name, _, fragment = link.target.partition("#")
    if not name:
        return "" if fragment in own else f"no heading of this module has the id `{fragment}`."
    target = next((d for d in drafts if d.file == f"modules/{name}"), None)
    if target is None:
        return f"`{link.target}` leads nowhere; link to `#id`, to `module.md` or `module.md#id`, or to https://."
    if fragment and fragment not in {anchor.id for anchor in target.anchors}:
        return f"no heading of {name} has the id `{fragment}`."
    return ""


def _check_figures(draft: Draft, figures: Mapping[str, frozenset[str]], faults: Faults) -> None:
    slug = draft.module.slug
    for link in draft.links:
        if not link.figure:
            continue
        if not link.text:
            faults.add(link.line, "this picture has no alternative text; say in a few words what it shows.")
        if link.target not in {f"{slug}/{name}" for name in figures.get(slug, ())}:
            faults.add(link.line, f"there is no picture modules/{link.target}; they lie in modules/{slug}/.")


def _check_use(draft: Draft, course: Course, faults: Faults) -> None:
    """A module is a topic, and each programme that has the topic declares what the module's answers reveal."""
    programmes = [one.programme for one in course.programmes]
    using = [programme for programme in programmes if draft.module.slug in {topic.slug for topic in programme.topics}]
    if not using and any(file.endswith(".toml") for file in course.unread):
        return
    if not using:
        faults.add(1, f"`{draft.module.slug}` is a topic of no programme, so no session has it.")
    for mention in draft.misconceptions:
        for programme in using:
            if mention.text not in programme.misconceptions:
                faults.add(mention.line, _undeclared(mention.text, programme))


def _undeclared(name: str, programme: Programme) -> str:
    return f"`{name}` is no misconception of {programme.slug}.toml{similar(name, programme.misconceptions)}."


def _check_language(draft: Draft, avoid: Mapping[str, str], signposting: Signposting | None, faults: Faults) -> None:
    module, lines = draft.module, draft.front_lines
    for key, texts in (
        ("title", [module.title]),
        ("content_note", [module.content_note]),
        ("outcomes", module.outcomes),
    ):
        for text in texts:
            check_words(text, lines.get(key, 1), avoid, faults)
    for part in module.parts:
        check_words(part.source, part.line, avoid, faults)
    check_models(draft.models, avoid, faults)
    if signposting is not None:
        check_statements(draft.models, draft.quoted, signposting, faults)


def _check_unused_figures(course: Course, found: list[Fault]) -> None:
    shown = {link.target for draft in course.drafts for link in draft.links if link.figure}
    for slug, names in course.figures.items():
        for name in names:
            if f"{slug}/{name}" not in shown and name.endswith((".svg", ".png", ".jpg", ".webp")):
                found.append(Fault(f"modules/{slug}/{name}", 1, "no module shows this picture."))
