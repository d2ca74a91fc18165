"""Two trainers, each in a process of their own, on one database file: at the same moment."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.cast import NOW, Cast, gather
from tests.integration.signoff.acts import AWAY, mark, sign_as_shown, there
from trainer import clock
from trainer.cohorts.models import Leading, TrainingSession
from trainer.curriculum.rules import Catalogue, Programme
from trainer.database import Base, Database
from trainer.ledger.models import Leaf
from trainer.ledger.verify import verify
from trainer.people.models import Person
from trainer.refusal import Refused
from trainer.signoff import registers
from trainer.signoff.models import SignOff
from trainer.signoff.records import sealed_records
from trainer.signoff.sheet import Draft

ROUNDS = 5  # sessions that are over, each a race of its own


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path / 'trainer.sqlite3'}")
    Base.metadata.create_all(made.engine)
    yield made
    made.engine.dispose()


@pytest.fixture
def gathered(database: Database) -> Cast:
    """The cast in a file of its own; Ruth and Daniel lead every session of cohort A together."""
    with clock.stopped_at(NOW), database.unit() as db:
        cast = gather(db)
        for session in cast.sessions_a:
            for person in (cast.ruth, cast.daniel):
                if not session.led_by(person.id):
                    db.add(Leading(training_session_id=session.id, person_id=person.id, from_on=NOW.date()))
    return cast


Act = Callable[[Session, Person, TrainingSession, Programme], str]


def sign_it(db: Session, leader: Person, session: TrainingSession, programme: Programme) -> str:
    return sign_as_shown(db, leader, session, programme).id


def mark_somebody(db: Session, leader: Person, session: TrainingSession, _programme: Programme) -> str:
    """Ruth marks the first of the list, Daniel the second; both tick something for the third."""
    rows = registers.sheet_of(db, session).rows
    first = leader.given_name == "Ruth"
    behaviour = "lets-others-finish" if first else "no-absolute-promise"
    shown = {row.person_id: Draft() for row in rows} | {rows[2].person_id: there()}
    wanted = {rows[0 if first else 1].person_id: AWAY, rows[2].person_id: there(behaviour)}
    return " ".join(mark(db, leader, session, wanted, shown=shown))


def race(folder: Path, ready: Barrier, act: Act, leader_id: str, session_ids: list[str], programme: Programme) -> None:
    """One process: does its act in every session when the other does, and writes down what came of it."""
    database = Database(f"sqlite:///{folder / 'trainer.sqlite3'}")
    said = []
    with clock.stopped_at(NOW):
        for session_id in session_ids:
            ready.wait(timeout=60)
            try:
                with database.unit() as db:
                    leader, session = db.get_one(Person, leader_id), db.get_one(TrainingSession, session_id)
                    said.append(f"done {act(db, leader, session, programme)}")
            except Refused as refusal:
                said.append(f"{refusal.code} {refusal.sentence}")
    (folder / leader_id).write_text("\n".join(said), encoding="utf-8")
    database.engine.dispose()


def run(folder: Path, act: Act, cast: Cast, programme: Programme) -> list[tuple[str, str]]:
    """Let Ruth and Daniel do the same at once; return what came of each session for the two of them."""
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(2)
    ids = [session.id for session in cast.sessions_a[:ROUNDS]]
    leaders = (cast.ruth.id, cast.daniel.id)
    processes = [context.Process(target=race, args=(folder, ready, act, leader, ids, programme)) for leader in leaders]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=90)
    assert [process.exitcode for process in processes] == [0, 0]
    told = [(folder / leader).read_text(encoding="utf-8").splitlines() for leader in leaders]
    return list(zip(*told, strict=True))


def test_two_who_sign_at_once_leave_one_signature_and_the_other_is_told(
    tmp_path: Path, database: Database, gathered: Cast, catalogue: Catalogue
) -> None:
    programme = catalogue.programmes["peer-support"]
    with database.unit() as db:
        for session in gathered.sessions_a[:ROUNDS]:
            mark(db, gathered.ruth, db.get_one(TrainingSession, session.id), {}, all_present=True)
    for pair in run(tmp_path, sign_it, gathered, programme):
        [won] = [said for said in pair if said.startswith("done ")]
        [lost] = [said for said in pair if said is not won]
        assert lost.startswith("signed ")
        assert "signed this session on 20 October 2026, 12:00" in lost
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(SignOff)) == ROUNDS
        assert db.scalar(select(func.count()).select_from(Leaf)) == ROUNDS
        assert verify(db, sealed_records(db)) == ()


def test_two_who_mark_at_once_open_one_register_and_keep_both_their_marks(
    tmp_path: Path, database: Database, gathered: Cast, catalogue: Catalogue
) -> None:
    for pair in run(tmp_path, mark_somebody, gathered, catalogue.programmes["peer-support"]):
        assert pair == ("done ", "done "), "nobody is refused, nobody overrides anybody"
    with database.reading() as db:
        for session in gathered.sessions_a[:ROUNDS]:
            rows = registers.sheet_of(db, db.get_one(TrainingSession, session.id)).rows
            assert [rows[0].draft, rows[1].draft] == [AWAY, AWAY]
            assert rows[2].draft.seen == {"lets-others-finish", "no-absolute-promise"}
