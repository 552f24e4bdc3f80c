"""What SQLite, PostgreSQL or the disk report, as a code and a sentence for a person."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError

from app.ports.store import StoreFault

_SENTENCES: dict[str, tuple[str, str]] = {
    "bad_database_url": (
        "数据库地址不能使用：请写 sqlite:///文件 或 postgresql://主机/库名",
        "This database address cannot be used: write sqlite:///FILE or postgresql://HOST/NAME",
    ),
    "driver_missing": (
        "本机没有安装这种数据库的驱动程序；请安装后重试，或改用 sqlite:///文件",
        "The driver for this database is not installed; install it, or use sqlite:///FILE",
    ),
    "database_newer": (
        "此数据库由更新版本的程序写成，本程序不敢改动；请安装同样新的版本",
        "This database was written by a newer version of the program; install that version or a later one",
    ),
    "database_foreign": (
        "这不是本程序的数据库；请换一个位置，原文件未被改动",
        "This is not a database of this program; choose another place, nothing in it was changed",
    ),
    "database_damaged": (
        "数据库文件已损坏；请勿再写入，保留原文件并从备份恢复",
        "The database file is damaged; keep it as it is and restore from the backup",
    ),
    "database_read_only": (
        "数据库只能读不能写；请检查文件和目录的权限以及磁盘是否只读",
        "The database can only be read; check the rights of file and folder and the state of the disk",
    ),
    "database_unopenable": (
        "数据库文件打不开；请检查路径、目录权限和磁盘",
        "The database file cannot be opened; check the path, the rights of its folder and the disk",
    ),
    "database_not_empty": (
        "目标数据库里已有数据，没有写入；请换一个空的数据库",
        "The database to move to holds data already and was left alone; name an empty one",
    ),
    "copy_differs": (
        "搬过去的数据与原数据不一致，已全部撤销，原数据库继续有效；请检查目标数据库后重试",
        "What arrived differs from the original and was undone, the old database stays in force; check the new one",
    ),
    "database_locked": (
        "另一个程序正占着数据库；请关闭它再试",
        "Another program holds the database; close it and try again",
    ),
    "database_in_use": (
        "另一个评标室服务正在使用这份数据；请先停止它",
        "Another room server is using these data; stop it first",
    ),
    "database_unreachable": (
        "连不上数据库服务器；请检查网络、地址和账户，然后重试",
        "The database server cannot be reached; check network, address and account, then try again",
    ),
    "disk_unsuitable": (
        "这个磁盘不支持数据库的预写日志；请把数据放到本机磁盘上",
        "This disk cannot carry the database's write-ahead log; keep the data on a disk of this machine",
    ),
    "disk_full": (
        "磁盘已满，这一步没有保存；请腾出空间后重试",
        "The disk is full and this step was not saved; make room and try again",
    ),
    "disk_fault": (
        "磁盘读写出错，这一步没有保存；请检查磁盘，必要时从备份恢复",
        "The disk reports an error and this step was not saved; check the disk, if need be restore a backup",
    ),
    "journal_conflict": (
        "留痕已被另一个程序续写；请重启评标室服务，让它重新读取",
        "The journal has gone on without this server; restart the room server so that it reads it anew",
    ),
    "command_repeated": (
        "这条命令已经处理过；请重新读取当前状态",
        "This command was answered before; read the present state again",
    ),
    "code_repeated": ("这个登记码已经存在；请另发一个", "This enrolment code exists already; issue another"),
    "token_repeated": ("这个会话已经存在；请重新登录", "This session exists already; log in again"),
    "bad_digest": (
        "文件编号不合规定：须为 64 位小写十六进制的 SHA-256",
        "This is not a file's number: 64 lower-case hexadecimal digits of SHA-256 are due",
    ),
    "blob_missing": (
        "找不到这个文件；请重新导入，或从备份恢复",
        "This file is not kept here; import it again or restore it from the backup",
    ),
    "blob_damaged": (
        "文件内容与其编号不符，已损坏；请从备份恢复",
        "The file's content does not match its number, it is damaged; restore it from the backup",
    ),
    "blob_too_large": (
        "文件超过允许的大小，没有保存；请核对后重新选择",
        "The file is larger than allowed and was not kept; check it and choose again",
    ),
}

# Primary result codes, https://www.sqlite.org/rescode.html
_SQLITE: dict[int, str] = {
    sqlite3.SQLITE_PERM: "database_unopenable",
    sqlite3.SQLITE_BUSY: "database_locked",
    sqlite3.SQLITE_LOCKED: "database_locked",
    sqlite3.SQLITE_READONLY: "database_read_only",
    sqlite3.SQLITE_IOERR: "disk_fault",
    sqlite3.SQLITE_CORRUPT: "database_damaged",
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_CANTOPEN: "database_unopenable",
    sqlite3.SQLITE_NOTADB: "database_foreign",
}

# Classes and codes of SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRES: dict[str, str] = {
    "53100": "disk_full",
    "53": "database_unreachable",
    "25006": "database_read_only",
    "55P03": "database_locked",
    "08": "database_unreachable",
    "28": "database_unreachable",
    "3D": "database_unreachable",
    "57P": "database_unreachable",
    "58": "disk_fault",
    "XX": "database_damaged",
}

# Names that every driver uses (PEP 249), without a SQLSTATE when there was no answer.
_NO_ANSWER = ("OperationalError", "InterfaceError")

_SYSTEM: dict[int, str] = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EROFS: "database_read_only",
    errno.EACCES: "database_unopenable",
    errno.EPERM: "database_unopenable",
    errno.ENOTDIR: "database_unopenable",
    errno.EISDIR: "database_unopenable",
    errno.ENOENT: "database_unopenable",
    errno.EEXIST: "database_unopenable",
}


def fault(code: str, where: str = "") -> StoreFault:
    """The fault of this code with its sentences."""
    chinese, english = _SENTENCES[code]
    return StoreFault(code, where, chinese, english)


@contextmanager
def told(where: str, conflict: str | None = None) -> Iterator[None]:
    """Turn what the database or the disk reports within into a `StoreFault`; bugs stay what they are.

    `conflict` is the code for a constraint that the statement broke; without it that is a bug.
    """
    try:
        yield
    except IntegrityError as error:
        if conflict is None:
            raise
        raise fault(conflict, where) from error
    except (DBAPIError, sqlite3.Error) as error:
        code = _code_of(error.orig if isinstance(error, DBAPIError) else error)
        if code is None:
            raise
        raise fault(code, where) from error
    except OSError as error:
        raise fault(_SYSTEM.get(error.errno or 0, "disk_fault"), where) from error


def _code_of(original: BaseException | None) -> str | None:
    if isinstance(original, sqlite3.Error):
        return _SQLITE.get((getattr(original, "sqlite_errorcode", None) or 0) & 0xFF)
    state = getattr(original, "sqlstate", None)
    if state is None:  # nobody answered at all, or the connection broke
        return "database_unreachable" if type(original).__name__ in _NO_ANSWER else None
    return next((_POSTGRES[state[:n]] for n in (5, 3, 2) if state[:n] in _POSTGRES), None)
