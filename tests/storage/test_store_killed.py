"""kill -9 in mid-write: everything reported as committed is there afterwards, and nothing half."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.storage import open_store, sqlite_url

KILLS = 20


@pytest.mark.skipif(os.name == "nt", reason="needs fork and SIGKILL")
def test_no_acknowledged_entry_is_lost_by_a_kill(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "room.db")
    chance = random.Random(20260302)
    script = Path(__file__).with_name("writer_under_fire.py")
    with subprocess.Popen(
        [sys.executable, str(script), url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as nursery:
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        acknowledged = 0
        for _ in range(KILLS):
            nursery.stdin.write("go\n")
            lines = iter(nursery.stdout.readline, "dead\n")
            pid, kept = 0, 0
            for line in lines:
                word, number = line.split()
                if word == "writer":
                    pid = int(number)
                else:
                    kept = int(number)
                if pid and kept >= acknowledged + 20:
                    break
            assert pid, "the writer never began"
            time.sleep(chance.random() * 0.003)  # aims at any moment of the next commit; nothing waits for it
            os.kill(pid, signal.SIGKILL)
            rest = [int(line.split()[1]) for line in lines if line.startswith("kept")]
            acknowledged = max([kept, *rest])
            assert_whole(url, acknowledged)
        nursery.stdin.close()
    assert acknowledged > KILLS * 20


def assert_whole(url: str, acknowledged: int) -> None:
    store = open_store(url)
    rows = store.entries_after(0)
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    assert len(rows) >= acknowledged
    for stream in store.streams():
        seqs = [row.seq for row in store.entries(stream)]
        assert seqs == list(range(1, len(seqs) + 1))
    number, size = rows[-1].body.rstrip("x").split("/")
    assert number == size, "half a transaction"
    assert store.recall(f"command {len(rows)}") is not None
    store.close()
