"""The Merkle tree of RFC 6962 over a stream's entries: its root, and proofs of inclusion and consistency."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()
"""Root of a tree without leaves (RFC 6962, 2.1)."""


def leaf_hash(leaf: bytes) -> bytes:
    """Hash of one leaf: SHA-256(0x00 || leaf)."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node: SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Root of the tree over `leaves` (the entries' bytes, not their hashes)."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


class Frontier:
    """A growing tree of which only the roots of its complete subtrees are kept: log2(size) hashes.

    `peaks` are those roots, largest subtree first; with `size` they are all that a restart needs.
    """

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        if size < 0 or len(peaks) != size.bit_count():
            raise ValueError("a frontier has one peak for each set bit of its size")
        self._size = size
        self._peaks = list(peaks)

    @property
    def size(self) -> int:
        """How many leaves the tree has."""
        return self._size

    @property
    def peaks(self) -> tuple[bytes, ...]:
        """Roots of the complete subtrees, largest first."""
        return tuple(self._peaks)

    def append(self, leaf: bytes) -> int:
        """Add a leaf and return its index, counted from 0."""
        index, node = self._size, leaf_hash(leaf)
        carry = index
        while carry & 1:
            node = node_hash(self._peaks.pop(), node)
            carry >>= 1
        self._peaks.append(node)
        self._size += 1
        return index

    def root(self) -> bytes:
        """Root over all leaves so far."""
        if not self._peaks:
            return EMPTY_ROOT
        node = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            node = node_hash(peak, node)
        return node


class Tree:
    """A growing tree that keeps every complete subtree's hash and so proves any of its sizes quickly.

    It takes 64 bytes of hashes a leaf; a proof costs about log2(size)^2 hashes at worst.
    """

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels: list[list[bytes]] = [[]]  # _levels[k][i]: root over the leaves i*2^k .. (i+1)*2^k - 1
        for leaf in leaves:
            self.append(leaf)

    @property
    def size(self) -> int:
        """How many leaves the tree has."""
        return len(self._levels[0])

    def append(self, leaf: bytes) -> int:
        """Add a leaf and return its index, counted from 0."""
        index, height, node = self.size, 0, leaf_hash(leaf)
        self._levels[0].append(node)
        while (index >> height) & 1:
            node = node_hash(self._levels[height][-2], node)
            height += 1
            if height == len(self._levels):
                self._levels.append([])
            self._levels[height].append(node)
        return index

    def root(self, size: int | None = None) -> bytes:
        """Root over the first `size` leaves, all of them by default. Raises IndexError beyond the tree."""
        size = self._known(size)
        return self._range(0, size) if size else EMPTY_ROOT

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """Proof that leaf `index` is among the first `size` leaves (RFC 6962, 2.1.1).

        Raises IndexError where there is no such leaf.
        """
        size = self._known(size)
        if not 0 <= index < size:
            raise IndexError("no such leaf")
        path, start, end = [], 0, size
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                path.append(self._range(middle, end))
                end = middle
            else:
                path.append(self._range(start, middle))
                start = middle
        path.reverse()
        return path

    def consistency(self, old_size: int, size: int | None = None) -> list[bytes]:
        """Proof that the first `size` leaves begin with the first `old_size` (RFC 6962, 2.1.2).

        Raises IndexError where `old_size` is not within the tree. From 0, or from `size` itself, the proof is
        empty.
        """
        size = self._known(size)
        if not 0 <= old_size <= size:
            raise IndexError("no such earlier tree")
        if old_size in (0, size):
            return []
        path, start, end = [], 0, size
        while end != old_size:
            middle = start + _split(end - start)
            if old_size <= middle:
                path.append(self._range(middle, end))
                end = middle
            else:
                path.append(self._range(start, middle))
                start = middle
        if start:  # the old tree is not one complete subtree: its last one opens the proof
            path.append(self._range(start, end))
        path.reverse()
        return path

    def _known(self, size: int | None) -> int:
        if size is None:
            return self.size
        if not 0 <= size <= self.size:
            raise IndexError("the tree was never of that size")
        return size

    def _range(self, start: int, end: int) -> bytes:
        width = end - start
        if width & (width - 1) == 0:
            height = width.bit_length() - 1
            return self._levels[height][start >> height]
        middle = start + _split(width)
        return node_hash(self._range(start, middle), self._range(middle, end))


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `proof` shows that `leaf` (its bytes) is leaf `index` of the tree of `size` with `root`.

    The algorithm is RFC 9162, 2.1.3.2.
    """
    if not 0 <= index < size:
        return False
    node, place, last = leaf_hash(leaf), index, size - 1
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = node_hash(step, node)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = node_hash(node, step)
        place, last = place >> 1, last >> 1
    return last == 0 and node == root


def verify_consistency(old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether `proof` shows that the tree of `new_size` and `new_root` extends that of `old_size`.

    The algorithm is RFC 9162, 2.1.4.2; every tree extends the empty one, and itself, by an empty proof.
    """
    if not 0 <= old_size <= new_size:
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    steps = list(proof)
    if old_size & (old_size - 1) == 0:
        steps.insert(0, old_root)
    if not steps:
        return False
    place, last = old_size - 1, new_size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old_node = new_node = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old_node, new_node = node_hash(step, old_node), node_hash(step, new_node)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new_node = node_hash(new_node, step)
        place, last = place >> 1, last >> 1
    return last == 0 and old_node == old_root and new_node == new_root


def _split(width: int) -> int:
    """Largest power of two smaller than `width`: where RFC 6962 splits a tree of that many leaves."""
    return 1 << ((width - 1).bit_length() - 1)
