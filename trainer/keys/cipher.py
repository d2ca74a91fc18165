"""The one door to AES-256-GCM.

An envelope is a version byte (1), the 4-byte id of the key, a random 12-byte nonce, then ciphertext and 16-byte tag.
Version and key id are authenticated together with what the caller binds the text to.
"""

from __future__ import annotations

import json
import secrets
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from trainer.keys.faults import SealBroken

KEY_LENGTH = 32
KEY_ID_LENGTH = 4
NONCE_LENGTH = 12  # 96 bits: random nonces are safe for 2^32 texts under one key (NIST SP 800-38D, 8.3)
TAG_LENGTH = 16
VERSION = b"\x01"
HEADER_LENGTH = len(VERSION) + KEY_ID_LENGTH
OVERHEAD = HEADER_LENGTH + NONCE_LENGTH + TAG_LENGTH


def new_key() -> bytes:
    """Return 32 random bytes."""
    return secrets.token_bytes(KEY_LENGTH)


def key_id(key: bytes) -> bytes:
    """Return the four bytes that tell this key from others; they give nothing of a random key away."""
    return sha256(b"trainer key id\n" + key).digest()[:KEY_ID_LENGTH]


def encrypt(key: bytes, plain: bytes, *bound_to: str) -> bytes:
    """Return the envelope of `plain`, which opens with the same key and the same `bound_to` only."""
    header = VERSION + key_id(key)
    nonce = secrets.token_bytes(NONCE_LENGTH)
    return header + nonce + AESGCM(key).encrypt(nonce, plain, header + _binding(bound_to))


def decrypt(key: bytes, envelope: bytes, *bound_to: str) -> bytes:
    """Return what `encrypt` was given; raises SealBroken if key, binding or any bit differs."""
    header, rest = envelope[:HEADER_LENGTH], envelope[HEADER_LENGTH:]
    if header != VERSION + key_id(key) or len(envelope) < OVERHEAD:
        raise SealBroken("This was not sealed with this key, or not by this program.")
    try:
        return AESGCM(key).decrypt(rest[:NONCE_LENGTH], rest[NONCE_LENGTH:], header + _binding(bound_to))
    except InvalidTag as fault:
        raise SealBroken("This was changed after it was sealed, or sealed for somebody or something else.") from fault


def _binding(bound_to: tuple[str, ...]) -> bytes:
    return json.dumps(bound_to).encode()  # unlike joined text, no two lists are written alike
