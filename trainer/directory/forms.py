"""The forms of people and bodies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, DateField, EmailField, SearchField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired

from trainer.directory.queries import SENIOR
from trainer.people.models import Body
from trainer.people.rules import BodyKind, Role, tidy_name
from trainer.web.forms import Form

ROLES = [SelectChoice(role.value, role.value.capitalize()) for role in Role]
KINDS = [SelectChoice(kind.value, kind.value.capitalize()) for kind in BodyKind]


class DayField(DateField):
    """A date, with a sentence of ours where what was typed is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the date from what the form sent."""
        try:
            super().process_formdata(valuelist)
        except ValueError as fault:
            raise ValueError("Write the day as 2026-10-22.") from fault


class ListField(SelectField):
    """One choice of a list, with a sentence of ours where what was sent is not among them."""

    def __init__(self, label: str, validators: Sequence[object] = (), **more: Any) -> None:
        super().__init__(label, validators, invalid_choice_message="Choose one of the list.", **more)


def _bodies(bodies: Sequence[Body], none: str) -> list[SelectChoice]:
    return [SelectChoice("", none), *(SelectChoice(body.id, body.name) for body in bodies)]


class FilterForm(Form):
    """Whom to list; comes by GET, so it has no token and is never refused: what makes no sense filters nothing."""

    class Meta:
        csrf = False

    q = SearchField("Name or address", filters=[lambda wanted: tidy_name(wanted or "")])
    role = ListField("Role", choices=[SelectChoice("", "Any role"), *ROLES, SelectChoice(SENIOR, "Senior Member")])
    body = ListField("College or group")

    def offer(self, bodies: Sequence[Body]) -> FilterForm:
        """Let the reader choose among these bodies."""
        self.body.choices = _bodies(bodies, "Anywhere")
        return self

    def chosen(self, name: str) -> str:
        """Return what was chosen in a list if it is one of its choices, else nothing."""
        field = self[name]
        return str(field.data) if any(field.data == choice.value for choice in field.choices) else ""


class PersonForm(Form):
    """Names and address."""

    given_name = StringField("Given name")
    family_name = StringField("Family name")
    email = EmailField("University email address")


class NewPersonForm(PersonForm):
    """Somebody to add by hand."""

    role = ListField("Role", choices=[SelectChoice("", "None for now"), *ROLES])
    body = ListField("College or group")

    def offer(self, bodies: Sequence[Body]) -> NewPersonForm:
        """Let the reader choose among these bodies."""
        self.body.choices = _bodies(bodies, "None for now")
        return self


class RoleForm(Form):
    """A role to grant from today."""

    role = ListField("Role", choices=ROLES)


class JoinForm(Form):
    """A body to join from today."""

    body = ListField("College or group", [InputRequired("Choose one.")])
    panel = BooleanField("This is the body whose panel they serve on")

    def offer(self, bodies: Sequence[Body]) -> JoinForm:
        """Let the reader choose among these bodies."""
        self.body.choices = _bodies(bodies, "Choose one")
        return self


class StandingForm(Form):
    """A body to be Senior Member of from today."""

    body = ListField("Senior Member of", [InputRequired("Choose one.")])

    def offer(self, bodies: Sequence[Body]) -> StandingForm:
        """Let the reader choose among these bodies."""
        self.body.choices = _bodies(bodies, "Choose one")
        return self


class LastDayForm(Form):
    """After which day something ends."""

    last_day = DayField("Last day", [InputRequired("Give the last day.")])


class BodyForm(Form):
    """A college, department, division, community group or service."""

    name = StringField("Name")
    kind = ListField("Kind", choices=KINDS)
