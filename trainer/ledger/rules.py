"""Merkle trees as RFC 9162 (section 2.1) hashes them, and the canonical bytes of a record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from hashlib import sha256

HASH_LENGTH = 32
EMPTY_ROOT = sha256(b"").digest()
FORM = 1  # of the canonical bytes; a new form gets a new number, old leaves keep theirs
SALT_LENGTH = 16


def leaf_hash(content: bytes) -> bytes:
    """Return the 32 bytes that stand for a leaf with this content."""
    return sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the 32 bytes of the node above two others."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """What must be remembered of `size` leaves to append more: the roots of the perfect subtrees, oldest first.

    There is one for every bit that is set in `size`, so appending costs O(log size) and rereads no leaf.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def add(self, leaf: bytes) -> Frontier:
        """Return the frontier with one more leaf hash at the end."""
        peaks, carry, size = list(self.peaks), leaf, self.size
        while size & 1:
            carry = node_hash(peaks.pop(), carry)
            size >>= 1
        return Frontier(self.size + 1, (*peaks, carry))

    @property
    def root(self) -> bytes:
        """The root of the whole tree."""
        if not self.peaks:
            return EMPTY_ROOT
        return reduce(lambda right, left: node_hash(left, right), reversed(self.peaks))

    @property
    def packed(self) -> bytes:
        """The peaks as one string of bytes, 32 each."""
        return b"".join(self.peaks)

    @classmethod
    def unpacked(cls, size: int, packed: bytes) -> Frontier:
        """Return the frontier that `packed` was; ValueError if it cannot belong to `size` leaves."""
        if size < 0 or len(packed) != HASH_LENGTH * size.bit_count():
            raise ValueError(f"{len(packed)} bytes are not the frontier of {size} leaves")
        return cls(size, tuple(packed[start : start + HASH_LENGTH] for start in range(0, len(packed), HASH_LENGTH)))


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root over these leaf hashes, in their order."""
    return reduce(Frontier.add, leaves, Frontier()).root


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """Return the hashes that lead from leaf `index` up to the root, the nearest first (RFC 9162, 2.1.3.1).

    Raises IndexError for a leaf that is not there.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(f"there is no leaf {index} among {len(leaves)}")
    if len(leaves) == 1:
        return ()
    half = _left_of(len(leaves))
    if index < half:
        return (*inclusion_proof(leaves[:half], index), root_of(leaves[half:]))
    return (*inclusion_proof(leaves[half:], index - half), root_of(leaves[:half]))


def proves_inclusion(proof: Sequence[bytes], leaf: bytes, index: int, size: int, root: bytes) -> bool:
    """Whether the proof shows that `leaf` is number `index` of the `size` leaves under `root` (2.1.3.2)."""
    if not 0 <= index < size:
        return False
    rest = list(proof)
    try:
        return _climb(leaf, index, size, rest) == root and not rest
    except IndexError:  # the proof is too short
        return False


def _climb(leaf: bytes, index: int, size: int, rest: list[bytes]) -> bytes:
    if size == 1:
        return leaf
    sibling, half = rest.pop(), _left_of(size)
    if index < half:
        return node_hash(_climb(leaf, index, half, rest), sibling)
    return node_hash(sibling, _climb(leaf, index - half, size - half, rest))


def consistency_proof(leaves: Sequence[bytes], older: int) -> tuple[bytes, ...]:
    """Return the hashes that show that the first `older` leaves are still the first ones (RFC 9162, 2.1.4.1).

    Raises IndexError unless 0 < older <= len(leaves).
    """
    if not 0 < older <= len(leaves):
        raise IndexError(f"{older} leaves are not the beginning of {len(leaves)}")
    return _subproof(leaves, older, known=True)


def _subproof(leaves: Sequence[bytes], older: int, *, known: bool) -> tuple[bytes, ...]:
    if older == len(leaves):
        return () if known else (root_of(leaves),)
    half = _left_of(len(leaves))
    if older <= half:
        return (*_subproof(leaves[:half], older, known=known), root_of(leaves[half:]))
    return (*_subproof(leaves[half:], older - half, known=False), root_of(leaves[:half]))


def proves_consistency(proof: Sequence[bytes], older: int, older_root: bytes, size: int, root: bytes) -> bool:
    """Whether the proof shows that the log of `older` leaves is the beginning of that of `size` (2.1.4.2)."""
    if not 0 < older <= size:
        return False
    rest = list(proof)
    try:
        return _both_roots(older, size, older_root, rest) == (older_root, root) and not rest
    except IndexError:  # the proof is too short
        return False


def _both_roots(older: int, size: int, known: bytes | None, rest: list[bytes]) -> tuple[bytes, bytes]:
    if older == size:
        same = rest.pop() if known is None else known
        return same, same
    sibling, half = rest.pop(), _left_of(size)
    if older <= half:
        before, after = _both_roots(older, half, known, rest)
        return before, node_hash(after, sibling)
    before, after = _both_roots(older - half, size - half, None, rest)
    return node_hash(sibling, before), node_hash(sibling, after)


def _left_of(size: int) -> int:
    """The leaves in the left half: the largest power of two below `size`, which is at least 2."""
    return 1 << (size - 1).bit_length() - 1


def canonical(kind: str, facts: Mapping[str, object]) -> bytes:
    """Return the one way to write these facts: JSON in UTF-8, keys sorted, no spaces, with "kind" and "form".

    Facts are text, whole numbers, true, false, None, and lists and mappings of them; dates come as text.
    Raises TypeError for anything else (a float has no one way to be written), ValueError if a fact is named
    "kind" or "form".
    """
    _require_plain(facts)
    whole = _joined(facts, {"kind": kind, "form": FORM})
    return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sealed_bytes(kind: str, record_id: str, facts: Mapping[str, object], salt: bytes) -> bytes:
    """Return what a leaf commits to: the canonical facts with the record's "id" and, in hex, its "salt".

    The salt keeps facts that could be guessed from being confirmed by the hash; the identifier keeps one
    record's facts from being passed off as another's. Raises as `canonical` does, and ValueError for a salt
    that is not 16 bytes.
    """
    if len(salt) != SALT_LENGTH:
        raise ValueError(f"a salt is {SALT_LENGTH} bytes, not {len(salt)}")
    return canonical(kind, _joined(facts, {"id": record_id, "salt": salt.hex()}))


def _joined(facts: Mapping[str, object], ours: Mapping[str, object]) -> dict[str, object]:
    if taken := sorted(set(facts) & set(ours)):
        raise ValueError(f'"{taken[0]}" is written by the ledger and cannot be a fact')
    return {**facts, **ours}


def _require_plain(value: object) -> None:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError(f"the name of a fact is text, not {type(key).__name__}")
            _require_plain(inner)
    elif isinstance(value, list):
        for inner in value:
            _require_plain(inner)
    elif value is not None and not isinstance(value, str | int):
        raise TypeError(f"a fact cannot be {type(value).__name__}: it has no one way to be written")
