"""Sign in and out, one-time links, passwords: verbs that change accounts. Nothing here commits."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from trainer.accounts import queries
from trainer.accounts.models import Account, FailedSignIn, SignIn, SignInLink
from trainer.accounts.rules import LINK_LASTS, wait_after
from trainer.people.models import Person
from trainer.refusal import NotFound, NotNow, NotValid

WRONG = "That address and password do not belong together. Check both, or ask for a one-time link."


def hash_secret(secret: str) -> str:
    """Return the SHA-256 (hex) under which a random secret is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_account(db: Session, person: Person, now: datetime) -> Account:
    """Return the person's account, opening one if there is none."""
    account = queries.find_account_of(db, person.id)
    if account is None:
        account = Account(person_id=person.id, person=person, made_at=now)
        db.add(account)
        db.flush()
    return account


def make_link(db: Session, email: str, now: datetime) -> str:
    """Make a one-time sign-in link for the person with that address and return its secret.

    Raises NotFound if nobody has that address.
    """
    account = queries.find_account_by_email(db, email)
    if account is None:
        raise NotFound("nobody", f"Nobody with an account has the address {email}. Import or add the person first.")
    secret = secrets.token_urlsafe(32)
    db.add(SignInLink(account_id=account.id, secret_hash=hash_secret(secret), made_at=now, expires_at=now + LINK_LASTS))
    return secret


def use_link(db: Session, secret: str, device: str, now: datetime) -> str:
    """Sign in by a one-time link and return the secret of the new sign-in. Raises NotNow if it was used or is old."""
    link = queries.find_link(db, hash_secret(secret), now)
    if link is None:
        raise NotNow("link-spent", "This link has been used or is older than 15 minutes. Ask for a new one.")
    link.used_at = now
    return begin_sign_in(db, link.account_id, device, now)


def begin_sign_in(db: Session, account_id: str, device: str, now: datetime) -> str:
    """Record a device as signed in and return the secret that its cookie will carry."""
    secret = secrets.token_urlsafe(32)
    row = SignIn(
        account_id=account_id, secret_hash=hash_secret(secret), device=device[:80], signed_in_at=now, last_seen_at=now
    )
    db.add(row)
    return secret


def end_sign_in(db: Session, sign_in_id: str, now: datetime) -> None:
    """End one sign-in, on every copy of its cookie."""
    db.execute(update(SignIn).where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None)).values(ended_at=now))


def end_other_sign_ins(db: Session, account_id: str, keep: str, now: datetime) -> None:
    """End every sign-in of an account but one."""
    others = (SignIn.account_id == account_id, SignIn.id != keep, SignIn.ended_at.is_(None))
    db.execute(update(SignIn).where(*others).values(ended_at=now))


def see(db: Session, sign_in_id: str, now: datetime) -> None:
    """Note that a device was seen now."""
    db.execute(update(SignIn).where(SignIn.id == sign_in_id).values(last_seen_at=now))


def refuse_if_guessing(db: Session, email: str, now: datetime) -> None:
    """Raise NotNow while this address has to wait after wrong passwords; it is never locked."""
    wait = wait_after(queries.recent_failures(db, hash_secret(email), now), now)
    if wait:
        seconds = int(wait.total_seconds()) or 1
        raise NotNow(
            "slow-down",
            f"Several passwords were wrong. Wait {seconds} seconds and try again, or ask for a one-time link.",
        )


def note_failure(db: Session, email: str, now: datetime) -> NotValid:
    """Keep a wrong password in mind, and return the refusal to show."""
    db.add(FailedSignIn(account_key=hash_secret(email), failed_at=now))
    return NotValid("wrong", WRONG)
