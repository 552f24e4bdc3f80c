"""`kawei demo`: a whole evaluation on this machine, from import to the evidence package; a rehearsal by definition."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.demo.stage import Stage

_LIMIT_S = 480.0
"""A scripted rehearsal takes about a minute; what takes longer than this will not end."""


def run(argv: list[str]) -> int:
    """Play; exit 0 when the evidence package lies in `--out`."""
    options = _parser().parse_args(argv)
    headless = options.headless or not _has_screen()
    if headless:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from app.demo.cast import cast
    from app.demo.ending import collect
    from app.demo.stage import new_stage

    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="kawei-rehearsal-"))
    try:
        stage = new_stage(cast(options.case, folder, options.play and Path(options.play)), folder, out, options.lang)
        _say(
            options.lang, f"演练“{stage.cast.case}”，结果写入 {out}", f"rehearsal of {stage.cast.case}; files in {out}"
        )
        try:
            if headless:
                stage.open()
                stage.wait(_LIMIT_S)
            elif not _with_screen(stage):
                return 0
        finally:
            stage.close()
        summary = collect(stage)
        sys.stdout.write(json.dumps(summary, ensure_ascii=False, indent=1) + "\n")
        _say_check_in(options.lang, summary["check_in"])
        check = f"kawei verify {out}/evidence --key {stage.room_key}"
        _say(options.lang, f"演练结束。核验：{check}", f"the rehearsal is over; check it: {check}")
        return 0
    finally:
        if options.keep:
            _say(options.lang, f"过程数据保留在 {folder}", f"working data kept in {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


def _say_check_in(lang: str, figures: dict[str, Any]) -> None:
    """What it takes to come in, where nobody has to help."""
    if figures["count"]:
        acts, seconds = len(figures["acts"]), figures["machine_s"]
        _say(
            lang,
            f"签到（无需工作人员）：专家 {acts} 个动作，机器自身用时 {seconds} 秒（中位数）",
            f"check-in without staff: {acts} acts, the machine's own time {seconds} s (median)",
        )


def _with_screen(stage: Stage) -> bool:
    """Let a person choose parts in the start window; returns whether the rehearsal came to its end."""
    from app.demo.start_window import show

    return show(stage)


def _has_screen() -> bool:
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _say(lang: str, chinese: str, english: str) -> None:
    sys.stderr.write((english if lang == "en" else chinese) + "\n")
    sys.stderr.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kawei demo", description=__doc__)
    parser.add_argument("--headless", action="store_true", help="drive the windows offscreen and end by itself")
    parser.add_argument("--out", default="out", metavar="DIR", help="where report, evidence and screens are left")
    parser.add_argument("--case", default="zc", metavar="zc|gc|FILE", help="a built-in case or a tender package")
    parser.add_argument("--play", metavar="FILE", help="marks and faces for a package; else made up from its hash")
    parser.add_argument("--lang", default="zh", choices=("zh", "en"))
    parser.add_argument("--keep", action="store_true", help="keep the working data, for looking into a failure")
    return parser
