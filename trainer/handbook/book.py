"""The whole course of a programme as one HTML document, in the order in which it is taught."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from trainer import press
from trainer.curriculum.addresses import Addresses
from trainer.curriculum.contacts import Signposting
from trainer.curriculum.handbook import Guide
from trainer.curriculum.render import plain, prose
from trainer.curriculum.rules import Catalogue, Module, Part, Programme, Scene, SessionPlan
from trainer.handbook.rules import Observed, Step, observed_in, steps_of
from trainer.web.words import running

_LINK = re.compile(r'href="/(m|pages)/([^"/#]+)[^"]*"')
_INSIDE = re.compile(r'href="#[^"]*"')
FIRST, LAST = ("how-the-training-works",), ("glossary",)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A session with everything that belongs to it; `modules` are those met first here."""

    plan: SessionPlan
    guide: Guide | None
    steps: tuple[Step, ...]
    observed: tuple[Observed, ...]
    modules: tuple[Module, ...]
    again: tuple[Module, ...]


def chapters(catalogue: Catalogue, programme: Programme) -> Iterator[Chapter]:
    """Yield the sessions of a programme in order."""
    for plan in programme.sessions:
        guide = catalogue.guides.get(plan.guide)
        yield Chapter(
            plan,
            guide,
            tuple(steps_of(plan, guide)),
            observed_in(plan, guide),
            catalogue.pre_reading(plan),
            catalogue.revision(plan),
        )


def compose(catalogue: Catalogue, programme: Programme, signposting: Signposting, made_on: str) -> str:
    """Return the book as HTML. `made_on` is a day in words; it stands on the title page with the edition."""
    environment = press.templates()
    environment.filters.update(running=running, prose=_prose, inside=_inside, plain=plain, numbered=_numbered)
    before = [catalogue.pages[slug] for slug in FIRST if slug in catalogue.pages]
    after = [catalogue.pages[slug] for slug in LAST if slug in catalogue.pages]
    rest = [page for page in catalogue.pages.values() if page not in (*before, *after)]
    return environment.get_template("book.html").render(
        programme=programme,
        chapters=tuple(chapters(catalogue, programme)),
        before=before,
        after=(*rest, *after),
        signposting=signposting,
        misconceptions=programme.misconceptions,
        made_on=made_on,
    )


def _prose(text: str, addresses: Addresses) -> Markup:
    return _inside(prose(text, addresses))


def _inside(markup: str) -> Markup:
    """Let links of the application lead to the chapter of this book; those within a page lead nowhere on paper."""
    stayed = _INSIDE.sub("", markup)
    return Markup(_LINK.sub(lambda mark: f'href="#{mark[1]}-{mark[2]}"', stayed))  # noqa: S704 - the course's own HTML


def _numbered(part: Part) -> dict[str, tuple[int, Scene]]:
    """Return the scenes of a dialogue by id, each with its number on paper, where a choice says "go to 4"."""
    return {scene.id: (number, scene) for number, scene in enumerate(part.scenes, 1)}
