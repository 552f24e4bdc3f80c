"""`kawei archive`: put a checked package into the archive, and see years later that it is still there."""

from __future__ import annotations

import getpass
import json
import sys
import tempfile
from argparse import Namespace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from app.cli import errors
from app.journal import parse_fingerprint
from app.ports.archive_store import ArchiveFault, ArchiveStore, read_back
from app.storage.archive_index import ArchiveIndex, Shelved
from app.verification import sentence, title, verify
from app.verification.four import findings
from app.verification.keeping import NotKept, keep, kept_of, packed, texts_of


def run(argv: list[str]) -> int:
    """0 where it is kept, or still as it was; 1 where a package or a copy does not hold; raises on bad usage."""
    parser = errors.Parser("kawei archive", "归档与复核 / put packages into the archive and look after them")
    acts = parser.add_subparsers(dest="act", required=True, metavar="put|check|find", parser_class=_Sub)
    put = acts.add_parser("put", help="核验、打包、存入、读回 / check, pack, put, read back")
    put.add_argument("evidence", metavar="EVIDENCE", type=Path, help="档案包目录 / the package's folder")
    put.add_argument("--key", metavar="FINGERPRINT", help="评标室公钥指纹 / fingerprint of the room's key")
    put.add_argument("--lock-until", metavar="TIME", help="锁定至（RFC 3339）/ locked until, RFC 3339 (S3 only)")
    put.add_argument("--receipt", metavar="FILE", type=Path, help="另存回执 / write the receipt there too")
    put.add_argument("--index", metavar="FILE", type=Path, help="记入检索索引 / enter it in this index")
    find = acts.add_parser("find", help="检索已归档的标段 / find archived lots")
    find.add_argument(
        "words", metavar="WORD", nargs="*", help="项目、投标人、编号、任意文字 / project, bidder, alias, any text"
    )
    find.add_argument("--index", metavar="FILE", type=Path, required=True, help="检索索引 / the index")
    find.add_argument("--since", metavar="DAY", default="", help="自此日起 / from this day on, YYYY-MM-DD")
    find.add_argument("--until", metavar="DAY", default="9999", help="至此日止 / up to this day, included")
    check = acts.add_parser("check", help="按回执读回复核 / read back what a receipt names")
    check.add_argument("receipt", metavar="RECEIPT", type=Path, help="回执文件 / the receipt")
    for act in (put, check):
        where = "目录，或 s3://桶/前缀 / folder or s3://bucket/prefix"
        act.add_argument("--store", metavar="WHERE", required=True, help=where)
        act.add_argument("--endpoint", metavar="URL", help="S3 服务地址 / address of the S3 server")
        act.add_argument("--v2", action="store_true", help="旧式签名（V2）/ signatures of version 2, for older pools")
    arguments = parser.parse_args(argv)
    if arguments.act == "find":
        return _find(arguments)
    store = _store(arguments.store, arguments.endpoint, arguments.v2)
    try:
        lang = errors.language(argv)
        return _put(arguments, store, lang) if arguments.act == "put" else _check(arguments.receipt, store, lang)
    except ArchiveFault as fault:
        raise errors.Fault(fault.code, fault.where, fault.message("zh"), fault.message("en")) from fault


class _Sub(errors.Parser):
    """A part of the door."""

    def __init__(self, prog: str, **_: object) -> None:
        super().__init__(prog, "")


def _store(where: str, endpoint: str | None, v2: bool) -> ArchiveStore:
    parts = urlsplit(where)
    if parts.scheme != "s3":
        from devices.archive.folder import FolderStore

        return FolderStore(Path(where))
    from devices.archive.s3 import S3Store

    return S3Store(parts.netloc, parts.path, endpoint=endpoint, v2=v2)


def _put(arguments: Namespace, store: ArchiveStore, lang: str) -> int:
    root: Path = arguments.evidence
    beside = root.absolute().parent / "recordings"
    key = None if arguments.key is None else parse_fingerprint(arguments.key)
    how = {} if arguments.lock_until is None else {"lock_until": _moment(arguments.lock_until)}
    verdict = verify(root, key, None, beside if beside.is_dir() else None)
    for one in findings(verdict):
        _say(f"{one.property.value:<10} {'pass' if one.holds else 'FAILED'}")
    failed = verdict.failed
    if failed is not None:
        assert failed.problem is not None  # noqa: S101 - narrowing: what failed has a problem
        _say(f"FAILED  {title(failed.code, lang)}: {sentence(failed.problem, lang)}")
        return 1
    with tempfile.TemporaryDirectory(prefix="kawei-archive-") as folder:
        file = Path(folder) / "package.zip"
        file.write_bytes(packed(root, verdict))
        try:
            receipt = keep(store, file, verdict, _progress, **how).to_json()
        except NotKept:
            _say("FAILED")
            return 1
    if arguments.index is not None:
        day, texts = texts_of(root)
        row = Shelved(receipt["store"], receipt["name"], receipt["sha256"], receipt["subject"], day)
        ArchiveIndex(arguments.index).add(row, texts)
    text = json.dumps(receipt, ensure_ascii=False, indent=1) + "\n"
    if arguments.receipt is not None:
        arguments.receipt.write_text(text, "utf-8")
    sys.stdout.write(text)
    return 0


def _find(arguments: Namespace) -> int:
    if not arguments.index.is_file():
        raise errors.Fault("no_index", str(arguments.index), "没有这个检索索引。", "There is no such index.")
    at = datetime.now().astimezone().isoformat(timespec="seconds")
    days = {"since": arguments.since, "until": arguments.until}
    for one in ArchiveIndex(arguments.index).find(arguments.words, who=getpass.getuser(), at=at, **days):
        _say(f"{one.day}  {one.subject}\n            {one.store} {one.name} {one.sha256[:16]}")
    return 0


def _check(receipt: Path, store: ArchiveStore, lang: str) -> int:
    try:
        kept = kept_of(json.loads(receipt.read_bytes()))
    except ValueError:
        raise errors.Fault(
            "bad_receipt", str(receipt), "这不是归档回执。", "This is no receipt of the archive."
        ) from None
    try:
        read_back(store, kept)
    except ArchiveFault as fault:
        if fault.code not in ("damaged", "missing"):
            raise
        _say(f"FAILED  {fault.message(lang)}")
        return 1
    _say(f"pass    {kept.name}")
    return 0


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise errors.Fault("bad_time", text, "时间须为带时区的 RFC 3339。", "A time is RFC 3339 with its zone.")
    return found


def _progress(done: int, of: int) -> None:
    sys.stderr.write(f"\r{done * 100 // max(of, 1):3} %" + ("\n" if done == of else ""))
    sys.stderr.flush()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
