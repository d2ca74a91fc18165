"""The start page of each role, and a college's panel for its Senior Member."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from trainer import clock
from trainer.cohorts.queries import ANY_COHORT, find_own_enrolment
from trainer.curriculum.shelf import catalogue, programme
from trainer.home import queries, training
from trainer.learning.queries import progress_of
from trainer.signoff.queries import counted_of, timetable
from trainer.web.access import access, anyone, coordinators, find_viewer, senior_members, trainees, viewer
from trainer.web.site import today, zone
from trainer.web.unit import db

pages = Blueprint("home", __name__)


@pages.get("/")
@access(anyone)
def start() -> ResponseReturnValue:
    """Show what the reader came for, by what they are."""
    reader = find_viewer()
    if reader is None:
        return render_template("home/welcome.html")
    if reader.is_coordinator:
        return redirect(url_for("home.programme_page"))
    if reader.is_trainer:
        return redirect(url_for("cohorts.mine"))
    if reader.is_senior:
        return redirect(url_for("home.panel"))
    return _my_training()


@pages.get("/training")
@access(trainees)
def own_training() -> str:
    """My training at an address of its own, for a trainee whose start page is another."""
    return _my_training()


def _my_training() -> str:
    """The trainee's page: the next session, what to read, hours so far, what each session still wants."""
    enrolment = find_own_enrolment(db(), viewer())
    if enrolment is None:
        return render_template("home/no_place.html")
    course = programme(enrolment.cohort.programme)
    progress = progress_of(db(), viewer().person_id, catalogue().modules.values())
    counted = counted_of(db(), viewer().person_id, enrolment.cohort_id)
    sessions, signed = timetable(db(), enrolment.cohort_id, ANY_COHORT)
    given = training.Training(course, catalogue(), sessions, signed, counted, progress, clock.now(), zone())
    view = training.compose(given)
    return render_template("home/training.html", enrolment=enrolment, programme=course, view=view)


@pages.get("/programme")
@access(coordinators)
def programme_page() -> str:
    """What needs a coordinator's attention this week."""
    attention = queries.attention(db(), clock.now(), zone())
    return render_template("home/programme.html", attention=attention)


@pages.get("/panel")
@access(senior_members)
def panel() -> str:
    """Who serves and who is in training at the Senior Member's college; nothing private."""
    return render_template("home/panel.html", panels=queries.panels(db(), viewer(), today()))
