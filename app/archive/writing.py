"""Writing a package: whole or not at all, and as one file to carry away."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from pathlib import Path

from app.archive.bag import bag_files
from app.archive.contents import payload
from app.archive.parts import EvidenceParts
from app.archive.seal import tools
from app.evaluation.replay import fold

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first time that a zip can name: the same for every file of every package


def build_evidence(parts: EvidenceParts, out_dir: Path) -> None:
    """Write the bag into `out_dir`, which must not exist yet; it appears whole or not at all.

    Raises FileExistsError, ValueError for parts that do not belong together, OSError from the disk.
    """
    if out_dir.exists():
        raise FileExistsError(f"{out_dir} exists already")
    files = evidence_files(parts)
    growing = out_dir.with_name(f".{out_dir.name}.part")
    shutil.rmtree(growing, ignore_errors=True)
    try:
        for path, data in files.items():
            target = growing / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
        growing.rename(out_dir)
    except OSError:
        shutil.rmtree(growing, ignore_errors=True)
        raise


def evidence_files(parts: EvidenceParts) -> dict[str, bytes]:
    """The whole bag by path."""
    data = payload(parts)
    state = fold(parts.entries)
    assert state is not None  # noqa: S101 - narrowing: payload folded the same entries
    room_name = str(parts.room_entries[0].data["name"])
    return data | bag_files(data, state, parts.lot, room_name, parts.entries[-1].at, beside=tools())


def zip_of(folder: Path) -> bytes:
    """The bag in `folder` as a zip, its top folder named like it; the same bag always gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            info = zipfile.ZipInfo(f"{folder.name}/{file.relative_to(folder).as_posix()}", _EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 3
            packed.writestr(info, file.read_bytes())
    return out.getvalue()
