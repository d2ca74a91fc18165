"""What certificates, papers and revocations commit to in the ledger: people by identifier, names by commitment."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload, undefer
from sqlalchemy.orm.interfaces import ORMOption

from trainer.certificates.models import Certificate, NameShown, Paper, Revocation
from trainer.certificates.rules import commitment
from trainer.ledger.rules import sealed_bytes

FactsOfLeaf = dict[str, object]
Signed = Certificate | Paper | Revocation
UNREADABLE = b""  # stands for a record whose row can no longer be read; no leaf ever fits it


def facts(record: Signed) -> FactsOfLeaf:
    """Return the canonical facts of a sealed record."""
    return SEALED[type(record)][1](record)


def kind_of(record: Signed) -> str:
    """Return what the ledger calls this kind of record."""
    return SEALED[type(record)][0]


def id_of(record: Signed) -> str:
    """Return what the ledger calls this record: a paper goes by its certificate."""
    return record.certificate_id if isinstance(record, Paper) else record.id


def _certificate(record: Certificate) -> FactsOfLeaf:
    return {
        "number": record.number,
        "code": record.code,
        "person": record.person_id,
        "cohort": record.cohort_id,
        "round": record.round,
        "facts": json.loads(record.facts),
        "names": {shown.person_id: committed(shown).hex() for shown in record.names},
        "issued_on": record.issued_on.isoformat(),
        "issued_at": _instant(record.issued_at),
        "issued_by": record.issued_by,
    }


def committed(shown: NameShown) -> bytes:
    """Return what stands for a name: computed while it is there, so that no other can take its place; else as kept."""
    return shown.commitment if shown.salt is None and not shown.name else commitment(shown.salt or b"", shown.name)


def _paper(record: Paper) -> FactsOfLeaf:
    return {
        "sha256": record.sha256 if record.pdf is None else sha256(record.pdf).hexdigest(),
        "ledger": {"size": record.ledger_size, "root": record.ledger_root},
        "rendered_at": _instant(record.rendered_at),
    }


def _revocation(record: Revocation) -> FactsOfLeaf:
    return {
        "certificate": record.certificate_id,
        "reason": record.reason,
        "revoked_on": record.revoked_on.isoformat(),
        "revoked_at": _instant(record.revoked_at),
        "revoked_by": record.revoked_by,
    }


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat()


SEALED: Mapping[type[Signed], tuple[str, Callable[[Any], FactsOfLeaf]]] = {
    Certificate: ("certificate", _certificate),
    Paper: ("paper", _paper),
    Revocation: ("revocation", _revocation),
}
STORED: Mapping[type[Signed], tuple[InstrumentedAttribute[str], tuple[ORMOption, ...]]] = {
    Certificate: (Certificate.id, (selectinload(Certificate.names),)),
    Paper: (Paper.certificate_id, (undefer(Paper.pdf),)),
    Revocation: (Revocation.id, ()),
}


def sealed_records(db: Session) -> Iterator[tuple[str, str, bytes]]:
    """Give kind, identifier and canonical bytes of every sealed record as it is stored now, one at a time.

    A row that can no longer be read gives bytes that fit no leaf, so that it is reported like any other change.
    """
    for model, (key, _) in STORED.items():
        for record_id in db.scalars(select(key).order_by(key)).all():
            yield SEALED[model][0], record_id, _content(db, model, record_id)


def _content(db: Session, model: type[Signed], record_id: str) -> bytes:
    key, options = STORED[model]
    query = select(model).where(key == record_id).options(*options).execution_options(populate_existing=True)
    try:
        record: Any = db.scalars(query).one()
        return sealed_bytes(kind_of(record), record_id, facts(record), record.salt)
    except (ValueError, TypeError, AttributeError, SQLAlchemyError):
        return UNREADABLE
