"""Plays whole small evaluations through `decide` and `evolve`, without a server: journals, keys and states for tests.

`play()` goes from the room's first entry to `EvaluationClosed`; `Play` is the same by hand, step by step.
Everything is a function of its arguments: times, keys, salts and nonces are counted, nothing is drawn by chance.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from evaluation_case import ALIVE, Log, actor_json, all_pass, good_marks, ruleset_json, secret, tender_json

from app import drawing, journal
from app.evaluation import commands as c
from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.decide import decide
from app.evaluation.decisions.election import tied_candidates
from app.evaluation.decisions.gathering import bidders, pledge_hash
from app.evaluation.evolve import evolve
from app.evaluation.matters.blind import DealCodes, OpenCodes, to_deal, to_open
from app.evaluation.matters.opinion import GiveTenderOpinion
from app.evaluation.matters.phases import AskUnsealing, ConfirmUnsealing
from app.evaluation.model import Evaluation, SheetKind
from app.evaluation.room import commands as rc
from app.evaluation.room.decide import commit_message, context_of, decide_room, reveal_message, transcript_hash
from app.evaluation.room.evolve import evolve_room
from app.evaluation.room.model import Room
from app.evaluation.sheets import sealed_stage
from app.evaluation.stages import LotStage, MemberStage
from app.journal import Ed25519Signer, canonical
from app.rules import read_ruleset, ruleset_hash
from app.rules.model import Party

BEIJING = timezone(timedelta(hours=8))
NOON = "2026-03-02T12:00:00+08:00"
START = datetime(2026, 3, 2, 9, 0, 0, 123456, BEIJING)
ROOM_SEED = hashlib.sha256(b"room key").digest()
STREAM = "evaluation/ev1"
CENTRE, WITNESS = Actor(Party.CENTRE, post="centre-a", device="console-1"), Actor(Party.WITNESS, post="witness-a")
AGENCY, KIOSK = Actor(Party.AGENCY, post="agency-a"), Actor(Party.KIOSK, device="kiosk-1")

Marks = Callable[[str, str, str], str]
Verdict = Callable[[str, str, str], bool]


def member(alias: str) -> Actor:
    """The member with this alias."""
    return Actor(Party.MEMBER, alias=alias)


class Play:
    """One room and one evaluation, moved by commands; `do` refuses as the procedure does."""

    redraws = 0
    """Draws of seats that two people cancel before one stands."""
    spacing = 2
    """Grid cells from seat to seat; at 1 no seating keeps its distance."""
    witnessed = True
    """The witness confirms a draw that had to drop a rule."""

    def __init__(self, track: str = "ZC", *, rehearsal: bool = True, seed: bytes = ROOM_SEED, room: str = "minle-3"):
        self.track, self.rehearsal, self.room_id = track, rehearsal, room
        self.signer = Ed25519Signer(seed)
        self.devices = {name: Ed25519Signer(secret(f"{name}{seed.hex()}")) for name in ("console-1", "kiosk-1")}
        self.log, self.room_log = Log(STREAM), Log("room")
        self.state: Evaluation | None = None
        self.room: Room | None = None
        self.now = START
        self.transcripts: dict[int, dict[str, Any]] = {}
        self.counter = 0

    # --- small parts

    def tick(self) -> str:
        self.now += timedelta(seconds=7)
        return journal.timestamp(self.now)

    def fresh(self, name: str) -> bytes:
        self.counter += 1
        return secret(f"{name}/{self.counter}")

    def do(self, command: c.Command, actor: Actor = SYSTEM) -> list[str]:
        """Send a command; returns the names of its events."""
        at = self.tick()
        events = decide(self.state, command, actor, at)
        for event in events:
            self.log.add(at, type(event).__name__, actor_json(actor), event.data())
            self.state = evolve(self.state, event, actor, at, STREAM)
        return [type(event).__name__ for event in events]

    def do_room(self, command: rc.RoomCommand, actor: Actor = SYSTEM) -> None:
        """Send a command to the room."""
        at = self.tick()
        for event in decide_room(self.room, command, actor):
            self.room_log.add(at, type(event).__name__, actor_json(actor), event.data())
            self.room = evolve_room(self.room, event, actor, at, "room")

    @property
    def it(self) -> Evaluation:
        assert self.state is not None
        return self.state

    # --- the way

    def open_room(self) -> None:
        seats = tuple({"id": f"A0{k}", "x": self.spacing * (k % 3), "y": self.spacing * (k // 3)} for k in range(1, 9))
        public = self.signer.public_key.hex()
        self.do_room(rc.OpenRoom(self.rehearsal, self.room_id, "岷乐评标三室", seats, public))
        for device, signer in self.devices.items():
            self.do_room(rc.EnrolDevice(device, device.split("-", maxsplit=1)[0], None, signer.public_key.hex()))
            self.do_room(rc.ConnectDevice(device))
        self.do_room(rc.TakePost("centre-a", "centre", "console-1"))

    def import_package(
        self, members: int = 5, delegates: int = 1, lots: Sequence[str] = ("1",), tender: Any = None, rules: Any = None
    ) -> None:
        rules = rules or ruleset_json(self.track)
        listed = tuple(
            {"ref": f"p{k}", "kind": "delegate" if k <= delegates else "expert", "authorised": k <= delegates}
            for k in range(1, members + 1)
        )
        package = secret("package").hex()
        self.do_room(rc.ImportEvaluation(STREAM, package), CENTRE)
        self.do(
            c.OpenEvaluation(
                rehearsal=self.rehearsal,
                package=package,
                ruleset_hash=ruleset_hash(read_ruleset(rules)),
                ruleset=rules,
                tender=tender or tender_json(self.track, lots),
                members=listed,
                members_hash=secret("members").hex(),
                entitled=(),
            ),
            CENTRE,
        )

    def call(self, purpose: str, core: dict[str, Any]) -> int:
        """Call a draw and let both parties commit; returns its number."""
        assert self.room is not None
        number = len(self.room.draws) + 1
        binding = {"stream": "room", "draw_no": number, "root": self.room_log.root().hex()}
        core = {**core, "parties": ["centre", "kiosk"], "binding": binding}
        self.do_room(rc.CallDraw(number, purpose, (STREAM,), core), CENTRE if purpose == "slots" else SYSTEM)
        draw = self.room.draws[number]
        for party, device, actor in (("centre", "console-1", CENTRE), ("kiosk", "kiosk-1", KIOSK)):
            nonce = secret(f"nonce/{number}/{party}")
            made = drawing.commitment(context_of(draw), party, nonce).hex()
            signature = self.devices[device].sign(commit_message(draw, party, made)).hex()
            self.do_room(rc.CommitNonce(number, party, device, made, signature), actor)
        return number

    def reveal(self, number: int) -> dict[str, Any]:
        """Let both parties reveal and seal the outcome; returns the transcript."""
        assert self.room is not None
        draw = self.room.draws[number]
        nonces = {party: secret(f"nonce/{number}/{party}") for party in draw.parties}
        for party, device, actor in (("centre", "console-1", CENTRE), ("kiosk", "kiosk-1", KIOSK)):
            signature = self.sign_reveal(device, reveal_message(draw, party, nonces[party])).hex()
            self.do_room(rc.RevealNonce(number, party, signature), actor)
        made = drawing.draw(drawing.read_request(draw.request), nonces).to_json()
        self.transcripts[number] = made
        self.do_room(rc.SealDraw(number, transcript_hash(made), int(str(made.get("relaxed", 0)))))
        if made.get("relaxed") and self.witnessed:
            self.do_room(rc.AcceptDraw(number, "席位间距所限"), WITNESS)
        return made

    def cancel(self, number: int) -> None:
        """Two people cancel a draw."""
        self.do_room(rc.CancelDraw(number, "签到终端故障"), CENTRE)
        self.do_room(rc.CancelDraw(number, "同意重抽"), WITNESS)

    def lot(self, drawn: dict[str, Any]) -> dict[str, Any]:
        """The transcript that chooses the chair: the one drawn."""
        return drawn

    def sign_reveal(self, device: str, message: bytes) -> bytes:
        """A party's machine signs what it reveals."""
        return self.devices[device].sign(message)

    def draw_slots(self, spares: int = 1) -> None:
        """Draw seats and aliases and take them over."""
        assert self.room is not None
        people = [{"id": f"ev1-{k}", "group": "ev1"} for k in range(1, len(self.it.members) + spares + 1)]
        rules = [{"kind": "apart", "neighbourhood": 8}, {"kind": "apart", "neighbourhood": 4}]
        core = {"seats": list(self.room.seats), "people": people, "rules": rules}
        for _ in range(self.redraws):
            cancelled = self.call("slots", core)
            self.reveal(cancelled)
            self.cancel(cancelled)
        slots = self.call("slots", core)
        seating = self.reveal(slots)
        aliases = self.call("aliases", {"kind": "order", "items": [f"M{k}" for k in range(1, len(people) + 1)]})
        order = self.reveal(aliases)
        hashes = transcript_hash(seating), transcript_hash(order)
        self.do(c.AllotSlots(slots, hashes[0], aliases, hashes[1], self.allotted([p["id"] for p in people])))
        self.drawn = (slots, aliases)

    def draw_seats_again(self) -> None:
        """The seats of a further session; the aliases stay."""
        assert self.room is not None
        people = [{"id": f"ev1-{k}", "group": "ev1"} for k in range(1, len(self.it.members) + 1)]
        rules = [{"kind": "apart", "neighbourhood": 8}, {"kind": "apart", "neighbourhood": 4}]
        slots = self.call("slots", {"seats": list(self.room.seats), "people": people, "rules": rules})
        seating, aliases = self.reveal(slots), self.drawn[1]
        hashes = transcript_hash(seating), transcript_hash(self.transcripts[aliases])
        self.do(c.AllotSlots(slots, hashes[0], aliases, hashes[1], tuple(p["id"] for p in people)))
        self.drawn = (slots, aliases)

    def allotted(self, slots: list[str]) -> tuple[str, ...]:
        """The slots in the order in which they will be taken: that of the request."""
        return tuple(slots)

    def place(self, index: int) -> tuple[str, str, str]:
        """Slot, seat and alias of the next one to press the key."""
        slots, aliases = (self.transcripts[number] for number in self.drawn)
        slot = self.it.slots[index]
        return slot, slots["seating"][slot], aliases["order"][index]

    def arrive(self, ref: str, *, by_two: bool = False) -> str:
        """A member from the door to the opened seat; returns the alias."""
        if by_two:
            self.do(c.RequestRelease("admission", ref, "人脸比对未判定"), KIOSK)
            self.do(c.ApproveRelease("admission", ref, "查验身份证原件"), CENTRE)
            self.do(c.ApproveRelease("admission", ref, "与名单核对一致"), WITNESS)
        else:
            self.do(c.CheckIn(ref, "0.71", "sface-1", ALIVE), KIOSK)
        self.do(c.StorePhone(ref, ref.removeprefix("p").zfill(2)), KIOSK)
        index = sum(m.slot is not None for m in self.it.members.values())
        slot, seat, alias = self.place(index)
        self.do(c.TakeSlot(ref, slot, seat, alias), KIOSK)
        self.do(c.OpenSeat("0.69", "sface-1"), member(alias))
        self.do(c.ReadDiscipline(95), member(alias))
        return str(alias)

    def pledge(self, alias: str) -> None:
        text = pledge_hash(self.it.ruleset.pledge)
        self.do(c.GivePledge(text, bidders(self.it)), member(alias))

    def constitute(self) -> None:
        self.do(c.ConstituteCommittee(), CENTRE)
        for number in self.drawn:
            self.do_room(rc.OpenDraw(number, self.transcripts[number]))
        self.do(c.OfferSealingKey("k1", secret("sealing").hex()))
        self.deal_codes()

    def choose_chair(self, means: str = "agreement") -> str:
        """By `agreement`, `ballot`, or (GC, five members) `lot` after two tied ballots; returns the chair's alias."""
        aliases = list(self.it.committee)
        expert = next(m.alias for m in self.it.pledged if m.kind.value == "expert")
        assert expert is not None
        self.do(c.ProposeChair(expert), member(aliases[0]))
        if means == "agreement":
            for alias in aliases[1:]:
                self.do(c.AgreeToChair(), member(alias))
            return expert
        self.do(c.ObjectToChair(), member(aliases[-1]))
        while self.it.chair is None and not tied_candidates(self.it):
            ballot = self.it.ballots[-1]
            # Five tied of five, then two of five: only a committee whose every member may chair needs the lot.
            names = ballot.candidates
            tied = names if ballot.number == 1 else (names[0], names[1], names[0], names[1], names[2])
            votes = tied if means == "lot" else (expert,) * 5
            self.seal_all("", SheetKind.BALLOT, {a: {"candidate": votes[i]} for i, a in enumerate(aliases)})
        if self.it.chair is None:
            items = list(tied_candidates(self.it))
            number = self.call("chair", {"kind": "order", "items": items})
            made = self.reveal(number)
            self.do_room(rc.OpenDraw(number, made))
            self.do(c.DrawChair(self.lot(made)))
        assert self.it.chair is not None
        return self.it.chair

    def seal(self, lot: str, kind: SheetKind, number: int, alias: str, sheet: dict[str, Any]) -> bytes:
        """A member seals a sheet; returns the salt."""
        salt, key = self.fresh("salt"), self.fresh("key")
        phase = self.it.lots[lot].phase.id if kind is SheetKind.MARKS else ""
        where = (STREAM, sealed_stage(lot, kind, phase), number, alias)
        sealed = journal.seal(key, self.fresh("nonce")[:12], *where, salt, sheet, block=1024)
        public = bytes.fromhex(self.it.sealing_keys["k1"])
        purpose = f"kawei/sheet-key/1 {sealed.commitment}"
        boxed = journal.seal_to([public], self.fresh("ephemeral"), key, self.fresh("nonce")[:12], purpose, key)
        command = c.SealSheet(lot, kind.value, number, sealed.to_json(), "k1", boxed.to_json())
        self.do(command, member(alias))
        return salt

    def seal_all(self, lot: str, kind: SheetKind, sheets: dict[str, dict[str, Any]]) -> None:
        """Everyone seals, the room opens."""
        current = self.it.ballots[-1] if kind is SheetKind.BALLOT else self.it.lots[lot].current(kind)
        assert current is not None
        number = current.number
        salts = {alias: self.seal(lot, kind, number, alias, sheet) for alias, sheet in sheets.items()}
        opened = {alias: {"salt": salts[alias].hex(), "sheet": sheet} for alias, sheet in sheets.items()}
        self.do(c.OpenSheets(lot, kind.value, number, opened))

    def review(self, lot: str, verdict: Verdict = all_pass) -> None:
        state = self.it.lots[lot]
        bids = [b.id for b in state.lot.bids if b.id not in state.unqualified]

        def one(alias: str, bid: str, item: str) -> dict[str, Any]:
            passed = verdict(alias, bid, item)
            return {"pass": True} if passed else {"pass": False, "reason": "工期不满足招标文件要求", "page": "37"}

        sheets = {
            alias: {"bids": {b: {i.id: one(alias, b, i.id) for i in state.lot.review_items} for b in bids}}
            for alias in self.it.committee
        }
        self.seal_all(lot, SheetKind.REVIEW, sheets)

    def conclude(self, lot: str, rejections: dict[str, str] | None = None, competition: str | None = None) -> None:
        assert self.it.chair is not None
        self.do(c.ConcludeReview(lot, rejections or {}, competition), member(self.it.chair))

    def mark(self, lot: str, marks: Marks = good_marks) -> None:
        """The phase that is due, or everything; while marks are blind each member names bids by the own codes."""
        self.seal_all(lot, SheetKind.MARKS, {alias: self.marks_of(lot, alias, marks) for alias in self.it.committee})

    def marks_of(self, lot: str, alias: str, marks: Marks = good_marks) -> dict[str, Any]:
        """A member's sheet of the phase that is due."""
        state = self.it.lots[lot]
        names = {bid: bid for bid in state.live_bids()}
        if state.phase.blind:
            names = {bid: code for code, bid in self.codes(lot, alias).items()}
        factors = state.lot.factors_of(state.phase.id)
        return {"marks": {names[b]: {f.id: marks(alias, b, f.id) for f in factors} for b in names}, "reasons": {}}

    # --- phases

    def codes(self, lot: str, alias: str) -> dict[str, str]:
        """A member's codes with the bids behind them, as the room knows them."""
        current = self.it.lots[lot].current(SheetKind.MARKS)
        assert current is not None
        return drawing.coded_bids(STREAM, lot, secret(f"codes/{lot}"), alias, current.bids)

    def deal_codes(self) -> None:
        """What the room does once the committee sits."""
        for lot in to_deal(self.it):
            self.do(DealCodes(lot, drawing.codes_commitment(STREAM, lot, secret(f"codes/{lot}"))))

    def unseal(self, lot: str) -> None:
        """The chair closes the phase, the witness confirms, the room opens codes where they are due."""
        phase = self.it.lots[lot].to_unseal
        assert phase is not None
        self.do(AskUnsealing(lot, phase.id), member(self.it.chair or ""))
        self.do(ConfirmUnsealing(lot, phase.id), WITNESS)
        for due in to_open(self.it):
            self.do(OpenCodes(due, secret(f"codes/{due}").hex()))

    def finish_lot(self, lot: str, dissent: str | None = None) -> None:
        """From opened marks (or a failed lot) to all opinions given."""
        chair = self.it.chair
        assert chair is not None
        if self.it.lots[lot].stage is LotStage.OPENED:
            self.do(c.NoteFindings(lot, "已逐条核对，评分属独立判断，维持原评分。"), member(chair))
        if self.it.lots[lot].stage is LotStage.CHECKING:
            self.do(c.CheckTables(lot, True, ""), AGENCY)
        asked = self.it.lots[lot].failed == "too_few_bids" and self.it.ruleset.procedure.opinion_form
        for alias in self.it.committee:
            if asked:
                self.do(GiveTenderOpinion(lot, False, False, ""), member(alias))
            if dissent and alias != chair and not self.it.lots[lot].opinions.get(alias) and self._first(lot, alias):
                self.do(c.DissentFromResult(lot, dissent), member(alias))
            else:
                self.do(c.ConfirmResult(lot), member(alias))

    def _first(self, lot: str, alias: str) -> bool:
        others = [a for a in self.it.committee if a != self.it.chair]
        return alias == others[0]

    def issue(self, lot: str, report: bytes, pages: int) -> None:
        self.do(c.IssueReport(lot, hashlib.sha256(report).hexdigest(), len(report), pages))

    def leave(self) -> None:
        for found in list(self.it.members.values()):
            if found.stage in (MemberStage.PLEDGED, MemberStage.RECUSED):
                self.do(c.WipeSeat(found.seat or ""), member(found.alias or ""))
                self.do(c.ReturnPhone(found.ref, found.locker or ""), KIOSK)
                self.do(c.LeaveRoom(found.ref), KIOSK)

    def close(self) -> None:
        self.do(c.CloseEvaluation(self.it.size + 1), CENTRE)

    def checkpoint(self, log: Log) -> str:
        """The signed checkpoint of a stream's entries."""
        origin = journal.Origin(self.room_id, log.stream, self.rehearsal)
        return journal.make_checkpoint(origin, len(log.entries), log.root(), self.signer).text()


