"""Draws that a room bent, hid, cancelled or made for others: each is told, or shown and passes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from evaluation_case import secret
from evaluation_factory import CENTRE, Play
from evidence_factory import CASES, Evidence, evidence, played_evidence
from test_verify_package import failing

from app import drawing, journal
from app.archive import Extract, bag_files, derived_files
from app.archive.contents import payload
from app.evaluation import commands as c
from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.replay import fold
from app.evaluation.room import commands as rc
from app.verification import Folder, Verdict, inspect


class WrongSeat(Play):
    """Somebody is given a seat that was not drawn for the slot."""

    def place(self, index: int) -> tuple[str, str, str]:
        slot, seat, alias = super().place(index)
        free = {s["id"] for s in self.room.seats} - set(self.transcripts[self.drawn[0]]["seating"].values())
        return slot, min(free) if index == 0 else seat, alias


class WrongAlias(Play):
    """Somebody is given an alias that was not drawn."""

    def place(self, index: int) -> tuple[str, str, str]:
        slot, seat, alias = super().place(index)
        return slot, seat, self.transcripts[self.drawn[1]]["order"][-1] if index == 0 else alias


class OtherOrder(Play):
    """The room hands the slots out in an order of its own, after the draw was known to it."""

    def allotted(self, slots: list[str]) -> tuple[str, ...]:
        return tuple(reversed(slots))


class UnsignedReveal(Play):
    """The room makes up that a party revealed."""

    def sign_reveal(self, device: str, message: bytes) -> bytes:
        return self.signer.sign(message)


class Crowded(Play):
    """The seats stand so close that the draw had to drop both rules."""

    spacing = 1


class CrowdedUnseen(Crowded):
    """The same, without the witness's word."""

    witnessed = False


class OtherLot(Play):
    """The room tries nonces of its own until the lot falls as it likes."""

    def lot(self, drawn: dict[str, Any]) -> dict[str, Any]:
        core = {key: drawn[key] for key in ("kind", "items", "parties", "binding")}
        nonces = {party: secret(f"liked/{party}") for party in core["parties"]}
        return drawing.draw(drawing.read_request(core), nonces).to_json()


class Early(Play):
    """Slots were allotted before their draw was made, by the room's own clock."""

    def draw_slots(self, spares: int = 1) -> None:
        self.now += timedelta(hours=1)
        super().draw_slots(spares)

    def do(self, command: c.Command, actor: Actor = SYSTEM) -> list[str]:
        now = self.now
        if isinstance(command, c.AllotSlots):
            self.now -= timedelta(hours=1)
        done = super().do(command, actor)
        self.now = max(now, self.now)
        return done


class Unopened(Play):
    """The draws are never disclosed."""

    def constitute(self) -> None:
        self.do(c.ConstituteCommittee(), CENTRE)
        self.do(c.OfferSealingKey("k1", secret("sealing").hex()))


class Undone(Unopened):
    """The draw that seats is cancelled afterwards."""

    def draw_slots(self, spares: int = 1) -> None:
        super().draw_slots(spares)
        self.cancel(self.drawn[0])


class Redrawn(Play):
    """Two people cancel the first draw, in the open."""

    redraws = 1


class Foreign(Play):
    """Another evaluation of the same room is drawn between import and draw, and one before the import."""

    def open_room(self) -> None:
        super().open_room()
        self.do_room(rc.ImportEvaluation("evaluation/ev0", secret("ev0").hex()), CENTRE)
        self.foreign("evaluation/ev0")

    def foreign(self, stream: str) -> None:
        number = len(self.room.draws) + 1
        binding = {"stream": "room", "draw_no": number, "root": self.room_log.root().hex()}
        core = {"kind": "order", "items": ["x", "y"], "parties": ["centre", "kiosk"], "binding": binding}
        self.do_room(rc.CallDraw(number, "aliases", (stream,), core), CENTRE)
        self.cancel(number)

    def draw_slots(self, spares: int = 1) -> None:
        self.do_room(rc.ImportEvaluation("evaluation/ev2", secret("ev2").hex()), CENTRE)
        self.foreign("evaluation/ev2")
        super().draw_slots(spares)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        *((WrongSeat, "seat"), (WrongAlias, "seat"), (OtherOrder, "slots"), (UnsignedReveal, "reveal_signature")),
        *((CrowdedUnseen, "draw_not_accepted"), (OtherLot, "draw_missing"), (Early, "too_early")),
        *((Unopened, "draw_not_opened"), (Undone, "draw_not_last")),
    ],
)
def test_a_room_that_bends_the_draw_is_told(kind: type[Play], code: str) -> None:
    found = played_evidence(kind=kind, **(CASES["lot"] if kind is OtherLot else {}))
    problems = failing(inspect(found.folder(), found.key))
    assert list(problems) == ["draws"]
    assert problems["draws"][0] == code


