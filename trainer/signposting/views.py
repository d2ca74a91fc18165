"""/help: whom to call now, open to everybody, on paper and without a script; and who rang each contact, and when."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from trainer import clock
from trainer.curriculum.contacts import Contact
from trainer.refusal import NotFound, Refused
from trainer.signposting import queries
from trainer.signposting.box import forget, shown, signposting, state
from trainer.signposting.forms import CheckForm
from trainer.signposting.rules import dialled, facts_of, is_due, reachable, sentence, unchecked
from trainer.signposting.services import confirm
from trainer.web.access import access, anyone, coordinators, viewer
from trainer.web.site import today, zone
from trainer.web.unit import after_commit, db

pages = Blueprint("signposting", __name__)
pages.add_app_template_filter(dialled, "dialled")
pages.add_app_template_filter(sentence, "sentence")


@pages.get("/help")
@access(anyone)
def help_now() -> str:
    """List every contact of this country with hours and cost, then what to do when."""
    return render_template("signposting/help.html", groups=shown(), escalation=signposting().escalation, state=state())


@pages.get("/contacts")
@access(coordinators)
def contacts() -> str:
    """Every contact that is shown, who rang it and when, and a form to say so."""
    return _contacts_page()


@pages.post("/contacts/<contact_id>")
@access(coordinators)
def check_contact(contact_id: str) -> ResponseReturnValue:
    """Record that a contact was rung; raises NotFound for one that is not shown."""
    contact, form = _contact(contact_id), CheckForm()
    if not form.validate_on_submit():
        return _contacts_page(contact_id, form), 422
    try:
        confirm(db(), viewer(), contact, form.checked_on.data, form.heard.data, clock.now().astimezone(zone()))
    except Refused as refusal:
        form.refuse(refusal)
        return _contacts_page(contact_id, form), 422
    after_commit(forget())
    flash(f"{contact.name} is confirmed.")
    return redirect(url_for("signposting.contacts", _anchor=contact_id))


def _contact(contact_id: str) -> Contact:
    found = next((one for group in shown() for one in group.contacts if one.id == contact_id), None)
    if found is None:
        raise NotFound
    return found


def _contacts_page(filled: str = "", form: CheckForm | None = None) -> str:
    """Draw the page; the form that came back with faults stands at its contact, the others are empty."""
    done = queries.checks(db())
    contacts = [contact for group in shown() for contact in group.contacts]
    fresh = {one.id: CheckForm(formdata=None, checked_on=today()) for one in contacts}
    forms = fresh | ({filled: form} if form else {})
    for name, own in forms.items():
        own.checked_on.id, own.heard.id = f"day-{name}", f"heard-{name}"  # many forms on a page: one id each
    return render_template(
        "signposting/contacts.html",
        groups=shown(),
        checks={one.id: done.get((one.id, facts_of(one))) for one in contacts},
        missing=unchecked(shown(), done.keys()),
        due=lambda check: is_due(check.checked_on, today()),
        reachable=reachable,
        filled=filled,
        form=form,
        own=forms,
    )
