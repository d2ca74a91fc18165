"""What a coordinator says about a contact they rang."""

from __future__ import annotations

from wtforms import TextAreaField
from wtforms.fields import DateField
from wtforms.validators import InputRequired, Length

from trainer.web.forms import Form


class CheckForm(Form):
    """The day, and what was heard."""

    checked_on = DateField("Day on which you rang or wrote", [InputRequired("Write the day as day, month and year.")])
    heard = TextAreaField("What you heard", [Length(max=500, message="Use at most 500 characters.")])
