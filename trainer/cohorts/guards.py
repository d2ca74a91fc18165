"""What a later feature knows about sessions and this one must respect: which of them are signed.

Sign-off stands above cohorts, so it cannot be asked by name; `trainer.app` hands its answer in. Asking before that
raises LookupError: a guard that nobody set would let everything pass.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from sqlalchemy.orm import Session

Signed = Callable[[Session, Collection[str]], set[str]]
_signed: dict[str, Signed] = {}


def install(signed: Signed) -> None:
    """Take what tells, for ids of training sessions, which of them are signed: one statement."""
    _signed["signed"] = signed


def frozen_sessions(db: Session, training_session_ids: Collection[str]) -> set[str]:
    """Return those of the sessions that are signed and so cannot change; raises LookupError if nobody can tell."""
    if not training_session_ids:
        return set()
    return _signed["signed"](db, training_session_ids)
