"""Welcome a person by hand, end what is dated; the other verbs are those of `trainer.people.services`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from trainer.accounts.services import open_account
from trainer.people import services as people
from trainer.people.models import Body, Membership, Person, RoleGrant, SeniorMember
from trainer.people.rules import Role, Viewer


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Whom to add, as typed; role and body may be left open."""

    given_name: str
    family_name: str
    email: str
    role: Role | None
    body: Body | None


def welcome(db: Session, viewer: Viewer, newcomer: Newcomer, now: datetime, on: date) -> Person:
    """Add a person with an account and, where given, a role and a body from that day.

    Raises NotValid or AlreadyDone naming the field that does not fit.
    """
    person = people.add_person(db, newcomer.given_name, newcomer.family_name, newcomer.email, now)
    open_account(db, person, now)
    if newcomer.role:
        people.grant_role(db, person, newcomer.role, on, viewer.person_id)
    if newcomer.body:
        people.join_body(db, person, newcomer.body, on, newcomer.role is Role.TRAINEE)
    return person


def end(db: Session, row: RoleGrant | Membership | SeniorMember, last_day: date, today: date) -> None:
    """End a role, membership or standing after its last day. Raises NotValid; NotNow for the last coordinator."""
    if isinstance(row, RoleGrant):
        people.end_role(db, row, last_day, today)
    elif isinstance(row, Membership):
        people.leave_body(db, row, last_day)
    else:
        people.end_standing(db, row, last_day)
