"""The forms of signing in and of one's account."""

from __future__ import annotations

from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length

from trainer.web.forms import Form


class SignInForm(Form):
    """Address and password."""

    email = EmailField(
        "University email address", [InputRequired("Enter your university email address."), Length(max=320)]
    )
    password = PasswordField("Password", [InputRequired("Enter your password."), Length(max=1000)])


class PasswordForm(Form):
    """A new password, shown as it is typed where the reader wishes; no second box, since it can be shown."""

    password = PasswordField("New password", [InputRequired("Enter a password.")])


class PressForm(Form):
    """Nothing but a button."""
