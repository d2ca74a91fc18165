"""Checkpoints as text: C2SP tlog-checkpoint inside a C2SP signed note, which others' tools can read.

A note is its text, an empty line, and lines of: em dash, key name, base64 of a 4-byte key id and the signature.
The key's name is the checkpoint's origin, as tlog-checkpoint advises.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from trainer.ledger.rules import HASH_LENGTH

ED25519 = b"\x01"  # the signature type in signed-note
KEY_ID_LENGTH = 4
DASH = "\u2014"

Check = Callable[[bytes, bytes, bytes], bool]
"""Takes a public key, a signature and the signed bytes; says whether they belong together."""


@dataclass(frozen=True, slots=True)
class TreeHead:
    """What a checkpoint states: which log, how many leaves, their root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def require_origin(origin: str) -> None:
    """Raise ValueError unless `origin` can name a log and its key: printable, without spaces or plus signs."""
    if not origin or not origin.isprintable() or "+" in origin or origin.split() != [origin]:
        raise ValueError(f'"{origin}" cannot name a log: it needs characters, and no space and no plus sign')


def key_id(name: str, public_key: bytes) -> bytes:
    """Return the four bytes by which a note tells keys apart; `public_key` is the 32 bytes of RFC 8032."""
    return sha256(name.encode() + b"\n" + ED25519 + public_key).digest()[:KEY_ID_LENGTH]


def signed_note(head: TreeHead, public_key: bytes, signature: bytes) -> str:
    """Return the checkpoint with its one signature line."""
    signed = b64encode(key_id(head.origin, public_key) + signature).decode()
    return f"{head.text}\n{DASH} {head.origin} {signed}\n"


def read_head(note: str) -> TreeHead:
    """Return what the note states, whoever signed it; ValueError if that is no checkpoint of ours."""
    lines = _text_of(note).splitlines()
    if len(lines) != 3:
        raise ValueError("a checkpoint has three lines: origin, size, root")
    origin, size, root = lines
    head = TreeHead(origin, int(size), b64decode(root, validate=True))
    if head.text != _text_of(note) or len(head.root) != HASH_LENGTH:
        raise ValueError("the size or the root of the checkpoint is not written as it should be")
    return head


def is_signed(note: str, public_key: bytes, check: Check) -> bool:
    """Whether the note is a checkpoint whose origin signed it with this key; other people's lines are passed over."""
    try:
        head = read_head(note)
        signatures = [_signature(line, head.origin, public_key) for line in note[len(head.text) + 1 :].splitlines()]
    except ValueError:
        return False
    ours = [signature for signature in signatures if signature is not None]
    return bool(ours) and all(check(public_key, signature, head.text.encode()) for signature in ours)


def _text_of(note: str) -> str:
    text, empty_line, _ = note.rpartition("\n\n")
    if not empty_line:
        raise ValueError("a note has an empty line between its text and its signatures")
    return text + "\n"


def _signature(line: str, name: str, public_key: bytes) -> bytes | None:
    """The signature on this line if it names our key, else None; ValueError if it is no signature line."""
    dash, named, encoded = line.split(" ")
    if dash != DASH:
        raise ValueError("a signature line starts with an em dash")
    content = b64decode(encoded, validate=True)
    known = (named, content[:KEY_ID_LENGTH]) == (name, key_id(name, public_key))
    return content[KEY_ID_LENGTH:] if known else None
