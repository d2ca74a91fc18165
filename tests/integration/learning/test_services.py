"""Reading, answering and talking on a real database: what is kept, once, and in which order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from tests.cast import NOW, Cast, gather
from tests.unit.learning.course import TEXT, part, question, read
from trainer.database import Base, Database
from trainer.learning import queries, services
from trainer.learning.models import Attempt, DialogueRun, DialogueTurn, PartRead, Wording
from trainer.learning.services import Line
from trainer.learning.wording import token_of
from trainer.people.models import Person
from trainer.people.rules import Role, Viewer
from trainer.refusal import NotAllowed, NotNow, NotValid

MODULE = read()
IN_FOG, TO_LOG = question(MODULE, "in-fog"), question(MODULE, "what-to-log")
CAPTAIN = part(MODULE, "talking-to-the-captain")
LATER = NOW + timedelta(hours=1)


def trainee(person: Person) -> Viewer:
    return Viewer(person.id, person.name, frozenset({Role.TRAINEE}))


def number_of(db: Session, table: type[Base]) -> int:
    return db.scalar(select(func.count()).select_from(table)) or 0


def line(scene: str, choice: int, position: int, walk: int = 1) -> Line:
    found = CAPTAIN.scene(scene)
    assert found is not None
    return Line(walk, position, token_of(found.wording, found.choices[choice].text))


@pytest.fixture
def amara(cast: Cast) -> Viewer:
    return trainee(cast.amara)


def test_a_part_is_read_once_and_the_first_time_counts(db: Session, amara: Viewer) -> None:
    services.mark_read(db, amara, MODULE, part(MODULE, "the-lamp"), NOW)
    services.mark_read(db, amara, MODULE, part(MODULE, "the-lamp"), LATER)
    [row] = db.scalars(select(PartRead))
    assert (row.part, row.edition, row.read_at) == ("the-lamp", MODULE.edition, NOW)


def test_a_try_keeps_what_was_answered_as_the_course_has_it_written(db: Session, amara: Viewer) -> None:
    attempt = services.answer(db, amara, MODULE, TO_LOG, [0, 3], 1, NOW)
    assert (attempt.answer, attempt.right, attempt.wording) == ("[0, 3]", False, TO_LOG.wording)
    assert (attempt.edition, attempt.number, attempt.tried_at) == (MODULE.edition, 1, NOW)
    assert db.get_one(Wording, TO_LOG.wording).source == TO_LOG.source


def test_a_wording_is_kept_when_first_answered_and_by_nobody_again(db: Session, cast: Cast, amara: Viewer) -> None:
    services.answer(db, amara, MODULE, IN_FOG, [1], 1, NOW)
    services.answer(db, trainee(cast.tane), MODULE, IN_FOG, [0], 1, LATER)
    assert number_of(db, Wording) == 1
    assert db.get_one(Wording, IN_FOG.wording).first_seen_at == NOW


def test_the_same_answer_from_the_same_form_is_one_try(db: Session, amara: Viewer) -> None:
    first = services.answer(db, amara, MODULE, IN_FOG, [0], 1, NOW)
    assert services.answer(db, amara, MODULE, IN_FOG, [0], 1, LATER) is first
    assert number_of(db, Attempt) == 1


def test_another_answer_from_a_form_left_open_is_a_further_try(db: Session, amara: Viewer) -> None:
    services.answer(db, amara, MODULE, IN_FOG, [0], 1, NOW)
    services.answer(db, amara, MODULE, IN_FOG, [1], 1, NOW)
    services.answer(db, amara, MODULE, IN_FOG, [0], 2, NOW)
    numbers = [(row.number, row.answer) for row in db.scalars(select(Attempt).order_by(Attempt.number))]
    assert numbers == [(1, "[0]"), (2, "[1]"), (3, "[0]")]
    assert queries.latest_tries(db, amara, MODULE.slug)["in-fog"].positions == [0]


def test_an_answer_that_is_none_leaves_nothing(db: Session, amara: Viewer) -> None:
    with pytest.raises(NotValid):
        services.answer(db, amara, MODULE, IN_FOG, [], 1, NOW)
    assert number_of(db, Attempt) == number_of(db, Wording) == 0


def test_recall_keeps_that_it_was_compared_and_no_word_of_it(db: Session, amara: Viewer) -> None:
    attempt = services.answer(db, amara, MODULE, question(MODULE, "from-memory"), [], 1, NOW)
    assert (attempt.answer, attempt.right) == ("[]", True)


def test_a_question_answered_right_once_stays_right(db: Session, amara: Viewer) -> None:
    services.answer(db, amara, MODULE, IN_FOG, [1], 1, NOW)
    services.answer(db, amara, MODULE, IN_FOG, [0], 2, NOW)
    assert queries.progress_of(db, amara.person_id, [MODULE])[MODULE.slug].safety_mastered


def test_an_answer_survives_a_new_edition_and_keeps_the_wording_it_was_given_to(db: Session, amara: Viewer) -> None:
    services.answer(db, amara, MODULE, IN_FOG, [1], 1, NOW)
    newer = read(TEXT.replace("Fog comes in.", "Fog rolls in."))
    services.answer(db, amara, newer, question(newer, "in-fog"), [0], 2, LATER)
    assert number_of(db, Wording) == 2
    assert queries.progress_of(db, amara.person_id, [newer])[newer.slug].safety_mastered
    assert "rolls" in queries.latest_tries(db, amara, newer.slug)["in-fog"].source


def test_a_walk_is_kept_by_scene_and_choice_with_its_wording(db: Session, amara: Viewer) -> None:
    for one in (line("the-captain-asks", 0, 0), line("the-captain-asks", 1, 1), line("warmer", 1, 2)):
        services.say(db, amara, MODULE, CAPTAIN, one, NOW)
    run = queries.find_run(db, amara, MODULE.slug, CAPTAIN.id)
    assert run is not None and run.ended_at == NOW
    assert [(turn.scene, turn.choice, turn.target) for turn in run.turns] == [
        ("the-captain-asks", 0, "cold"),
        ("the-captain-asks", 1, "warmer"),
        ("warmer", 1, "ashore"),
    ]
    assert number_of(db, Wording) == 2
    assert queries.progress_of(db, amara.person_id, [MODULE])[MODULE.slug].dialogues_ended == {CAPTAIN.id}


def test_a_line_said_twice_is_one_line(db: Session, amara: Viewer) -> None:
    for _ in range(2):
        services.say(db, amara, MODULE, CAPTAIN, line("the-captain-asks", 1, 0), NOW)
    assert (number_of(db, DialogueRun), number_of(db, DialogueTurn)) == (1, 1)


def test_a_line_from_a_page_that_was_left_is_refused_and_changes_nothing(db: Session, amara: Viewer) -> None:
    services.say(db, amara, MODULE, CAPTAIN, line("the-captain-asks", 1, 0), NOW)
    for stale in (line("the-captain-asks", 0, 0), line("the-captain-asks", 1, 1), line("warmer", 1, 5)):
        with pytest.raises(NotNow):
            services.say(db, amara, MODULE, CAPTAIN, stale, NOW)
    assert number_of(db, DialogueTurn) == 1


def test_a_refused_first_line_begins_no_walk(db: Session, amara: Viewer) -> None:
    for wrong in (line("warmer", 0, 0), line("the-captain-asks", 0, 3), line("the-captain-asks", 0, 0, walk=2)):
        with pytest.raises(NotNow):
            services.say(db, amara, MODULE, CAPTAIN, wrong, NOW)
    assert number_of(db, DialogueRun) == 0


def test_nothing_can_be_said_after_the_ending(db: Session, amara: Viewer) -> None:
    for one in (line("the-captain-asks", 1, 0), line("warmer", 1, 1)):
        services.say(db, amara, MODULE, CAPTAIN, one, NOW)
    with pytest.raises(NotNow):
        services.say(db, amara, MODULE, CAPTAIN, line("warmer", 0, 2), NOW)


def test_walking_again_begins_once_and_keeps_the_first_walk(db: Session, amara: Viewer) -> None:
    for one in (line("the-captain-asks", 1, 0), line("warmer", 1, 1)):
        services.say(db, amara, MODULE, CAPTAIN, one, NOW)
    for _ in range(2):
        services.walk_again(db, amara, MODULE, CAPTAIN, 1, LATER)
        db.flush()
    assert number_of(db, DialogueRun) == 2
    services.say(db, amara, MODULE, CAPTAIN, line("the-captain-asks", 0, 0, walk=2), LATER)
    run = queries.find_run(db, amara, MODULE.slug, CAPTAIN.id)
    assert run is not None and run.number == 2 and len(run.turns) == 1 and run.ended_at is None
    assert queries.progress_of(db, amara.person_id, [MODULE])[MODULE.slug].dialogues_ended == {CAPTAIN.id}


def test_walking_again_without_a_walk_leaves_nothing(db: Session, amara: Viewer) -> None:
    services.walk_again(db, amara, MODULE, CAPTAIN, 1, NOW)
    assert number_of(db, DialogueRun) == 0


def test_whoever_only_looks_leaves_no_row(db: Session, cast: Cast) -> None:
    guest = Viewer(cast.ruth.id, cast.ruth.name, frozenset({Role.TRAINER, Role.COORDINATOR}))
    with pytest.raises(NotAllowed):
        services.mark_read(db, guest, MODULE, MODULE.parts[0], NOW)
    with pytest.raises(NotAllowed):
        services.answer(db, guest, MODULE, IN_FOG, [1], 1, NOW)
    with pytest.raises(NotAllowed):
        services.say(db, guest, MODULE, CAPTAIN, line("the-captain-asks", 1, 0), NOW)
    with pytest.raises(NotAllowed):
        services.walk_again(db, guest, MODULE, CAPTAIN, 1, NOW)
    assert not any(number_of(db, table) for table in (PartRead, Attempt, DialogueRun, Wording))


def test_everybodys_mastery_and_reading_come_in_one_statement_each(db: Session, cast: Cast) -> None:
    second = read(TEXT.replace(" safety", "").replace("safety: true", "safety: false"), number=2, slug="calm-seas")
    for person in (cast.amara, cast.tane):
        services.answer(db, trainee(person), MODULE, IN_FOG, [1] if person is cast.amara else [0], 1, NOW)
        services.mark_read(db, trainee(person), MODULE, part(MODULE, "the-lamp"), NOW)
        services.mark_read(db, trainee(person), MODULE, part(MODULE, "the-log"), NOW)
    services.mark_read(db, trainee(cast.amara), MODULE, part(MODULE, "bring-to-the-session"), NOW)
    db.flush()
    people = [cast.amara.id, cast.tane.id, cast.yael.id]
    with counted(db) as statements:
        mastered = queries.mastered_safety(db, people, [MODULE, second])
        has_read = queries.has_read(db, people, [MODULE, second])
        standing = queries.progress_of(db, cast.amara.id, [MODULE, second])
    assert len(statements) == 3
    assert mastered == {(cast.amara.id, MODULE.slug), *((person, second.slug) for person in people)}
    assert has_read == {(cast.amara.id, MODULE.slug)}
    assert standing[MODULE.slug].begun and not standing[second.slug].begun


def test_nobody_and_nothing_asked_about_is_answered_with_nothing(db: Session) -> None:
    assert queries.mastered_safety(db, [], [MODULE]) == queries.has_read(db, [], [MODULE]) == set()
    assert queries.has_read(db, ["somebody"], []) == set()
    assert queries.progress_of(db, "somebody", []) == {}


class counted:  # noqa: N801 - read as a word in a `with`
    """The statements that a session sends within a block."""

    def __init__(self, db: Session) -> None:
        self.engine, self.statements = db.get_bind().engine, list[str]()

    def _note(self, _connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        self.statements.append(statement)

    def __enter__(self) -> list[str]:
        event.listen(self.engine, "before_cursor_execute", self._note)
        return self.statements

    def __exit__(self, *_raised: object) -> None:
        event.remove(self.engine, "before_cursor_execute", self._note)


@pytest.fixture
def own_database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'own.sqlite3'}")
    Base.metadata.create_all(database.engine)
    yield database
    database.engine.dispose()


def test_a_try_and_its_wording_are_kept_together_or_not_at_all(own_database: Database) -> None:
    with own_database.unit() as db:
        amara = trainee(gather(db).amara)
    with pytest.raises(RuntimeError), own_database.unit() as db:
        services.answer(db, amara, MODULE, IN_FOG, [1], 1, NOW)
        assert number_of(db, Attempt) == number_of(db, Wording) == 1
        raise RuntimeError("the light went out")
    with own_database.unit() as db:
        assert number_of(db, Attempt) == number_of(db, Wording) == 0
        services.answer(db, amara, MODULE, IN_FOG, [1], 1, NOW)
    with own_database.reading() as db:
        assert number_of(db, Attempt) == number_of(db, Wording) == 1
