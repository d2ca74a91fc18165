"""What is sealed opens with its key and for its purpose only."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from trainer.keys import cipher
from trainer.keys.faults import SealBroken

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))


@given(st.binary(max_size=400), st.lists(st.text(max_size=12), max_size=4))
def test_what_was_sealed_is_what_opens(plain: bytes, bound_to: list[str]) -> None:
    envelope = cipher.encrypt(KEY, plain, *bound_to)
    assert cipher.decrypt(KEY, envelope, *bound_to) == plain
    assert len(envelope) == len(plain) + cipher.OVERHEAD


@given(st.lists(st.text(max_size=3), max_size=4), st.lists(st.text(max_size=3), max_size=4))
def test_what_is_bound_to_one_thing_does_not_open_for_another(one: list[str], other: list[str]) -> None:
    envelope = cipher.encrypt(KEY, b"text", *one)
    if one != other:
        with pytest.raises(SealBroken):
            cipher.decrypt(KEY, envelope, *other)


def test_words_that_only_run_together_alike_are_not_the_same_binding() -> None:
    with pytest.raises(SealBroken):
        cipher.decrypt(KEY, cipher.encrypt(KEY, b"text", "ab", "c"), "a", "bc")


def test_every_single_flipped_bit_is_refused() -> None:
    envelope = cipher.encrypt(KEY, b"a short text", "somebody")
    for bit in range(len(envelope) * 8):
        changed = bytearray(envelope)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SealBroken):
            cipher.decrypt(KEY, bytes(changed), "somebody")


def test_an_envelope_cut_short_at_any_place_is_refused() -> None:
    envelope = cipher.encrypt(KEY, b"", "somebody")
    for length in range(len(envelope)):
        with pytest.raises(SealBroken):
            cipher.decrypt(KEY, envelope[:length], "somebody")


def test_another_key_opens_nothing() -> None:
    with pytest.raises(SealBroken, match="not sealed with this key"):
        cipher.decrypt(OTHER, cipher.encrypt(KEY, b"text"))


def test_the_id_of_the_key_in_the_envelope_cannot_be_replaced() -> None:
    envelope = cipher.encrypt(KEY, b"text")
    forged = cipher.VERSION + cipher.key_id(OTHER) + envelope[5:]
    for key in (KEY, OTHER):
        with pytest.raises(SealBroken):
            cipher.decrypt(key, forged)


def test_the_same_text_is_never_sealed_alike() -> None:
    nonces = {cipher.encrypt(KEY, b"text")[5:17] for _ in range(200)}
    assert len(nonces) == 200


def test_an_envelope_is_version_key_id_nonce_and_aes_256_gcm() -> None:
    envelope = cipher.encrypt(KEY, b"text", "a", "b")
    header, nonce, rest = envelope[:5], envelope[5:17], envelope[17:]
    assert header == b"\x01" + cipher.key_id(KEY)
    assert AESGCM(KEY).decrypt(nonce, rest, header + b'["a", "b"]') == b"text"
