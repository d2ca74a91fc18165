"""Reads of what was read, answered and practised; each statement covers all the people or modules it is asked about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import (
    ColumnElement,
    and_,
    bindparam,
    case,
    distinct,
    false,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from trainer.curriculum.rules import Module, PartKind
from trainer.learning.asking import Try
from trainer.learning.models import Attempt, DialogueRun, DialogueTurn, PartRead, Wording, positions_in
from trainer.learning.rules import ModuleProgress, Record, progress, records_by_module
from trainer.learning.walks import Taken
from trainer.people.rules import Viewer

NOTHING = Record()


def progress_of(db: Session, person_id: str, modules: Iterable[Module]) -> dict[str, ModuleProgress]:
    """Return where one person stands in each of these modules, by slug: one statement, whatever their number."""
    modules = tuple(modules)
    records = records_of(db, person_id, [module.slug for module in modules])
    return {module.slug: progress(module, records.get(module.slug, NOTHING)) for module in modules}


def _own(person_id: InstrumentedAttribute[str], module: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    return and_(person_id == bindparam("person_id"), module.in_(bindparam("slugs", expanding=True)))


KEPT = union_all(  # built once: building it takes longer than running it
    select(literal("read"), PartRead.module, PartRead.part, literal(1)).where(
        _own(PartRead.person_id, PartRead.module)
    ),
    select(literal("tried"), Attempt.module, Attempt.question, func.max(case((Attempt.right, 1), else_=0)))
    .where(_own(Attempt.person_id, Attempt.module))
    .group_by(Attempt.module, Attempt.question),
    select(literal("ended"), DialogueRun.module, DialogueRun.part, literal(1)).where(
        _own(DialogueRun.person_id, DialogueRun.module), DialogueRun.ended_at.is_not(None)
    ),
)


def records_of(db: Session, person_id: str, slugs: Sequence[str]) -> Mapping[str, Record]:
    """Return what is kept of one person by module; a module in which nothing is kept is absent."""
    rows = db.execute(KEPT, {"person_id": person_id, "slugs": list(slugs)})
    return records_by_module((kind, slug, item, bool(right)) for kind, slug, item, right in rows)


MASTERED = (
    select(Attempt.person_id, Attempt.module, func.count(distinct(Attempt.question)))
    .where(
        Attempt.person_id.in_(bindparam("people", expanding=True)),
        Attempt.right,
        tuple_(Attempt.module, Attempt.question).in_(bindparam("wanted", expanding=True)),
    )
    .group_by(Attempt.person_id, Attempt.module)
)


def mastered_safety(db: Session, person_ids: Iterable[str], modules: Iterable[Module]) -> set[tuple[str, str]]:
    """Return (person, slug) for everybody who was right once on every safety question of a module: one statement.

    A module without safety questions is mastered by everybody.
    """
    people, wanted = list(person_ids), {m.slug: m.safety_questions for m in modules}
    pairs = [(slug, question.id) for slug, questions in wanted.items() for question in questions]
    rows = db.execute(MASTERED, {"people": people, "wanted": pairs})
    complete = {(person, slug) for person, slug, number in rows if number == len(wanted[slug])}
    return complete | {(person, slug) for person in people for slug, questions in wanted.items() if not questions}


def has_read(db: Session, person_ids: Iterable[str], modules: Iterable[Module]) -> set[tuple[str, str]]:
    """Return (person, slug) for everybody who said that they had read every reading part of a module: one statement."""
    wanted = {m.slug: [part.id for part in m.parts if part.kind is PartKind.READING] for m in modules}
    query = (
        select(PartRead.person_id, PartRead.module, func.count(distinct(PartRead.part)))
        .where(PartRead.person_id.in_(tuple(person_ids)), _one_of(PartRead.module, PartRead.part, wanted))
        .group_by(PartRead.person_id, PartRead.module)
    )
    return {(person, slug) for person, slug, number in db.execute(query) if number == len(wanted[slug])}


_OWN_TRY = (Attempt.person_id == bindparam("person_id"), Attempt.module == bindparam("slug"))
LATEST_TRIES = (
    select(Attempt.question, Attempt.number, Attempt.answer, Attempt.wording, Wording.source)
    .join(Attempt.seen)
    .where(
        *_OWN_TRY,
        tuple_(Attempt.question, Attempt.number).in_(
            select(Attempt.question, func.max(Attempt.number)).where(*_OWN_TRY).group_by(Attempt.question)
        ),
    )
)


def latest_tries(db: Session, viewer: Viewer, slug: str) -> dict[str, Try]:
    """Return one's own latest try at each question of a module, by its id: one statement."""
    found = db.execute(LATEST_TRIES, {"person_id": viewer.person_id, "slug": slug})
    return {
        question: Try(number, positions_in(answer), wording, source)
        for question, number, answer, wording, source in found
    }


def find_attempt(db: Session, viewer: Viewer, slug: str, question_id: str) -> Attempt | None:
    """Return one's own latest try at one question."""
    query = (
        select(Attempt)
        .where(Attempt.person_id == viewer.person_id, Attempt.module == slug, Attempt.question == question_id)
        .order_by(Attempt.number.desc())
        .limit(1)
    )
    return db.scalars(query).one_or_none()


def find_run(db: Session, viewer: Viewer, slug: str, part_id: str) -> DialogueRun | None:
    """Return one's own latest walk through a dialogue, with its turns and their wording: two statements."""
    query = (
        select(DialogueRun)
        .where(DialogueRun.person_id == viewer.person_id, DialogueRun.module == slug, DialogueRun.part == part_id)
        .order_by(DialogueRun.number.desc())
        .limit(1)
        .options(selectinload(DialogueRun.turns).joinedload(DialogueTurn.seen, innerjoin=True))
    )
    return db.scalars(query).one_or_none()


def taken_in(run: DialogueRun | None) -> list[Taken]:
    """Return the choices made in a walk, oldest first."""
    turns = run.turns if run else []
    return [Taken(turn.scene, turn.wording, turn.choice, turn.target, turn.seen.source) for turn in turns]


def _one_of(
    slug: InstrumentedAttribute[str], item: InstrumentedAttribute[str], wanted: Mapping[str, Sequence[str]]
) -> ColumnElement[bool]:
    return or_(false(), *(and_(slug == name, item.in_(ids)) for name, ids in wanted.items() if ids))
