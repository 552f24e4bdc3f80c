"""`kawei recompute FILE_OR_FOLDER`: check what a platform states of an evaluation before anyone signs it."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from app.cli import errors
from app.cli.draw import write_text


def run(argv: list[str]) -> int:
    """Print remarks and right result as JSON; 0 where nothing is wrong, 1 where a fault was found.

    With `--out` the same goes to `checklist.json`, and the one page for the committee to `checklist.pdf`.
    Raises a refusal for input that cannot be taken.
    """
    parser = errors.Parser("kawei recompute", "核验平台导出的评标数据 / check an evaluation as a platform states it")
    parser.add_argument(
        "statement",
        metavar="FILE_OR_FOLDER",
        help="JSON、XLSX，或放有 CSV 表和 rules.json 的文件夹或 zip / JSON, XLSX, or a folder or zip of tables",
    )
    parser.add_argument("--out", metavar="DIR", help="写出 checklist.pdf 和 checklist.json / where to write both")
    arguments = parser.parse_args(argv)
    from app.exchange import read_platform
    from app.recompute import answer, check, work_out

    statement = read_platform(Path(arguments.statement))
    right = work_out(statement)
    remarks = check(statement, right)
    found = answer(statement, right, remarks, arguments.lang)
    text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    if arguments.out is not None:
        from app.report.checklist import checklist_pdf

        folder = Path(arguments.out)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "checklist.json").write_text(text, encoding="utf-8")
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        (folder / "checklist.pdf").write_bytes(checklist_pdf(statement, right, remarks, now))
    write_text(text)
    return 1 if found["faults"] else 0
