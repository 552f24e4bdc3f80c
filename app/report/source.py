"""What the sections read: the state, the lot, its result, and the few facts that are not in the state."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.evaluation.model import Evaluation, LotState, Member
from app.evaluation.tally import ranking_is_open, result
from app.report import wording as say
from app.rules.model import Bid, Track


@dataclass(frozen=True)
class Source:
    """One lot of an evaluation at the moment of its report."""

    state: Evaluation
    lot: LotState
    room_name: str
    key_fingerprint: str
    journal: tuple[int, str]
    issued_at: str

    @cached_property
    def result(self) -> dict[str, Any] | None:
        """What the scoring core found, None for a lot without opened marks."""
        return result(self.state, self.lot) if ranking_is_open(self.lot) else None

    def word(self, key: str) -> str:
        """The track's own word."""
        return self.state.ruleset.words[key]

    @property
    def zc(self) -> bool:
        """Government procurement."""
        return self.state.tender.track is Track.ZC

    @property
    def method(self) -> str:
        """The method of evaluation as the track's law calls it."""
        method, kind = str(self.lot.lot.scoring["method"]), self.state.ruleset.procedure.kind
        if (kind, method) in say.TALKED_METHODS:
            return say.TALKED_METHODS[kind, method]
        return say.METHODS.get((self.state.tender.track.value, method), method)

    @property
    def aliases(self) -> tuple[str, ...]:
        """The committee's aliases in their order."""
        return tuple(sorted(self.state.committee, key=lambda alias: (len(alias), alias)))

    def member(self, alias: str) -> Member:
        """The member with an alias of the committee."""
        found = self.state.by_alias(alias)
        assert found is not None  # noqa: S101 - narrowing: the committee is made of members
        return found

    def bid(self, bid_id: str) -> Bid:
        """A bid of the lot."""
        return next(bid for bid in self.lot.lot.bids if bid.id == bid_id)

    def bidder(self, bid_id: str) -> str:
        """The name of a bid's bidder."""
        return self.bid(bid_id).bidder

    @property
    def began_at(self) -> str:
        """When the first member was known at the door; where nobody came, when the evaluation was opened."""
        times = [m.at["MemberCheckedIn"] for m in self.state.members.values() if "MemberCheckedIn" in m.at]
        return min(times, default=self.state.opened_at)

    def clock(self, at: str | None, between: str = " ") -> str:
        """The time of day of a moment, with its date on any other day than the first."""
        return say.clock(at, self.began_at, between)

    def step(self, member: Member, event: str) -> str:
        """The time of day of a member's step, for a cell of a table."""
        return self.clock(member.at.get(event), "\n")

    @property
    def clock_note(self) -> str:
        """The date and offset of the times of day that stand without."""
        return f"{say.day(self.began_at)}，{say.zone(self.began_at)}"

    @property
    def table_clock_note(self) -> str:
        """The same, below a table."""
        return f"表中时刻未注日期的，均为 {say.day(self.began_at)}；时区：{say.zone(self.began_at)}。"
