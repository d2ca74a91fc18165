"""The base of every form, and how a refusal of the domain comes to stand at the field it names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import Field, FileField, StringField

from trainer.refusal import Refused
from trainer.web.unit import SAFE

OURS = {
    "Not a valid choice.": "Choose one of those that are listed.",
    "Not a valid integer value.": "Write a whole number.",
    "Not a valid date value.": "Write the day as 2026-10-22.",
    "Not a valid time value.": "Write the time as 14:00.",
    "'%(value)s' is not a valid choice for this field.": "Choose among those that are listed.",
    "Field cannot be longer than %(max)d character.": "Use at most %(max)d character.",
    "Field cannot be longer than %(max)d characters.": "Use at most %(max)d characters.",
    "This field is required.": "Fill this in.",
}


class Sentences:
    """What WTForms takes for a translation: its sentences in our words."""

    def gettext(self, sentence: str) -> str:
        """Return our words for a sentence of WTForms, or that sentence."""
        return OURS.get(sentence, sentence)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return our words for one or many."""
        return self.gettext(one if count == 1 else many)


class Form(FlaskForm):
    """A form with its CSRF token; `refuse` puts a refusal on the field it names, else above the form."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: FlaskForm, formdata: object) -> object:
            """Take what was given, else what a form sent; files go only to forms that ask for one, JSON to none."""
            if formdata is not _Auto:
                return formdata
            if request.method in SAFE:
                return None
            takes_files = any(isinstance(field, FileField) for field in form)
            sent: list[MultiDict[str, Any]] = [request.files, request.form]
            return CombinedMultiDict(sent) if takes_files else request.form

        def get_translations(self, _form: object) -> Sentences:
            """Say what WTForms finds in our words."""
            return Sentences()

    def process(self, *given: Any, **more: Any) -> None:
        """Fill the fields; a text that was not sent at all is an empty one."""
        super().process(*given, **more)
        for field in self:
            if isinstance(field, StringField) and field.data is None:
                field.data = ""

    def refuse(self, refusal: Refused) -> None:
        """Show `refusal` to the reader as part of this form."""
        field = self._fields.get(refusal.field or "")
        if field is None:
            self.form_errors.append(refusal.sentence)
        else:
            field.errors = [*field.errors, refusal.sentence]

    def faults(self) -> Iterator[tuple[str, str]]:
        """Give (element id, sentence) for the error summary, in the order of the form."""
        for sentence in self.form_errors:
            yield "main", sentence
        for field in self:
            for sentence in field.errors:
                yield field.id, str(sentence)


def first_fault(field: Field) -> str:
    """Return the first sentence that stands at a field, or nothing."""
    return str(field.errors[0]) if field.errors else ""
