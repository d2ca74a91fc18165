"""The pages of people and bodies, for coordinators."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trainer import clock
from trainer.directory import queries, rules, services
from trainer.directory.forms import (
    BodyForm,
    FilterForm,
    JoinForm,
    LastDayForm,
    NewPersonForm,
    PersonForm,
    RoleForm,
    StandingForm,
)
from trainer.people import services as people_services
from trainer.people.models import Body
from trainer.people.rules import BodyKind, Role
from trainer.refusal import Refused
from trainer.web.access import access, coordinators, viewer
from trainer.web.forms import Form
from trainer.web.site import today
from trainer.web.unit import db
from trainer.web.words import say_day

pages = Blueprint("directory", __name__)


@pages.get("/people")
@access(coordinators)
def people() -> str:
    """Everybody, searched and filtered, a hundred a page."""
    form = FilterForm(request.args).offer(queries.all_bodies(db(), viewer()))
    wanted = form.q.data or ""
    found = queries.listed_people(db(), viewer(), form.chosen("role"), form.chosen("body"), today())
    sheet = rules.sheet_of([one for one in found if one.matches(wanted)], request.args.get("page", 1, type=int))
    beside = queries.words_beside(db(), [one.id for one in sheet.people], today())
    kept = {name: value for name, value in form.data.items() if value}
    return render_template("directory/people.html", form=form, sheet=sheet, beside=beside, kept=kept)


@pages.get("/people/new")
@access(coordinators)
def new_person() -> str:
    return _new_person_page(NewPersonForm())


@pages.post("/people/new")
@access(coordinators)
def add_person() -> ResponseReturnValue:
    form = NewPersonForm().offer(queries.all_bodies(db(), viewer()))
    if not form.validate_on_submit():
        return _new_person_page(form), 422
    body = queries.get_body(db(), viewer(), form.body.data) if form.body.data else None
    role = Role(form.role.data) if form.role.data else None
    newcomer = services.Newcomer(form.given_name.data, form.family_name.data, form.email.data, role, body)
    try:
        person = services.welcome(db(), viewer(), newcomer, clock.now(), today())
    except Refused as refusal:
        form.refuse(refusal)
        return _new_person_page(form), 422
    flash(f"{person.name} is added.")
    return redirect(url_for("directory.person", person_id=person.id))


def _new_person_page(form: NewPersonForm) -> str:
    return render_template("directory/new_person.html", form=form.offer(queries.all_bodies(db(), viewer())))


@pages.get("/people/<person_id>")
@access(coordinators)
def person(person_id: str) -> str:
    return _person_page(person_id)


def _person_page(person_id: str, faulty: Form | None = None) -> str:
    """Everything about one person, with the form that was refused, if one was, as it was filled in."""
    dossier = queries.get_dossier(db(), viewer(), person_id)
    bodies = queries.all_bodies(db(), viewer())
    forms: dict[str, Form] = {
        "role": RoleForm(prefix="grant", formdata=None),
        "join": JoinForm(prefix="join", formdata=None).offer(bodies),
        "standing": StandingForm(prefix="senior", formdata=None).offer(bodies),
    }
    forms |= {name: faulty for name, form in forms.items() if faulty and type(form) is type(faulty)}
    return render_template("directory/person.html", dossier=dossier, forms_by=forms, faulty=faulty, today=today())


@pages.get("/people/<person_id>/edit")
@access(coordinators)
def edit_person(person_id: str) -> str:
    found = queries.get_person(db(), viewer(), person_id)
    return render_template("directory/edit_person.html", person=found, form=PersonForm(obj=found))


@pages.post("/people/<person_id>/edit")
@access(coordinators)
def save_person(person_id: str) -> ResponseReturnValue:
    found, form = queries.get_person(db(), viewer(), person_id), PersonForm()
    try:
        names = form.given_name.data, form.family_name.data
        people_services.edit_person(db(), found, *names, form.email.data)
    except Refused as refusal:
        form.refuse(refusal)
        return render_template("directory/edit_person.html", person=found, form=form), 422
    flash("Saved.")
    return redirect(url_for("directory.person", person_id=person_id))


@pages.post("/people/<person_id>/roles")
@access(coordinators)
def grant_role(person_id: str) -> ResponseReturnValue:
    found, form = queries.get_person(db(), viewer(), person_id), RoleForm(prefix="grant")
    if not form.validate_on_submit():
        return _person_page(person_id, form), 422
    people_services.grant_role(db(), found, Role(form.role.data), today(), viewer().person_id)
    return _back(person_id, f"{found.name} is a {form.role.data}.")


@pages.post("/people/<person_id>/bodies")
@access(coordinators)
def join_body(person_id: str) -> ResponseReturnValue:
    found = queries.get_person(db(), viewer(), person_id)
    form = JoinForm(prefix="join").offer(queries.all_bodies(db(), viewer()))
    if not form.validate_on_submit():
        return _person_page(person_id, form), 422
    body = queries.get_body(db(), viewer(), form.body.data)
    people_services.join_body(db(), found, body, today(), form.panel.data)
    return _back(person_id, f"{found.name} belongs to {body.name}.")


@pages.post("/people/<person_id>/standings")
@access(coordinators)
def appoint(person_id: str) -> ResponseReturnValue:
    found = queries.get_person(db(), viewer(), person_id)
    form = StandingForm(prefix="senior").offer(queries.all_bodies(db(), viewer()))
    if not form.validate_on_submit():
        return _person_page(person_id, form), 422
    body = queries.get_body(db(), viewer(), form.body.data)
    people_services.appoint_senior_member(db(), found, body, today())
    return _back(person_id, f"{found.name} is Senior Member of {body.name}.")


@pages.post("/people/<person_id>/bodies/<membership_id>/panel")
@access(coordinators)
def choose_panel(person_id: str, membership_id: str) -> ResponseReturnValue:
    membership = queries.get_membership(db(), viewer(), person_id, membership_id)
    people_services.choose_panel(db(), membership)
    return _back(person_id, f"They serve on the panel of {membership.body.name}.")


@pages.get("/people/<person_id>/<any(roles, bodies, standings):what>/<row_id>/end")
@access(coordinators)
def end(person_id: str, what: str, row_id: str) -> str:
    dated = queries.get_dated(db(), viewer(), person_id, what, row_id)
    return _end_page(dated, LastDayForm(data={"last_day": today()}))


@pages.post("/people/<person_id>/<any(roles, bodies, standings):what>/<row_id>/end")
@access(coordinators)
def save_end(person_id: str, what: str, row_id: str) -> ResponseReturnValue:
    dated, form = queries.get_dated(db(), viewer(), person_id, what, row_id), LastDayForm()
    if not form.validate_on_submit():
        return _end_page(dated, form), 422
    try:
        services.end(db(), dated.row, form.last_day.data, today())
    except Refused as refusal:
        form.refuse(refusal)
        return _end_page(dated, form), 422
    return _back(person_id, f"{dated.title} ends after {say_day(form.last_day.data, year=True)}.")


def _end_page(dated: queries.Dated, form: LastDayForm) -> str:
    return render_template("directory/end.html", dated=dated, form=form)


def _back(person_id: str, sentence: str) -> ResponseReturnValue:
    flash(sentence)
    return redirect(url_for("directory.person", person_id=person_id))


@pages.get("/bodies")
@access(coordinators)
def bodies() -> str:
    return render_template("directory/bodies.html", bodies=queries.counted_bodies(db(), viewer(), today()))


@pages.get("/bodies/new")
@access(coordinators)
def new_body() -> str:
    return render_template("directory/new_body.html", form=BodyForm())


@pages.post("/bodies/new")
@access(coordinators)
def add_body() -> ResponseReturnValue:
    form = BodyForm()
    if not form.validate_on_submit():
        return render_template("directory/new_body.html", form=form), 422
    try:
        added = people_services.add_body(db(), form.name.data, BodyKind(form.kind.data))
    except Refused as refusal:
        form.refuse(refusal)
        return render_template("directory/new_body.html", form=form), 422
    flash(f"{added.name} is added.")
    return redirect(url_for("directory.bodies"))


@pages.get("/bodies/<body_id>")
@access(coordinators)
def body(body_id: str) -> str:
    found = queries.get_body(db(), viewer(), body_id)
    return _body_page(found, BodyForm(obj=found))


@pages.post("/bodies/<body_id>")
@access(coordinators)
def save_body(body_id: str) -> ResponseReturnValue:
    found, form = queries.get_body(db(), viewer(), body_id), BodyForm()
    if not form.validate_on_submit():
        return _body_page(found, form), 422
    try:
        people_services.edit_body(db(), found, form.name.data, BodyKind(form.kind.data))
    except Refused as refusal:
        form.refuse(refusal)
        return _body_page(found, form), 422
    flash("Saved.")
    return redirect(url_for("directory.body", body_id=body_id))


def _body_page(found: Body, form: BodyForm) -> str:
    members = queries.members_of(db(), found.id, today())
    seniors = queries.seniors_of(db(), found.id)
    return render_template("directory/body.html", body=found, form=form, members=members, seniors=seniors)
