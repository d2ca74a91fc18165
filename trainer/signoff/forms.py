"""What the pages of sign-off send: a register, row by row, and four small forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from trainer.cohorts.models import TrainingSession
from trainer.curriculum.rules import Behaviour
from trainer.refusal import NotValid
from trainer.signoff.correcting import NOTE_MOST, REASONS, Amendment, SignedLine
from trainer.signoff.judging import WAYS, WORDS_MOST, InPlace
from trainer.signoff.rules import ANOTHER_COHORT, MEETING, Presence
from trainer.signoff.sheet import Change, Draft, Given, Row, check_minutes
from trainer.web.forms import Form
from trainer.web.words import say_day, say_time

SHORT = {Presence.PRESENT: "p", Presence.APOLOGIES: "a", Presence.ABSENT: "x", None: "u"}
LONG = {letter: presence for presence, letter in SHORT.items()}
Sent = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """One row as the page shows it; `minutes` is what stands in the box, `token` what the page remembers of it.

    The fields of row 3 are p3 (presence), m3 (minutes), b3.0, b3.1… (behaviours) and w3 (the token).
    """

    number: int
    row: Row
    minutes: str
    token: str
    fault: str = ""


@dataclass
class RegisterForm:
    """The register as a form, without WTForms: its field lists take a second over thirty people.

    The page sends back which person stood in which row (`people`) and which box was which behaviour
    (`behaviours`), so that row 3 is the same person whoever joined meanwhile.
    """

    rows: Sequence[Row]
    behaviours: Sequence[Behaviour]
    session_minutes: int
    faults_by_person: dict[str, str] = field(default_factory=dict)
    sentences: list[str] = field(default_factory=list)
    _sent: Sent = field(default_factory=dict)
    _places: dict[str, int] = field(default_factory=dict)

    @property
    def people(self) -> str:
        """What the page remembers of who stands in which row."""
        return " ".join(row.person_id for row in self.rows)

    @property
    def seen_ids(self) -> str:
        """What the page remembers of which box is which behaviour."""
        return " ".join(behaviour.id for behaviour in self.behaviours)

    def shown(self) -> list[Shown]:
        """Return the rows as the page shows them: as they are kept, or as they were sent if there are faults."""
        return [self._shown(number, row) for number, row in enumerate(self.rows, 1)]

    def _shown(self, number: int, row: Row) -> Shown:
        place = self._places.get(row.person_id)
        minutes = str(row.draft.minutes or self.session_minutes)
        if place is None:
            return Shown(number, row, minutes, tokenise(row.draft, self.behaviours))
        draft = Draft(self._presence(place), 0, self._seen(place))
        return Shown(
            number,
            replace(row, draft=draft),
            self._sent.get(f"m{place}", minutes),
            self._sent[f"w{place}"],
            self.faults_by_person.get(row.person_id, ""),
        )

    def read(self, sent: Sent) -> Given | None:
        """Return what was changed on the page, or None if there are faults to show; then nothing sent is lost."""
        if sent.get("behaviours", "") != self.seen_ids:
            self.sentences.append("The course was changed while this page was open. Mark once more what you changed.")
            return None
        self._sent = sent
        numbered = enumerate(sent.get("people", "").split(), 1)
        self._places = {person_id: number for number, person_id in numbered if f"w{number}" in sent}
        changes = [change for row in self.rows if (change := self._change(row))]
        return None if self.faults_by_person else Given(tuple(changes), all_present="all" in sent)

    def _change(self, row: Row) -> Change | None:
        place = self._places.get(row.person_id)
        if place is None:
            return None
        shown = detokenise(self._sent[f"w{place}"], self.behaviours)
        presence = self._presence(place)
        wanted = Draft(presence, self._minutes(row.person_id, place, presence), self._seen(place))
        return Change(row.person_id, shown, wanted) if wanted != shown else None

    def _presence(self, place: int) -> Presence | None:
        """What is marked; with "All present" also of whom only other minutes were typed, so that these are not lost."""
        value = self._sent.get(f"p{place}", "")
        if value in set(Presence):
            return Presence(value)
        typed = self._sent.get(f"m{place}", "").strip() not in {"", str(self.session_minutes)}
        return Presence.PRESENT if "all" in self._sent and typed else None

    def _seen(self, place: int) -> frozenset[str]:
        return frozenset(one.id for i, one in enumerate(self.behaviours) if f"b{place}.{i}" in self._sent)

    def _minutes(self, person_id: str, place: int, presence: Presence | None) -> int:
        """The minutes of who was present; a fault is noted at the row."""
        if presence is not Presence.PRESENT:
            return 0
        try:
            minutes = int(self._sent.get(f"m{place}", "").strip())
            check_minutes(presence, minutes, self.session_minutes)
        except ValueError:
            self.faults_by_person[person_id] = "Give the minutes as a whole number."
        except NotValid as refusal:
            self.faults_by_person[person_id] = refusal.sentence
        else:
            return minutes
        return 0

    def faults(self) -> list[tuple[str, str]]:
        """Give (element id, sentence) for the error summary."""
        at_rows = [
            (f"m{number}", f"{row.name}: {self.faults_by_person[row.person_id]}")
            for number, row in enumerate(self.rows, 1)
            if row.person_id in self.faults_by_person
        ]
        return [("main", sentence) for sentence in self.sentences] + at_rows


def tokenise(draft: Draft, behaviours: Sequence[Behaviour]) -> str:
    """Return a draft as the page remembers it: "p180", "x0", "p165.0.3" with the positions of what was seen."""
    seen = [str(position) for position, one in enumerate(behaviours) if one.id in draft.seen]
    return ".".join([f"{SHORT[draft.presence]}{draft.minutes}", *seen])


def detokenise(token: str, behaviours: Sequence[Behaviour]) -> Draft:
    """Return the draft of a token; what makes no sense counts as a row that nobody had marked."""
    mark, *positions = token.split(".")
    try:
        seen = frozenset(behaviours[int(position)].id for position in positions)
        return Draft(LONG[mark[:1]], int(mark[1:]), seen)
    except (ValueError, KeyError, IndexError):
        return Draft()


class Ticks(SelectMultipleField):
    """Several boxes to tick, as a list."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


