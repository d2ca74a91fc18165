"""Ed25519 signatures, against the published vector and against what is not one."""

from __future__ import annotations

from trainer.keys.signing import SigningKey, verify

KEY = SigningKey(bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))


def test_the_first_vector_of_rfc_8032_is_signed_as_published() -> None:
    assert KEY.public_key.hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert KEY.sign(b"").hex() == (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
        "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )


def test_a_signature_holds_for_its_message_and_key_only() -> None:
    signature = KEY.sign(b"message")
    assert verify(KEY.public_key, signature, b"message")
    assert not verify(KEY.public_key, signature, b"massage")
    assert not verify(SigningKey(bytes(32)).public_key, signature, b"message")


def test_what_is_no_signature_or_no_key_verifies_nothing() -> None:
    assert not verify(KEY.public_key, b"", b"message")
    assert not verify(b"short", KEY.sign(b"message"), b"message")
