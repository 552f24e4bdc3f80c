"""How fast the journal's proofs are on this machine."""

from __future__ import annotations

from collections.abc import Callable

from app.journal.entry import ZERO, Entry, check_chain, entry_bytes, entry_line, make_entry, read_lines
from app.journal.merkle import Frontier, Tree, verify_consistency

_AT = "2026-03-02T09:00:00.123456+08:00"
_ACTOR = {"role": "member", "alias": "M3"}


def run(clock_s: Callable[[], float], entries: int = 10_000) -> dict[str, float | int]:
    """Measure with `clock_s` (seconds, such as `time.perf_counter`) over a stream of `entries` entries.

    `appends_per_s`: entry made, hashed, added to the Merkle tree, its root taken. `tree_appends_per_s`: the
    same without making the entry. `checks_per_s`: line read strictly, hash and link checked, root recomputed.
    `consistency_ms`: one proof from half the stream to the whole, made and verified. `verified`: whether
    all of it came out right.
    """
    begun = clock_s()
    frontier = Frontier()
    made: list[Entry] = []
    prev = ZERO
    for seq in range(1, entries + 1):
        data = {"bid": "B1", "factor": f"F{seq % 40}", "mark": "8.5"}
        made.append(make_entry("evaluation/ev1", seq, _AT, "Benchmarked", _ACTOR, data, prev))
        prev = made[-1].hash
        frontier.append(entry_bytes(made[-1]))
        frontier.root()
    append_s = clock_s() - begun

    leaves = [entry_bytes(entry) for entry in made]
    begun = clock_s()
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
        frontier.root()
    tree_s = clock_s() - begun

    lines = [entry_line(entry) for entry in made]
    begun = clock_s()
    read = list(read_lines(lines))
    checked = Frontier()
    for entry in read:
        checked.append(entry_bytes(entry))
    sound = check_chain(read) is None and checked.root() == frontier.root()
    check_s = clock_s() - begun

    tree = Tree(leaves)
    half = entries // 2
    begun = clock_s()
    proof = tree.consistency(half)
    sound &= verify_consistency(half, tree.root(half), entries, tree.root(), proof)
    proof_s = clock_s() - begun
    return {
        "entries": entries,
        "verified": sound,
        "appends_per_s": round(entries / append_s),
        "tree_appends_per_s": round(entries / tree_s),
        "checks_per_s": round(entries / check_s),
        "consistency_ms": round(proof_s * 1000, 3),
    }
