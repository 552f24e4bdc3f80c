"""Who is in a call, side by side, and beside them how loud the own microphone is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ui.call.desk import CallDesk, PartnerState
from ui.call.level_meter import LevelMeter
from ui.call.partner_tile import PartnerTile
from ui.theme import Space
from ui.widgets.boxes import Row
from ui.widgets.flow import Flow


class PartnerRow(Row):
    """A tile for each partner, in as many lines as the width asks for; one that stays keeps its place."""

    def __init__(self, desk: CallDesk, name_of: Callable[[str], str]) -> None:
        super().__init__(gap=Space.SMALL)
        self._name_of = name_of
        self._tiles: dict[str, PartnerTile] = {}
        self._flow = self.add(Flow(gap=Space.SMALL), 1)
        self.meter = self.add(LevelMeter(lambda: desk.own_level))

    def show_partners(self, partners: Sequence[PartnerState]) -> None:
        """Show these."""
        wanted = {partner.party: partner for partner in partners}
        for party in [party for party in self._tiles if party not in wanted]:
            self._flow.drop(self._tiles.pop(party))
        for party, partner in wanted.items():
            tile = self._tiles.get(party)
            if tile is None:
                tile = PartnerTile(self._name_of(party), partner)
                self._tiles[party] = self._flow.insert(len(self._tiles), tile)
            else:
                tile.show_partner(partner)
