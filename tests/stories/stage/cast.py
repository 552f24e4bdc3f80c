"""The people of a story by their Chinese names: who they are in the room, what they do, and how it was answered."""

from __future__ import annotations

from typing import Any

from room_clients import Machine, Refusal, Seat
from room_play import STREAM, Play

from stories.stage.project import Project

CONSOLES = {
    "中心": "centre-a",
    "见证人": "witness-a",
    "监督人": "regulator-a",
    "采购人": "tenderee-a",
    "招标人": "tenderee-a",
    "代理机构": "agency-a",
}
WHO = "专家[一二三四五六七八九]|(?:采购人|招标人)代表[一二三]?|组长|中心|见证人|监督人|采购人|招标人|代理机构"
"""A person, as a regular expression for steps."""
SEVERAL = f"(?:全体评委|其他评委|(?:{WHO})(?:、(?:{WHO}))*)"
"""One or several members, as a regular expression for steps."""


class Cast:
    """Everyone in the story. A refused command is kept for the step that expects it."""

    def __init__(self, play: Play, project: Project) -> None:
        """The machines of `play`, the members of `project`."""
        self.play = play
        self.people = project.people()
        self._refs: dict[str, str] = {}
        self._aliases: dict[int, str] = {}
        self.refusal: Refusal | None = None
        self.refused: Refusal | None = None
        """The refusal that was last expected, for a story that asks more of it."""

    # --- who is who

    @property
    def members(self) -> list[str]:
        """The names of all members who have a seat, in the order of the list."""
        return [name for name, number in self.people.items() if number in self.play.at]

    def number(self, who: str) -> int:
        """A member's number on the list."""
        if who == "组长":
            who = self.chair
        return self.people[who]

    def seat(self, who: str) -> Seat:
        """Where a member sits."""
        number = self.number(who)
        assert number in self.play.at, f"{who} has no seat yet"
        return self.play.at[number]

    def alias(self, who: str) -> str:
        """A member's alias."""
        number = self.number(who)
        if number not in self._aliases:
            self._aliases[number] = str(self.seat(who).mine()["alias"])
        return self._aliases[number]

    def named(self, alias: str) -> str:
        """The member with this alias."""
        return next(who for who in self.members if self.alias(who) == alias)

    def ref(self, who: str) -> str:
        """A member's reference in commands of the kiosk and the consoles; of who has left, as it was."""
        if self.number(who) in self.play.at:
            self._refs[who] = str(self.seat(who).mine()["member"])
        return self._refs[who]

    @property
    def chair(self) -> str:
        """The name of the chair."""
        alias = self.view("中心")["chair"]
        assert alias, "there is no chair yet"
        return self.named(alias)

    def several(self, names: str, due: str = "") -> list[str]:
        """The members of `全体评委`, of `其他评委` (whose next step is `due`), or of names joined by 、."""
        if names == "其他评委":
            assert due, "say who the others are"
            return [who for who in self.members if self.view(who)["next"]["code"] == due]
        return self.members if names == "全体评委" else names.split("、")

    def machine(self, who: str) -> Machine:
        """The console or the seat of a person."""
        return self.play.consoles[CONSOLES[who]] if who in CONSOLES else self.seat(who)

    # --- what they do

    def do(self, who: str, command: str, stream: str = "", **data: Any) -> Any:
        """Send a command; the answer, or None where it was refused: the next step has to expect that."""
        machine = self.machine(who)
        return self.attempt(lambda: machine.do(stream or self.stream, command, data))

    def attempt(self, act: Any) -> Any:
        """Do anything that the room may refuse, as `do` does a command."""
        self.settle()
        try:
            return act()
        except Refusal as refusal:
            self.refusal = refusal
            return None

    @property
    def stream(self) -> str:
        """The evaluation of the story."""
        return STREAM

    def view(self, who: str) -> Any:
        """What a person sees of the evaluation."""
        return self.machine(who).evaluation()

    def lot(self, who: str, lot: str = "1") -> Any:
        """What a person sees of a lot."""
        return next(one for one in self.view(who)["lots"] if one["id"] == lot)

    def matter(self, who: str, name: str) -> Any:
        """What a person sees of a matter beside the main way; {} where there is nothing to see."""
        return self.view(who)["matters"].get(name, {})

    # --- how it was answered

    def settle(self) -> None:
        """Nothing was refused that no step expected."""
        refusal, self.refusal = self.refusal, None
        assert refusal is None, f"refused, and no step expected it: {told(refusal)}"

    def expect_refusal(self) -> Refusal:
        """The refusal of the step before; the story goes on."""
        assert self.refusal is not None, "nothing was refused"
        self.refused, self.refusal = self.refusal, None
        return self.refused


def told(refusal: Refusal) -> str:
    """A refusal in one line."""
    return f"{refusal.code} at {refusal.where}: {refusal.error['message']}"
