"""The forms of cohorts, sessions, places and imports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput

from trainer.cohorts.models import TrainingSession
from trainer.cohorts.rules import Slot, check_on_clock, tidy_slot
from trainer.curriculum.rules import Programme
from trainer.directory.forms import DayField, ListField
from trainer.people.models import Person
from trainer.web.forms import Form


class ClockField(TimeField):
    """A time of day, with a sentence of ours where what was typed is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the time from what the form sent."""
        try:
            super().process_formdata(valuelist)
        except ValueError as fault:
            raise ValueError("Write the time as 14:00.") from fault


class PeopleField(SelectMultipleField):
    """Several people, each with a box to tick."""

    option_widget = CheckboxInput()

    def __init__(self, label: str, **more: Any) -> None:
        unknown = "Choose among the trainers that are listed.%(value).0s"
        super().__init__(label, invalid_choice_message=lambda _count: unknown, **more)


class CohortForm(Form):
    """A cohort's name and programme."""

    name = StringField("Name")
    programme = ListField("Programme")

    def offer(self, programmes: Mapping[str, Programme]) -> CohortForm:
        """Let the reader choose among these programmes."""
        self.programme.choices = programme_choices(programmes)
        return self


def programme_choices(programmes: Mapping[str, Programme]) -> list[SelectChoice]:
    """Return programmes as choices, sorted by title."""
    return sorted(
        (SelectChoice(slug, programme.title) for slug, programme in programmes.items()), key=lambda one: one.label
    )


class SlotForm(Form):
    """When and where a session is. It ends on the day it starts, or after midnight on the next."""

    day = DayField("Day", [InputRequired("Give the day.")])
    starts = ClockField("Starts", [InputRequired("Give the time it starts.")])
    ends = ClockField("Ends", [InputRequired("Give the time it ends.")])
    next_day = BooleanField("It ends after midnight, on the next day")
    place = StringField("Place")
    access_notes = TextAreaField("Getting in and taking part")

    def slot(self, zone: ZoneInfo) -> Slot:
        """Return when and where; raises NotValid naming the field that does not fit."""
        starts = datetime.combine(self.day.data, self.starts.data)
        ends = datetime.combine(self.day.data + timedelta(days=bool(self.next_day.data)), self.ends.data)
        slot = tidy_slot(Slot(starts, ends, self.place.data or "", self.access_notes.data or ""))
        check_on_clock(slot, zone)
        return slot


class SessionForm(SlotForm):
    """When and where, and who leads it; the number is asked for where it is new."""

    leaders = PeopleField("Led by")

    def offer(self, trainers: Sequence[Person]) -> SessionForm:
        """Let the reader choose among these trainers."""
        self.leaders.choices = [SelectChoice(person.id, person.name) for person in trainers]
        return self


class NewSessionForm(SessionForm):
    """A session to put into the timetable by hand."""

    number = ListField("Session", coerce=int)

    def offer_numbers(self, programme: Programme, taken: Sequence[int]) -> NewSessionForm:
        """Let the reader choose among the sessions of the programme that the timetable does not have."""
        plans = [plan for plan in programme.sessions if plan.number not in taken]
        self.number.choices = [SelectChoice(str(plan.number), f"{plan.number}: {plan.title}") for plan in plans]
        return self


def as_typed(training_session: TrainingSession) -> dict[str, Any]:
    """Return what the form of a session shows before anybody types."""
    starts, ends = training_session.starts, training_session.ends
    return {
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "next_day": ends.date() > starts.date(),
        "place": training_session.place,
        "access_notes": training_session.access_notes,
        "leaders": [person.id for person in training_session.leaders],
    }


class PlaceForm(Form):
    """Somebody to put on the list of a cohort."""

    email = EmailField("University email address", [InputRequired("Enter their university email address.")])
    since = DayField("Their place counts from", [Optional()])
    reserve = BooleanField("In reserve for now, without a place")


class AgreementsForm(Form):
    """Who said for the college and for the tutor that they agree."""

    college_by = StringField("For the college, said by")
    college_on = DayField("Said on", [Optional()])
    tutor_by = StringField("For the tutor, said by")
    tutor_on = DayField("Said on", [Optional()])


class ImportForm(Form):
    """A file, or its text; `seen` marks what the reader saw before they confirmed."""

    file = FileField("A file from your computer")
    text = TextAreaField("Or its lines, pasted")
    seen = HiddenField()

    def take(self) -> bytes | str:
        """Return the file if one was chosen, else the text, and keep in the text box what can be sent once more."""
        content: bytes | str = (self.file.data.read() if self.file.data else b"") or self.text.data or ""
        if isinstance(content, bytes):
            try:
                self.text.data = content.decode("utf-8-sig")
            except UnicodeDecodeError:
                self.text.data = ""  # half-read names must not be sent back as if they were right
        return content


class PeopleImportForm(ImportForm):
    """A file of people; new cohorts follow the programme."""

    programme = ListField("Programme of new cohorts")
    since = DayField("New places count from", [Optional()])

    def offer(self, programmes: Mapping[str, Programme]) -> PeopleImportForm:
        """Let the reader choose among these programmes."""
        self.programme.choices = programme_choices(programmes)
        return self


class PressForm(Form):
    """Nothing but a button."""
