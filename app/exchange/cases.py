"""The built-in cases: their readable sources become an import package with real PDF files."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from app.exchange import case_papers
from app.exchange.paper_mill import PaperMill
from app.exchange.play import Play, read_play
from app.exchange.refusal import PackageRefusal
from app.exchange.writing import build_package, json_bytes
from app.rules import read_ruleset
from app.rules.model import RuleSet
from app.rules.reading import decode
from resources import path as resource

CASES: Final = ("zc", "gc")


def build_case(name: str, out_dir: Path) -> Path:
    """Write the package of a built-in case (`zc` or `gc`) as `out_dir/NAME.zip` and return its path.

    The bytes are the same every time. Raises `PackageRefusal` (`unknown_case`) for another name.
    """
    source = _source(name)
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out_dir, prefix=f".{name}.") as staging:
        folder = Path(staging)
        tender, members, bids = (_read(source / f"{part}.json") for part in ("tender", "members", "bids"))
        ruleset_file = resource("rules", f"{name}.json")
        ruleset = read_ruleset(_read(ruleset_file))
        for part in ("tender", "members"):
            shutil.copyfile(source / f"{part}.json", folder / f"{part}.json")
        (folder / "ruleset.json").write_bytes(json_bytes(_read(ruleset_file)))
        _copy_portraits(folder, members, case_play(name))
        mill = PaperMill(resource("cases", "papers"))
        for path, template, data in _papers(tender, members, bids, ruleset):
            mill.make(template, data, folder / path)
        out = out_dir / f"{name}.zip"
        build_package(folder, out, rehearsal=True)
    return out


def case_play(name: str) -> Play:
    """Return the play of a built-in case."""
    return read_play(_read(_source(name) / "play.json"))


def _source(name: str) -> Path:
    if name not in CASES:
        raise PackageRefusal("unknown_case", "", name=name[:40], allowed=", ".join(CASES))
    return resource("cases", name)


def _read(path: Path) -> Any:
    return decode(path.read_bytes())


def _copy_portraits(folder: Path, members: Mapping[str, Any], play: Play) -> None:
    enrolled = {member.member: member.portrait for member in play.members}
    for member in members["members"]:
        picture = enrolled[member["id"]]
        if member["portrait"] is None or picture is None:
            continue
        target = folder / member["portrait"]
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(resource("demo", "faces", picture), target)


def _papers(
    tender: Mapping[str, Any], members: Mapping[str, Any], bids: Mapping[str, Any], ruleset: RuleSet
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield each paper of a case: its path, its template and what the template is filled with."""
    for document in tender["documents"]:
        yield document["path"], "tender.typ", case_papers.tender_paper(tender, ruleset)
    for lot in tender["lots"]:
        if lot["qualification"] is not None:
            data = case_papers.qualification_paper(tender, lot)
            yield lot["qualification"]["paper"]["path"], "letter.typ", data
        for bid in lot["bids"]:
            data = case_papers.bid_paper(tender, lot, bid, bids, ruleset)
            yield bid["files"][0]["path"], "bid.typ", data
    for member in members["members"]:
        if member["authorisation"] is not None:
            yield member["authorisation"], "letter.typ", case_papers.authorisation_paper(tender, member, ruleset)
