"""The one place where what went wrong becomes a sentence, a code and an exit code."""

from __future__ import annotations

import argparse
import contextlib
import errno
import json
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from typing import Any, Final, NoReturn, Protocol, runtime_checkable

Door = Callable[[list[str]], int]

BAD_INPUT: Final = 2
BUG: Final = 70  # EX_SOFTWARE: never to be taken for "checked and found wrong"
INTERRUPTED: Final = 130  # 128 + SIGINT
PIPE_CLOSED: Final = 141  # 128 + SIGPIPE

# errno -> code, Chinese, English
_WORLD: Final[dict[int, tuple[str, str, str]]] = {
    errno.ENOENT: (
        "not_found",
        "找不到这个文件或目录, 请检查路径。",
        "There is no such file or folder; check the path.",
    ),
    errno.EACCES: (
        "no_permission",
        "没有访问权限, 请检查文件的权限或换一个账户。",
        "Access was denied; check the permissions or use another account.",
    ),
    errno.EPERM: ("no_permission", "系统不允许这个操作, 请换一个账户。", "The system does not allow this."),
    errno.EISDIR: ("is_a_folder", "这里需要文件, 给出的是目录。", "A file is needed here, not a folder."),
    errno.ENOTDIR: ("not_a_folder", "这里需要目录, 给出的是文件。", "A folder is needed here, not a file."),
    errno.EEXIST: (
        "exists",
        "目标已存在, 请换一个名称或先移走它。",
        "The target exists already; choose another name.",
    ),
    errno.ENOSPC: ("disk_full", "磁盘已满, 请腾出空间后重试。", "The disk is full; make room and try again."),
    errno.EADDRINUSE: (
        "port_in_use",
        "端口已被占用, 请换一个端口或停止占用它的程序。",
        "The port is in use; choose another or stop the program that holds it.",
    ),
    errno.ECONNREFUSED: (
        "no_connection",
        "连接被拒绝, 请检查地址以及服务器是否在运行。",
        "The connection was refused; check the address and whether the server runs.",
    ),
}


@runtime_checkable
class Refusal(Protocol):
    """What every refusal of a core offers: a stable code, a place, and a sentence in either language."""

    code: str
    where: str

    def message(self, lang: str) -> str:
        """One sentence for a person in `lang` (zh or en): what is wrong and what to do next."""
        ...


class Fault(Exception):
    """The world is not as the command needs it: a code, the place, the sentence in Chinese and English."""

    def __init__(self, code: str, where: str, zh: str, en: str) -> None:
        super().__init__(code, where)
        self.code = code
        self.where = where
        self._words = {"zh": zh, "en": en}

    def message(self, lang: str) -> str:
        """The sentence in `lang`; Chinese for any language but English."""
        return self._words["en" if lang == "en" else "zh"]


class Parser(argparse.ArgumentParser):
    """A door's argument parser: knows `--lang`, raises a usage `Fault` in place of exiting, remembers its options."""

    def __init__(self, prog: str, description: str) -> None:
        self.options: dict[str, argparse.Action] = {}
        """By the name under which each is read."""
        super().__init__(prog=prog, description=description, allow_abbrev=False)
        self.add_argument("--lang", choices=("zh", "en"), default="zh", help="zh (默认 / default) | en")

    def add_argument(self, *names: Any, **how: Any) -> argparse.Action:
        """As argparse's own."""
        made = super().add_argument(*names, **how)
        self.options[made.dest] = made
        return made

    def error(self, message: str) -> NoReturn:
        """Refuse the command line; argparse's own words name the option."""
        raise Fault(
            "usage",
            self.prog,
            f"参数有误 ({message}), 用法见 {self.prog} --help。",
            f"The arguments are wrong ({message}); see {self.prog} --help.",
        )


def language(argv: Sequence[str]) -> str:
    """The language asked for anywhere on a command line, before any parser has read it: en, else zh."""
    chosen = "zh"
    for position, argument in enumerate(argv):
        if argument == "--lang" and position + 1 < len(argv):
            chosen = argv[position + 1]
        elif argument.startswith("--lang="):
            chosen = argument.removeprefix("--lang=")
    return "en" if chosen == "en" else "zh"


def guarded(door: Callable[[], int], lang: str) -> int:
    """Run `door` and return its exit code, whatever it raises: no traceback ever reaches a user."""
    try:
        code = door()
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return _abandon_stdout()
    except SystemExit as leaving:  # argparse's --help
        return leaving.code if isinstance(leaving.code, int) else BAD_INPUT if leaving.code else 0
    except OSError as fault:
        return _report(*_of_the_world(fault, lang), BAD_INPUT)
    except Exception as raised:
        if isinstance(raised, Refusal):
            return _report(raised.code, raised.message(lang), raised.where, BAD_INPUT)
        return _report("internal_error", _bug_sentence(lang), _keep_traceback(raised), BUG)
    return code


def error_line(code: str, message: str, where: str) -> str:
    """The JSON line that ends stderr when a command fails."""
    return json.dumps({"error": {"code": code, "message": message, "where": where}}, ensure_ascii=False)


def _report(code: str, message: str, where: str, exit_code: int) -> int:
    if sys.stderr is None:  # a windowed build has no console to write to
        return exit_code
    line = error_line(code, message, where) + "\n"
    buffer = getattr(sys.stderr, "buffer", None)
    # A JSON line is UTF-8 on every console code page; a half surrogate stays readable as an escape.
    if buffer is None:
        sys.stderr.write(line)
    else:
        sys.stderr.flush()
        buffer.write(line.encode("utf-8", "backslashreplace"))
    with contextlib.suppress(OSError):
        sys.stderr.flush()
    return exit_code


def _of_the_world(fault: OSError, lang: str) -> tuple[str, str, str]:
    where = str(fault.filename) if fault.filename is not None else ""
    code, zh, en = _WORLD.get(
        fault.errno or 0,
        (
            "system_error",
            f"系统报告错误: {fault.strerror or type(fault).__name__}。",
            f"The system reports: {fault.strerror or type(fault).__name__}.",
        ),
    )
    return code, en if lang == "en" else zh, where


def _bug_sentence(lang: str) -> str:
    if lang == "en":
        return "The program made a mistake of its own; please send the file named here to its makers."
    return "程序自身出错, 请把此处所列文件交给开发者。"


def _keep_traceback(raised: Exception) -> str:
    """Write the traceback where its owner alone can read it; return the file's name.

    Only places and the error's type are kept: the words of an error may hold a mark or a name.
    """
    lines = [
        f"{type(raised).__module__}.{type(raised).__name__}\n",
        *traceback.format_tb(raised.__traceback__),
    ]
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="kawei-error-", suffix=".txt", delete=False
        ) as kept:
            kept.writelines(lines)
        return kept.name
    except OSError:
        return type(raised).__name__


def _abandon_stdout() -> int:
    """The reader went away (`| head`): end quietly, and keep the interpreter from flushing into the void."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return PIPE_CLOSED
