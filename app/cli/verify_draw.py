"""`kawei verify-draw TRANSCRIPT.json`: recompute a draw and name the first thing that is wrong."""

from __future__ import annotations

from app import drawing
from app.cli import errors
from app.cli.draw import read_bytes, write_text


def run(argv: list[str]) -> int:
    """0 where the transcript is as recomputed, 1 with the first thing that is wrong; raises on bad input.

    Where it is right, the line ends with the code that slips and screens show of it.
    """
    parser = errors.Parser("kawei verify-draw", "核验抽取抄本 / check the transcript of a draw")
    parser.add_argument("transcript", metavar="TRANSCRIPT.json", help="抽取抄本，- 为标准输入 / - is stdin")
    arguments = parser.parse_args(argv)
    transcript = drawing.decode(read_bytes(arguments.transcript))
    failure = drawing.verify(transcript)
    if failure is not None:
        write_text(failure.message(arguments.lang) + "\n")
        return 1
    code = drawing.slip_code(drawing.digest(transcript))
    write_text(f"correct, code {code}\n" if arguments.lang == "en" else f"无误，签条码 {code}\n")
    return 0
