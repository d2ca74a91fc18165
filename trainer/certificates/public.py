"""What anyone who has a certificate's code is told, as data: the twin of the public page."""

from __future__ import annotations

from trainer.certificates.models import Certificate
from trainer.certificates.rules import REASONS, Facts, Reason, State, limits

UNKNOWN = "No certificate has this code."


def told(certificate: Certificate) -> dict[str, object]:
    """Return what the public page says; of a withdrawn certificate only that it is withdrawn, and its hash."""
    paper = certificate.paper
    said: dict[str, object] = {
        "state": certificate.state.value,
        "number": certificate.number,
        "pdf_sha256": paper.sha256 if paper else None,
    }
    if revocation := certificate.revocation:
        said["revoked"] = {"on": revocation.revoked_on.isoformat(), "reason": REASONS[Reason(revocation.reason)]}
    if certificate.state is State.WITHDRAWN:
        return said
    ledger = {"size": paper.ledger_size, "root": paper.ledger_root} if paper else None
    return {**said, "name": certificate.name, **_facts(certificate, certificate.stated), "ledger": ledger}


def _facts(certificate: Certificate, facts: Facts) -> dict[str, object]:
    sessions = [
        {"number": one.number, "title": one.title, "on": one.on.isoformat(), "made_up": one.made_up}
        for one in facts.sessions
    ]
    return {
        "issued_on": facts.issued_on.isoformat(),
        "completed_on": facts.last_on.isoformat(),
        "university": facts.university,
        "training": facts.title,
        "statement": facts.statement,
        "minutes": facts.minutes,
        "sessions": sessions,
        "topics": list(facts.topics),
        "editions": list(facts.editions),
        "sessions_signed_by": [certificate.name_of(person_id) or None for person_id in facts.signers],
        "readiness": {
            "judged_by": certificate.name_of(facts.readiness_by) or None,
            "on": facts.readiness_on.isoformat(),
        },
        "limits": list(limits(facts)),
    }
