"""What shows when guides and pages are read beside the programmes: agendas, behaviours, links, language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trainer.curriculum.addresses import SAFE_SCHEMES, folder_of
from trainer.curriculum.contacts import Signposting
from trainer.curriculum.faults import Fault, Faults, similar
from trainer.curriculum.guides import HandbookDraft
from trainer.curriculum.handbook import Guide, GuideKind, GuidePart, Page
from trainer.curriculum.language import check_statements, check_words
from trainer.curriculum.programmes import ProgrammeDraft
from trainer.curriculum.rules import SessionPlan


def check_handbook(
    drafts: Sequence[HandbookDraft],
    programmes: Sequence[ProgrammeDraft],
    module_ids: Mapping[str, frozenset[str]],
    signposting: Signposting | None,
    unread: frozenset[str],
    found: list[Fault],
) -> None:
    """Note the faults of guides and pages. `module_ids` has the ids of every module by its slug.

    What leads to a file that is `unread` is no fault of its own: that file has one already.
    """
    avoid = {phrase: instead for one in programmes for phrase, instead in one.safe_language.items()}
    targets = {**{f"modules/{slug}.md": ids for slug, ids in module_ids.items()}, **{d.file: d.ids for d in drafts}}
    for draft in drafts:
        faults = Faults(draft.file, found)
        _check_links(draft, targets, unread, faults)
        check_words(draft.content.title, draft.lines.get("title", 1), avoid, faults)
        for text in draft.texts:
            check_words(text.text, text.line, avoid, faults)
        if signposting is not None:
            check_statements((), draft.quoted, signposting, faults)
    guides = {draft.content.slug: draft for draft in drafts if isinstance(draft.content, Guide)}
    _check_sessions(guides, programmes, found)
    if not any(file.endswith(".toml") for file in unread):
        _check_unused(guides, programmes, found)


def _check_links(
    draft: HandbookDraft, targets: Mapping[str, frozenset[str]], unread: frozenset[str], faults: Faults
) -> None:
    own = draft.content.addresses.folder
    for link in draft.links:
        if link.figure:
            faults.add(link.line, "guides and pages have no pictures.")
            continue
        if not link.text:
            faults.add(link.line, "this link has no text.")
        if link.target.startswith(SAFE_SCHEMES):
            continue
        name, _, fragment = link.target.partition("#")
        folder, file = folder_of(name, own)
        if f"{folder}/{file}" in unread:
            continue
        ids = targets.get(f"{folder}/{file}") if name else draft.ids
        if ids is None or (isinstance(draft.content, Page) and folder == "guides"):
            faults.add(link.line, f"`{link.target}` leads nowhere; link to `../modules/x.md`, a page or https://.")
        elif fragment and fragment not in ids:
            faults.add(link.line, f"no heading of {file or 'this file'} has the id `{fragment}`.")


def _check_sessions(
    guides: Mapping[str, HandbookDraft], programmes: Sequence[ProgrammeDraft], found: list[Fault]
) -> None:
    for programme in programmes:
        faults = Faults(programme.file, found)
        for plan in programme.programme.sessions:
            draft = guides.get(plan.guide)
            if draft is not None:
                _check_guide(draft, plan, Faults(draft.file, found))
            elif plan.guide:
                known = similar(plan.guide, guides)
                faults.add(programme.lines["guide", str(plan.number)], f"there is no guides/{plan.guide}.md{known}.")


def _check_unused(
    guides: Mapping[str, HandbookDraft], programmes: Sequence[ProgrammeDraft], found: list[Fault]
) -> None:
    used = {plan.guide for programme in programmes for plan in programme.programme.sessions}
    for slug in guides.keys() - used:
        found.append(Fault(guides[slug].file, 1, f"no session has `guide = {slug!r}`."))


def _check_guide(draft: HandbookDraft, plan: SessionPlan, faults: Faults) -> None:
    guide = draft.content
    assert isinstance(guide, Guide)
    if guide.title != plan.title:
        faults.add(draft.lines.get("title", 1), f'session {plan.number} has the title "{plan.title}".')
    _check_agenda(guide.of_kind(GuideKind.EXERCISE), plan, faults)
    _check_looks(guide, plan, faults)


def _check_agenda(exercises: Sequence[GuidePart], plan: SessionPlan, faults: Faults) -> None:
    """Note the first part that differs from the agenda; what follows it would only repeat that."""
    for part, item in zip(exercises, plan.agenda, strict=False):
        if part.title != item.title:
            faults.add(part.line, f'the agenda of session {plan.number} has "{item.title}" here.')
            return
        if part.minutes and part.minutes != item.minutes:
            faults.add(part.line, f"the agenda of session {plan.number} gives this {item.minutes} minutes.")
    if len(exercises) > len(plan.agenda):
        faults.add(exercises[len(plan.agenda)].line, f"the agenda of session {plan.number} ends before this part.")
    elif len(exercises) < len(plan.agenda):
        line = exercises[-1].line if exercises else 1
        faults.add(line, f'the agenda of session {plan.number} goes on with "{plan.agenda[len(exercises)].title}".')


def _check_looks(guide: Guide, plan: SessionPlan, faults: Faults) -> None:
    parts = guide.of_kind(GuideKind.LOOK_FOR)
    wanted = {behaviour.id for behaviour in plan.behaviours}
    seen: set[str] = set()
    for look in (look for part in parts for look in part.looks):
        if look.behaviour not in wanted:
            faults.add(
                look.line, f"session {plan.number} observes no `{look.behaviour}`{similar(look.behaviour, wanted)}."
            )
        elif look.behaviour in seen:
            faults.add(look.line, f"`{look.behaviour}` stands here twice.")
        seen.add(look.behaviour)
    for behaviour in (one.id for one in plan.behaviours if one.id not in seen):
        for part in parts[:1]:
            faults.add(part.line, f"nothing here says what `{behaviour}` looks like.")
