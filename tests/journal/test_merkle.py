"""The tree is that of RFC 6962: known vectors, a second implementation, and proofs that cannot be bent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree
from pymerkle import verify_consistency as second_verify

from app.journal import Frontier, Tree, leaf_hash, root_of, verify_consistency, verify_inclusion
from app.journal.merkle import EMPTY_ROOT, node_hash

# The eight leaves and roots that Certificate Transparency's implementations test with.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def leaves_of(count: int) -> list[bytes]:
    return [b"entry %d" % i for i in range(count)]


def second_opinion(leaves: list[bytes]) -> InmemoryTree:
    tree = InmemoryTree(algorithm="sha256")
    for leaf in leaves:
        tree.append_entry(leaf)
    return tree


def test_known_roots() -> None:
    frontier, tree = Frontier(), Tree()
    assert root_of([]) == EMPTY_ROOT == frontier.root() == tree.root()
    for size in range(9):
        assert frontier.root().hex() == tree.root().hex() == root_of(LEAVES[:size]).hex() == ROOTS[size]
        if size < 8:
            assert frontier.append(LEAVES[size]) == tree.append(LEAVES[size]) == size
    assert [tree.root(size).hex() for size in range(9)] == ROOTS
    assert frontier.size == tree.size == 8


def test_known_proofs() -> None:
    # RFC 6962, 2.1.3, spelt out over the tree of seven leaves: a..j are its inner hashes.
    a, b, c, d, e, f, j = (leaf_hash(leaf) for leaf in LEAVES[:7])
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k, l_ = node_hash(g, h), node_hash(i, j)
    tree = Tree(LEAVES[:7])
    assert tree.inclusion(0) == [b, h, l_]
    assert tree.inclusion(3) == [c, g, l_]
    assert tree.inclusion(4) == [f, j, k]
    assert tree.inclusion(6) == [i, k]
    assert tree.consistency(3) == [c, d, g, l_]
    assert tree.consistency(4) == [l_]
    assert tree.consistency(6) == [i, j, k]
    assert tree.consistency(7) == tree.consistency(0) == []


def test_a_second_implementation_agrees_on_every_root_and_inclusion_proof() -> None:
    leaves = leaves_of(40)
    tree, other = Tree(leaves), second_opinion(leaves)
    for size in range(1, 41):
        assert tree.root(size) == other.get_root(size) == root_of(leaves[:size])
        for index in range(size):
            # Its paths begin with the leaf's own hash, and it counts leaves from one.
            theirs = other.prove_inclusion(index + 1, size).path
            assert [leaf_hash(leaves[index]), *tree.inclusion(index, size)] == theirs


def subproof(m: int, leaves: list[bytes], whole: bool) -> list[bytes]:
    """RFC 6962, 2.1.2, word for word."""
    n = len(leaves)
    if m == n:
        return [] if whole else [root_of(leaves)]
    k = 1
    while k * 2 < n:
        k *= 2
    if m <= k:
        return [*subproof(m, leaves[:k], whole), root_of(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), root_of(leaves[:k])]


def test_consistency_proofs_are_those_of_the_rfc_and_a_second_implementation_finds_them_sound() -> None:
    leaves = leaves_of(40)
    tree, other = Tree(leaves), second_opinion(leaves)
    for size in range(1, 41):
        for old in range(1, size + 1):
            assert tree.consistency(old, size) == subproof(old, leaves[:size], True)
            second_verify(tree.root(old), tree.root(size), other.prove_consistency(old, size))  # raises


@given(st.integers(1, 300), st.data())
def test_inclusion_holds_and_nothing_bent_does(size: int, data: st.DataObject) -> None:
    leaves = leaves_of(size)
    tree = Tree(leaves)
    index = data.draw(st.integers(0, size - 1))
    proof, root = tree.inclusion(index), tree.root()
    assert verify_inclusion(leaves[index], index, size, proof, root)
    assert not verify_inclusion(b"other", index, size, proof, root)
    assert not verify_inclusion(leaves[index], index, size, proof, b"\0" * 32)
    assert not verify_inclusion(leaves[index], index, size, [*proof, b"\0" * 32], root)
    assert not verify_inclusion(leaves[index], size, size, proof, root)
    assert not verify_inclusion(leaves[index], -1, size, proof, root)
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        bent = [*proof[:at], b"\1" * 32, *proof[at + 1 :]]
        assert not verify_inclusion(leaves[index], index, size, bent, root)
        assert not verify_inclusion(leaves[index], index, size, proof[:-1], root)
        other = data.draw(st.integers(0, size - 1).filter(lambda i: i != index))
        assert not verify_inclusion(leaves[index], other, size, proof, root)


@given(st.integers(0, 300), st.integers(0, 300), st.data())
def test_consistency_holds_and_nothing_bent_does(first: int, second: int, data: st.DataObject) -> None:
    old, new = sorted((first, second))
    tree = Tree(leaves_of(new))
    proof = tree.consistency(old)
    old_root, root = tree.root(old), tree.root()
    assert verify_consistency(old, old_root, new, root, proof)
    assert not verify_consistency(old, b"\0" * 32, new, root, proof)
    assert not verify_consistency(old, old_root, new, root, [*proof, b"\0" * 32])
    assert not verify_consistency(new + 1, old_root, new, root, proof)
    assert not verify_consistency(-1, old_root, new, root, proof)
    if old:
        assert not verify_consistency(old, old_root, new, b"\0" * 32, proof)
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        assert not verify_consistency(old, old_root, new, root, [*proof[:at], b"\1" * 32, *proof[at + 1 :]])
        assert not verify_consistency(old, old_root, new, root, proof[:-1])
        rewritten = Tree([b"rewritten", *leaves_of(new)[1:]])
        assert not verify_consistency(old, old_root, new, rewritten.root(), rewritten.consistency(old))


@given(st.integers(0, 200), st.integers(0, 60))
def test_a_frontier_goes_on_from_its_peaks(before: int, more: int) -> None:
    leaves = leaves_of(before + more)
    frontier = Frontier()
    for leaf in leaves[:before]:
        frontier.append(leaf)
    resumed = Frontier(frontier.size, frontier.peaks)
    for leaf in leaves[before:]:
        resumed.append(leaf)
    assert resumed.root() == root_of(leaves)
    assert frontier.root() == root_of(leaves[:before])


def test_refuses_peaks_that_do_not_fit_and_places_that_are_not_there() -> None:
    with pytest.raises(ValueError, match="peak"):
        Frontier(3, [b"\0" * 32])
    with pytest.raises(ValueError, match="peak"):
        Frontier(-1)
    tree = Tree(LEAVES)
    for beyond in (lambda: tree.root(9), lambda: tree.inclusion(8), lambda: tree.consistency(5, 4)):
        with pytest.raises(IndexError):
            beyond()


def test_each_proof_up_to_twenty_leaves_shows_its_own_leaf_and_no_other() -> None:
    leaves = leaves_of(20)
    tree = Tree(leaves)
    for size in range(1, 21):
        root = tree.root(size)
        for index in range(size):
            proof = tree.inclusion(index, size)
            shown = [i for i in range(-1, size + 1) if verify_inclusion(leaves[index], i, size, proof, root)]
            assert shown == [index]
            assert not verify_inclusion(b"other", index, size, proof, root)
            assert not verify_inclusion(leaves[index], index, size, [*proof, root], root), "a step too many"
            assert not proof or not verify_inclusion(leaves[index], index, size, proof[:-1], root), "a step too few"


def test_each_growth_up_to_twenty_leaves_is_shown_by_its_own_proof_and_no_other() -> None:
    tree = Tree(leaves_of(20))
    for size in range(21):
        root = tree.root(size)
        for old in range(size + 1):
            old_root, proof = tree.root(old), tree.consistency(old, size)
            assert verify_consistency(old, old_root, size, root, proof)
            assert not verify_consistency(old, b"\0" * 32, size, root, proof)
            assert not verify_consistency(old, old_root, size, root, [*proof, root]), "a step too many"
            assert not proof or not verify_consistency(old, old_root, size, root, proof[:-1]), "a step too few"
            # From nothing every tree grows: its root says nothing of the proof.
            assert verify_consistency(old, old_root, size, b"\0" * 32, proof) == (old == 0 < size)
        assert not verify_consistency(size + 1, root, size, root, [])
        assert not verify_consistency(-1, root, size, root, [])


def test_a_frontier_of_each_size_goes_on_from_its_peaks() -> None:
    for size in range(8):
        frontier = Frontier()
        for leaf in LEAVES[:size]:
            frontier.append(leaf)
        assert len(frontier.peaks) == bin(size).count("1")
        resumed = Frontier(frontier.size, frontier.peaks)
        assert resumed.append(LEAVES[size]) == size
        assert (frontier.root().hex(), resumed.root().hex()) == (ROOTS[size], ROOTS[size + 1])


def test_an_empty_proof_shows_nothing_between_two_trees() -> None:
    tree = Tree(LEAVES)
    for old in range(1, 8):
        assert not verify_consistency(old, tree.root(old), 8, tree.root(), [])
