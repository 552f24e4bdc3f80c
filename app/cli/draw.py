"""`kawei draw REQUEST.json`: carry out a draw and print its transcript."""

from __future__ import annotations

import json
import secrets
import sys
from pathlib import Path

from app import drawing
from app.cli import errors


def run(argv: list[str]) -> int:
    """Print the transcript of the request in a file, or on standard input for `-`; 0, or raises a refusal.

    A party whose nonce the request does not give gets one from the operating system.
    """
    parser = errors.Parser("kawei draw", "抽取座位或次序，输出抽取抄本 / draw seats or an order, print the transcript")
    parser.add_argument("request", metavar="REQUEST.json", help="抽取请求，- 为标准输入 / the request, - for stdin")
    request = drawing.read_request(drawing.decode(read_bytes(parser.parse_args(argv).request)))
    nonces = {party: request.nonces.get(party) or secrets.token_bytes(drawing.NONCE_BYTES) for party in request.parties}
    transcript = drawing.draw(request, nonces).to_json()
    write_text(json.dumps(transcript, ensure_ascii=False, indent=1) + "\n")
    return 0


def read_bytes(name: str) -> bytes:
    """What is in the file `name`, or on standard input where it is `-`."""
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()


def write_text(text: str) -> None:
    """Write to standard output in UTF-8, whatever the console's code page."""
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.flush()
