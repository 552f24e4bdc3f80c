"""`kawei setup`: what is this machine? Asked in a window, in the terminal, or read from a file; ends with the doctor.

A window where there is a screen, questions where there is a terminal alone (`--terminal`), and neither with `--file`,
which serves twenty machines: each finds its own part by its name. What was done once is not done again, so a set-up
that broke off is simply started anew.
"""

from __future__ import annotations

import argparse
import os
import socket
import sys
from pathlib import Path

from app.cli.config import PLACE, VARIABLE
from app.cli.errors import Fault, Parser, language
from app.cli.setup_answers import Answers, read_answers
from app.cli.setup_work import looked_at, steps


def run(argv: list[str]) -> int:
    """Set this machine up; 0 where the doctor found nothing failed, else 1."""
    arguments = parser().parse_args(argv)
    lang, config = language(argv), arguments.config or Path(os.environ.get(VARIABLE) or PLACE)
    if arguments.file is not None:
        return carry_out(_own_part(arguments), config, lang)
    if arguments.terminal or not _has_screen():
        from app.cli.setup_terminal import asked

        return carry_out(asked(lang, sys.stdin, sys.stdout), config, lang)
    from app.cli.setup_window import show

    return show(config, lang)


def parser() -> Parser:
    """What this door takes."""
    made = Parser("kawei setup", "设置本机 / set this machine up")
    made.add_argument("--file", metavar="FILE", type=Path, help="从文件读取，不提问 / read from a file, ask nothing")
    made.add_argument(
        "--name", metavar="NAME", help="文件中的哪一台，默认按主机名 / which of the file, by its host name"
    )
    made.add_argument("--terminal", action="store_true", help="在终端提问 / ask in the terminal")
    made.add_argument("--config", metavar="FILE", type=Path, help=f"写入的设置文件 / settings to write ({PLACE})")
    return made


def carry_out(answers: Answers, config: Path, lang: str) -> int:
    """Do every step, a line each, then look the machine over."""
    from app.cli import doctor

    for step in steps(answers, config, lang):
        told = step.do()
        zh = lang != "en"
        sys.stdout.write(f"{step.title[not zh]:<12} {told[not zh]}\n")
        sys.stdout.flush()
    return doctor.run([*looked_at(answers), "--lang", lang])


def _own_part(arguments: argparse.Namespace) -> Answers:
    try:
        return read_answers(arguments.file, arguments.name)
    except Fault:
        if arguments.name is not None:
            raise
        return read_answers(arguments.file, socket.gethostname())


def _has_screen() -> bool:
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