def test_a_draw_that_dropped_a_rule_passes_with_the_witnesss_word() -> None:
    found = played_evidence(kind=Crowded)
    assert failing(inspect(found.folder(), found.key)) == {}
    assert b'"DrawAccepted"' in found.files["data/room/entries.jsonl"]


@pytest.mark.parametrize("kind", [Redrawn, Foreign])
def test_cancelled_and_foreign_draws_are_shown_and_pass(kind: type[Play]) -> None:
    found = played_evidence(kind=kind)
    assert failing(inspect(found.folder(), found.key)) == {}
    calls = [line for line in found.files["data/room/entries.jsonl"].splitlines() if b'"DrawCalled"' in line]
    assert len(calls) == (3 if kind is Redrawn else 4)


def with_extract(found: Evidence, extract: Extract) -> Verdict:
    """The package made anew with another extract of the room's stream."""
    parts, state = found.parts, fold(found.parts.entries)
    assert state is not None
    notes = (parts.checkpoint, parts.room_checkpoint)
    data = payload(parts) | {
        "data/room/entries.jsonl": extract.entries_bytes(),
        "data/room/proofs.json": extract.proofs_bytes(),
    }
    data = {path: content for path, content in data.items() if not path.startswith("data/draws/")}
    data |= derived_files(parts.entries, state, parts.lot, extract, notes)
    tags = bag_files(data, state, parts.lot, "岷乐评标三室", parts.entries[-1].at)
    return inspect(Folder(data | tags, ()), found.key)


def cut(found: Evidence, drop: Any) -> Extract:
    """The package's extract without the entries that `drop` says."""
    from app.archive import extract_of

    whole = extract_of("evaluation/ev1", found.played.room_log.entries)
    kept = tuple(entry for entry in whole.entries if not drop(entry))
    seqs = {entry.seq for entry in kept}
    return Extract(
        kept,
        whole.size,
        {seq: proof for seq, proof in whole.inclusion.items() if seq in seqs},
        {seq: proof for seq, proof in whole.consistency.items() if seq in seqs},
    )


def test_a_cancelled_draw_cannot_be_left_out() -> None:
    found = played_evidence(kind=Redrawn)
    problems = failing(with_extract(found, cut(found, lambda e: e.data.get("draw_no") == 1)))
    assert problems["room"][0] == "draw_missing"
    foreign = played_evidence(kind=Foreign)
    problems = failing(with_extract(foreign, cut(foreign, lambda e: e.data.get("draw_no") == 1)))
    assert problems["room"][0] == "draw_missing"


@pytest.mark.parametrize(
    "kind", ["NonceCommitted", "NonceRevealed", "DrawSealed", "DrawOpened", "DeviceEnrolled", "EvaluationImported"]
)
def test_no_step_of_a_draw_can_be_left_out(kind: str) -> None:
    found = evidence("zc")
    last = [entry.seq for entry in found.played.room_log.entries if entry.type == kind][-1]
    problems = failing(with_extract(found, cut(found, lambda e: e.seq == last)))
    assert {"room", "draws"} & set(problems)


def test_superfluous_entries_of_the_room_are_told() -> None:
    found = evidence("zc")
    entries = found.played.room_log.entries
    tree = journal.Tree(journal.entry_bytes(entry) for entry in entries)
    whole = cut(found, lambda entry: False)
    extra = next(entry for entry in entries if entry.type == "PostTaken")
    listed = tuple(sorted((*whole.entries, extra), key=lambda entry: entry.seq))
    inclusion = {entry.seq: tuple(tree.inclusion(entry.seq - 1)) for entry in listed}
    problems = failing(with_extract(found, replace(whole, entries=listed, inclusion=inclusion)))
    assert problems["room"][0] == "extract"


def test_a_bent_room_entry_is_not_in_the_tree() -> None:
    found = evidence("zc")
    whole = cut(found, lambda entry: False)
    for kind in ("DrawCalled", "NonceCommitted", "DrawOpened", "RoomOpened"):
        at = next(index for index, entry in enumerate(whole.entries) if entry.type == kind)
        entry = whole.entries[at]
        moved = journal.make_entry(
            entry.stream, entry.seq, "2026-03-02T08:00:00+08:00", entry.type, entry.actor, entry.data, entry.prev
        )
        entries = (*whole.entries[:at], moved, *whole.entries[at + 1 :])
        assert failing(with_extract(found, replace(whole, entries=entries)))["room"][0] == "inclusion"


def test_a_draw_is_bound_to_the_tree_before_it() -> None:
    class Unbound(Play):
        """Binds its draws to a root of another time."""

        def call(self, purpose: str, core: dict[str, Any]) -> int:
            before = self.room_log.root
            self.room_log.root = lambda: secret("another root")  # type: ignore[method-assign]
            try:
                return super().call(purpose, core)
            finally:
                self.room_log.root = before  # type: ignore[method-assign]

    found = played_evidence(kind=Unbound)
    assert failing(inspect(found.folder(), found.key))["room"][0] == "consistency"
