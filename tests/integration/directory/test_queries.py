"""What the directory gives out, and to whom: coordinators, and nobody else, whatever a page lets through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.cast import NOW, Cast
from trainer.directory import queries
from trainer.people.models import Person
from trainer.people.queries import roles_of
from trainer.people.rules import Role, Viewer
from trainer.refusal import NotFound

TODAY = NOW.date()
Read = Callable[[Session, Viewer, Cast], Any]
READS: dict[str, Read] = {
    "the list": lambda db, viewer, cast: queries.listed_people(db, viewer, "", "", TODAY),
    "a person": lambda db, viewer, cast: queries.get_person(db, viewer, cast.amara.id),
    "a dossier": lambda db, viewer, cast: queries.get_dossier(db, viewer, cast.amara.id),
    "a role": lambda db, viewer, cast: queries.get_dated(
        db, viewer, cast.amara.id, "roles", roles_of(db, cast.amara.id)[0].id
    ),
    "bodies": lambda db, viewer, cast: queries.all_bodies(db, viewer),
    "counted bodies": lambda db, viewer, cast: queries.counted_bodies(db, viewer, TODAY),
    "a body": lambda db, viewer, cast: queries.get_body(db, viewer, cast.stmary.id),
}


def viewer_of(person: Person, *roles: Role) -> Viewer:
    return Viewer(person.id, person.name, frozenset(roles))


@pytest.mark.parametrize("name", READS)
def test_only_a_coordinator_is_told_anything(db: Session, cast: Cast, name: str) -> None:
    assert READS[name](db, viewer_of(cast.priya, Role.COORDINATOR), cast)
    for nobody in (viewer_of(cast.ruth, Role.TRAINER), viewer_of(cast.amara, Role.TRAINEE), viewer_of(cast.eleanor)):
        with pytest.raises(NotFound):
            READS[name](db, nobody, cast)


def test_words_beside_a_name_are_roles_then_standings_then_bodies(db: Session, cast: Cast) -> None:
    beside = queries.words_beside(db, [cast.eleanor.id, cast.amara.id], TODAY)
    assert beside[cast.eleanor.id] == ["Senior Member of St Mary's College", "St Mary's College"]
    assert beside[cast.amara.id] == ["trainee", "St Mary's College"]
