"""What can stand in an address, by the name of its parameter; what belongs together; and whose each id is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.house.world import TOPIC, World
from trainer.certificates.models import Certificate
from trainer.cohorts.models import Enrolment
from trainer.curriculum.handbook import Audience
from trainer.curriculum.rules import PartKind
from trainer.journal.models import Reflection
from trainer.people.models import Membership, RoleGrant, SeniorMember
from trainer.signoff.models import MakeUp, SignOff
from trainer.signoff.rules import Kind

CONTACT = "uk-emergency"
OWNED = {
    "cohort_id",
    "training_session_id",
    "person_id",
    "certificate_id",
    "body_id",
    "membership_id",
    "row_id",
    "text_id",
}


@dataclass(frozen=True)
class Table:
    """`values` by parameter; `together` the combinations that exist; `reach` the ids that are a reader's business."""

    values: dict[str, Sequence[Any]]
    together: dict[tuple[str, ...], set[tuple[str, ...]]]
    reach: dict[str, set[str]]

    def belongs_together(self, values: dict[str, Any]) -> bool:
        """Whether everything named exists, and as said: this person in that cohort, that part with this question."""
        return all(value in self.values[name] for name, value in values.items()) and all(
            tuple(values[name] for name in names) in known
            for names, known in self.together.items()
            if set(names) <= values.keys()
        )

    def reaches(self, reader: str, values: dict[str, Any]) -> bool:
        """Whether every id that exists is the reader's business."""
        known = {name: value for name, value in values.items() if name in OWNED and value in self.values[name]}
        return all(value in self.reach[reader] for value in known.values())


def table_of(world: World) -> Table:
    """Gather the table out of what was written about the two cohorts."""
    with world.database.reading() as db:
        rows = {
            "roles": {one.person_id: one.id for one in db.scalars(select(RoleGrant))},
            "bodies": {one.person_id: one.id for one in db.scalars(select(Membership))},
            "standings": {one.person_id: one.id for one in db.scalars(select(SeniorMember))},
        }
        texts = {one.person_id: one.id for one in db.scalars(select(Reflection))}
        certificates = db.scalars(select(Certificate)).all()
        values = _people_values(world, rows, texts, certificates) | _course_values(world)
        return Table(values, _together(db, world, rows), _reach(world, values, texts, certificates))


def _people_values(
    world: World, rows: dict[str, dict[str, str]], texts: dict[str, str], certificates: Sequence[Certificate]
) -> dict[str, Sequence[Any]]:
    cast = world.cast
    return {
        "cohort_id": [cast.cohort_a.id, cast.cohort_b.id],
        "training_session_id": [cast.session_a(2).id, cast.session_b(2).id, cast.session_b(3).id],
        "person_id": [cast.amara.id, cast.noor.id, cast.ruth.id, cast.eleanor.id],
        "certificate_id": [one.id for one in certificates],
        "code": [one.code for one in certificates],
        "secret": [world.link],
        "body_id": [cast.stmary.id],
        "membership_id": [rows["bodies"][cast.amara.id], rows["bodies"][cast.ruth.id]],
        "row_id": [
            rows["roles"][cast.ruth.id],
            rows["bodies"][cast.amara.id],
            rows["standings"][cast.eleanor.id],
        ],
        "text_id": list(texts.values()),
    }


def _course_values(world: World) -> dict[str, Sequence[Any]]:
    module = world.catalogue.modules[TOPIC]
    return {
        "number": [module.number],
        "contact_id": [CONTACT],
        "slug": [world.cast.cohort_a.programme],
        "page_slug": [one.slug for one in world.catalogue.pages.values() if one.audience is Audience.ANYONE],
        "part_id": [part.id for part in module.parts],
        "question_id": [question.id for question in module.questions[:2]],
        "what": [Kind.SIGN_OFF.value, Kind.MAKE_UP.value, "roles", "bodies", "standings"],
        "name": [world.picture],
    }


def _together(
    db: Session, world: World, rows: dict[str, dict[str, str]]
) -> dict[tuple[str, ...], set[tuple[str, ...]]]:
    module = world.catalogue.modules[TOPIC]
    quiz = next(part for part in module.parts if part.kind is PartKind.QUIZ)
    places: set[tuple[str, ...]] = {(one.cohort_id, one.person_id) for one in db.scalars(select(Enrolment))}
    signed: set[tuple[str, ...]] = {
        (one.training_session_id, person_id, Kind.SIGN_OFF.value)
        for one in db.scalars(select(SignOff))
        for cohort_id, person_id in places
        if cohort_id == one.cohort_id
    }
    made_up = {(one.missed_session_id, one.person_id, Kind.MAKE_UP.value) for one in db.scalars(select(MakeUp))}
    return {
        ("cohort_id", "person_id"): places,
        ("training_session_id", "person_id", "what"): signed | made_up,
        ("person_id", "membership_id"): set(rows["bodies"].items()),
        ("person_id", "what", "row_id"): {
            (person_id, what, row_id) for what, some in rows.items() for person_id, row_id in some.items()
        },
        ("part_id", "question_id"): {(quiz.id, question.id) for question in quiz.questions},
    }


def _reach(
    world: World, values: dict[str, Sequence[Any]], texts: dict[str, str], certificates: Sequence[Certificate]
) -> dict[str, set[str]]:
    """A trainer's ids are those of their cohort, a trainee's are their own papers, a coordinator's all but texts."""
    cast = world.cast
    papers = {one.person_id: one.id for one in certificates}
    everything = {str(value) for name in OWNED - {"text_id"} for value in values[name]}
    return {reader: set[str]() for reader in world.readers} | {
        "a trainee of cohort A": {papers[cast.amara.id], texts[cast.amara.id]},
        "a trainee of cohort B": {texts[cast.noor.id]},
        "a trainer of cohort A": {
            cast.cohort_a.id,
            cast.session_a(2).id,
            cast.amara.id,
            cast.ruth.id,
            *papers.values(),
        },
        "a trainer of cohort B": {cast.cohort_b.id, cast.session_b(2).id, cast.session_b(3).id, cast.noor.id},
        "a coordinator": everything,
    }
