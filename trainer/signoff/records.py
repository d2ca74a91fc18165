"""What each signed record commits to in the ledger: people by identifier, never a name, a note or free words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, selectinload

from trainer.ledger.rules import sealed_bytes
from trainer.signoff.models import Correction, MakeUp, MetAnotherWay, Readiness, SignOff, SignOffLine

Facts = dict[str, object]
Signed = SignOff | Correction | MakeUp | Readiness | MetAnotherWay
AT_ONCE = 500  # records held at a time
UNREADABLE = b""  # stands for a record whose row can no longer be read; no leaf ever fits it


def facts(record: Signed) -> Facts:
    """Return the canonical facts of a signed record."""
    return SEALED[type(record)][1](record)


def kind_of(record: Signed) -> str:
    """Return what the ledger calls this kind of record."""
    return SEALED[type(record)][0]


def _sign_off(record: SignOff) -> Facts:
    return {
        "session": record.training_session_id,
        "cohort": record.cohort_id,
        "number": record.session_number,
        "programme": record.programme,
        "edition": record.edition,
        "starts_at": _instant(record.starts_at),
        "ends_at": _instant(record.ends_at),
        "minutes": record.session_minutes,
        "lines": [_line(line) for line in sorted(record.lines, key=lambda line: line.person_id)],
        **_signature(record),
    }


def _line(line: SignOffLine) -> Facts:
    return {
        "person": line.person_id,
        "presence": line.presence,
        "minutes": line.minutes,
        "behaviours": line.behaviours.split(),
    }


def _correction(record: Correction) -> Facts:
    return {
        "sign_off": record.sign_off_id,
        "make_up": record.make_up_id,
        "number": record.number,
        "person": record.person_id,
        "presence": record.presence,
        "minutes": record.minutes,
        "behaviours": record.behaviours.split(),
        "reason": record.reason,
        **_signature(record),
    }


def _make_up(record: MakeUp) -> Facts:
    return {
        "person": record.person_id,
        "missed": record.missed_session_id,
        "way": record.way,
        "attended": record.attended_session_id,
        "held_on": record.held_on.isoformat(),
        "minutes": record.minutes,
        "behaviours": record.behaviours.split(),
        "edition": record.edition,
        **_signature(record),
    }


def _readiness(record: Readiness) -> Facts:
    return {
        "cohort": record.cohort_id,
        "person": record.person_id,
        "number": record.number,
        "ready": record.ready,
        "edition": record.edition,
        **_signature(record),
    }


def _met_another_way(record: MetAnotherWay) -> Facts:
    return {
        "cohort": record.cohort_id,
        "person": record.person_id,
        "module": record.module,
        "way": record.way,
        "edition": record.edition,
        **_signature(record),
    }


def _signature(record: Signed) -> Facts:
    return {"signed_by": record.signed_by, "signed_at": _instant(record.signed_at)}


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat()


SEALED: Mapping[type[Signed], tuple[str, Callable[[Any], Facts]]] = {
    SignOff: ("sign-off", _sign_off),
    Correction: ("correction", _correction),
    MakeUp: ("make-up", _make_up),
    Readiness: ("readiness", _readiness),
    MetAnotherWay: ("met-another-way", _met_another_way),
}


def sealed_records(db: Session) -> Iterator[tuple[str, str, bytes]]:
    """Give kind, identifier and canonical bytes of every signed record as it is stored now, some hundred at a time.

    A row that can no longer be read gives bytes that fit no leaf, so that it is reported like any other change.
    """
    for model in SEALED:
        ids = db.scalars(select(model.id).order_by(model.id)).all()
        for start in range(0, len(ids), AT_ONCE):
            yield from _contents(db, model, ids[start : start + AT_ONCE])


def _contents(db: Session, model: type[Signed], ids: Sequence[str]) -> Iterator[tuple[str, str, bytes]]:
    try:
        found = [(kind_of(record), record.id, _content(record)) for record in _stored(db, model, ids)]
    except (ValueError, TypeError, AttributeError, SQLAlchemyError):
        if len(ids) == 1:
            yield SEALED[model][0], ids[0], UNREADABLE
            return
        for one in ids:
            yield from _contents(db, model, [one])
        return
    yield from found


def _content(record: Signed) -> bytes:
    return sealed_bytes(kind_of(record), record.id, facts(record), record.salt)


def _stored(db: Session, model: type[Signed], ids: Sequence[str]) -> list[Any]:
    """The rows as the database has them, whatever this session remembers of them."""
    query = select(model).where(model.id.in_(ids)).execution_options(populate_existing=True)
    lines = [selectinload(SignOff.lines)] if model is SignOff else []
    return list(db.scalars(query.options(*lines)))
