"""The form that takes a code from a paper, and the one that revokes."""

from __future__ import annotations

from wtforms import RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired, ValidationError

from trainer.certificates.codes import CODE_LENGTH, is_code, tidy_code
from trainer.certificates.rules import REASONS
from trainer.web.forms import Form


class CodeForm(Form):
    """A code as it was typed, or the whole address that a paper gives. It is sent openly: it changes nothing."""

    class Meta:
        csrf = False

    code = StringField("Code of the certificate", [InputRequired("Enter the code that stands on the certificate.")])

    def validate_code(self, field: StringField) -> None:
        """Say what is odd about the code, so that a slip of the finger is found here."""
        code = tidy_code(field.data)
        if not is_code(code):
            characters = f"{len(code)} {'character' if len(code) == 1 else 'characters'}"
            what = f"this has {characters}" if len(code) != CODE_LENGTH else "this has others in it"
            raise ValidationError(f"A code is {CODE_LENGTH} letters and digits; {what}.")


class RevokeForm(Form):
    """Why a certificate does not count any more."""

    reason = RadioField(
        "Why does it not count any more?",
        choices=[SelectChoice(reason.value, words) for reason, words in REASONS.items()],
        validators=[InputRequired("Choose a reason.")],
    )
