"""Mark a part as read, answer a question, say a line in a dialogue, walk it again. Nothing here commits."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.curriculum.rules import Module, Part, Question, Scene, SceneKind
from trainer.learning import marking, queries, walks
from trainer.learning.models import Attempt, DialogueRun, DialogueTurn, PartRead, Wording
from trainer.learning.wording import token_of
from trainer.people.models import Person
from trainer.people.rules import Viewer
from trainer.refusal import NotAllowed, NotNow


@dataclass(frozen=True, slots=True)
class Line:
    """A line said in a dialogue, as a form sends it: in which walk, after how many turns, the token of the choice."""

    walk: int
    position: int
    token: str


def mark_read(db: Session, viewer: Viewer, module: Module, part: Part, now: datetime) -> None:
    """Keep that somebody is done with a part; the first time counts, saying it again changes nothing."""
    _begin_work(db, viewer)
    mine = (PartRead.person_id == viewer.person_id, PartRead.module == module.slug, PartRead.part == part.id)
    if db.scalar(select(PartRead.id).where(*mine)) is None:
        db.add(
            PartRead(person_id=viewer.person_id, module=module.slug, part=part.id, edition=module.edition, read_at=now)
        )


def answer(
    db: Session,
    viewer: Viewer,
    module: Module,
    question: Question,
    positions: Sequence[int],
    number: int,
    now: datetime,
) -> Attempt:
    """Keep one try at a question and its wording, and return it.

    `number` is what the form takes this try to be. The same answer sent again from the same form is the same try;
    another answer from a form that was left open is a further try. Raises NotValid for an answer that is none.
    """
    _begin_work(db, viewer)
    marking.refuse_incomplete(question, positions)
    latest = queries.find_attempt(db, viewer, module.slug, question.id)
    said = json.dumps(list(positions))
    if latest and latest.number == number and (latest.answer, latest.wording) == (said, question.wording):
        return latest
    attempt = Attempt(
        person_id=viewer.person_id,
        module=module.slug,
        question=question.id,
        number=latest.number + 1 if latest else 1,
        wording=_keep_wording(db, module, question, now),
        edition=module.edition,
        answer=said,
        right=marking.is_right(question, positions),
        tried_at=now,
    )
    db.add(attempt)
    db.flush()
    return attempt


def say(db: Session, viewer: Viewer, module: Module, part: Part, line: Line, now: datetime) -> None:
    """Keep one line said in a dialogue, with the wording of its scene.

    The same line sent twice is one line. Raises NotNow for a line of a scene that the talk has left.
    """
    _begin_work(db, viewer)
    run = queries.find_run(db, viewer, module.slug, part.id)
    if run and _was_said(part, run, line):
        return
    scene = walks.scene_due(part, queries.taken_in(run))
    here = (run.number, len(run.turns)) if run else (1, 0)
    if scene is None or (line.walk, line.position) != here:
        raise NotNow("gone-on", walks.GONE_ON)
    choice, taken = walks.choice_of(scene, line.token)
    run = run or _begin(db, viewer, module, part, 1, now)
    run.turns.append(
        DialogueTurn(
            position=line.position,
            scene=scene.id,
            wording=_keep_wording(db, module, scene, now),
            choice=choice,
            target=taken.target,
            taken_at=now,
        )
    )
    target = part.scene(taken.target)
    if target is not None and target.kind is SceneKind.END:
        run.ended_at = now
    db.flush()


def walk_again(db: Session, viewer: Viewer, module: Module, part: Part, after: int, now: datetime) -> None:
    """Begin the walk that follows walk number `after`, keeping the earlier one; asked twice, it begins once."""
    _begin_work(db, viewer)
    run = queries.find_run(db, viewer, module.slug, part.id)
    if run is not None and run.number == after and run.turns:
        _begin(db, viewer, module, part, after + 1, now)


def _was_said(part: Part, run: DialogueRun, line: Line) -> bool:
    """Whether this very line is the one that stands at its position already."""
    if line.walk != run.number or not 0 <= line.position < len(run.turns):
        return False
    turn = run.turns[line.position]
    scene = part.scene(turn.scene)
    if scene is None or turn.wording != scene.wording or turn.choice >= len(scene.choices):
        return False
    return token_of(scene.wording, scene.choices[turn.choice].text) == line.token


def _begin(db: Session, viewer: Viewer, module: Module, part: Part, number: int, now: datetime) -> DialogueRun:
    run = DialogueRun(
        person_id=viewer.person_id,
        module=module.slug,
        part=part.id,
        number=number,
        edition=module.edition,
        begun_at=now,
        turns=[],
    )
    db.add(run)
    return run


def _keep_wording(db: Session, module: Module, item: Question | Scene, now: datetime) -> str:
    """Keep a question or scene as it stands, unless this wording is there already, and return its hash."""
    if db.get(Wording, item.wording) is None:
        row = Wording(hash=item.wording, module=module.slug, item=item.id, source=item.source, first_seen_at=now)
        with suppress(IntegrityError), db.begin_nested():  # somebody else may keep the same at the same moment
            db.add(row)
    return item.wording


def _begin_work(db: Session, viewer: Viewer) -> None:
    """Refuse who is only looking; let one person's writes follow each other, as SQLite's write lock does anyway."""
    if not viewer.is_trainee:
        raise NotAllowed("no-trainee", "You are looking at this topic as a guest: nothing is kept for you.")
    db.execute(select(Person.id).where(Person.id == viewer.person_id).with_for_update(key_share=True))
