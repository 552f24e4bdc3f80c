"""`kawei verify EVIDENCE`: check an evidence package, one line a check, and say what it amounts to."""

from __future__ import annotations

import sys
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from app.cli import errors
from app.journal import parse_checkpoint, parse_fingerprint
from app.verification import Check, Outcome, Verdict, page, sentence, title, verify

_WIDTH = max(len(outcome.value) for outcome in Outcome) + 1

_NOTES = {
    # what the last line means, for a person
    "verified": ("核验通过，评标室公钥与所给指纹一致。", "Everything holds, and the room's key is the one given."),
    "consistent, NOT ANCHORED": (
        "内容自洽；未给出评标室公钥指纹（--key，见签条或报告），不能排除整包伪造。",
        "Consistent in itself; without the room's key fingerprint (--key, on slips and in the report) a package "
        "forged whole is not excluded.",
    ),
    "FAILED": ("核验未通过。", "The package does not hold."),
}


def run(argv: list[str]) -> int:
    """0 where nothing failed, 1 where something did; raises on bad usage."""
    parser = errors.Parser("kawei verify", "核验评标档案包 / check an evidence package")
    parser.add_argument("evidence", metavar="EVIDENCE", help="档案包目录 / the package's folder")
    parser.add_argument("--key", metavar="FINGERPRINT", help="评标室公钥指纹 / fingerprint of the room's key")
    parser.add_argument("--from", dest="earlier", metavar="CHECKPOINT", help="先前的检查点文件 / an earlier checkpoint")
    parser.add_argument(
        "--recordings",
        metavar="DIR",
        type=Path,
        help="录音录像片段目录，默认档案包旁的 recordings / the recorded segments, by default `recordings` beside it",
    )
    parser.add_argument(
        "--html", metavar="FILE", type=Path, help="另存一页通俗结果（中文，可打印）/ a page for laymen, in Chinese"
    )
    arguments = parser.parse_args(argv)
    key = None if arguments.key is None else parse_fingerprint(arguments.key)
    earlier = None
    if arguments.earlier is not None:
        earlier = (arguments.earlier, Path(arguments.earlier).read_bytes())
        parse_checkpoint(earlier[1])  # what is no checkpoint at all is bad usage
    root = Path(arguments.evidence)
    _outside(arguments.html, root)
    beside = root.absolute().parent / "recordings"
    recordings = arguments.recordings or (beside if beside.is_dir() else None)
    verdict = verify(root, key, earlier, recordings)
    if arguments.html is not None:
        at = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S %z")
        program = f"卡位 Kawei {version('kawei')}"
        arguments.html.write_text(page(verdict, str(root), at, program), encoding="utf-8", errors="backslashreplace")
    _write(lines(verdict, arguments.lang))
    return 0 if verdict.good else 1


def _outside(html: Path | None, root: Path) -> None:
    """A page among the files of a package would itself be a file that does not belong there."""
    if html is not None and html.resolve().is_relative_to(root.resolve()):
        raise errors.Fault(
            "inside_package",
            str(html),
            "结果页不能写进档案包本身，请另选位置。",
            "The page cannot be written into the package itself; choose another place.",
        )


def lines(verdict: Verdict, lang: str) -> list[str]:
    """The output, line by line."""
    said = []
    if verdict.rehearsal:
        said.append("REHEARSAL: nothing here was a real evaluation" if lang == "en" else "REHEARSAL 演练，不是真实评审")
    said += [line(check, lang) for check in verdict.checks]
    if verdict.key is not None:
        said.append(f"{'key' if lang == 'en' else '评标室公钥指纹'}  {verdict.key}")
    last = "FAILED" if not verdict.good else "verified" if verdict.anchored else "consistent, NOT ANCHORED"
    return [*said, _NOTES[last][lang == "en"], last]


def line(check: Check, lang: str) -> str:
    """One check."""
    words = f"{check.outcome.value:<{_WIDTH}}{title(check.code, lang)}"
    if check.problem is None:
        return words
    return f"{words}{': ' if lang == 'en' else '：'}{sentence(check.problem, lang)}"


def _write(said: list[str]) -> None:
    """Write UTF-8 on every console; what cannot be written stays readable as an escape."""
    text = "".join(f"{_printable(line)}\n" for line in said)
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
    else:
        sys.stdout.flush()
        buffer.write(text.encode("utf-8", "backslashreplace"))


def _printable(line: str) -> str:
    """A line without control characters: a package must not move a reader's cursor."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in line)
