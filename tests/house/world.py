"""Two cohorts about which there is something of everything, and one reader for each role: what the walks walk through.

Cohort A has finished its training under Ruth, and two trainees have certificates. Cohort B, under Sol, has signed
sessions 1 and 2; Noor missed the second and made it up, and session 3 is marked but not signed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.cast import ZONE, Cast
from tests.conftest import SavepointDatabase
from tests.integration.certificates.trained import attach
from tests.integration.certificates.training import AFTER, ISSUED, hold_sessions, issue, judge
from tests.integration.signoff.acts import AWAY, case_of, mark, sign, viewer_of
from trainer import clock
from trainer.accounts.services import make_link
from trainer.certificates import pdf
from trainer.certificates.services import render_missing
from trainer.config import Settings
from trainer.curriculum.rules import Catalogue, Programme
from trainer.database import Database
from trainer.journal.rules import Draft, slots_in
from trainer.journal.services import write
from trainer.keys.services import Keys
from trainer.learning.services import answer, mark_read
from trainer.people.models import Person
from trainer.people.rules import Role, Viewer
from trainer.signoff import correcting, judging
from trainer.signoff.judging import InPlace
from trainer.signoff.rules import Kind, Presence
from trainer.web.site import SETTINGS
from trainer.web.unit import EXTENSION

LATER = ISSUED + timedelta(minutes=30)
TOPIC = "confidentiality"
SIGNED_OUT, COORDINATOR, SENIOR_MEMBER = "somebody signed out", "a coordinator", "a senior member"
TRAINEES = ("a trainee of cohort A", "a trainee of cohort B")
TRAINERS = ("a trainer of cohort A", "a trainer of cohort B")
READERS = (SIGNED_OUT, *TRAINEES, *TRAINERS, COORDINATOR, SENIOR_MEMBER)


@dataclass(frozen=True)
class World:
    """The application over what was written, and who reads it; None is somebody who is signed out.

    `link` is the secret of a sign-in link, `picture` the name of a static file and of a figure in the topic.
    """

    app: Flask
    database: SavepointDatabase
    cast: Cast
    catalogue: Catalogue
    readers: dict[str, Person | None]
    viewers: dict[str, Viewer | None]
    link: str
    picture: str
    keys: Database

    @property
    def people(self) -> list[Person]:
        """Everybody there is."""
        return [person for person in vars(self.cast).values() if isinstance(person, Person)]


@pytest.fixture(scope="module")
def world(
    _app: Flask,
    _engine: Database,
    _filled: Cast,
    settings: Settings,
    programme: Programme,
    catalogue: Catalogue,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    """Everything on one connection; its file must not be written by others meanwhile."""
    with _engine.engine.execution_options(immediate=True).connect() as connection:
        outer = connection.begin()
        database = SavepointDatabase(connection)
        with clock.stopped_at(ISSUED), database.writing() as db:
            cast = attach(_filled, db)
            _train(db, cast, programme, catalogue, settings)
            _half_train(db, cast, programme)
            for trainee in (cast.amara, cast.noor):
                _learn(db, settings, trainee, catalogue)
            link = make_link(db, str(cast.amara.email), LATER)
            db.commit()
            _make_papers(database, settings)
            _app.extensions[EXTENSION] = database
            _app.extensions[SETTINGS] = replace(settings, courses=tmp_path_factory.mktemp("courses"))
            picture, keys = _put_figure(_app), Database(settings.keys_url)
            yield World(_app, database, cast, catalogue, _readers(cast), _viewers(cast), link, picture, keys)
            _app.extensions[SETTINGS] = settings
            keys.engine.dispose()
        outer.rollback()


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    """Everybody stands in the hour after the certificates were issued."""
    with clock.stopped_at(LATER):
        yield


def _readers(cast: Cast) -> dict[str, Person | None]:
    people = (None, cast.amara, cast.noor, cast.ruth, cast.sol, cast.priya, cast.eleanor)
    return dict(zip(READERS, people, strict=True))


def _viewers(cast: Cast) -> dict[str, Viewer | None]:
    """The readers as the application recognises them."""
    roles = {"trainee": Role.TRAINEE, "trainer": Role.TRAINER, "coordinator": Role.COORDINATOR}
    viewers: dict[str, Viewer | None] = {}
    for reader, person in _readers(cast).items():
        held = frozenset(roles[word] for word in reader.split() if word in roles)
        standing = frozenset({cast.stmary.id}) if reader == SENIOR_MEMBER else frozenset[str]()
        viewers[reader] = Viewer(person.id, person.name, held, standing) if person else None
    return viewers


def _make_papers(database: Database, settings: Settings) -> None:
    with pytest.MonkeyPatch.context() as patch:  # what a paper looks like is tested where papers are drawn
        patch.setattr(pdf, "render", lambda _sheet: b"%PDF-1.7")
        render_missing(database, settings)


def _put_figure(app: Flask) -> str:
    """Put a figure into the topic, under the name of a static file, so that one name serves both kinds of address."""
    name = str(app.jinja_env.globals["asset"]("icon.svg")).rpartition("/")[2]  # type: ignore[operator]
    folder = app.extensions[SETTINGS].courses / "modules" / TOPIC
    folder.mkdir(parents=True)
    (folder / name).write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    return name


def _train(db: Session, cast: Cast, programme: Programme, catalogue: Catalogue, settings: Settings) -> None:
    """Cohort A trains to the end; Amara and Tāne get their certificates."""
    hold_sessions(db, cast, programme)
    for person in (cast.amara, cast.tane):
        judge(db, cast, person, programme, catalogue)
        issue(db, cast, person, catalogue, settings)


def _half_train(db: Session, cast: Cast, programme: Programme) -> None:
    """Cohort B begins: a session missed and made up, both lines corrected, and a register that is open."""
    sign(db, cast.sol, cast.session_b(1), programme, now=AFTER)
    sign(db, cast.sol, cast.session_b(2), programme, {cast.noor.id: AWAY}, now=AFTER)
    mark(db, cast.sol, cast.session_b(3), {}, all_present=True, now=AFTER)
    case = case_of(db, cast.sol, cast.cohort_b, cast.noor, programme, AFTER)
    in_place = InPlace("", date(2026, 10, 30), 170)
    judging.make_up(db, viewer_of(cast.sol), case, 2, in_place, ZONE, AFTER)
    for session, what in ((cast.session_b(1), Kind.SIGN_OFF), (cast.session_b(2), Kind.MAKE_UP)):
        line = correcting.get_line(db, viewer_of(cast.sol), session.id, cast.noor.id, what)
        amendment = correcting.Amendment(Presence.PRESENT, 168, frozenset(), "minutes-wrong", "", line.shown)
        correcting.correct(db, viewer_of(cast.sol), line, amendment, ZONE, AFTER)


def _learn(db: Session, settings: Settings, trainee: Person, catalogue: Catalogue) -> None:
    """Somebody reads, answers and writes in one topic."""
    reader, module = viewer_of(trainee, Role.TRAINEE), catalogue.modules[TOPIC]
    mark_read(db, reader, module, module.parts[1], AFTER)
    answer(db, reader, module, module.questions[0], [0], 1, AFTER)
    _, slot = slots_in(module)[module.prompts[0].id]
    keys = Keys(Database(settings.keys_url), settings.key_folder)
    write(db, keys, reader, module, {slot: Draft(f"{trainee.given_name} was surprised.", 0)}, AFTER)
