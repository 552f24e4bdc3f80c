"""A headless Chromium on a page of the tests, as a partner in a call: what engines say goes through a small server."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.devices.call_ground import Table

PAGE = Path(__file__).with_name("browser_page.html")
NAMES = ("offering", "answering")
"""The page is two partners at once: one begins its link, the other is asked."""
PAGE_HZ = 1700
_WAIT_S = 1.0


def why_not() -> str | None:
    """Why there is no browser here; None where there is one."""
    return None if _chromium() else "no Chromium is installed (Debian: apt-get install chromium)"


def _chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("google-chrome")


@dataclass
class Page:
    """What the page told last of each of its links, by its name in the call."""

    changed: threading.Condition = field(default_factory=threading.Condition)
    ready: bool = False
    failed: str | None = None
    told: dict[str, dict[str, Any]] = field(default_factory=dict)

    def until(self, holds: Callable[[], bool], limit_s: float = 20.0) -> bool:
        """Wait for it; a fault of the page ends the wait."""
        with self.changed:
            self.changed.wait_for(lambda: holds() or self.failed is not None, limit_s)
            assert self.failed is None, self.failed
            return holds()


@contextmanager
def page_in(table: Table, folder: Path) -> Iterator[Page]:
    """The page in a browser of its own, its partners on this table of signals."""
    page, waiting = Page(), queue.SimpleQueue[dict[str, Any]]()
    for name in NAMES:
        table[name] = [lambda sender, message, to=name: waiting.put({"from": sender, "to": to, "message": message})]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/":
                self._answer(PAGE.read_bytes(), "text/html; charset=utf-8")
            elif self.path == "/next":
                self._answer(json.dumps(_next(waiting)).encode())
            else:
                self.send_error(404)

        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self._answer(b"{}")
            if self.path == "/say":
                for hear in list(table.get("ours", ())):
                    hear(said["from"], said["message"])
                return
            with page.changed:
                match self.path:
                    case "/ready":
                        page.ready = True
                    case "/failed":
                        page.failed = said
                    case "/told":
                        page.told = said
                page.changed.notify_all()

        def _answer(self, body: bytes, kind: str = "application/json") -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            """The test tells."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serving = threading.Thread(target=server.serve_forever, args=(0.1,), name="page")
    serving.start()
    browser = _start(f"http://127.0.0.1:{server.server_port}/", folder)
    try:
        yield page
    finally:
        browser.terminate()
        try:
            browser.wait(10)
        except subprocess.TimeoutExpired:
            browser.kill()
            browser.wait()
        server.shutdown()
        serving.join()
        server.server_close()


def _next(waiting: queue.SimpleQueue[dict[str, Any]]) -> list[dict[str, Any]]:
    """What waits for the page; it asks again at once, so that nothing waits long."""
    try:
        found = [waiting.get(timeout=_WAIT_S)]
    except queue.Empty:
        return []
    while not waiting.empty():
        found.append(waiting.get())
    return found


def _start(address: str, folder: Path) -> subprocess.Popen[bytes]:
    chromium = _chromium()
    assert chromium is not None
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return subprocess.Popen(
        [
            chromium,
            "--headless=new",
            *as_root,
            f"--user-data-dir={folder}",
            "--no-first-run",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--autoplay-policy=no-user-gesture-required",
            "--allow-loopback-in-peer-connection",
            "--disable-features=WebRtcHideLocalIpsWithMdns",
            address,
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
