"""Forks a process that writes and reports what was committed, once for each line on stdin, until it is killed."""

from __future__ import annotations

import os
import random
import sys

from app.storage import open_store, sqlite_url  # noqa: F401 - imported before the forks, so that these are fast


def write(url: str, seed: int) -> None:
    """Commit groups of entries for ever; report the last position of a group once it is committed."""
    chance = random.Random(seed)
    store = open_store(url)
    heads = {stream: head.seq if (head := store.head(stream)) else 0 for stream in ("room", "evaluation/ev1")}
    while True:
        size = chance.randint(1, 6)
        with store.transaction() as tx:
            for number in range(1, size + 1):
                stream = chance.choice(list(heads))
                heads[stream] += 1
                last = tx.append(stream, heads[stream], "T", "at", "h", f"{number}/{size}" + "x" * 300)
            tx.remember(f"command {last}", "M1", "digest", "{}")
        os.write(1, f"kept {last}\n".encode())


def main(url: str) -> None:
    """One writer after another."""
    for seed, _ in enumerate(sys.stdin):
        pid = os.fork()
        if pid == 0:
            write(url, seed)
        os.write(1, f"writer {pid}\n".encode())
        os.waitpid(pid, 0)
        os.write(1, b"dead\n")


if __name__ == "__main__":
    main(sys.argv[1])
