"""Guides, cards and sheets for trainers; pages to read for whom they are for."""

from __future__ import annotations

from flask import Blueprint, render_template
from markupsafe import Markup

from trainer.curriculum.addresses import Addresses
from trainer.curriculum.handbook import Audience, Page
from trainer.curriculum.render import prose
from trainer.curriculum.rules import Programme, SessionPlan
from trainer.curriculum.shelf import catalogue
from trainer.handbook.rules import get_page, get_plan, observed_in, pages_for, steps_of
from trainer.refusal import NotFound
from trainer.web.access import access, anyone, find_viewer, trainers, viewer

pages = Blueprint("handbook", __name__)
SESSION = "/programmes/<slug>/sessions/<int:number>"


@pages.app_template_filter("prose")
def _prose(text: str, addresses: Addresses) -> Markup:
    """Draw the Markdown of a guide or page; what was drawn once is remembered."""
    return Markup(prose(text, addresses))  # noqa: S704 - raw HTML in it was refused when it was read


@pages.app_template_global("pages_to_read")
def _pages_to_read() -> tuple[Page, ...]:
    """What stands in the foot of every page for this reader; what is for trainers stands among the guides."""
    found = pages_for(catalogue(), find_viewer())
    return tuple(page for page in found if page.audience is not Audience.TRAINERS)


@pages.get("/guides")
@access(trainers)
def guides() -> str:
    """Every session with its guide and what is printed for it."""
    course = catalogue()
    reading = pages_for(course, viewer())
    return render_template("handbook/guides.html", programmes=course.programmes.values(), reading=reading)


@pages.get(f"{SESSION}/guide")
@access(trainers)
def guide(slug: str, number: int) -> str:
    """How a session is led, on one page that prints well."""
    return _sheet("handbook/guide.html", slug, number)


@pages.get(f"{SESSION}/cards")
@access(trainers)
def cards(slug: str, number: int) -> str:
    """The cards of a session, to cut out."""
    return _sheet("handbook/cards.html", slug, number)


@pages.get(f"{SESSION}/sheet")
@access(trainers)
def sheet(slug: str, number: int) -> str:
    """What to observe, to take along on paper."""
    return _sheet("handbook/sheet.html", slug, number)


@pages.get("/programmes/<slug>/confidence")
@access(trainers)
def confidence(slug: str) -> str:
    """The confidence scale on paper; raises NotFound for a programme without one."""
    course = _programme(slug)
    if course.confidence is None:
        raise NotFound
    return render_template("handbook/confidence.html", programme=course, scale=course.confidence)


@pages.get("/pages/<page_slug>")
@access(anyone)
def page(page_slug: str) -> str:
    """A page to read; one that is for others is not there."""
    return render_template("handbook/page.html", page=get_page(catalogue(), page_slug, find_viewer()))


def _programme(slug: str) -> Programme:
    """Return the programme that an address names; one that is not there answers like any other absent page."""
    found = catalogue().programmes.get(slug)
    if found is None:
        raise NotFound
    return found


def _sheet(template: str, slug: str, number: int) -> str:
    course = _programme(slug)
    plan = get_plan(course, number)
    return render_template(template, **_content(course, plan))


def _content(course: Programme, plan: SessionPlan) -> dict[str, object]:
    found = catalogue().guides.get(plan.guide)
    return {
        "programme": course,
        "plan": plan,
        "guide": found,
        "steps": tuple(steps_of(plan, found)),
        "observed": observed_in(plan, found),
        "reading": catalogue().pre_reading(plan),
        "again": catalogue().revision(plan),
    }
