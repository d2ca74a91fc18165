"""What happened in the demonstration's two cohorts, told through the services that real people use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer import clock
from trainer.certificates import services as certificates
from trainer.cohorts.models import Cohort, Enrolment, TrainingSession
from trainer.cohorts.queries import enrolments, timetable
from trainer.cohorts.rules import instant_of, is_over
from trainer.config import Settings
from trainer.curriculum.rules import Catalogue, Module, PartKind, Programme, Question, QuestionKind
from trainer.database import Database
from trainer.journal.rules import Draft as TextDraft
from trainer.journal.rules import slots_in
from trainer.journal.services import write
from trainer.keys.services import Keys
from trainer.learning.services import answer, mark_read
from trainer.people.models import Person
from trainer.people.rules import Role, Viewer
from trainer.signoff import boards, judging, registers, services
from trainer.signoff.rules import Presence, safety_modules
from trainer.signoff.sheet import Change, Draft, Given, Row, fingerprint

RUNNING, EARLIER = "Michaelmas A", "Trinity A"
MISSED = {(RUNNING, 3, "kai.smith@bridge.example")}
LATE = {(RUNNING, 2, "zofia.wojcik@bridge.example"): 172, (RUNNING, 4, "madonna@bridge.example"): 150}
NOT_YET = "roisin.nidhalaigh@publichealth.example"
SEEN_EVERY = 2  # of the behaviours of a session, every second trainee is seen to show every second one
READ_BY = 10  # of fourteen trainees have read before a session
A_REFLECTION = (
    "My cousin told our aunt something I had told only her. It was not the telling. It was that I heard it at dinner, "
    "from someone else. If she had said “I think I have to tell her”, I would have been angry for a day."
)


def viewer_of(person: Person, role: Role) -> Viewer:
    """Return somebody as the one who acts, in a role."""
    return Viewer(person.id, person.name, frozenset({role}))


@dataclass
class Term:
    """Everything the story is told with."""

    settings: Settings
    database: Database
    keys: Keys
    catalogue: Catalogue

    def read(self) -> None:
        """Let trainees read and answer in the evening before the first session, and Amara write."""
        for name in (EARLIER, RUNNING):
            with self.database.unit() as db:
                cohort, sessions = self._cohort(db, name)
                evening = instant_of(sessions[0].starts, self.settings.time_zone) - timedelta(hours=19)
                with clock.stopped_at(evening):
                    self._read_first(db, enrolments(db, cohort.id), everything=name == EARLIER)
        with self.database.unit() as db:
            self._amara(db)

    def _read_first(self, db: Session, places: list[Enrolment], *, everything: bool) -> None:
        programme = self.catalogue.programmes[places[0].cohort.programme]
        modules = safety_modules(programme, self.catalogue) if everything else self._first(programme)
        for number, place in enumerate(places if everything else places[:READ_BY]):
            for module in modules:
                self._work_through(db, viewer_of(place.person, Role.TRAINEE), module, stumble=number)

    def _first(self, programme: Programme) -> tuple[Module, ...]:
        return self.catalogue.pre_reading(programme.sessions[0])

    def _work_through(self, db: Session, reader: Viewer, module: Module, stumble: int) -> None:
        """Read every part and answer every question; the `stumble`-th question first takes a wrong answer."""
        for part in module.parts:
            if part.kind not in {PartKind.QUIZ, PartKind.DIALOGUE}:
                mark_read(db, reader, module, part, clock.now())
        for number, question in enumerate(module.questions):
            tries = [_right(question)]
            if number == stumble % len(module.questions) and question.kind is QuestionKind.SINGLE:
                tries.insert(0, [next(at for at, option in enumerate(question.options) if not option.right)])
            for count, positions in enumerate(tries, start=1):
                answer(db, reader, module, question, positions, count, clock.now())

    def _amara(self, db: Session) -> None:
        """Amara has written about a secret, and is in the middle of what comes next."""
        person = db.scalars(select(Person).where(Person.email == "amara.okafor-lindqvist@stmary.example")).one()
        reader = viewer_of(person, Role.TRAINEE)
        module = self.catalogue.modules["confidentiality"]
        prompt = module.prompts[0]
        _, slot = slots_in(module)[prompt.id]
        with clock.stopped_at(clock.now() - timedelta(days=15)):
            write(db, self.keys, reader, module, {slot: TextDraft(A_REFLECTION, 0)}, clock.now())
        programme = self.catalogue.programmes["peer-support"]
        with clock.stopped_at(clock.now() - timedelta(days=6)):
            for plan in programme.sessions[1:4]:
                for read in self.catalogue.pre_reading(plan):
                    self._work_through(db, reader, read, stumble=plan.number)
        coming = self.catalogue.pre_reading(programme.sessions[5])[0]
        with clock.stopped_at(clock.now() - timedelta(hours=20)):
            for part in coming.parts[:2]:
                mark_read(db, reader, coming, part, clock.now())

    def hold_sessions(self) -> None:
        """Hold every session that is over, in order; the register of the newest is marked but not signed yet."""
        with self.database.reading() as db:
            cohorts = [self._cohort(db, name) for name in (EARLIER, RUNNING)]
        for cohort, sessions in cohorts:
            over = [one for one in sessions if is_over(one.ends, self.settings.time_zone, clock.now())]
            for one in over:
                newest = cohort.name == RUNNING and one is over[-1]
                after = instant_of(one.ends, self.settings.time_zone) + timedelta(minutes=4)
                with clock.stopped_at(min(after, clock.now())), self.database.unit() as db:
                    self._hold(db, cohort, one, sign=not newest)

    def _hold(self, db: Session, cohort: Cohort, one: TrainingSession, *, sign: bool) -> None:
        programme = self.catalogue.programmes[cohort.programme]
        leader = viewer_of(one.leaders[0], Role.TRAINER)
        emails = {place.person_id: str(place.person.email) for place in enrolments(db, cohort.id)}
        rows = registers.get_sheet(db, leader, one.id).rows
        changes = [self._change(programme, cohort, one, row, emails[row.person_id], at) for at, row in enumerate(rows)]
        given = Given(tuple(changes if sign else changes[:9]))
        services.save_marks(db, leader, one.id, given, self.settings.time_zone, clock.now())
        if sign:
            sheet = registers.get_sheet(db, leader, one.id)
            shown = fingerprint(sheet.rows, one.minutes, programme.edition)
            services.sign_off(db, leader, one.id, programme, shown, self.settings.time_zone, clock.now())

    def _change(
        self, programme: Programme, cohort: Cohort, one: TrainingSession, row: Row, email: str, at: int
    ) -> Change:
        key = (cohort.name, one.number, email)
        if key in MISSED:
            return Change(row.person_id, row.draft, Draft(Presence.APOLOGIES))
        plan = programme.session(one.number)
        behaviours = plan.behaviours if plan else ()
        seen = {
            behaviour.id
            for number, behaviour in enumerate(behaviours)
            if behaviour.critical or (number + at) % SEEN_EVERY == 0
        }
        return Change(row.person_id, row.draft, Draft(Presence.PRESENT, LATE.get(key, one.minutes), frozenset(seen)))

    def certify(self) -> None:
        """Judge the earlier cohort ready, all but one, and issue their certificates."""
        with self.database.reading() as db:
            cohort, sessions = self._cohort(db, EARLIER)
            places = enrolments(db, cohort.id)
        ended = instant_of(sessions[-1].ends, self.settings.time_zone)
        for place in places:
            with clock.stopped_at(ended + timedelta(days=1)), self.database.unit() as db:
                self._judge(db, cohort, sessions[-1].leaders[0], place)
        coordinator = self._coordinator()
        for place in places:
            if place.person.email != NOT_YET:
                with clock.stopped_at(ended + timedelta(days=4)), self.database.unit() as db:
                    self._issue(db, coordinator, place)
        certificates.render_missing(self.database, self.settings)

    def _judge(self, db: Session, cohort: Cohort, trainer: Person, place: Enrolment) -> None:
        leader = viewer_of(trainer, Role.TRAINER)
        programme = self.catalogue.programmes[cohort.programme]
        table = boards.get_timetable(db, leader, cohort.id)
        case = boards.case(db, table, programme, place, self.settings.time_zone, clock.now())
        ready = place.person.email != NOT_YET
        words = (
            "You wait, and people go on. Bring a hard evening to supervision early in the term."
            if ready
            else "You listen warmly. Practise saying the limits first: let us meet twice more and look again."
        )
        judging.judge(db, leader, case, ready, words, self.settings.time_zone, clock.now())

    def _issue(self, db: Session, coordinator: Viewer, place: Enrolment) -> None:
        certificates.issue(
            db, coordinator, place.cohort_id, place.person_id, self.catalogue, self.settings, clock.now()
        )

    def _coordinator(self) -> Viewer:
        with self.database.reading() as db:
            person = db.scalars(select(Person).where(Person.email == "priya.raman@counselling.example")).one()
            return viewer_of(person, Role.COORDINATOR)

    def _cohort(self, db: Session, name: str) -> tuple[Cohort, list[TrainingSession]]:
        cohort = db.scalars(select(Cohort).where(Cohort.name == name)).one()
        return cohort, list(timetable(db, cohort.id))


def _right(question: Question) -> list[int]:
    if question.kind is QuestionKind.ORDER:
        return list(range(len(question.options)))
    return [at for at, option in enumerate(question.options) if option.right]
