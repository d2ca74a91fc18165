"""The base of every form, and how a refusal of the domain comes to stand at the field it names."""

from __future__ import annotations

from collections.abc import Iterator

from flask_wtf import FlaskForm
from wtforms import Field

from trainer.refusal import Refused


class Form(FlaskForm):
    """A form with its CSRF token; `refuse` puts a refusal on the field it names, else above the form."""

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
