"""The pages of sign-off about a session, a cohort, and one's own record; those about one trainee stand beside."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trainer import clock
from trainer.cohorts.models import TrainingSession
from trainer.cohorts.queries import ANY_COHORT, find_own_enrolment, get_training_session, people_named
from trainer.curriculum import shelf
from trainer.refusal import AlreadyDone, Refused
from trainer.signoff import boards, queries, registers, services, sheet, trainee_views
from trainer.signoff.blueprint import pages
from trainer.signoff.cells import cells
from trainer.signoff.correcting import REASONS
from trainer.signoff.forms import RegisterForm, SignForm, tokenise
from trainer.signoff.lines import superseded
from trainer.signoff.registers import Sheet
from trainer.signoff.rules import safety_modules
from trainer.signoff.trainee_views import behaviour_texts
from trainer.web.access import access, trainees, trainers, viewer
from trainer.web.site import zone
from trainer.web.unit import db
from trainer.web.words import say_time

__all__ = ["pages", "trainee_views"]  # the application registers the blueprint once every page is on it


@pages.get("/cohorts/<cohort_id>")
@access(trainers)
def grid(cohort_id: str) -> ResponseReturnValue:
    table = boards.get_timetable(db(), viewer(), cohort_id)
    programme = shelf.programme(table.cohort.programme)
    return render_template(
        "signoff/grid.html",
        table=table,
        programme=programme,
        lines=boards.board(db(), table, programme, zone(), clock.now()),
        waiting=table.waiting(zone(), clock.now()),
        cells=cells,
    )


@pages.get("/sessions/<training_session_id>/register")
@access(trainers)
def register(training_session_id: str) -> ResponseReturnValue:
    session = get_training_session(db(), viewer(), training_session_id)
    signed = registers.find_sign_off(db(), session.id)
    if signed is None:
        return _register_page(registers.sheet_of(db(), session))
    entries = queries.entries_of_session(db(), session.id)
    return render_template(
        "signoff/signed.html",
        training_session=session,
        signed=signed,
        entries=entries,
        superseded=superseded(entries),
        people=people_named(db(), sorted({entry.person_id for entry in entries})),
        behaviours=behaviour_texts(shelf.programme(session.cohort.programme)),
        reasons=REASONS,
        may_sign=services.may_sign(session, viewer()),
    )


def _register_page(drawn: Sheet, form: RegisterForm | None = None) -> str:
    may_sign = services.may_sign(drawn.session, viewer()) and drawn.session.cancelled_on is None
    return render_template(
        "signoff/register.html" if may_sign else "signoff/looked_at.html",
        training_session=drawn.session,
        sheet=drawn,
        form=form or _register_form(drawn),
    )


def _register_form(drawn: Sheet) -> RegisterForm:
    plan = shelf.programme(drawn.session.cohort.programme).session(drawn.session.number)
    return RegisterForm(drawn.rows, plan.behaviours if plan else (), drawn.session.minutes)


@pages.post("/sessions/<training_session_id>/register")
@access(trainers)
def save_register(training_session_id: str) -> ResponseReturnValue:
    as_data = request.headers.get("Accept") == "application/json"
    drawn = registers.get_sheet(db(), viewer(), training_session_id)
    services.require_leader(drawn.session, viewer())
    form = _register_form(drawn)
    given = form.read(request.form)
    if given is None:
        faults = {"faults": form.faults_by_person, "sentence": " ".join(form.sentences)}
        return (faults if as_data else _register_page(drawn, form)), 422
    try:
        said = services.save_marks(db(), viewer(), training_session_id, given, zone(), clock.now())
    except AlreadyDone as refusal:
        if as_data:
            raise
        flash(refusal.sentence)
        return redirect(url_for(".register", training_session_id=training_session_id), 303)
    if as_data:
        return _saved(training_session_id, said)
    to_sign = request.form.get("then") == "sign"
    for sentence in said or ([] if to_sign else ["Saved."]):
        flash(sentence)
    return redirect(_after_saving(drawn.session), 303)


def _saved(training_session_id: str, said: list[str]) -> ResponseReturnValue:
    """What a page that saves by itself needs to know: each row as it is kept now."""
    drawn = registers.get_sheet(db(), viewer(), training_session_id)
    behaviours = _register_form(drawn).behaviours
    return {
        "rows": {row.person_id: tokenise(row.draft, behaviours) for row in drawn.rows},
        "unmarked": drawn.unmarked,
        "at": say_time(clock.now().astimezone(zone())),
        "sentence": " ".join(said),
    }


def _after_saving(session: TrainingSession) -> str:
    then = request.form.get("then")
    if then == "sign":
        return url_for(".sign", training_session_id=session.id)
    if then == "later":
        return url_for(".grid", cohort_id=session.cohort_id)
    return url_for(".register", training_session_id=session.id)


@pages.get("/sessions/<training_session_id>/sign")
@access(trainers)
def sign(training_session_id: str) -> ResponseReturnValue:
    session = get_training_session(db(), viewer(), training_session_id)
    if registers.find_sign_off(db(), session.id):
        return redirect(url_for(".register", training_session_id=session.id))
    return _sign_page(registers.sheet_of(db(), session), SignForm())


def _sign_page(drawn: Sheet, form: SignForm, refused: str = "") -> str:
    obstacle = _obstacle(drawn)
    programme = shelf.programme(drawn.session.cohort.programme)
    form.shown.data = sheet.fingerprint(drawn.rows, drawn.session.minutes, programme.edition)
    return render_template(
        "signoff/sign.html",
        training_session=drawn.session,
        sheet=drawn,
        programme=programme,
        behaviours=behaviour_texts(programme),
        form=form,
        refused=obstacle or refused,
        signable=not obstacle,
    )


def _obstacle(drawn: Sheet) -> str:
    """What stands in the way of signing, as a sentence, or nothing."""
    try:
        services.refuse_to_sign(drawn, viewer(), zone(), clock.now())
    except Refused as refusal:
        return refusal.sentence
    return ""


@pages.post("/sessions/<training_session_id>/sign")
@access(trainers)
def sign_now(training_session_id: str) -> ResponseReturnValue:
    drawn, form = registers.get_sheet(db(), viewer(), training_session_id), SignForm()
    programme = shelf.programme(drawn.session.cohort.programme)
    shown = form.shown.data or ""
    try:
        services.sign_off(db(), viewer(), training_session_id, programme, shown, zone(), clock.now())
        flash(f"Session {drawn.session.number} is signed.")
    except AlreadyDone as refusal:
        flash(refusal.sentence)
    except Refused as refusal:
        return _sign_page(drawn, form, refusal.sentence), refusal.status
    return redirect(url_for(".register", training_session_id=training_session_id), 303)


@pages.get("/record")
@access(trainees)
def record() -> ResponseReturnValue:
    place = find_own_enrolment(db(), viewer())
    if place is None:
        return render_template("signoff/no_record.html")
    sessions, signed = queries.timetable(db(), place.cohort_id, ANY_COHORT)
    programme = shelf.programme(place.cohort.programme)
    table = boards.Timetable(place.cohort, tuple(sessions), signed)
    return render_template(
        "signoff/record.html",
        case=boards.case(db(), table, programme, place, zone(), clock.now()),
        judgements=boards.judgements_of(db(), place.person_id, place.cohort_id),
        topics={module.slug: module for module in safety_modules(programme, shelf.catalogue())},
        reasons=REASONS,
    )
