"""What a machine owes the room without a person: nonces of draws, and keys of sealed sheets after a restart."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from app.evaluation.model import SheetKind
from app.link.client import RoomClient
from app.link.faults import LinkFault, RoomRefused
from app.link.party import DrawParty
from app.link.shares import ShareHolder
from app.link.sheets import SheetKeeper, SheetPlace
from app.link.take_over import take_over
from app.link.timing import Timing

log = logging.getLogger(__name__)

ROOM = "room"
_LONGEST_PAUSE_S = 60.0


@dataclass(frozen=True)
class Debt:
    """Something that is due; `pay` returns False where this machine cannot pay."""

    name: str
    type: str
    pay: Callable[[], bool]


@dataclass(frozen=True)
class _Tried:
    """A debt that was tried: not again before `until`; `pause_s` was the pause."""

    until: float
    pause_s: float


class Debts:
    """Pays by the view alone, so nothing has to be kept of what is due: a view after a power cut says it again.

    A debt that the room does not take is tried again after growing pauses for as long as the view shows it.
    """

    def __init__(
        self,
        client: RoomClient,
        party: DrawParty,
        sheets: SheetKeeper,
        holder: ShareHolder,
        timing: Timing,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`now` are seconds of a clock that never goes back."""
        self._client, self._party, self._sheets = client, party, sheets
        self._holder = holder
        self._timing, self._now = timing, now
        self._tried: dict[str, _Tried] = {}

    def pay(self, view: dict[str, Any]) -> float | None:
        """Send what is due; returns in how many seconds to look at a new view because of it, or None."""
        due = list(self._due(view))
        self._tried = {debt.name: self._tried[debt.name] for debt in due if debt.name in self._tried}
        pauses = []
        for debt in due:
            tried = self._tried.get(debt.name)
            wait = 0.0 if tried is None else tried.until - self._now()
            if wait <= 0:
                wait = 0.0 if self._pay(debt) else self._tried[debt.name].pause_s
            pauses.append(wait)
        return min(pauses, default=None)

    def _pay(self, debt: Debt) -> bool:
        """Try once. Noted before as tried: a room that takes it and still shows it is not asked without a pause."""
        before = self._tried.get(debt.name)
        pause = self._timing.debt_pause_s if before is None else min(before.pause_s * 2, _LONGEST_PAUSE_S)
        self._tried[debt.name] = _Tried(self._now() + pause, pause)
        try:
            return debt.pay()
        except (LinkFault, RoomRefused) as fault:
            log.info("%s is not taken yet: %s", debt.type, fault.code)
            return False
        except OSError:
            log.info("%s waits: the disk takes nothing", debt.type)
            return False

    def _command(self, name: str, stream: str, kind: str, make: Callable[[], dict[str, Any] | None]) -> Debt:
        """A command; `make` returns its data, or None where this machine has not got it."""

        def pay() -> bool:
            data = make()
            if data is None:
                return False
            self._client.command(str(uuid.uuid4()), stream, kind, data)
            return True

        return Debt(name, kind, pay)

    # --- what is due

    def _due(self, view: dict[str, Any]) -> Iterator[Debt]:
        role = view.get("role")
        if role:
            for draw in view.get("room", {}).get("draws", ()):
                yield from self._of_draw(str(role), draw)
        for evaluation in view.get("evaluations", ()):
            yield from self._of_shares(str(role), evaluation)
            if evaluation.get("sealing_key"):
                yield from self._of_sheets(evaluation)
                yield from self._of_spares(evaluation)

    def _of_draw(self, role: str, draw: dict[str, Any]) -> Iterator[Debt]:
        kind = self._party.owes(role, draw)
        if kind is not None:
            make = self._party.commit if kind == "CommitNonce" else self._party.reveal
            yield self._command(f"{kind}/{role}/{draw['number']}", ROOM, kind, lambda: make(role, draw))
        self._party.forget(role, draw)

    def _of_sheets(self, evaluation: dict[str, Any]) -> Iterator[Debt]:
        stream, alias, key = evaluation["stream"], evaluation["alias"], evaluation["sealing_key"]
        rounds = [("", (evaluation.get("election") or {}).get("ballot"))]
        rounds += [(lot["id"], lot["round"]) for lot in evaluation["lots"]]
        for lot, found in rounds:
            if not found or not found["mine"]:
                continue
            place = SheetPlace(stream, lot, SheetKind(found["kind"]), found["number"], alias)
            if found["opened"]:
                self._sheets.opened(place)
            elif key["id"] not in found["mine"]["keys"]:
                yield self._key_of(place, found["mine"]["commitment"], key)

    def _of_shares(self, role: str, evaluation: dict[str, Any]) -> Iterator[Debt]:
        """At a seat: its sheets' keys in shares. At a console that holds shares: its key, and what was released."""
        stream, seen = str(evaluation["stream"]), evaluation.get("matters", {}).get("lost_seat", {})
        if seen.get("owes_key"):
            offer = f"OfferShareKey/{stream}/{role}"
            yield self._command(offer, stream, "OfferShareKey", self._holder.offer)
        for owed in seen.get("owes", ()):
            name = "/".join(str(owed[part]) for part in ("lot", "kind", "round", "alias"))
            if "box" in owed:
                key = seen["room_key"]
                give = partial(self._holder.give, role, owed, key)
                yield self._command(f"GiveShare/{stream}/{name}/{key['id']}", stream, "GiveShare", give)
            else:
                place = SheetPlace(stream, owed["lot"], SheetKind(owed["kind"]), owed["round"], owed["alias"])
                keep = partial(self._sheets.shares_of, place, owed["commitment"], seen["keys"])
                known = "/".join(key for keys in seen["keys"].values() for key in keys)
                yield self._command(f"KeepShares/{stream}/{name}/{known}", stream, "KeepShares", keep)

    def _of_spares(self, evaluation: dict[str, Any]) -> Iterator[Debt]:
        """The key of the drafts, for the seat that may have to go on here; and what the seat before left."""
        stream, seen = str(evaluation["stream"]), evaluation.get("matters", {}).get("spare_seat", {})
        if seen.get("take_over"):
            yield Debt(f"take over/{stream}", "take over", self._take_over)
        if seen.get("owes_key"):
            key, alias = evaluation["sealing_key"], evaluation["alias"]
            make = partial(self._sheets.draft_key, stream, alias, key)
            yield self._command(f"GiveDraftKey/{stream}/{alias}/{key['id']}", stream, "GiveDraftKey", make)

    def _take_over(self) -> bool:
        take_over(self._client, self._sheets)
        return True

    def _key_of(self, place: SheetPlace, commitment: str, key: dict[str, str]) -> Debt:
        name = f"GiveSheetKey/{place.name}/{key['id']}"
        make = partial(self._sheets.key_again, place, commitment, key)
        return self._command(name, place.stream, "GiveSheetKey", make)
