"""The link itself: composes what keeps, sends, asks, hears and looks, and is all that a window has to know of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from app.evaluation.model import SheetKind
from app.evaluation.room.model import DeviceKind
from app.link.client import RoomClient, draft_place
from app.link.debts import Debts
from app.link.drafts import Draft, DraftBox, DraftNews
from app.link.faults import LinkFault, RoomRefused, sentence
from app.link.identity import Identity, save
from app.link.live import LiveStream, StreamNews
from app.link.messages import (
    Answered,
    Failed,
    Happened,
    LineChanged,
    SessionEnded,
    Signalled,
    Trouble,
    ViewChanged,
    WritingChanged,
)
from app.link.notes import NoteBook
from app.link.outbox import MOST_WAITING, Command, Outbox, new_command
from app.link.party import DrawParty
from app.link.post import SEAL_SHEET, Post, PostNews
from app.link.proof import JournalProof
from app.link.questions import Questions
from app.link.recordings import RecordingPost
from app.link.safe import Safe
from app.link.shares import ShareHolder
from app.link.sheets import SheetKeeper, SheetPlace
from app.link.signals import SignalPost
from app.link.take_over import take_over
from app.link.teller import Listener, Teller
from app.link.timing import CONSOLE, Timing
from app.link.watch import Watch
from app.link.worker import Worker

BULKY = frozenset({"file", "report", "evidence", "package"})
"""Kinds of questions that may take long: they wait for each other, and no short one waits for them."""


class RoomLink:
    """A machine's link to its room.

    `listener` is called from one of the link's own threads, one message at a time; a Qt window takes them through
    `ui.bridge`. Nothing here waits for the room: commands and questions return an id at once, and their `Answered`
    or `Failed` carries it. A command is on this machine's disk when `send` returns.
    """

    def __init__(
        self, identity: Identity, folder: Path, listener: Listener, lang: str = "zh", timing: Timing | None = None
    ) -> None:
        """`folder` is this machine's own, where everything is kept encrypted. Raises `OSError` where it cannot be."""
        self.identity = identity
        console = identity.kind == DeviceKind.CONSOLE
        self._lang, self._timing = lang, timing or (CONSOLE if console else Timing())
        self.client = client = RoomClient(identity, lang, self._timing, partial(save, folder=folder))
        self._teller = Teller(listener)
        self._sheets = SheetKeeper(
            Safe(folder / "sheets", identity.key("sheets")), identity.key("drafts"), self._not_kept
        )
        self._outbox = Outbox(Safe(folder / "outbox", identity.key("outbox")))
        self._post = Post(
            self._outbox, client, self._sheets, PostNews(self._command_done, self._command_refused), self._timing
        )
        self._drafts = DraftBox(
            Safe(folder / "drafts", identity.key("outbox/drafts")),
            self._sheets,
            client,
            DraftNews(self._draft_done, self._draft_refused, self._not_kept),
            self._timing,
        )
        self.notes = NoteBook(Safe(folder / "notes", identity.key("notes")), self._not_kept)
        self._questions = Questions("questions", client, self._teller.tell, lang)
        self._bulky = Questions("bulky", client, self._teller.tell, lang)
        self._signals = SignalPost(client)
        self.recordings = RecordingPost(client, folder / "recordings", self._timing)
        party = DrawParty(identity.signer, Safe(folder / "nonces", identity.key("nonces")))
        news = StreamNews(self._entry, self._line, self._bye, self._signal, self._writing)
        self._live = LiveStream(client, news, self._timing)
        self._watch = Watch(
            client,
            Debts(client, party, self._sheets, ShareHolder(identity.key("shares")), self._timing),
            lambda: self._live.position,
            self._seen,
            self._live.begin_again,
            self._timing,
        )
        # Of a machine that shows the journal; the others are told too little of it.
        self._proof: JournalProof | None = None
        if console:
            kept = Safe(folder / "checkpoints", identity.key("checkpoints"))
            self._proof = JournalProof(client, kept, self._teller.tell, self._timing)
        self._up: bool | None = None

    # --- life

    def start(self) -> None:
        """Begin; messages follow."""
        if self._outbox.damaged or self._drafts.damaged:
            self._trouble("damaged")
        self._teller.worker.start()
        self._post.worker.start()
        self._drafts.start()
        self.notes.worker.start()
        self._questions.worker.start()
        self._bulky.worker.start()
        self._signals.worker.start()
        self.recordings.worker.start()
        self._watch.worker.start()
        if self._proof is not None:
            self._proof.worker.start()
        # A console shows the journal from its beginning; for the others what happened before stands in the view.
        self._live.start(after=0 if self.identity.kind == DeviceKind.CONSOLE else None)

    def stop(self) -> None:
        """End within two seconds, whatever the room does; what is not delivered stays on the disk.

        No message comes once this has returned. What is under way may still end by itself for a moment.
        """
        begun = time.monotonic()
        workers = (*self._drafts.workers(), self._post.worker, self._questions.worker, self._bulky.worker)
        workers += (
            self.notes.worker,
            self._signals.worker,
            self.recordings.worker,
            self._watch.worker,
            self._live.worker,
            self._teller.worker,
        )
        workers += () if self._proof is None else (self._proof.worker,)
        self._teller.stop()
        self._live.stop()
        for worker in workers:
            worker.stop()
        self._drafts.stop()
        self.notes.stop()
        _join(workers, begun + self._timing.grace_s)
        self.client.close()
        _join(workers, begun + self._timing.stop_s)

    @property
    def waiting(self) -> int:
        """How many commands and drafts the room has not acknowledged yet."""
        return len(self._outbox) + len(self._drafts)

    # --- commands and drafts: kept until the room has them

    def send(self, stream: str, kind: str, data: dict[str, Any]) -> str:
        """Send a command; returns the request's id. Raises `NotCanonical` for data that is not JSON."""
        command = new_command(stream, kind, data)
        if len(self._outbox) >= MOST_WAITING:
            self._failed(command.request, kind, LinkFault("too_many", kind))
            return command.request
        if not self._outbox.add(command):
            self._not_kept()
        self._post.ring()
        return command.request

    def confirm(self, stream: str, kind: str, data: dict[str, Any], password: str) -> str:
        """Send the word of a second person, with the password typed afresh: now or not at all, never by way of this
        machine's disk. Returns the request's id."""
        command = new_command(stream, kind, data)
        return self._questions.ask(kind, lambda room: room.command(command.id, stream, kind, data, password))

    def put_draft(self, stream: str, lot: str, kind: SheetKind, number: int, version: int, content: object) -> str:
        """Keep a draft; a newer one of the same place replaces one that still waits. Returns the place."""
        place = draft_place(stream, lot, kind.value, number)
        self._drafts.put(place, version, content)
        return place

    def seal_sheet(
        self,
        stream: str,
        lot: str,
        kind: SheetKind,
        number: int,
        alias: str,
        sheet: object,
        room_key: dict[str, str],
        phase: str = "",
    ) -> str:
        """Seal a sheet at this machine and send it; returns the request's id.

        The same sheet of the same round gets the same seal, and while it waits the same request.
        """
        data = self._sheets.seal(SheetPlace(stream, lot, kind, number, alias, phase), sheet, room_key)
        commitment = data["sealed"]["commitment"]
        for command in self._outbox.waiting():
            if command.type == SEAL_SHEET and command.data["sealed"]["commitment"] == commitment:
                return command.request
        return self.send(stream, SEAL_SHEET, data)

    def wipe(self) -> None:
        """Forget everything that belonged to the member who leaves."""
        for part in (self._drafts, self._sheets, self.notes):
            try:
                part.wipe()
            except OSError:
                self._trouble("not_wiped")

    def signal(self, stream: str, call: str, to: str, message: dict[str, str]) -> None:
        """Hand a message of a call's engine to a partner; one that cannot be delivered now is lost."""
        self._signals.send(stream, call, to, message)

    # --- questions

    def ask(self, kind: str, question: Callable[[RoomClient], Any]) -> str:
        """Put any question to the room in the background; `Answered.kind` is `kind`."""
        return (self._bulky if kind in BULKY else self._questions).ask(kind, question)

    def load_draft(self, stream: str, lot: str, kind: SheetKind, number: int) -> str:
        """Ask for the draft kept here or by the room; the answer's value is `{"version", "content"}` or None."""
        place = draft_place(stream, lot, kind.value, number)
        return self.ask("draft", lambda client: self._draft(client, place))

    def refresh(self) -> None:
        """Fetch the view again."""
        self._watch.look()

    def begin_again(self) -> None:
        """Someone else is at this machine now: another role, another view, the stream from its beginning."""
        self._live.begin_again()
        self._teller.forget_journal()
        self._watch.look()

    # --- what the parts tell; each from its own thread

    def _command_done(self, command: Command, answer: Any) -> None:
        self._teller.tell(Answered(command.request, command.type, answer))
        # Not every own act comes back by the stream: who has wiped a seat may know nothing any more.
        self._watch.look()

    def _command_refused(self, command: Command, fault: RoomRefused | LinkFault) -> None:
        self._failed(command.request, command.type, fault)
        self._watch.look()

    def _draft_done(self, draft: Draft, answer: Any) -> None:
        self._teller.tell(Answered(draft.place, "draft", answer))

    def _draft_refused(self, draft: Draft, refused: RoomRefused) -> None:
        self._failed(draft.place, "draft", refused)

    def _failed(self, request: str, kind: str, fault: RoomRefused | LinkFault) -> None:
        self._teller.tell(Failed(request, kind, fault.code, fault.message(self._lang), fault.where))

    def _draft(self, client: RoomClient, place: str) -> dict[str, Any] | None:
        waiting = self._drafts.newest(place)
        if waiting is not None:
            return {"version": waiting.version, "content": self._sheets.open_draft(place, waiting.sealed)}
        kept = client.draft(place)
        if kept is None:
            return None
        version, sealed = int(kept["version"]), str(kept["sealed"])
        content = self._sheets.open_draft(place, sealed)
        if content is None:  # sealed by the machine of a seat that the member was moved from
            with suppress(RoomRefused):  # nobody was moved here, or the room has lost what was left
                take_over(client, self._sheets)
            content = self._sheets.open_draft(place, sealed)
        return {"version": version, "content": content}

    def _seen(self, view: dict[str, Any]) -> None:
        if self._proof is not None:
            self._proof.see(view)
        self._teller.tell(ViewChanged(view))

    def _entry(self, entry: dict[str, Any]) -> None:
        if self._proof is not None:
            self._proof.hear(entry)
        self._teller.tell_patiently(Happened(entry))
        self._watch.look()

    def _line(self, up: bool) -> None:
        if up:
            self._post.ring()
            self._drafts.ring()
            self.recordings.worker.ring()
            self._watch.look()
        if up != self._up:
            self._up = up
            self._teller.tell(LineChanged(up, self.waiting))

    def _writing(self, state: str) -> None:
        self._teller.tell(WritingChanged(state))

    def _signal(self, signal: dict[str, Any]) -> None:
        message = {str(key): str(value) for key, value in signal["message"].items()}
        self._teller.tell(Signalled(str(signal["stream"]), str(signal["call"]), str(signal["from"]), message))

    def _bye(self, reason: str) -> None:
        self._teller.tell(SessionEnded(reason))

    def _not_kept(self) -> None:
        self._trouble("not_kept")

    def _trouble(self, code: str) -> None:
        self._teller.tell(Trouble(code, sentence(code, self._lang)))


def _join(workers: tuple[Worker, ...], deadline: float) -> None:
    for worker in workers:
        worker.join(deadline - time.monotonic())
