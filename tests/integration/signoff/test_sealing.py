"""Every signed record has its leaf, and any change to it is noticed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.cast import NOW, ZONE, Cast
from tests.integration.signoff.acts import AWAY, case_of, sign, there, viewer_of
from trainer.curriculum.rules import Catalogue, Programme
from trainer.ledger.models import Leaf
from trainer.ledger.verify import verify
from trainer.signoff import correcting, judging
from trainer.signoff.correcting import Amendment
from trainer.signoff.judging import InPlace
from trainer.signoff.models import Correction, Readiness
from trainer.signoff.records import sealed_records
from trainer.signoff.rules import Kind, Presence, safety_modules

WORDS = "You listen well; practise ending on time."
NOTE = "The side door was locked."


@pytest.fixture
def everything(db: Session, cast: Cast, programme: Programme, catalogue: Catalogue) -> Iterator[None]:
    """One record of every kind, about Tāne."""
    ruth = viewer_of(cast.ruth)
    sign(db, cast.ruth, cast.session_a(1), programme, {cast.tane.id: there(minutes=90)})
    line = correcting.get_line(db, ruth, cast.session_a(1).id, cast.tane.id, Kind.SIGN_OFF)
    amendment = Amendment(Presence.ABSENT, 0, frozenset(), "marked-wrongly", NOTE, line.shown)
    correcting.correct(db, ruth, line, amendment, ZONE, NOW)
    case = case_of(db, cast.ruth, cast.cohort_a, cast.tane, programme)
    judging.make_up(db, ruth, case, 1, InPlace("", date(2026, 10, 16), 180, frozenset({"waits"})), ZONE, NOW)
    judging.judge(db, ruth, case, False, WORDS, ZONE, NOW)
    [module, *_] = safety_modules(programme, catalogue)
    judging.meet_another_way(db, ruth, case, module, "conversation", ZONE, NOW)
    db.flush()
    return


def found(db: Session) -> set[tuple[str, str]]:
    """What `trainer verify` reports: (code, kind of the record)."""
    db.expire_all()
    reported = verify(db, sealed_records(db))
    return {(one.code, kind) for one in reported for kind in KINDS if f" {kind} " in one.sentence}


KINDS = ("sign-off", "correction", "make-up", "readiness", "met-another-way")


@pytest.mark.usefixtures("everything")
def test_every_kind_of_record_is_sealed_and_verifies(db: Session) -> None:
    assert [leaf.kind for leaf in db.scalars(select(Leaf).order_by(Leaf.index))] == list(KINDS)
    assert verify(db, sealed_records(db)) == ()


@pytest.mark.usefixtures("everything")
def test_records_name_nobody_and_hold_no_free_words(db: Session, cast: Cast) -> None:
    held = b"\n".join(content for _, _, content in sealed_records(db)).decode()
    for person in (cast.tane, cast.ruth, cast.amara):
        assert person.id in held
        assert person.family_name not in held
        assert person.given_name not in held
    assert WORDS not in held
    assert NOTE not in held


@pytest.mark.usefixtures("everything")
def test_a_sign_off_commits_to_its_lines(db: Session, cast: Cast, programme: Programme) -> None:
    [content] = [content for kind, _, content in sealed_records(db) if kind == "sign-off"]
    facts = json.loads(content)
    assert facts["edition"] == programme.edition
    assert facts["starts_at"] == "2026-10-05T13:00:00+00:00"
    assert facts["signed_at"] == "2026-10-20T11:00:00+00:00"
    lines = {line["person"]: line for line in facts["lines"]}
    assert len(lines) == 5
    assert lines[cast.tane.id] == {"person": cast.tane.id, "presence": "present", "minutes": 90, "behaviours": []}


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE sign_off SET signed_at = '2026-10-06 10:00:00.000000'", "sign-off"),
        ("UPDATE sign_off SET session_minutes = 181", "sign-off"),
        ("UPDATE sign_off_line SET minutes = 180 WHERE minutes = 90", "sign-off"),
        ("UPDATE sign_off_line SET behaviours = 'asks-about-suicide' WHERE minutes = 90", "sign-off"),
        ("DELETE FROM sign_off_line WHERE minutes = 90", "sign-off"),
        ("UPDATE sign_off_line SET presence = 'apologies' WHERE minutes = 90", "sign-off"),
        ("UPDATE correction SET minutes = 180, presence = 'present'", "correction"),
        ("UPDATE correction SET reason = 'minutes-wrong'", "correction"),
        ("UPDATE make_up SET minutes = 60", "make-up"),
        ("UPDATE make_up SET held_on = '2026-10-17'", "make-up"),
        ("UPDATE readiness SET ready = 1", "readiness"),
        ("UPDATE met_another_way SET way = 'observed'", "met-another-way"),
    ],
)
def test_whatever_is_changed_behind_our_back_is_noticed(db: Session, statement: str, kind: str) -> None:
    db.execute(text(statement))
    assert found(db) == {("record-changed", kind)}


@pytest.mark.usefixtures("everything")
def test_what_is_stored_is_read_whatever_the_process_remembers(db: Session) -> None:
    remembered = db.scalars(select(Readiness)).one()
    db.execute(text("UPDATE readiness SET ready = 1"))
    assert not remembered.ready
    assert [one.code for one in verify(db, sealed_records(db))] == ["record-changed"]


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize("table", ["correction", "make_up", "readiness", "met_another_way"])
def test_whatever_is_deleted_is_noticed(db: Session, table: str) -> None:
    db.execute(text("PRAGMA defer_foreign_keys = ON"))
    db.execute(text(f"DELETE FROM {table}"))
    assert {code for code, _ in found(db)} == {"leaf-orphaned"}


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE sign_off SET signed_at = 'yesterday'", "sign-off"),
        ("UPDATE make_up SET salt = x'00'", "make-up"),
        ("UPDATE readiness SET signed_at = ''", "readiness"),
    ],
)
def test_a_row_that_can_no_longer_be_read_is_reported_and_stops_nothing(db: Session, statement: str, kind: str) -> None:
    db.execute(text(statement))
    assert found(db) == {("record-changed", kind)}


@pytest.mark.usefixtures("everything")
def test_words_and_notes_can_be_erased_and_everything_still_verifies(db: Session) -> None:
    for judgement in db.scalars(select(Readiness)):
        judgement.words = ""
    for correction in db.scalars(select(Correction)):
        correction.note = ""
    db.flush()
    assert verify(db, sealed_records(db)) == ()


@pytest.mark.usefixtures("everything")
def test_erasing_a_name_leaves_every_record_true(db: Session, cast: Cast) -> None:
    cast.tane.given_name, cast.tane.family_name, cast.tane.email = "Somebody", "", None
    db.flush()
    assert verify(db, sealed_records(db)) == ()


def test_a_sign_off_slipped_in_without_a_leaf_is_noticed(db: Session, cast: Cast, programme: Programme) -> None:
    signed = sign(db, cast.ruth, cast.session_a(1), programme, {cast.tane.id: AWAY})
    leaf = db.scalars(select(Leaf)).one()
    leaf.record_id = "another"
    db.flush()
    assert ("record-unsealed", "sign-off") in found(db)
    assert signed.id
