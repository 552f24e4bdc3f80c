"""The room: seats in their real places, one click from everything that concerns a seat."""

from __future__ import annotations

from ui.console.desk import Desk, DeskPage
from ui.console.names import Name, PageName, part
from ui.console.seat_sights import seat_sights
from ui.console.sight import Sight, Target
from ui.theme import Space, Tone
from ui.widgets.boxes import Column
from ui.widgets.buttons import QuietButton
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.notice import StatusPill
from ui.widgets.room_plan import Place, RoomPlan
from ui.widgets.seat_tile import SeatChosen
from ui.widgets.symbols import Symbol
from ui.widgets.text import Beside

MOST_HOURS = 999


class RoomPage(DeskPage):
    """Built anew only when the plan itself changes."""

    page = PageName.ROOM

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._card = self.add(Card(), 1)
        self._broadcast = self._card.add_beside_title(QuietButton(self.tr("Tell every seat")))
        self._broadcast.setObjectName(Name.BROADCAST)
        self._broadcast.clicked.connect(lambda: self.desk.go(Target(PageName.BROADCAST)))
        self._state = self._card.add_beside_title(StatusPill())
        self._body = self._card.add(Column(gap=0), 1)
        self._foot = self._card.add(Flow(gap=Space.GAP))
        keeping = self._foot.add(QuietButton(self.tr("Terms of recordings")))
        keeping.setObjectName(Name.KEEPING)
        keeping.clicked.connect(lambda: self.desk.go(Target(PageName.KEEPING)))
        self._disk = self._foot.add(Beside(soft=True, wrap=False))
        self._places: tuple[Place, ...] = ()
        self._plan: RoomPlan | None = None

    def show_sight(self, sight: Sight) -> None:
        """Show every seat as it is now."""
        self._broadcast.setVisible(sight.role == "centre" and bool(sight.evaluations))
        places = tuple(Place(seat["id"], int(seat["x"]), int(seat["y"])) for seat in sight.seats)
        if places != self._places or self._plan is None:
            self._lay_out(places)
        if self._plan is not None:
            self._plan.set_sights(seat_sights(sight))
        used = self.tr("{used} of {all} seats in use").format(used=sight.in_use(), all=len(places))
        self._card.set_title(str(sight.room.get("name") or ""), used)
        self._foot.setVisible(sight.staff)
        self._disk.setText(self._disk_words(sight))
        lost = sum(seat.get("device_state") == "lost" for seat in sight.seats)
        if lost:
            self._state.show_state(self.tr("Lines lost: {count}").format(count=lost), Tone.ERROR, Symbol.OFFLINE)
        else:
            self._state.show_state(self.tr("All lines good"), Tone.OK)

    def _disk_words(self, sight: Sight) -> str:
        """How long the room's disk lasts, for whoever may begin a session."""
        disk = sight.room.get("disk")
        if disk is None:
            return ""
        hours = str(disk["hours"]) if disk["hours"] <= MOST_HOURS else f"> {MOST_HOURS}"
        return self.tr("The room's disk lasts {hours} h of recording all seats").format(hours=hours)

    def leave(self) -> None:
        """No alias stays on the plan."""
        if self._plan is not None:
            self._lay_out(())

    def _lay_out(self, places: tuple[Place, ...]) -> None:
        if self._plan is not None:
            self._body.drop(self._plan)
        self._places = places
        self._plan = self._body.add(RoomPlan(places), 1)
        self._plan.setObjectName(Name.PLAN)
        for place in places:
            self._plan.tile(place.number).setObjectName(part(Name.PLAN, place.number))
        self._plan.chosen.connect(self._choose)
        if places:
            self.setFocusProxy(self._plan.tile(places[0].number))

    def _choose(self, chosen: SeatChosen) -> None:
        self.desk.go(Target(PageName.SEAT, seat=chosen.number))
