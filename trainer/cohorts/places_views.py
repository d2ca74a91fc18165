"""The pages of places: a cohort's list, one trainee's place, and the trainee's own acceptance of the commitment."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from trainer.cohorts import queries, services
from trainer.cohorts.blueprint import pages
from trainer.cohorts.forms import AgreementsForm, PlaceForm, PressForm
from trainer.cohorts.models import Enrolment
from trainer.cohorts.rules import State
from trainer.curriculum.shelf import programme
from trainer.refusal import NotFound, Refused
from trainer.web.access import access, coordinators, trainees, viewer
from trainer.web.site import today
from trainer.web.unit import db


@pages.get("/cohorts/<cohort_id>/places")
@access(coordinators)
def places(cohort_id: str) -> str:
    return _places_page(cohort_id, PlaceForm())


@pages.post("/cohorts/<cohort_id>/places")
@access(coordinators)
def add_place(cohort_id: str) -> ResponseReturnValue:
    cohort, form = queries.get_cohort(db(), viewer(), cohort_id), PlaceForm()
    if not form.validate_on_submit():
        return _places_page(cohort_id, form), 422
    try:
        since = form.since.data or today()
        added = services.enrol_by_address(db(), cohort, form.email.data, since, today(), form.reserve.data)
    except Refused as refusal:
        form.refuse(refusal)
        return _places_page(cohort_id, form), 422
    flash(f"{added.person.name} is {'in reserve' if added.reserve else 'invited'}.")
    return redirect(url_for("cohorts.places", cohort_id=cohort_id))


def _places_page(cohort_id: str, form: PlaceForm) -> str:
    cohort = queries.get_cohort(db(), viewer(), cohort_id)
    enrolments = queries.enrolments(db(), cohort_id)
    grouped = {state: [one for one in enrolments if one.state is state] for state in SHOWN}
    return render_template("cohorts/places.html", cohort=cohort, grouped=grouped, total=len(enrolments), form=form)


SHOWN = (State.ACTIVE, State.INVITED, State.RESERVE, State.COMPLETED, State.WITHDRAWN)


@pages.get("/cohorts/<cohort_id>/places/<person_id>")
@access(coordinators)
def enrolment(cohort_id: str, person_id: str) -> str:
    found = queries.get_enrolment(db(), viewer(), cohort_id, person_id)
    shown = {
        "college_by": found.college_agreed_by,
        "college_on": found.college_agreed_on,
        "tutor_by": found.tutor_agreed_by,
        "tutor_on": found.tutor_agreed_on,
    }
    return _enrolment_page(found, AgreementsForm(data=shown))


@pages.post("/cohorts/<cohort_id>/places/<person_id>")
@access(coordinators)
def save_agreements(cohort_id: str, person_id: str) -> ResponseReturnValue:
    found, form = queries.get_enrolment(db(), viewer(), cohort_id, person_id), AgreementsForm()
    if not form.validate_on_submit():
        return _enrolment_page(found, form), 422
    college = services.Said(form.college_by.data, form.college_on.data)
    try:
        services.note_agreements(db(), found, college, services.Said(form.tutor_by.data, form.tutor_on.data))
    except Refused as refusal:
        form.refuse(refusal)
        return _enrolment_page(found, form), 422
    return _back(found, "Saved.")


def _enrolment_page(found: Enrolment, form: AgreementsForm) -> str:
    return render_template("cohorts/enrolment.html", enrolment=found, form=form)


@pages.post("/cohorts/<cohort_id>/places/<person_id>/give")
@access(coordinators)
def give_place(cohort_id: str, person_id: str) -> ResponseReturnValue:
    found = queries.get_enrolment(db(), viewer(), cohort_id, person_id)
    services.give_place(db(), found, today())
    return _back(found, f"{found.person.name} has a place from today.")


@pages.post("/cohorts/<cohort_id>/places/<person_id>/reserve")
@access(coordinators)
def make_reserve(cohort_id: str, person_id: str) -> ResponseReturnValue:
    found = queries.get_enrolment(db(), viewer(), cohort_id, person_id)
    services.make_reserve(db(), found)
    return _back(found, f"{found.person.name} is in reserve.")


@pages.get("/cohorts/<cohort_id>/places/<person_id>/withdraw")
@access(coordinators)
def withdrawal(cohort_id: str, person_id: str) -> str:
    found = queries.get_enrolment(db(), viewer(), cohort_id, person_id)
    return render_template("cohorts/withdrawal.html", enrolment=found)


@pages.post("/cohorts/<cohort_id>/places/<person_id>/withdraw")
@access(coordinators)
def withdraw(cohort_id: str, person_id: str) -> ResponseReturnValue:
    found = queries.get_enrolment(db(), viewer(), cohort_id, person_id)
    services.withdraw(db(), found, today())
    return _back(found, f"{found.person.name} is withdrawn.")


@pages.post("/cohorts/<cohort_id>/places/<person_id>/return")
@access(coordinators)
def undo_withdrawal(cohort_id: str, person_id: str) -> ResponseReturnValue:
    found = queries.get_enrolment(db(), viewer(), cohort_id, person_id)
    services.undo_withdrawal(db(), found)
    return _back(found, f"{found.person.name} is {found.state} again.")


def _back(found: Enrolment, sentence: str) -> ResponseReturnValue:
    flash(sentence)
    return redirect(url_for("cohorts.enrolment", cohort_id=found.cohort_id, person_id=found.person_id))


@pages.get("/commitment")
@access(trainees)
def commitment() -> str:
    """What a trainee takes on, and whether they have said that they do."""
    found = _own()
    return render_template(
        "cohorts/commitment.html", enrolment=found, programme=programme(found.cohort.programme), form=PressForm()
    )


@pages.post("/commitment")
@access(trainees)
def accept() -> ResponseReturnValue:
    services.accept(db(), _own(), today())
    flash("Thank you. Your place is yours.")
    return redirect(url_for("home.own_training"))


def _own() -> Enrolment:
    found = queries.find_own_enrolment(db(), viewer())
    if found is None:
        raise NotFound("no-place", "You have no place on a cohort so far. Ask your coordinator if that is wrong.")
    return found
