"""The pages of sign-off about one trainee: what was signed and judged, and what a trainer can add to it."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from trainer import clock
from trainer.cohorts.models import TrainingSession
from trainer.curriculum import shelf
from trainer.curriculum.rules import Behaviour, Module, Programme
from trainer.learning.queries import mastered_safety
from trainer.refusal import AlreadyDone, NotFound, Refused
from trainer.signoff import boards, correcting, judging, queries, services
from trainer.signoff.blueprint import pages
from trainer.signoff.boards import Case
from trainer.signoff.forms import CorrectionForm, MakeUpForm, MetForm, ReadinessForm
from trainer.signoff.rules import Kind, critical_behaviours, safety_modules, seen_in
from trainer.web.access import access, trainers, viewer
from trainer.web.forms import Form
from trainer.web.site import zone
from trainer.web.unit import db

GET_AND_POST = ["GET", "POST"]


def behaviour_texts(programme: Programme) -> dict[str, str]:
    """Return what a programme's behaviours say, by id."""
    return {behaviour.id: behaviour.text for behaviour in programme.behaviours}


@pages.get("/cohorts/<cohort_id>/people/<person_id>")
@access(trainers)
def trainee(cohort_id: str, person_id: str) -> ResponseReturnValue:
    case = _case(cohort_id, person_id)
    safety = safety_modules(case.programme, shelf.catalogue())
    judgements = boards.judgements_of(db(), person_id, cohort_id)
    return render_template(
        "signoff/trainee.html",
        case=case,
        seen=seen_in(case.counted.values()),
        readiness=[one for one in judgements if one.ready is not None],
        safety=safety,
        met={one.module: one for one in judgements if one.module},
        mastered={slug for _, slug in mastered_safety(db(), [person_id], safety)},
        reasons=correcting.REASONS,
        may_judge=judging.may_judge(case, viewer()),
        led={one.id for one in case.table.sessions if services.may_sign(one, viewer())},
    )


def _case(cohort_id: str, person_id: str) -> Case:
    table = boards.get_timetable(db(), viewer(), cohort_id)
    place = boards.get_place(db(), cohort_id, person_id)
    return boards.case(db(), table, shelf.programme(table.cohort.programme), place, zone(), clock.now())


def _attempt(form: Form, act: Callable[[], object], done: str) -> int:
    """Do what a form asks. Returns 303 when that is done, now or before, else the status to show the form with."""
    if not form.is_submitted():
        return 200
    if not form.validate():
        return 422
    try:
        act()
        flash(done)
    except AlreadyDone as refusal:
        flash(refusal.sentence)
    except Refused as refusal:
        form.refuse(refusal)
        return refusal.status
    return 303


def _back(cohort_id: str, person_id: str) -> ResponseReturnValue:
    return redirect(url_for(".trainee", cohort_id=cohort_id, person_id=person_id), 303)


@pages.route("/cohorts/<cohort_id>/people/<person_id>/readiness", methods=GET_AND_POST)
@access(trainers)
def readiness(cohort_id: str, person_id: str) -> ResponseReturnValue:
    case, form = _case(cohort_id, person_id), ReadinessForm()
    judging.require_judge(case, viewer())

    def act() -> object:
        return judging.judge(db(), viewer(), case, form.is_ready, form.words.data or "", zone(), clock.now())

    status = _attempt(form, act, "Readiness is signed.")
    if status == 303:
        return _back(cohort_id, person_id)
    seen, critical = seen_in(case.counted.values()), critical_behaviours(case.programme)
    return render_template("signoff/readiness.html", case=case, form=form, seen=seen, critical=critical), status


@pages.route("/cohorts/<cohort_id>/people/<person_id>/m/<int:number>", methods=GET_AND_POST)
@access(trainers)
def met_another_way(cohort_id: str, person_id: str, number: int) -> ResponseReturnValue:
    case, form = _case(cohort_id, person_id), MetForm()
    module = _safety_module(case.programme, number)
    judging.require_judge(case, viewer())

    def act() -> object:
        return judging.meet_another_way(db(), viewer(), case, module, form.way.data, zone(), clock.now())

    status = _attempt(form, act, "That is signed.")
    if status == 303:
        return _back(cohort_id, person_id)
    return render_template("signoff/met_another_way.html", case=case, form=form, module=module), status


def _safety_module(programme: Programme, number: int) -> Module:
    for module in safety_modules(programme, shelf.catalogue()):
        if module.number == number:
            return module
    raise NotFound


@pages.route("/cohorts/<cohort_id>/people/<person_id>/make-up/<int:number>", methods=GET_AND_POST)
@access(trainers)
def make_up(cohort_id: str, person_id: str, number: int) -> ResponseReturnValue:
    case, form = _case(cohort_id, person_id), MakeUpForm()
    missed = case.table.find(number)
    if missed is None:
        raise NotFound
    judging.require_judge(case, viewer())
    offered = queries.same_session_elsewhere(db(), case.table.cohort, number)
    form.offer(offered, case.programme.rules.make_up, _behaviours(case.programme, number), missed.minutes)

    def act() -> object:
        return judging.make_up(db(), viewer(), case, number, form.in_place(), zone(), clock.now())

    status = _attempt(form, act, f"The make-up of session {number} is signed.")
    if status == 303:
        return _back(cohort_id, person_id)
    refused = _refusal_to_make_up(case, missed) if status == 200 else ""
    return render_template("signoff/make_up.html", case=case, form=form, missed=missed, refused=refused), status


def _refusal_to_make_up(case: Case, missed: TrainingSession) -> str:
    try:
        judging.refuse_to_make_up(case, missed, zone(), clock.now())
    except Refused as refusal:
        return refusal.sentence
    return ""


def _behaviours(programme: Programme, number: int) -> tuple[Behaviour, ...]:
    plan = programme.session(number)
    return plan.behaviours if plan else ()


@pages.route("/sessions/<training_session_id>/people/<person_id>/correct/<what>", methods=GET_AND_POST)
@access(trainers)
def correct(training_session_id: str, person_id: str, what: str) -> ResponseReturnValue:
    if what not in {Kind.SIGN_OFF, Kind.MAKE_UP}:
        raise NotFound
    of, form = Kind(what), CorrectionForm()
    line = correcting.get_line(db(), viewer(), training_session_id, person_id, of)
    programme = shelf.programme(line.session.cohort.programme)
    form.offer(line, _behaviours(programme, line.session.number))

    def act() -> object:
        return correcting.correct(db(), viewer(), line, form.amendment(), zone(), clock.now())

    status = _attempt(form, act, "The correction is signed.")
    if status == 303:
        return _back(line.session.cohort_id, person_id)
    form.shown.data = line.shown  # the page shows the line as it is now, whatever it showed before
    texts = behaviour_texts(programme)
    return render_template("signoff/correct.html", line=line, form=form, behaviours=texts), status
