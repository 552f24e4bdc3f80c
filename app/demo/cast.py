"""Who plays what: the people of a package joined with their play, so that each child gets only its own part."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import resources
from app.evaluation import codec
from app.exchange import cases
from app.exchange.made_play import make_play
from app.exchange.package import Package, read_package
from app.exchange.play import Play, PlayLot, check_play, read_play
from app.rules.reading import decode

CASES = ("zc", "gc")


@dataclass(frozen=True)
class Person:
    """One scripted member: the document that the kiosk sees, the picture that the camera sees."""

    member: str
    document: str
    arrival: int
    picture: str | None


@dataclass(frozen=True)
class Cast:
    """A case ready to be played: its name, the package file, the people in order of arrival, their play."""

    case: str
    package: Path
    content: Package
    people: tuple[Person, ...]
    play: Play

    def part(self, member: str) -> dict[str, Any]:
        """What one member does at the seat, as plain data for the child process."""
        person = next(p for p in self.play.members if p.member == member)
        election = self.play.election
        return {
            "member": member,
            "picture": next(p.picture for p in self.people if p.member == member),
            "recusal": codec.to_json(person.recusal),
            "proposes": election.candidate if election.proposed_by == member else None,
            "objects": election.objection_by == member,
            "votes": [dict(ballot).get(member) for ballot in election.ballots],
            "lots": {lot.lot: _lot_part(lot, member) for lot in self.play.lots},
        }


def _lot_part(lot: PlayLot, member: str) -> dict[str, Any]:
    return {
        "failures": codec.to_json(dict(lot.failures.get(member, {}))),
        "marks": codec.to_json(dict(lot.marks.get(member, {}))),
        "note": lot.findings_note,
        "dissent": dict(lot.dissents).get(member),
    }


def cast(case: str, folder: Path, play_file: Path | None) -> Cast:
    """Return the cast of a built-in case (`zc`, `gc`) or of a package file.

    Built-in packages are made in `folder`. Without `--play` the play of a package file is made up from its hash.
    Raises the package's or the play's own refusals.
    """
    built_in = case in CASES
    path = cases.build_case(case, folder) if built_in else Path(case)
    content = read_package(path)
    if play_file is not None:
        play = read_play(decode(play_file.read_bytes()))
    elif built_in:
        play = cases.case_play(case)
    else:
        play = make_play(content)
    check_play(play, content)
    return Cast(case if built_in else path.stem, path, content, _people(play, content), play)


def _people(play: Play, content: Package) -> tuple[Person, ...]:
    documents = {member.id: member.document for member in content.members}
    people = [
        Person(p.member, documents[p.member], p.arrival, p.live and str(resources.path("demo", "faces", p.live)))
        for p in play.members
    ]
    return tuple(sorted(people, key=lambda p: p.arrival))
