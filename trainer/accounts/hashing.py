"""The one door to Argon2: at most two hashes at a time, since each takes 50 ms and 46 MiB."""

from __future__ import annotations

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

_hasher = PasswordHasher(time_cost=2, memory_cost=46 * 1024, parallelism=1)
_turn = BoundedSemaphore(2)
NOBODY = _hasher.hash("no account has this password; checked so that an unknown address takes as long")


def hash_password(password: str) -> str:
    """Return the Argon2id hash of a password, with its salt and parameters."""
    with _turn:
        return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether the password is the one that was hashed; takes as long where nothing is stored."""
    try:
        with _turn:
            return _hasher.verify(stored or NOBODY, password) and stored is not None
    except (Argon2Error, InvalidHashError):
        return False
