"""The pages of a module: its front, one part at a time, and what a trainee sends from them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue

from trainer import clock
from trainer.curriculum.rules import Module, Part, PartKind
from trainer.curriculum.shelf import catalogue
from trainer.learning import asking, queries, rules, services, walks
from trainer.learning.forms import answer_in, line_in, path_in, places_in
from trainer.refusal import NotFound, NotNow, NotValid
from trainer.web.access import access, signed_in, trainees, viewer
from trainer.web.site import settings
from trainer.web.unit import db

pages = Blueprint("learning", __name__)
FRAGMENT = "X-Fragment"  # a script asks for the changed piece of a page instead of the page


@pages.get("/m/<int:number>")
@access(signed_in)
def module(number: int) -> ResponseReturnValue:
    shown = _find_module(number)
    progress = _progress(shown)
    return render_template(
        "learning/module.html",
        module=shown,
        progress=progress,
        guest=not viewer().is_trainee,
        minutes={part.id: rules.part_minutes(shown, part) for part in shown.parts},
        mastery=rules.mastery(shown.questions, progress.right, rules.pass_mark_of(catalogue(), shown.slug)),
    )


@pages.get("/m/<int:number>/<part_id>")
@access(signed_in)
def part(number: int, part_id: str) -> ResponseReturnValue:
    return _part_page(*_find_part(number, part_id))


@pages.get("/m/<int:number>/figure/<name>")
@access(signed_in)
def figure(number: int, name: str) -> ResponseReturnValue:
    return send_from_directory(settings().courses / "modules" / _find_module(number).slug, name)


@pages.post("/m/<int:number>/<part_id>/read")
@access(trainees)
def read(number: int, part_id: str) -> ResponseReturnValue:
    return go_on(*_find_part(number, part_id))


def go_on(module: Module, part: Part) -> ResponseReturnValue:
    """Keep that the reader is done with a part, and answer with the way to the next one."""
    services.mark_read(db(), viewer(), module, part, clock.now())
    _, following = rules.neighbours(module, part)
    if following is not None:
        return redirect(_address(module, following))
    flash("That was the last part of this topic.")
    return redirect(url_for("learning.module", number=module.number))


@pages.post("/m/<int:number>/<part_id>/<question_id>/answer")
@access(trainees)
def answer(number: int, part_id: str, question_id: str) -> ResponseReturnValue:
    module, part = _find_part(number, part_id)
    question = next((one for one in part.questions if one.id == question_id), None)
    if question is None:
        raise NotFound
    try:
        positions, tried = answer_in(request.form, question)
        services.answer(db(), viewer(), module, question, positions, tried, clock.now())
    except (NotValid, NotNow) as refusal:
        fault = asking.Fault(question_id, refusal.sentence, places_in(request.form))
        return _quiz_answer(module, part, question_id, fault), refusal.status
    if _wants_fragment():
        return _quiz_answer(module, part, question_id)
    return redirect(_address(module, part, question_id))


@pages.post("/m/<int:number>/<part_id>/say")
@access(trainees)
def say(number: int, part_id: str) -> ResponseReturnValue:
    module, part = _find_dialogue(number, part_id)
    notice = ""
    try:
        services.say(db(), viewer(), module, part, line_in(request.form), clock.now())
    except NotNow as refusal:
        notice = refusal.sentence
    return _walk_answer(module, part, notice)


@pages.post("/m/<int:number>/<part_id>/again")
@access(trainees)
def again(number: int, part_id: str) -> ResponseReturnValue:
    module, part = _find_dialogue(number, part_id)
    services.walk_again(db(), viewer(), module, part, line_in(request.form).walk, clock.now())
    return _walk_answer(module, part)


def _find_module(number: int) -> Module:
    found = catalogue().module_numbered(number)
    if found is None:
        raise NotFound
    return found


def _find_part(number: int, part_id: str) -> tuple[Module, Part]:
    module = _find_module(number)
    found = module.part(part_id)
    if found is None:
        raise NotFound
    return module, found


def _find_dialogue(number: int, part_id: str) -> tuple[Module, Part]:
    module, found = _find_part(number, part_id)
    if found.kind is not PartKind.DIALOGUE:
        raise NotFound
    return module, found


def _progress(module: Module) -> rules.ModuleProgress:
    """Where the reader stands; for who only looks, at the beginning, since nothing is kept for them."""
    if not viewer().is_trainee:
        return rules.progress(module, queries.NOTHING)
    return queries.progress_of(db(), viewer().person_id, [module])[module.slug]


def _part_page(module: Module, part: Part, fault: asking.Fault | None = None) -> str:
    return render_template(f"learning/{part.kind}.html", **_shown(module, part, fault))


def _shown(module: Module, part: Part, fault: asking.Fault | None = None) -> dict[str, Any]:
    """Gather what the page of a part shows, whatever its kind."""
    before, after = rules.neighbours(module, part)
    progress = _progress(module)
    shown: dict[str, Any] = {"module": module, "part": part, "before": before, "after": after, "progress": progress}
    shown["guest"] = not viewer().is_trainee
    if part.kind is PartKind.QUIZ:
        shown |= _quiz(module, part, progress, fault)
    elif part.kind is PartKind.DIALOGUE:
        shown |= _walk(module, part)
    return shown


def _quiz(module: Module, part: Part, progress: rules.ModuleProgress, fault: asking.Fault | None) -> dict[str, Any]:
    mastery = rules.mastery(part.questions, progress.right, rules.pass_mark_of(catalogue(), module.slug))
    if not viewer().is_trainee:
        return {"asked": [asking.show(question) for question in part.questions], "mastery": mastery}
    tries = queries.latest_tries(db(), viewer(), module.slug)
    sheet = asking.Sheet(_shuffle, progress.right, fault, request.args.get("again", ""))
    return {
        "asked": [asking.ask(question, tries.get(question.id), sheet) for question in part.questions],
        "mastery": mastery,
    }


def _shuffle(positions: Sequence[int]) -> Sequence[int]:
    return secrets.SystemRandom().sample(positions, len(positions))


def _quiz_answer(module: Module, part: Part, question_id: str, fault: asking.Fault | None = None) -> str:
    """Answer with the page, or for a script with the question alone."""
    if not _wants_fragment():
        return _part_page(module, part, fault)
    shown = _shown(module, part, fault)
    one = next(asked for asked in shown["asked"] if asked.question.id == question_id)
    return render_template("learning/_answered.html", **shown, one=one)


def _walk(module: Module, part: Part) -> dict[str, Any]:
    """Gather a walk: one's own latest, or, for who only looks, the one that the address spells out."""
    if viewer().is_trainee:
        run = queries.find_run(db(), viewer(), module.slug, part.id)
        return {"walk": walks.show(part, queries.taken_in(run), run.number if run else 1), "path": ""}
    path = request.args.get("path", "")
    return {"walk": walks.show(part, walks.follow(part, path_in(path))), "path": path}


def _walk_answer(module: Module, part: Part, notice: str = "") -> ResponseReturnValue:
    """Answer with the way to the newest turn, or for a script with the walk alone."""
    if _wants_fragment():
        return render_template("learning/_walked.html", **_shown(module, part), notice=notice)
    if notice:
        flash(notice)
    taken = _walk(module, part)["walk"].turns
    return redirect(_address(module, part, f"turn-{len(taken)}"))


def _wants_fragment() -> bool:
    return FRAGMENT in request.headers


def _address(module: Module, part: Part, anchor: str | None = None) -> str:
    return url_for("learning.part", number=module.number, part_id=part.id, _anchor=anchor)
