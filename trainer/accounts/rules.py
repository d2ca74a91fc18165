"""How long a sign-in lasts, when guessing is slowed, what a password must be: plain numbers and decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from trainer.refusal import NotValid

LINK_LASTS = timedelta(minutes=15)
IDLE_LIMIT = timedelta(hours=12)
ABSOLUTE_LIMIT = timedelta(days=7)
SEEN_AT_MOST_EVERY = timedelta(minutes=1)
FAILURE_WINDOW = timedelta(minutes=15)
FREE_FAILURES = 5
PASSWORD_LEAST = 15  # NIST SP 800-63B-4: where a password is the only factor
PASSWORD_MOST = 200
NAME_LEAST = 5  # a shorter one is part of too many words: li of believe
LOOPBACK = frozenset({"127.0.0.1", "::1"})
LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
FORWARDING = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip")


@dataclass(frozen=True, slots=True)
class Times:
    """When a device signed in, was last seen, and was signed out."""

    signed_in_at: datetime
    last_seen_at: datetime
    ended_at: datetime | None


def still_holds(times: Times, now: datetime) -> bool:
    """Whether a sign-in still opens pages."""
    fresh = now - times.last_seen_at <= IDLE_LIMIT and now - times.signed_in_at <= ABSOLUTE_LIMIT
    return times.ended_at is None and fresh


def wait_after(failures: Sequence[datetime], now: datetime) -> timedelta:
    """Return how long to wait before the next password is looked at: doubling from the sixth failure, never a lock.

    `failures` are those of one account within FAILURE_WINDOW, oldest first. At most a minute.
    """
    extra = len(failures) - FREE_FAILURES
    if extra < 0 or not failures:
        return timedelta(0)
    wait = timedelta(seconds=min(60, 2 ** (extra + 1)))
    return max(timedelta(0), failures[-1] + wait - now)


def check_password(password: str, email: str) -> None:
    """Raise NotValid unless the password will do: length only, no rule about its make-up."""
    if len(password) < PASSWORD_LEAST:
        sentence = f"Use at least {PASSWORD_LEAST} characters. Four or five unrelated words are easy to keep in mind."
        raise NotValid("password-short", sentence, field="password")
    if len(password) > PASSWORD_MOST:
        raise NotValid("password-long", f"Use at most {PASSWORD_MOST} characters.", field="password")
    own = email.partition("@")[0]
    if len(set(password)) < 5 or (len(own) >= NAME_LEAST and own in password.lower()):
        sentence = "That is too easy to guess. Choose several words, and leave out your address."
        raise NotValid("password-plain", sentence, field="password")


def may_use_doors(address: str | None, host: str, headers: Mapping[str, str]) -> bool:
    """Whether a request comes from this very machine, so that a demonstration may open its doors to it."""
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    forwarded = any(header in headers for header in FORWARDING)
    return address in LOOPBACK and name in LOOPBACK_HOSTS and not forwarded
