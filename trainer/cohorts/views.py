"""The pages of cohorts: one's own, starting one, its name; sessions, places and imports stand beside."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from trainer import clock
from trainer.cohorts import guards, import_views, places_views, queries, services, timetable_views
from trainer.cohorts.agenda import agenda_of
from trainer.cohorts.blueprint import pages
from trainer.cohorts.forms import CohortForm
from trainer.cohorts.rules import may_change_session
from trainer.curriculum.shelf import catalogue
from trainer.refusal import Refused
from trainer.web.access import access, coordinators, trainers, viewer
from trainer.web.site import zone
from trainer.web.unit import db

__all__ = ["import_views", "pages", "places_views", "timetable_views"]  # registered once every page is on it


@pages.get("/cohorts")
@access(trainers)
def mine() -> str:
    """Today's session first, what waits for a signature, what is next, and the cohorts with their counts."""
    cohorts = queries.cohorts_of(db(), viewer())
    sessions = queries.visible_sessions(db(), viewer())
    signed = guards.frozen_sessions(db(), [one.id for one in sessions])
    return render_template(
        "cohorts/mine.html",
        cohorts=cohorts,
        agenda=agenda_of(sessions, signed, viewer(), zone(), clock.now()),
        signed=signed,
        places=queries.counted_places(db(), [cohort.id for cohort in cohorts]),
        programmes=catalogue().programmes,
        may_change=may_change_session,
    )


@pages.get("/cohorts/new")
@access(coordinators)
def new() -> str:
    return render_template("cohorts/new.html", form=CohortForm().offer(catalogue().programmes))


@pages.post("/cohorts/new")
@access(coordinators)
def add() -> ResponseReturnValue:
    form = CohortForm().offer(catalogue().programmes)
    if not form.validate_on_submit():
        return render_template("cohorts/new.html", form=form), 422
    try:
        cohort = services.start_cohort(db(), form.name.data, form.programme.data, clock.now())
    except Refused as refusal:
        form.refuse(refusal)
        return render_template("cohorts/new.html", form=form), 422
    flash(f"{cohort.name} is started. Put people on its list, then its sessions into the timetable.")
    return redirect(url_for("cohorts.places", cohort_id=cohort.id))


@pages.get("/cohorts/<cohort_id>/edit")
@access(coordinators)
def edit(cohort_id: str) -> str:
    cohort = queries.get_cohort(db(), viewer(), cohort_id)
    form = CohortForm(obj=cohort).offer(catalogue().programmes)
    return render_template("cohorts/edit.html", cohort=cohort, form=form)


@pages.post("/cohorts/<cohort_id>/edit")
@access(coordinators)
def save(cohort_id: str) -> ResponseReturnValue:
    cohort = queries.get_cohort(db(), viewer(), cohort_id)
    form = CohortForm().offer(catalogue().programmes)
    if not form.validate_on_submit():
        return render_template("cohorts/edit.html", cohort=cohort, form=form), 422
    try:
        services.edit_cohort(db(), cohort, form.name.data, form.programme.data)
    except Refused as refusal:
        form.refuse(refusal)
        return render_template("cohorts/edit.html", cohort=cohort, form=form), 422
    flash("Saved.")
    return redirect(url_for("cohorts.timetable", cohort_id=cohort_id))
