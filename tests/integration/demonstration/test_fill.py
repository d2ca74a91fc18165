"""The demonstration goes into an empty database only, and what it signs verifies."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from trainer import demonstration
from trainer.accounts.queries import doors
from trainer.certificates.models import Certificate, Paper
from trainer.cohorts.models import Enrolment
from trainer.config import Settings
from trainer.database import Database
from trainer.journal.models import Reflection
from trainer.keys.services import Keys
from trainer.operations import setup
from trainer.operations.verify import verify_everything
from trainer.people.models import Person
from trainer.refusal import NotNow
from trainer.signoff.models import SignOff


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> tuple[Settings, Database]:
    instance = tmp_path_factory.mktemp("demonstration")
    own = replace(
        settings,
        instance=instance,
        database_url=f"sqlite:///{instance / 'trainer.sqlite3'}",
        keys_url=f"sqlite:///{instance / 'keys.sqlite3'}",
    )
    setup.prepare(own, lambda _said: None)
    database = Database(own.database_url)
    demonstration.fill(own, database, Keys(Database(own.keys_url), own.key_folder), lambda _said: None)
    return own, database


def test_it_holds_two_cohorts_of_fourteen_and_six(filled: tuple[Settings, Database]) -> None:
    with filled[1].reading() as db:
        sizes = db.execute(select(func.count()).select_from(Enrolment).group_by(Enrolment.cohort_id)).scalars().all()
        assert sorted(sizes) == [6, 14]
        assert db.scalar(select(func.count()).select_from(Person)) == 25


def test_four_sessions_of_the_running_cohort_are_signed_and_one_waits(filled: tuple[Settings, Database]) -> None:
    with filled[1].reading() as db:
        counts = db.execute(select(func.count()).select_from(SignOff).group_by(SignOff.cohort_id)).scalars().all()
        assert sorted(counts) == [4, 10]


def test_five_certificates_are_issued_with_their_papers(filled: tuple[Settings, Database]) -> None:
    with filled[1].reading() as db:
        assert db.scalar(select(func.count()).select_from(Certificate)) == 5
        assert db.scalar(select(func.count()).select_from(Paper)) == 5


def test_every_signed_record_of_it_verifies(filled: tuple[Settings, Database]) -> None:
    with filled[1].reading() as db:
        verdict = verify_everything(db, filled[0])
    assert verdict.found == ()
    assert verdict.size > 25


def test_what_amara_wrote_is_nowhere_in_the_file(filled: tuple[Settings, Database]) -> None:
    settings, database = filled
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Reflection)) == 1
    for path in settings.instance.glob("*.sqlite3*"):
        assert b"My cousin told" not in path.read_bytes()


def test_every_role_has_a_door(filled: tuple[Settings, Database]) -> None:
    with filled[1].reading() as db:
        assert [door.words for door in doors(db)] == [
            "Trainee, half-way through",
            "Trainee who missed a session",
            "Peer supporter with a certificate",
            "Trainer",
            "Coordinator",
            "Senior Member",
        ]


def test_it_is_never_mixed_with_people_who_are_known(filled: tuple[Settings, Database]) -> None:
    settings, database = filled
    keys = Keys(Database(settings.keys_url), Path(settings.key_folder))
    with pytest.raises(NotNow, match="knows people already"):
        demonstration.fill(settings, database, keys, lambda _said: None)
