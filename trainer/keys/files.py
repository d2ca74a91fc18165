"""The long-lived keys as files: create those of a new installation, load what is there.

A file has one key a line, its id and the key in hex. The first line is in use; the others are older keys that still
open, verify or accept what they made, so that a key can be changed by putting a new line on top.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from trainer.keys import cipher
from trainer.keys.faults import KeyDamaged, KeyMissing

OPEN_TO_EVERYBODY = 0o007  # a group may read: that is how container secrets are mounted


class Purpose(Enum):
    """What a long-lived key is for; its file is named after it."""

    WRAPPING = "wrapping"
    SIGNING = "signing"
    COOKIE = "cookie"

    def path_in(self, folder: Path) -> Path:
        """Where the keys for this purpose are."""
        return folder / f"{self.value}.key"


@dataclass(frozen=True, slots=True)
class LongLivedKey:
    """32 random bytes and the id that names them; the bytes stay out of tracebacks and logs."""

    id: str
    secret: bytes = field(repr=False)


def create_key_files(folder: Path) -> None:
    """Create the folder and the key files of a new installation; does nothing where there is a wrapping key.

    The wrapping key comes last: once it is there the installation may be in use, and a file that is missing
    from then on is a lost one, never replaced here. `Keys.prepare` looks first whether the wrapping key is lost.
    """
    if not Purpose.WRAPPING.path_in(folder).exists():
        _create(folder)


def load_keys(folder: Path, purpose: Purpose) -> tuple[LongLivedKey, ...]:
    """Return the keys for a purpose, the one in use first.

    Raises KeyMissing if the file is not there, KeyDamaged if it is no key file or open to everybody.
    """
    path = purpose.path_in(folder)
    if not path.exists():
        raise KeyMissing(f"{path} is missing. Put it back from its backup.")
    return _load(path)


def load_cookie_key(folder: Path) -> bytes:
    """Return the key that signs cookies; raises as `load_keys` does."""
    return load_keys(folder, Purpose.COOKIE)[0].secret


def _load(path: Path) -> tuple[LongLivedKey, ...]:
    if path.stat().st_mode & OPEN_TO_EVERYBODY:
        raise KeyDamaged(f'Everybody on this machine may open {path}. Run "chmod 600 {path}".')
    try:
        keys = tuple(_parsed(line) for line in path.read_text(encoding="ascii").splitlines())
    except ValueError as fault:
        raise KeyDamaged(f"{path} is damaged. Put it back from its backup.") from fault
    if not keys:
        raise KeyDamaged(f"{path} is empty. Put it back from its backup.")
    return keys


def _parsed(line: str) -> LongLivedKey:
    name, secret = line.split()
    key = _named(bytes.fromhex(secret))
    if key.id != name or len(key.secret) != cipher.KEY_LENGTH:
        raise ValueError("the id is not that of the key")
    return key


def _named(secret: bytes) -> LongLivedKey:
    return LongLivedKey(cipher.key_id(secret).hex(), secret)


def _create(folder: Path) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    with _locked(folder) as descriptor:
        for path in (purpose.path_in(folder) for purpose in (Purpose.COOKIE, Purpose.SIGNING, Purpose.WRAPPING)):
            if not path.exists():  # another process was not first
                _write(path, _named(cipher.new_key()))
                os.fsync(descriptor)


@contextmanager
def _locked(folder: Path) -> Iterator[int]:
    """The folder's descriptor, while no other process creates keys in it."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def _write(path: Path, key: LongLivedKey) -> None:
    """The whole file or none; what a crash left half-written is written over."""
    temporary = path.with_suffix(".new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{key.id} {key.secret.hex()}\n")
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