PRESENCES = [SelectChoice(presence.value, presence.value.capitalize()) for presence in Presence]


class SignForm(Form):
    """Carries the fingerprint of what its page shows to be signed."""

    shown = HiddenField()


class CorrectionForm(Form):
    """What shall count instead of what was signed, and why."""

    shown = HiddenField()
    presence = RadioField(
        "What should it say?", choices=PRESENCES, validators=[InputRequired("Choose one of the three.")]
    )
    minutes = IntegerField("Minutes", validators=[Optional()])
    behaviours = Ticks("What was seen", validate_choice=True)
    reason = RadioField(
        "Why",
        choices=[SelectChoice(*one) for one in REASONS.items()],
        validators=[InputRequired("Choose the reason that fits best.")],
    )
    note = StringField("A note, if one is needed", validators=[Length(max=NOTE_MOST)])

    def offer(self, line: SignedLine, behaviours: Sequence[Behaviour]) -> None:
        """Offer the session's behaviours, and begin with what counts now."""
        now, texts = line.latest, {one.id: one.text for one in behaviours}
        gone = (now.behaviours if now else frozenset()) - texts.keys()  # the course has changed since
        self.behaviours.choices = [SelectChoice(*one) for one in texts.items()] + [
            SelectChoice(one) for one in sorted(gone)
        ]
        if self.is_submitted():
            return
        self.presence.data = now.presence.value if now else None
        self.minutes.data = now.minutes if now and now.minutes else line.longest
        self.behaviours.data = sorted(now.behaviours) if now else []

    def amendment(self) -> Amendment:
        """Return what was decided; whoever was away has no minutes, whatever stands in the box."""
        presence = Presence(self.presence.data)
        return Amendment(
            presence=presence,
            minutes=(self.minutes.data or 0) if presence is Presence.PRESENT else 0,
            behaviours=frozenset(self.behaviours.data or ()),
            reason=self.reason.data,
            note=self.note.data or "",
            shown=self.shown.data or "",
        )


class MakeUpForm(Form):
    """Where and when a missed session was made up."""

    where = RadioField("Where was it made up?", validators=[InputRequired("Choose where it was made up.")])
    held_on = DateField("Date of the meeting", validators=[Optional()])
    minutes = IntegerField("Minutes", validators=[InputRequired("Give the minutes.")])
    behaviours = Ticks("What was seen", validate_choice=True)

    def offer(
        self, sessions: Sequence[TrainingSession], ways: Sequence[str], behaviours: Sequence[Behaviour], minutes: int
    ) -> None:
        """Offer the ways that the programme allows, and the same session of other cohorts; begin with its length."""
        elsewhere = [SelectChoice(one.id, _say_session(one)) for one in sessions] if ANOTHER_COHORT in ways else []
        meeting = [SelectChoice(MEETING, "In an agreed meeting")] if MEETING in ways else []
        self.where.choices = elsewhere + meeting
        self.behaviours.choices = [SelectChoice(one.id, one.text) for one in behaviours]
        if not self.is_submitted():
            self.minutes.data = minutes

    def in_place(self) -> InPlace:
        """Return what was attended in place of the missed session."""
        meeting = self.where.data == MEETING
        return InPlace(
            attended_session_id="" if meeting else self.where.data,
            held_on=self.held_on.data if meeting else None,
            minutes=self.minutes.data,
            behaviours=frozenset(self.behaviours.data or ()),
        )


def _say_session(session: TrainingSession) -> str:
    return f"With {session.cohort.name}: {say_day(session.starts)}, {say_time(session.starts)}"


class ReadinessForm(Form):
    """A trainer's judgement, with words for the trainee."""

    ready = RadioField(
        "What do you sign?",
        choices=[SelectChoice("yes", "Ready to serve as a peer supporter"), SelectChoice("no", "Not ready yet")],
        validators=[InputRequired("Choose one of the two.")],
    )
    words = TextAreaField("Words for the trainee", validators=[Length(max=WORDS_MOST)])

    @property
    def is_ready(self) -> bool:
        """Whether the judgement is that they are ready."""
        return bool(self.ready.data == "yes")


class MetForm(Form):
    """How a module's safety outcomes were met otherwise than by its questions."""

    way = RadioField(
        "How?",
        choices=[SelectChoice(*one) for one in WAYS.items()],
        validators=[InputRequired("Choose how the outcomes were met.")],
    )
