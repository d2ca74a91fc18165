"""The pages of a timetable: its sessions, moving one, another room or leader, cancelling, adding one by hand."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from trainer import clock
from trainer.cohorts import guards, queries, services
from trainer.cohorts.blueprint import pages
from trainer.cohorts.forms import NewSessionForm, SessionForm, as_typed
from trainer.cohorts.models import Cohort, TrainingSession
from trainer.cohorts.rules import is_over, may_change_session
from trainer.curriculum.shelf import catalogue, programme
from trainer.people.queries import holders_of, people_with
from trainer.people.rules import Role
from trainer.refusal import Refused
from trainer.web.access import access, coordinators, trainers, viewer
from trainer.web.site import today, zone
from trainer.web.unit import db


@pages.get("/cohorts/<cohort_id>/timetable")
@access(trainers)
def timetable(cohort_id: str) -> str:
    cohort = queries.get_cohort(db(), viewer(), cohort_id)
    sessions = queries.timetable(db(), cohort_id)
    signed = guards.frozen_sessions(db(), [one.id for one in sessions])
    now = clock.now()
    return render_template(
        "cohorts/timetable.html",
        cohort=cohort,
        sessions=sessions,
        signed=signed,
        over={one.id for one in sessions if is_over(one.ends, zone(), now)},
        course=catalogue().programmes.get(cohort.programme),
        may_change=may_change_session,
    )


@pages.get("/cohorts/<cohort_id>/sessions/new")
@access(coordinators)
def new_session(cohort_id: str) -> str:
    cohort = queries.get_cohort(db(), viewer(), cohort_id)
    return _new_session_page(cohort, _new_session_form(cohort))


@pages.post("/cohorts/<cohort_id>/sessions/new")
@access(coordinators)
def add_session(cohort_id: str) -> ResponseReturnValue:
    cohort = queries.get_cohort(db(), viewer(), cohort_id)
    form = _new_session_form(cohort)
    if not form.validate_on_submit():
        return _new_session_page(cohort, form), 422
    leaders = people_with(db(), form.leaders.data)
    try:
        slot = form.slot(zone())
        added = services.schedule(
            db(), cohort, form.number.data, slot.starts, slot.ends, slot.place, slot.access_notes, leaders, today()
        )
    except Refused as refusal:
        form.refuse(refusal)
        return _new_session_page(cohort, form), 422
    return _saved(added, f"Session {added.number} is in the timetable.")


def _new_session_form(cohort: Cohort) -> NewSessionForm:
    taken = [one.number for one in queries.timetable(db(), cohort.id)]
    form = NewSessionForm().offer_numbers(programme(cohort.programme), taken)
    form.offer(holders_of(db(), Role.TRAINER, today()))
    return form


def _new_session_page(cohort: Cohort, form: NewSessionForm) -> str:
    return render_template("cohorts/new_session.html", cohort=cohort, form=form)


@pages.get("/sessions/<training_session_id>/edit")
@access(trainers)
def session_edit(training_session_id: str) -> str:
    training_session = services.get_changeable(db(), viewer(), training_session_id)
    return _session_page(training_session, _session_form(training_session))


@pages.post("/sessions/<training_session_id>/edit")
@access(trainers)
def save_session(training_session_id: str) -> ResponseReturnValue:
    training_session = services.get_changeable(db(), viewer(), training_session_id)
    form = _session_form(training_session)
    if not form.validate_on_submit():
        return _session_page(training_session, form), 422
    leaders = people_with(db(), form.leaders.data)
    try:
        services.change_session(db(), viewer(), training_session, form.slot(zone()), leaders, today())
    except Refused as refusal:
        form.refuse(refusal)
        return _session_page(training_session, form), 422
    return _saved(training_session, f"Session {training_session.number} is saved.")


def _session_form(training_session: TrainingSession) -> SessionForm:
    """The form, offering who leads now and every other trainer."""
    shown = as_typed(training_session)
    leading = training_session.leaders
    others = [person for person in holders_of(db(), Role.TRAINER, today()) if person not in leading]
    return SessionForm(data=shown).offer([*leading, *others])


def _session_page(training_session: TrainingSession, form: SessionForm) -> str:
    return render_template("cohorts/session.html", training_session=training_session, form=form)


@pages.post("/sessions/<training_session_id>/cancel")
@access(trainers)
def cancel_session(training_session_id: str) -> ResponseReturnValue:
    training_session = services.get_changeable(db(), viewer(), training_session_id)
    services.cancel(db(), training_session, today())
    return _saved(training_session, f"Session {training_session.number} is cancelled.")


@pages.post("/sessions/<training_session_id>/restore")
@access(trainers)
def restore_session(training_session_id: str) -> ResponseReturnValue:
    training_session = services.get_changeable(db(), viewer(), training_session_id)
    services.restore(db(), training_session)
    return _saved(training_session, f"Session {training_session.number} takes place after all.")


def _saved(training_session: TrainingSession, sentence: str) -> ResponseReturnValue:
    """Say what was done, and who would be in two places at once, and show the timetable."""
    flash(sentence)
    if training_session.cancelled_on is None:
        for person, other in queries.overlapping(db(), training_session):
            flash(f"{person.name} also leads session {other.number} of {other.cohort.name} at that time.")
    return redirect(url_for("cohorts.timetable", cohort_id=training_session.cohort_id))
