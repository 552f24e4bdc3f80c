"""The link itself: three threads (live stream, view, requests), one listener, nothing lost while the line is away."""

from __future__ import annotations

import queue
import threading
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.evaluation.model import SheetKind
from app.link.client import RoomClient, draft_place
from app.link.faults import LinkFault, RoomRefused
from app.link.identity import Identity
from app.link.live import LiveStream
from app.link.messages import Answered, Failed, Happened, LineChanged, LinkMessage, SessionEnded, ViewChanged
from app.link.party import DrawParty
from app.link.safe import Outbox, Safe
from app.link.sheets import SheetKeeper

Listener = Callable[[LinkMessage], None]

_VIEW_PAUSE_S = 0.1
"""A burst of entries costs one view, not one each."""
_RETRY_S = 1.0
_MOST_REQUESTS = 500


class RoomLink:
    """A machine's link to its room.

    `listener` is called from the link's own threads, one message at a time; a Qt window takes them through
    `ui.bridge`. Requests return an id at once; their `Answered` or `Failed` carries it.
    """

    def __init__(self, identity: Identity, folder: Path, listener: Listener, lang: str = "zh") -> None:
        """`folder` is this machine's own, where outbox and sheets are kept encrypted."""
        self.identity = identity
        self.client = RoomClient(identity, lang)
        self._lang = lang
        self._listener = listener
        self._outbox = Outbox(Safe(folder / "outbox", identity.key("outbox")))
        self._sheets = SheetKeeper(Safe(folder / "sheets", identity.key("sheets")), identity.key("drafts"))
        self._nonces = Safe(folder / "nonces", identity.key("nonces"))
        self._party: DrawParty | None = None
        self._requests: queue.Queue[Callable[[], None] | None] = queue.Queue(_MOST_REQUESTS)
        self._stopped = threading.Event()
        self._view_due = threading.Event()
        self._up: bool | None = None
        self._owed: set[str] = set()
        self._quiet: set[str] = set()
        """Commands that this machine owes by itself: nobody waits for their answers."""
        self._stale: list[tuple[tuple[str, str, SheetKind, int, str], str]] = []
        """Sheets that were sealed to a key which the room has lost since, with that key's id."""
        self._told = threading.Lock()
        self._live = LiveStream(self.client, self._entry, self._line, self._bye)
        self._threads = [
            threading.Thread(target=self._work, name="kawei-requests", daemon=True),
            threading.Thread(target=self._look, name="kawei-view", daemon=True),
        ]

    # --- life

    def start(self) -> None:
        """Begin; messages follow."""
        for name, item in self._outbox.waiting():
            self._queue_outbox(name, item)
        for thread in self._threads:
            thread.start()
        self._live.start()
        self._view_due.set()

    def stop(self) -> None:
        """End every thread; what the outbox holds stays on the disk."""
        self._stopped.set()
        self._view_due.set()
        self._live.stop()
        self._requests.put(None)
        for thread in self._threads:
            if thread.is_alive():
                thread.join(timeout=15)
        self.client.close()

    @property
    def waiting(self) -> int:
        """How many commands and drafts the room has not acknowledged yet."""
        return len(self._outbox)

    # --- commands and drafts: kept in the outbox until acknowledged

    def send(self, stream: str, kind: str, data: dict[str, Any]) -> str:
        """Send a command; returns its id. It is kept until the room has answered, also over a power cut."""
        command_id = str(uuid.uuid4())
        item = {"what": "command", "stream": stream, "type": kind, "data": data}
        self._outbox.add(command_id, item)
        self._queue_outbox(command_id, item)
        return command_id

    def put_draft(self, stream: str, lot: str, kind: SheetKind, number: int, version: int, content: object) -> str:
        """Keep a draft; a newer one of the same place replaces one that still waits. Returns the place."""
        place = draft_place(stream, lot, kind.value, number)
        item = {"what": "draft", "place": place, "version": version, "sealed": self._sheets.seal_draft(place, content)}
        name = f"draft/{place}"
        already = self._outbox.get(name) is not None
        self._outbox.add(name, item)
        if not already:
            self._queue_outbox(name, item)
        return place

    def seal_sheet(
        self, stream: str, lot: str, kind: SheetKind, number: int, alias: str, sheet: object, room_key: dict[str, str]
    ) -> str:
        """Seal a sheet at this machine and send it; returns the command's id."""
        data = self._sheets.seal(stream, lot, kind, number, alias, sheet, room_key)
        return self.send(stream, "SealSheet", data)

    # --- questions

    def ask(self, kind: str, question: Callable[[RoomClient], Any]) -> str:
        """Put any question to the room in the background; `Answered.kind` is `kind`."""
        request = str(uuid.uuid4())
        self._requests.put(lambda: self._try(request, kind, lambda: question(self.client)))
        return request

    def load_draft(self, stream: str, lot: str, kind: SheetKind, number: int) -> str:
        """Ask for the draft kept here or by the room; the answer's value is `{"version", "content"}` or None."""
        place = draft_place(stream, lot, kind.value, number)
        return self.ask("draft", lambda client: self._draft(client, place))

    def wipe(self) -> None:
        """Forget everything that belonged to the member who leaves."""
        self._sheets.wipe()

    # --- underneath

    def _draft(self, client: RoomClient, place: str) -> dict[str, Any] | None:
        kept = self._outbox.get(f"draft/{place}") or client.draft(place)
        if kept is None:
            return None
        return {"version": kept["version"], "content": self._sheets.open_draft(place, kept["sealed"])}

    def _tell(self, message: LinkMessage) -> None:
        with self._told:
            self._listener(message)

    def _queue_outbox(self, name: str, item: dict[str, Any]) -> None:
        self._requests.put(lambda: self._deliver(name, item))

    def _deliver(self, name: str, item: dict[str, Any]) -> None:
        """Send one kept item until the room has answered; the order of commands is kept."""
        while not self._stopped.is_set():
            latest = self._outbox.get(name) or item
            try:
                value = self._send_item(name, latest)
            except LinkFault:
                self._line(False)
                self._stopped.wait(_RETRY_S)
                continue
            except RoomRefused as refused:
                if refused.status in (401, 429, 503):
                    self._stopped.wait(_RETRY_S)
                    continue
                self._outbox.done(name, latest)
                self._refused(name, latest, refused)
                return
            if self._outbox.done(name, latest):
                # Not every own act comes back by the stream: who has wiped a seat may know nothing any more.
                self._view_due.set()
                if name not in self._quiet:
                    self._tell(Answered(name, latest.get("type", latest["what"]), value))
                return

    def _send_item(self, name: str, item: dict[str, Any]) -> Any:
        if item["what"] == "draft":
            return self.client.put_draft(item["place"], item["version"], item["sealed"])
        return self.client.command(name, item["stream"], item["type"], item["data"])

    def _refused(self, name: str, item: dict[str, Any], refused: RoomRefused) -> None:
        kind = item.get("type", item["what"])
        if kind == "SealSheet":
            data = item["data"]
            place = (item["stream"], data["lot"], SheetKind(data["kind"]), data["round"], data["sealed"]["alias"])
            if refused.code == "old_key":  # the room restarted meanwhile: the same seal again to its new key
                self._stale.append((place, data["key_id"]))
                self._view_due.set()
                return
            if refused.code != "already_sealed":
                self._sheets.discard(*place)
        if name not in self._quiet:
            self._tell(Failed(name, kind, refused.code, refused.sentence, refused.where))

    def _try(self, request: str, kind: str, question: Callable[[], Any]) -> None:
        try:
            value = question()
        except (LinkFault, RoomRefused) as fault:
            self._tell(Failed(request, kind, fault.code, fault.message(self._lang), fault.where))
        else:
            self._tell(Answered(request, kind, value))

    def _work(self) -> None:
        while not self._stopped.is_set():
            job = self._requests.get()
            if job is None:
                return
            job()

    def _look(self) -> None:
        while not self._stopped.is_set():
            self._view_due.wait()
            self._view_due.clear()
            if self._stopped.is_set():
                return
            try:
                view = self.client.view()
            except (LinkFault, RoomRefused):
                self._stopped.wait(_RETRY_S)
                self._view_due.set()
                continue
            self._pay_debts(view)
            self._tell(ViewChanged(view))
            self._stopped.wait(_VIEW_PAUSE_S)

    def refresh(self) -> None:
        """Fetch the view again, for example after a log-in."""
        self._view_due.set()

    def _pay_debts(self, view: dict[str, Any]) -> None:
        """What this machine owes the room without a person: nonces of draws, keys of sealed sheets."""
        role = view.get("role")
        if role and role != "member" and self._party is None:
            self._party = DrawParty(role, self.identity.signer, self._nonces)
        if self._party is not None:
            for kind, data in self._party.due(view.get("room", {})):
                again = view["position"] if role in _forgotten(view, data["draw_no"]) else 0
                self._owe(f"{again}/{kind}/{data['draw_no']}", "room", kind, data)
        for evaluation in view.get("evaluations", ()):
            self._seal_stale(evaluation)
            for data in self._keys_due(evaluation):
                name = f"{evaluation['stream']}/{data['lot']}/{data['kind']}/{data['round']}/{data['key_id']}"
                self._owe(name, evaluation["stream"], "GiveSheetKey", data)

    def _seal_stale(self, evaluation: dict[str, Any]) -> None:
        key = evaluation.get("sealing_key")
        for place, old_key in tuple(self._stale):
            if key and place[0] == evaluation["stream"] and key["id"] != old_key:
                self._stale.remove((place, old_key))
                self.seal_sheet(*place, sheet=None, room_key=key)

    def _owe(self, name: str, stream: str, kind: str, data: dict[str, Any]) -> None:
        if name not in self._owed:
            self._owed.add(name)
            self._quiet.add(self.send(stream, kind, data))

    def _keys_due(self, evaluation: dict[str, Any]) -> list[dict[str, Any]]:
        key = evaluation.get("sealing_key")
        if not key:
            return []
        rounds = [("", (evaluation.get("election") or {}).get("ballot"))]
        rounds += [(lot["id"], lot["round"]) for lot in evaluation["lots"]]
        due = []
        for lot, found in rounds:
            if not found or found["opened"] or not found["mine"] or key["id"] in found["mine"]["keys"]:
                continue
            kind = SheetKind(found["kind"])
            data = self._sheets.key_again(evaluation["stream"], lot, kind, found["number"], evaluation["alias"], key)
            if data is not None:
                due.append(data)
        return due

    def begin_again(self) -> None:
        """Someone else is at this machine now: another role, another view, the stream from its beginning."""
        self._party = None
        self._live.begin_again()
        self.refresh()

    def _entry(self, entry: dict[str, Any]) -> None:
        self._tell(Happened(entry))
        self._view_due.set()

    def _line(self, up: bool) -> None:
        if up:
            self._view_due.set()
        if up != self._up:
            self._up = up
            self._tell(LineChanged(up, self.waiting))

    def _bye(self, reason: str) -> None:
        self._tell(SessionEnded(reason))


def _forgotten(view: dict[str, Any], draw_no: int) -> list[str]:
    """The parties whose nonce a restarted room asks for again."""
    draws = view.get("room", {}).get("draws", ())
    return next((list(draw["needs_nonce"]) for draw in draws if draw["number"] == draw_no), [])