Report = Callable[[Play, str], tuple[bytes, int]]


def no_report(play: Play, lot: str) -> tuple[bytes, int]:
    """Stands for a report where a test does not look at it."""
    return canonical({"report": lot}), 1


def play(
    track: str = "ZC",
    *,
    lots: Sequence[str] = ("1",),
    members: int = 5,
    chair: str = "agreement",
    verdict: Verdict = all_pass,
    rejections: dict[str, str] | None = None,
    marks: Marks = good_marks,
    dissent: str | None = None,
    recused: str | None = None,
    report: Report = no_report,
    kind: type[Play] = Play,
    **room: Any,
) -> Play:
    """Play a whole evaluation to its end. `recused`: the reference of a member who withdraws; `kind`: a play that
    goes another way somewhere."""
    it = kind(track, **room)
    it.open_room()
    it.import_package(members, lots=lots, delegates=0 if track == "GC" else 1)
    it.draw_slots()
    aliases = {f"p{k}": it.arrive(f"p{k}", by_two=k == 2) for k in range(1, members + 1)}
    it.do(c.CallHelp("鼠标失灵"), member(aliases["p3"]))
    it.do(c.AnswerHelp(aliases["p3"], "已更换"), CENTRE)
    for ref, alias in aliases.items():
        if ref == recused:
            it.do(c.Recuse(bidders(it.it)[0], "曾在该单位任职"), member(alias))
        else:
            it.pledge(alias)
    it.constitute()
    it.choose_chair(chair)
    for lot in lots:
        it.review(lot, verdict)
        it.conclude(lot, rejections)
        if it.it.lots[lot].stage is LotStage.MARKING:
            it.mark(lot, marks)
    it.do(c.AddRemark("全程秩序良好"), WITNESS)
    it.do(c.RecordRefusal("SealSheet", "out_of_range", "$.marks.A.T1"), member(aliases["p1"]))
    for lot in lots:
        it.finish_lot(lot, dissent)
        it.issue(lot, *report(it, lot))
    it.leave()
    it.close()
    return it
