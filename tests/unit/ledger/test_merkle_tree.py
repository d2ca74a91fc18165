"""The log's tree against RFC 9162, by an implementation that goes level by level where ours divides and recurses."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.ledger.rules import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    proves_consistency,
    proves_inclusion,
    root_of,
)

LEAVES = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=70)


def node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def levels_of(leaves: list[bytes]) -> list[list[bytes]]:
    """Every level of the tree from the leaves up; an odd last node moves up as it is."""
    levels = [leaves]
    while len(levels[-1]) > 1:
        below = levels[-1]
        paired = [node(*below[at : at + 2]) if at + 1 < len(below) else below[at] for at in range(0, len(below), 2)]
        levels.append(paired)
    return levels


def siblings_above(levels: list[list[bytes]], level: int, at: int) -> tuple[bytes, ...]:
    found = []
    for nodes in levels[level:]:
        if at ^ 1 < len(nodes):
            found.append(nodes[at ^ 1])
        at >>= 1
    return tuple(found)


def older_proof(levels: list[list[bytes]], older: int) -> tuple[bytes, ...]:
    level, at = 0, older - 1
    while at & 1:
        level, at = level + 1, at >> 1
    start = (levels[level][at],) if at else ()
    return (*start, *siblings_above(levels, level, at))


def rfc_verifies_inclusion(leaf: bytes, index: int, size: int, proof: tuple[bytes, ...], root: bytes) -> bool:
    """The loop of section 2.1.3.2."""
    fn, sn, r = index, size - 1, leaf
    for p in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = node(p, r)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node(r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def rfc_verifies_consistency(first: int, second: int, first_hash: bytes, second_hash: bytes, proof: tuple) -> bool:
    """The loop of section 2.1.4.2."""
    path = [first_hash, *proof] if first & (first - 1) == 0 else list(proof)
    if not path:
        return False
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node(c, fr), node(c, sr)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return (fr, sr, sn) == (first_hash, second_hash, 0)


def flipped(content: bytes, bit: int) -> bytes:
    changed = bytearray(content)
    changed[bit // 8 % len(content)] ^= 1 << bit % 8
    return bytes(changed)


def test_the_tree_of_the_published_eight_leaves_has_the_published_root() -> None:
    texts = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    root = root_of(leaf_hash(bytes.fromhex(text)) for text in texts)
    assert root.hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def test_an_empty_log_has_the_root_of_nothing() -> None:
    assert root_of([]) == EMPTY_ROOT == sha256(b"").digest()


def test_a_leaf_is_never_taken_for_a_node() -> None:
    left, right = leaf_hash(b"left"), leaf_hash(b"right")
    assert leaf_hash(left + right) != root_of([left, right])


@given(LEAVES)
def test_appending_one_by_one_gives_the_root_of_the_whole_tree(leaves: list[bytes]) -> None:
    frontier = Frontier()
    for count, leaf in enumerate(leaves, start=1):
        frontier = Frontier.unpacked(frontier.size, frontier.packed).add(leaf)
        assert frontier.root == levels_of(leaves[:count])[-1][0]
        assert len(frontier.peaks) == count.bit_count()


@pytest.mark.parametrize(("size", "packed"), [(1, b""), (3, bytes(32)), (-1, b""), (4, bytes(33))])
def test_bytes_that_cannot_be_the_frontier_of_so_many_leaves_are_not_taken_for_it(size: int, packed: bytes) -> None:
    with pytest.raises(ValueError, match="frontier"):
        Frontier.unpacked(size, packed)


@given(LEAVES, st.data())
def test_a_leaf_is_proved_to_be_where_it_is(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof, root = inclusion_proof(leaves, index), root_of(leaves)
    assert proof == siblings_above(levels_of(leaves), 0, index)
    assert proves_inclusion(proof, leaves[index], index, len(leaves), root)
    assert rfc_verifies_inclusion(leaves[index], index, len(leaves), proof, root)


@given(LEAVES, st.data())
def test_a_proof_of_inclusion_that_is_changed_at_all_proves_nothing(leaves: list[bytes], data: st.DataObject) -> None:
    index, bit = data.draw(st.integers(0, len(leaves) - 1)), data.draw(st.integers(0, 255))
    proof, root, size = inclusion_proof(leaves, index), root_of(leaves), len(leaves)
    assert not proves_inclusion(proof, flipped(leaves[index], bit), index, size, root)
    assert not proves_inclusion(proof, leaves[index], index, size, flipped(root, bit))
    assert not proves_inclusion((*proof, root), leaves[index], index, size, root)
    assert not proves_inclusion(proof, leaves[index], size, size, root)
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        changed = (*proof[:at], flipped(proof[at], bit), *proof[at + 1 :])
        assert not proves_inclusion(changed, leaves[index], index, size, root)
        assert not proves_inclusion(proof[1:], leaves[index], index, size, root)


@given(LEAVES, st.data())
def test_any_two_implementations_agree_on_any_proof_of_inclusion(leaves: list[bytes], data: st.DataObject) -> None:
    index, size = data.draw(st.integers(0, 70)), data.draw(st.integers(1, 70))
    proof = tuple(data.draw(st.lists(st.sampled_from(leaves), max_size=8)))
    for root in (root_of(leaves), leaves[0]):
        ours = proves_inclusion(proof, leaves[0], index, size, root)
        assert ours == (index < size and rfc_verifies_inclusion(leaves[0], index, size, proof, root))


@given(LEAVES, st.data())
def test_a_longer_log_is_proved_to_begin_with_the_shorter(leaves: list[bytes], data: st.DataObject) -> None:
    older = data.draw(st.integers(1, len(leaves)))
    proof, before, after = consistency_proof(leaves, older), root_of(leaves[:older]), root_of(leaves)
    assert proves_consistency(proof, older, before, len(leaves), after)
    if older < len(leaves):
        assert proof == older_proof(levels_of(leaves), older)
        assert rfc_verifies_consistency(older, len(leaves), before, after, proof)


@given(LEAVES, st.data())
def test_a_log_whose_past_was_rewritten_is_not_proved_consistent(leaves: list[bytes], data: st.DataObject) -> None:
    older, bit = data.draw(st.integers(1, len(leaves))), data.draw(st.integers(0, 255))
    before, at = root_of(leaves[:older]), data.draw(st.integers(0, older - 1))
    rewritten = [*leaves[:at], flipped(leaves[at], bit), *leaves[at + 1 :]]
    proof, size = consistency_proof(rewritten, older), len(leaves)
    assert not proves_consistency(proof, older, before, size, root_of(rewritten))
    assert not proves_consistency((*proof, before), older, before, size, root_of(leaves))
    assert not proves_consistency(proof[1:], older, before, size, root_of(rewritten))


@pytest.mark.parametrize("older", [0, 4])
def test_only_a_beginning_can_be_proved_consistent(older: int) -> None:
    leaves = [bytes(32)] * 3
    with pytest.raises(IndexError):
        consistency_proof(leaves, older)
    assert not proves_consistency((), older, EMPTY_ROOT, 3, root_of(leaves))


def test_there_is_no_proof_for_a_leaf_that_is_not_there() -> None:
    with pytest.raises(IndexError):
        inclusion_proof([bytes(32)], 1)
