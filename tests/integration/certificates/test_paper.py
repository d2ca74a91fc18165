"""The paper follows the certificate: drawn outside any transaction, kept once, sealed as a second leaf."""

from __future__ import annotations

from hashlib import sha256

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session, undefer

from tests.cast import Cast
from tests.conftest import SavepointDatabase
from tests.integration.certificates import extract
from tests.integration.certificates.test_issue import found
from tests.integration.certificates.training import issue
from trainer.certificates import pdf, services
from trainer.certificates.models import Certificate, Paper
from trainer.config import Settings
from trainer.curriculum.rules import Catalogue
from trainer.ledger.models import THE_HEAD, Leaf, LedgerHead


@pytest.fixture
def two(db: Session, cast: Cast, catalogue: Catalogue, settings: Settings) -> list[Certificate]:
    """Two certificates, committed, whose papers were never made: somebody was killed in between."""
    certificates = [issue(db, cast, person, catalogue, settings) for person in (cast.amara, cast.tane)]
    db.commit()
    return certificates


def papers(db: Session) -> list[Paper]:
    db.expire_all()
    return list(db.scalars(select(Paper).options(undefer(Paper.pdf)).order_by(Paper.rendered_at)))


def test_the_paper_is_drawn_kept_once_and_sealed(
    db: Session, cast: Cast, catalogue: Catalogue, database: SavepointDatabase, settings: Settings
) -> None:
    certificate = issue(db, cast, cast.madonna, catalogue, settings)
    db.commit()
    head = db.get_one(LedgerHead, THE_HEAD)
    size, root = head.size, head.root.hex()
    assert services.render_missing(database, settings) == 1
    (paper,) = papers(db)
    assert paper.pdf is not None
    assert (paper.certificate_id, paper.sha256) == (certificate.id, sha256(paper.pdf).hexdigest())
    assert (paper.ledger_size, paper.ledger_root) == (size, root)  # the log with the certificate's own leaf in it
    assert root in extract.text(paper.pdf)
    assert db.scalars(select(Leaf.record_id).where(Leaf.kind == "paper")).all() == [certificate.id]
    assert found(db) == ()
    assert services.render_missing(database, settings) == 0


def test_a_paper_that_is_exchanged_is_found_out(
    two: list[Certificate],
    db: Session,
    database: SavepointDatabase,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf, "render", lambda _sheet: b"%PDF-1.7 drawn")
    assert services.render_missing(database, settings) == 2
    db.execute(text("UPDATE paper SET pdf = x'255044462d312e37'"))
    assert [one.code for one in found(db)] == ["record-changed", "record-changed"]


class Interrupted(Exception):
    """Somebody pulls the plug."""


def test_killed_while_drawing_leaves_nothing_but_work_to_do(
    two: list[Certificate],
    db: Session,
    database: SavepointDatabase,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def killed(_sheet: pdf.Sheet) -> bytes:
        raise Interrupted

    with monkeypatch.context() as patch, pytest.raises(Interrupted):
        patch.setattr(pdf, "render", killed)
        services.render_missing(database, settings)
    assert papers(db) == []
    assert found(db) == ()


def test_two_who_draw_at_once_keep_one_paper(
    two: list[Certificate],
    db: Session,
    database: SavepointDatabase,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = []

    def while_another_is_faster(_sheet: pdf.Sheet) -> bytes:
        calls.append(1)
        if len(calls) == 1:
            services.render_missing(database, settings)
        return b"%PDF-1.7 drawn"

    monkeypatch.setattr(pdf, "render", while_another_is_faster)
    assert services.render_missing(database, settings) == 0
    assert len(papers(db)) == 2
    assert found(db) == ()


def test_one_that_cannot_be_drawn_does_not_keep_the_others_from_it(
    two: list[Certificate],
    db: Session,
    database: SavepointDatabase,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def only_the_second(sheet: pdf.Sheet) -> bytes:
        if sheet.facts.number == two[0].number:
            raise pdf.RenderFailed("out of memory")
        return b"%PDF-1.7 drawn"

    monkeypatch.setattr(pdf, "render", only_the_second)
    with pytest.raises(pdf.RenderFailed):
        services.render_missing(database, settings)
    assert [paper.certificate_id for paper in papers(db)] == [two[1].id]
