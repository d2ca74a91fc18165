"""The pages on which a coordinator imports people and timetables: paste or upload, see what would change, confirm."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from trainer import clock
from trainer.cohorts import people_import, timetable_import
from trainer.cohorts.blueprint import pages
from trainer.cohorts.forms import ImportForm, PeopleImportForm
from trainer.cohorts.people_file import COLUMNS as PEOPLE_COLUMNS
from trainer.cohorts.preview import Preview
from trainer.cohorts.timetable_file import COLUMNS as TIMETABLE_COLUMNS
from trainer.curriculum.shelf import catalogue
from trainer.web.access import access, coordinators, viewer
from trainer.web.site import today, zone
from trainer.web.unit import db, keep_nothing


@pages.get("/import/people")
@access(coordinators)
def import_people() -> str:
    return _people_page(PeopleImportForm().offer(catalogue().programmes), None)


@pages.post("/import/people")
@access(coordinators)
def read_people() -> ResponseReturnValue:
    form = PeopleImportForm().offer(catalogue().programmes)
    if not form.validate_on_submit():
        return _people_page(form, None), 422
    content = form.take()
    if form.seen.data:
        since = form.since.data or today()
        terms = people_import.Terms(form.programme.data, viewer().person_id, clock.now(), today(), since)
        preview = people_import.import_people(db(), content, terms, form.seen.data)
    else:
        preview = people_import.preview_people(db(), content, today())
    if preview.done:
        return _done(preview, "directory.people")
    keep_nothing()
    return _people_page(form, preview), 422 if preview.faults else 200


def _people_page(form: PeopleImportForm, preview: Preview | None) -> str:
    return render_template("cohorts/import_people.html", form=form, preview=preview, columns=PEOPLE_COLUMNS)


@pages.get("/import/timetable")
@access(coordinators)
def import_timetable() -> str:
    return _timetable_page(ImportForm(), None)


@pages.post("/import/timetable")
@access(coordinators)
def read_timetable() -> ResponseReturnValue:
    form = ImportForm()
    content = form.take()
    if form.seen.data:
        preview = timetable_import.import_timetable(db(), content, catalogue(), zone(), today(), form.seen.data)
    else:
        preview = timetable_import.preview_timetable(db(), content, catalogue(), zone(), today())
    if preview.done:
        return _done(preview, "cohorts.mine")
    keep_nothing()
    return _timetable_page(form, preview), 422 if preview.faults else 200


def _timetable_page(form: ImportForm, preview: Preview | None) -> str:
    return render_template("cohorts/import_timetable.html", form=form, preview=preview, columns=TIMETABLE_COLUMNS)


def _done(preview: Preview, endpoint: str) -> ResponseReturnValue:
    flash(f"Imported. {preview.summary}")
    return redirect(url_for(endpoint))
