"""When things happen in a session, and who may open a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trainer.curriculum.handbook import Audience, Guide, GuideKind, GuidePart, Page
from trainer.curriculum.rules import AgendaItem, Behaviour, Catalogue, Programme, SessionPlan
from trainer.people.rules import Viewer
from trainer.refusal import NotFound


@dataclass(frozen=True, slots=True)
class Step:
    """An item of the agenda with the minutes after the beginning at which it starts, and what the guide says of it."""

    item: AgendaItem
    starts: int
    part: GuidePart | None


@dataclass(frozen=True, slots=True)
class Observed:
    """A behaviour that a session observes, and in Markdown what it looks like ("" if the guide does not say)."""

    behaviour: Behaviour
    look: str


def steps_of(plan: SessionPlan, guide: Guide | None) -> Iterator[Step]:
    """Yield the agenda of a session in order, each with its part of the guide."""
    parts = {part.title: part for part in guide.of_kind(GuideKind.EXERCISE)} if guide else {}
    minutes = 0
    for item in plan.agenda:
        yield Step(item, minutes, parts.get(item.title))
        minutes += item.minutes


def observed_in(plan: SessionPlan, guide: Guide | None) -> tuple[Observed, ...]:
    """Return what a session observes, in the order of the programme."""
    return tuple(Observed(one, guide.look(one.id) if guide else "") for one in plan.behaviours)


def get_plan(programme: Programme, number: int) -> SessionPlan:
    """Return the session of that number; raises NotFound."""
    plan = programme.session(number)
    if plan is None:
        raise NotFound
    return plan


def may_open(page: Page, viewer: Viewer | None) -> bool:
    """Whoever runs or leads training opens every page; trainees those for trainees; a stranger those for anyone."""
    if page.audience is Audience.ANYONE:
        return True
    if viewer is None:
        return False
    staff = viewer.is_trainer or viewer.is_coordinator
    return staff or (viewer.is_trainee and page.audience is Audience.TRAINEES)


def pages_for(catalogue: Catalogue, viewer: Viewer | None) -> tuple[Page, ...]:
    """Return the pages that a reader may open, by title."""
    return tuple(sorted((p for p in catalogue.pages.values() if may_open(p, viewer)), key=lambda page: page.title))


def get_page(catalogue: Catalogue, slug: str, viewer: Viewer | None) -> Page:
    """Return a page; raises NotFound alike for one that is not there and one that is for others."""
    page = catalogue.pages.get(slug)
    if page is None or not may_open(page, viewer):
        raise NotFound
    return page
