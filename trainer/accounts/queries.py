"""Reads of accounts and sign-ins; one statement tells who a request comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Date, and_, bindparam, or_, select
from sqlalchemy.orm import InstrumentedAttribute as Column
from sqlalchemy.orm import Session, joinedload

from trainer.accounts.models import Account, DemonstrationDoor, FailedSignIn, SignIn, SignInLink
from trainer.accounts.rules import ABSOLUTE_LIMIT, FAILURE_WINDOW, Times, still_holds
from trainer.people.models import Person, RoleGrant, SeniorMember
from trainer.people.rules import Role, Viewer, full_name


@dataclass(frozen=True, slots=True)
class Recognised:
    """Who a cookie belongs to, and when that device was last seen."""

    viewer: Viewer
    last_seen_at: datetime


def find_recognised(db: Session, secret_hash: str, now: datetime, today: date) -> Recognised | None:
    """Return who is signed in by this secret now, with the roles they hold today; None if the sign-in has ended."""
    rows = db.execute(RECOGNISED, {"secret_hash": secret_hash, "today": today}).all()
    if not rows or not still_holds(Times(rows[0].signed_in_at, rows[0].last_seen_at, rows[0].ended_at), now):
        return None
    first = rows[0]
    viewer = Viewer(
        person_id=first.person_id,
        name=full_name(first.given_name, first.family_name),
        roles=frozenset(Role(row.role) for row in rows if row.role),
        senior_of=frozenset(row.body_id for row in rows if row.body_id),
        sign_in_id=first.id,
        signed_in_at=first.signed_in_at,
    )
    return Recognised(viewer, first.last_seen_at)


def _holds(start: Column[date], end: Column[date | None]) -> ColumnElement[bool]:
    today = bindparam("today", type_=Date)
    return and_(start <= today, or_(end.is_(None), end >= today))


RECOGNISED = (  # built once: every page asks it, and building it takes longer than running it
    select(
        SignIn.id,
        SignIn.signed_in_at,
        SignIn.last_seen_at,
        SignIn.ended_at,
        Person.id.label("person_id"),
        Person.given_name,
        Person.family_name,
        RoleGrant.role,
        SeniorMember.body_id,
    )
    .join(Account, Account.id == SignIn.account_id)
    .join(Person, Person.id == Account.person_id)
    .outerjoin(RoleGrant, and_(RoleGrant.person_id == Person.id, _holds(RoleGrant.granted_on, RoleGrant.ended_on)))
    .outerjoin(
        SeniorMember,
        and_(SeniorMember.person_id == Person.id, _holds(SeniorMember.from_on, SeniorMember.until_on)),
    )
    .where(SignIn.secret_hash == bindparam("secret_hash"))
)


def find_account_by_email(db: Session, email: str) -> Account | None:
    """Return the account of the person with that address, with its person."""
    query = select(Account).join(Person).where(Person.email == email).options(joinedload(Account.person))
    return db.scalars(query).one_or_none()


def invites_a_trainee(db: Session, email: str, today: date) -> bool:
    """Say whether a link for this address would let in a real trainee: one with no other role, in no demonstration."""
    query = (
        select(RoleGrant.role)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(Person.email == email, or_(RoleGrant.ended_on.is_(None), RoleGrant.ended_on >= today))
    )
    return set(db.scalars(query)) == {Role.TRAINEE.value} and not doors(db)


def find_account_of(db: Session, person_id: str) -> Account | None:
    """Return the account of a person, with its person."""
    return db.scalars(
        select(Account).where(Account.person_id == person_id).options(joinedload(Account.person))
    ).one_or_none()


def find_link(db: Session, secret_hash: str, now: datetime) -> SignInLink | None:
    """Return the link of that secret if it can still be used."""
    query = (
        select(SignInLink)
        .where(SignInLink.secret_hash == secret_hash, SignInLink.used_at.is_(None), SignInLink.expires_at > now)
        .options(joinedload(SignInLink.account))
    )
    return db.scalars(query).one_or_none()


def devices(db: Session, account_id: str, now: datetime) -> Sequence[SignIn]:
    """Return where an account is signed in now, newest first."""
    query = (
        select(SignIn)
        .where(SignIn.account_id == account_id, SignIn.ended_at.is_(None), SignIn.signed_in_at > now - ABSOLUTE_LIMIT)
        .order_by(SignIn.last_seen_at.desc())
    )
    return db.scalars(query).all()


def recent_failures(db: Session, account_key: str, now: datetime) -> list[datetime]:
    """Return when passwords failed for this address lately, oldest first."""
    query = (
        select(FailedSignIn.failed_at)
        .where(FailedSignIn.account_key == account_key, FailedSignIn.failed_at > now - FAILURE_WINDOW)
        .order_by(FailedSignIn.failed_at)
    )
    return list(db.scalars(query))


def doors(db: Session) -> Sequence[DemonstrationDoor]:
    """Return the buttons of a demonstration; none in a real installation."""
    query = select(DemonstrationDoor).options(joinedload(DemonstrationDoor.person)).order_by(DemonstrationDoor.position)
    return db.scalars(query).all()
