"""The doors of the command `kawei`.

Law of this package: it wires and decides nothing. A door is a module with `run(argv) -> int`, imported only
when it is asked for, and importing only what it needs; a door raises what is wrong and `app.cli.errors`
alone turns that into words and an exit code.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from typing import Final

from app.cli import errors

# Door, what it does (Chinese, English). The order is the order of the help.
DOORS: Final[tuple[tuple[str, str, str], ...]] = (
    ("demo", "在本机走完一次评标 (演练)", "a whole evaluation on this machine (a rehearsal)"),
    ("room", "评标室服务器", "the room server"),
    ("seat", "专家席位", "an expert's seat"),
    ("console", "管理与见证台", "one role's console"),
    ("kiosk", "门口签到", "check-in at the door"),
    ("board", "公共显示屏", "the public wall display"),
    ("setup", "设置本机", "set this machine up"),
    ("doctor", "本机自检", "self-test of this machine"),
    ("rules", "核验、合并规则集", "check and merge rule sets"),
    ("score", "计算得分与排序", "scores and ranks of a scoring case"),
    ("recompute", "核验平台导出的评标数据", "check an evaluation as a platform states it"),
    ("draw", "抽取席位", "a seat draw"),
    ("verify-draw", "核验抽取", "check a seat draw"),
    ("verify", "核验评标档案包", "check an evidence package"),
    ("archive", "归档与复核", "put packages into the archive, see that they are still there"),
    ("recordings", "录音录像：列出、核验、打开", "recordings: list, verify, open"),
    ("face", "人脸比对与测量", "compare and measure faces"),
    ("bench", "性能基准", "the benchmarks"),
)


def usage(lang: str) -> str:
    """The help text of `kawei` itself in `lang` (zh or en)."""
    zh = lang != "en"
    head = "用法: kawei [--lang zh|en] 命令 [参数]" if zh else "usage: kawei [--lang zh|en] DOOR [ARGUMENTS]"
    tail = "kawei 命令 --help 查看各命令的参数。" if zh else "kawei DOOR --help tells more of one door."
    lines = [f"  {name:<12} {chinese if zh else english}" for name, chinese, english in DOORS]
    title = "Kawei 卡位: 评标室的程序" if zh else "Kawei 卡位: the program of the bid-evaluation room"
    return "\n".join([title, "", head, "", *lines, "", tail, ""])


def main(argv: Sequence[str] | None = None) -> int:
    """Run one door and return its exit code: 0 done, 1 checked and found wrong, 2 bad input or usage."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    return errors.guarded(lambda: _dispatch(arguments), errors.language(arguments))


def _dispatch(arguments: list[str]) -> int:
    lang, rest = _leading_language(arguments)
    if rest and rest[0] in ("-h", "--help", "help"):
        sys.stdout.write(usage(errors.language(arguments)))
        return 0
    if rest and rest[0] == "--version":
        from importlib.metadata import version

        sys.stdout.write(f"kawei {version('kawei')}\n")
        return 0
    if not rest:
        raise errors.Fault("usage", "DOOR", "请给出一个命令, 见 kawei --help。", "Name a door, see kawei --help.")
    name = rest[0]
    if name not in {door for door, _, _ in DOORS}:
        raise errors.Fault(
            "unknown_door",
            name,
            f"没有“{name}”这个命令, 全部命令见 kawei --help。",
            f"There is no door '{name}'; kawei --help lists them all.",
        )
    from app.cli.config import configured, file_in_force

    return _load(name)(configured(name, file_in_force()) + lang + rest[1:])


def _leading_language(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Move a language given before the door behind it, where each door's own parser reads it."""
    if arguments[:1] == ["--lang"]:
        return arguments[:2], arguments[2:]
    if arguments[:1] and arguments[0].startswith("--lang="):
        return arguments[:1], arguments[1:]
    return [], arguments


def _load(name: str) -> errors.Door:
    module = f"app.cli.{name.replace('-', '_')}"
    try:
        door: errors.Door = importlib.import_module(module).run
    except ModuleNotFoundError as missing:
        if missing.name == module:
            raise errors.Fault(
                "door_missing",
                name,
                f"本版本不含“{name}”命令, 请换用完整的安装包。",
                f"This version comes without the door '{name}'; use a complete installation.",
            ) from missing
        raise errors.Fault(
            "component_missing",
            str(missing.name),
            f"缺少组件 {missing.name}, 请重新安装 (源码目录中运行 make setup)。",
            f"The component {missing.name} is missing; install again (make setup in a source tree).",
        ) from missing
    return door
