"""`kawei score CASE.json`: a scoring case in, every step of the result out."""

from __future__ import annotations

import sys
from pathlib import Path

from app.cli.errors import Parser


def run(argv: list[str]) -> int:
    """Score one case (`-` reads standard input), print the result's bytes and return 0.

    Raises `app.scoring.Refusal` for a case that is not scored and `OSError` for a file that is not there.
    """
    parser = Parser("kawei score", "按计分文件计算得分与排序 / scores and ranks of a scoring case")
    parser.add_argument("case", metavar="CASE.json", help="计分文件, - 为标准输入 / scoring case, - reads stdin")
    arguments = parser.parse_args(argv)
    from app.scoring import dumps, parse, score

    text = sys.stdin.buffer.read() if arguments.case == "-" else Path(arguments.case).read_bytes()
    answer = dumps(score(parse(text)))
    sys.stdout.flush()
    sys.stdout.buffer.write(answer)
    return 0
