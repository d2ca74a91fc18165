"""One's own private texts: keep, read in one place, take away, delete. Nobody but their author has any way here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trainer import clock
from trainer.curriculum.rules import Module, Part
from trainer.curriculum.shelf import catalogue
from trainer.journal import queries, services
from trainer.journal.boxes import go_on
from trainer.journal.export import as_text
from trainer.journal.forms import drafts_in
from trainer.journal.rules import Draft, OtherVersion, OwnText, Slot, TooLong, entries, slots_in, slots_of
from trainer.refusal import NotFound
from trainer.web.access import access, trainees, viewer
from trainer.web.site import keys, zone
from trainer.web.unit import db
from trainer.web.words import say_time

pages = Blueprint("journal", __name__)
GONE = 0  # the number under which texts stand whose module is no longer taught


@dataclass(frozen=True, slots=True)
class Topic:
    """What one has written in a topic: its number (0 for all that are no longer taught), title, and how many texts."""

    number: int
    title: str
    texts: int


@pages.get("/journal")
@pages.get("/journal/<int:number>")
@access(trainees)
def journal(number: int | None = None) -> ResponseReturnValue:
    shelves = queries.shelves(db(), viewer())
    topics = _topics(shelves)
    chosen = next((topic for topic in topics if number in {None, topic.number}), None)
    if number is not None and chosen is None:
        raise NotFound
    slugs = [shelf.module for shelf in shelves if chosen and _number(shelf.module) == chosen.number]
    texts = queries.own_texts(db(), keys(), viewer(), slugs) if slugs else []
    shown = entries(_module(chosen.number) if chosen else None, texts)
    return render_template("journal/journal.html", topics=topics, chosen=chosen, entries=shown)


@pages.get("/journal/export")
@access(trainees)
def export() -> ResponseReturnValue:
    texts = queries.own_texts(db(), keys(), viewer())
    numbers = sorted({_number(text.module) for text in texts}, key=lambda number: (number == GONE, number))
    groups = [
        (_title(number), entries(_module(number), [text for text in texts if _number(text.module) == number]))
        for number in numbers
    ]
    response = Response(as_text(groups, clock.now(), zone()), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="writing-{clock.today(zone())}.txt"'
    return response


@pages.post("/journal/<int:number>/<part_id>")
@access(trainees)
def save(number: int, part_id: str) -> ResponseReturnValue:
    module, part = _find_part(number, part_id)
    drafts = drafts_in(request.form, slots_of(part))
    try:
        revisions = services.write(db(), keys(), viewer(), module, drafts, clock.now())
    except (OtherVersion, TooLong) as refusal:
        return _unsaved(module, part, drafts, refusal)
    said = (
        f"Saved at {say_time(clock.now().astimezone(zone()))}." if any(revisions.values()) else "Nothing is kept here."
    )
    if _by_script():
        return {"sentence": said, "revision": next(iter(revisions.values()), 0)}
    if request.form.get("then") == "continue":
        return go_on(module, part)
    flash(said)
    return redirect(url_for("learning.part", number=number, part_id=part_id, _anchor=next(iter(revisions), None)))


@pages.post("/journal/texts/<text_id>/delete")
@access(trainees)
def delete(text_id: str) -> ResponseReturnValue:
    slug, item = services.delete_text(db(), viewer(), text_id)
    flash("Deleted. It cannot be brought back.")
    module = catalogue().modules.get(slug)
    part, _ = slots_in(module).get(item, (None, None)) if module else (None, None)
    if module and part and request.args.get("back") == "part":
        return redirect(url_for("learning.part", number=module.number, part_id=part.id, _anchor=item))
    return redirect(url_for("journal.journal"))


def _unsaved(
    module: Module, part: Part, drafts: Mapping[Slot, Draft], refusal: OtherVersion | TooLong
) -> ResponseReturnValue:
    """Answer a save that was refused with everything that was sent and everything that is kept: nothing is lost."""
    kept: Mapping[str, OwnText | None] = refusal.kept if isinstance(refusal, OtherVersion) else {}
    if _by_script():
        stored = next(iter(kept.values()), None)
        other = {"stored": (stored.text or "") if stored else "", "revision": stored.revision if stored else 0}
        return {"sentence": refusal.sentence, **(other if kept else {})}, refusal.status
    page = render_template(
        "journal/unsaved.html",
        module=module,
        part=part,
        drafts=drafts,
        kept=kept,
        long=refusal.items if isinstance(refusal, TooLong) else frozenset(),
        refusal=refusal,
        then=request.form.get("then", ""),
    )
    return page, refusal.status


def _by_script() -> bool:
    return request.headers.get("Accept") == "application/json"


def _find_part(number: int, part_id: str) -> tuple[Module, Part]:
    module = catalogue().module_numbered(number)
    part = module.part(part_id) if module else None
    if module is None or part is None:
        raise NotFound
    return module, part


def _topics(shelves: Sequence[queries.Shelf]) -> list[Topic]:
    """Gather shelves into topics, the newest first; what is no longer taught stands together."""
    counts: dict[int, int] = {}
    for shelf in shelves:
        counts[_number(shelf.module)] = counts.get(_number(shelf.module), 0) + shelf.texts
    return [Topic(number, _title(number), texts) for number, texts in counts.items()]


def _number(slug: str) -> int:
    module = catalogue().modules.get(slug)
    return module.number if module else GONE


def _module(number: int) -> Module | None:
    return catalogue().module_numbered(number) if number != GONE else None


def _title(number: int) -> str:
    module = _module(number)
    return module.title if module else "Topics no longer taught"
