"""Checkpoints as signed notes, in the text that other people's tools read."""

from __future__ import annotations

from base64 import b64decode, b64encode
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from trainer.ledger.note import TreeHead, is_signed, key_id, read_head, require_origin, signed_note

ORIGIN = "peers.university.example/ledger"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
PUBLIC = KEY.public_key().public_bytes_raw()
HEAD = TreeHead(ORIGIN, 20, sha256(b"root").digest())


def check(public_key: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except Exception:
        return False
    return True


def note_by(key: Ed25519PrivateKey, head: TreeHead = HEAD) -> str:
    return signed_note(head, key.public_key().public_bytes_raw(), key.sign(head.text.encode()))


def test_a_checkpoint_is_written_as_the_specification_says() -> None:
    text, signature_line = note_by(KEY).split("\n\n")
    assert text.split("\n") == [ORIGIN, "20", b64encode(HEAD.root).decode()]
    dash, name, encoded = signature_line.removesuffix("\n").split(" ")
    signed = b64decode(encoded)
    assert (dash, name) == ("—", ORIGIN)
    assert signed[:4] == sha256(ORIGIN.encode() + b"\n\x01" + PUBLIC).digest()[:4]
    KEY.public_key().verify(signed[4:], (text + "\n").encode())


def test_a_checkpoint_is_read_back_as_it_was_written() -> None:
    assert read_head(note_by(KEY)) == HEAD


def test_the_signature_of_the_known_key_is_recognised() -> None:
    assert is_signed(note_by(KEY), PUBLIC, check)


def test_the_signature_of_any_other_key_is_not() -> None:
    assert not is_signed(note_by(OTHER), PUBLIC, check)


def test_a_key_that_only_shares_the_id_is_not_recognised() -> None:
    forged = key_id(ORIGIN, PUBLIC) + OTHER.sign(HEAD.text.encode())
    assert not is_signed(f"{HEAD.text}\n— {ORIGIN} {b64encode(forged).decode()}\n", PUBLIC, check)


def test_a_witness_may_sign_below_us() -> None:
    witness = f"— witness.example {b64encode(bytes(76)).decode()}\n"
    assert is_signed(note_by(KEY) + witness, PUBLIC, check)


def test_a_second_line_of_ours_that_is_wrong_spoils_the_note() -> None:
    wrong = b64encode(key_id(ORIGIN, PUBLIC) + bytes(64)).decode()
    assert not is_signed(f"{note_by(KEY)}— {ORIGIN} {wrong}\n", PUBLIC, check)


@given(st.integers(0, len(note_by(KEY)) - 2), st.sampled_from("0Aa+ \n—"))
def test_a_note_with_one_character_changed_is_not_ours(at: int, character: str) -> None:
    note = note_by(KEY)
    changed = note[:at] + character + note[at + 1 :]
    assert is_signed(changed, PUBLIC, check) == (changed == note)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "one line",
        f"{ORIGIN}\n20\n\n",
        f"{ORIGIN}\n020\n{b64encode(HEAD.root).decode()}\n\n",
        f"{ORIGIN}\nmany\n{b64encode(HEAD.root).decode()}\n\n",
        f"{ORIGIN}\n20\nshort\n\n",
        f"{ORIGIN}\n20\n{b64encode(bytes(31)).decode()}\n\n",
        f"{HEAD.text}\n",
        f"{HEAD.text}extension\n\n— {ORIGIN} AAAA\n",
    ],
)
def test_what_is_no_checkpoint_is_not_taken_for_one(note: str) -> None:
    assert not is_signed(note, PUBLIC, check)


@pytest.mark.parametrize(
    "text",
    [
        f"{ORIGIN}\n020\n{b64encode(HEAD.root).decode()}\n",
        f"{ORIGIN}\n+20\n{b64encode(HEAD.root).decode()}\n",
        f"{ORIGIN}\n20\n{b64encode(bytes(31)).decode()}\n",
        f"{HEAD.text}extension\n",
    ],
)
def test_a_tree_head_that_is_written_otherwise_is_not_read_however_well_it_is_signed(text: str) -> None:
    signed = b64encode(key_id(ORIGIN, PUBLIC) + KEY.sign(text.encode())).decode()
    note = f"{text}\n— {ORIGIN} {signed}\n"
    assert not is_signed(note, PUBLIC, check)
    with pytest.raises(ValueError, match="checkpoint"):
        read_head(note)


def test_a_signature_line_starts_with_an_em_dash() -> None:
    assert not is_signed(note_by(KEY).replace("—", "-"), PUBLIC, check)


@pytest.mark.parametrize("origin", ["", "two words", "plus+sign", "line\nbreak", " lead", "bell\a", "no\u00a0break"])
def test_an_origin_that_would_change_the_meaning_of_a_note_is_refused(origin: str) -> None:
    with pytest.raises(ValueError, match="cannot name a log"):
        require_origin(origin)
