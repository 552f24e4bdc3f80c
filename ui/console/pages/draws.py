"""The ceremony of a draw: who takes part, who has committed and revealed, what is computed, its code."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.drawing import Replay
from ui.console.ceremony import Ceremony, computed
from ui.console.desk import Desk, DeskPage
from ui.console.names import Name, PageName
from ui.console.sentence_form import Make, Ready, SentenceForm
from ui.console.sight import RELEASERS, Json, Sight
from ui.console.words import purpose_word, role_word
from ui.theme import Role, Space, Tone
from ui.widgets.boxes import Column, Row, Scroll
from ui.widgets.buttons import Button, DangerButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.notice import Notice, NoticeLine, StatusPill
from ui.widgets.rail import Stage, StageRail, StageState
from ui.widgets.seat_number import QrCode
from ui.widgets.symbols import Symbol
from ui.widgets.text import Fact, FactList, Text


@dataclass(frozen=True)
class DrawShown:
    """A draw as it is shown, and what this role may do about it."""

    number: int
    purpose: str
    stage: str
    parties: tuple[str, ...]
    committed: tuple[str, ...]
    revealed: tuple[str, ...]
    relaxed: int
    accepted: bool
    asked_by: str
    code: str
    seats: int
    people: int
    may_accept: bool
    may_cancel: bool


def shown(draw: Json, role: str) -> DrawShown:
    """Read a draw of the view."""
    request = draw.get("request") or {}
    over = draw["stage"] in {"opened", "cancelled"}
    relaxed = int(draw["relaxed"] or 0)
    asked_by = str(draw.get("cancel_asked_by") or "")
    return DrawShown(
        int(draw["number"]),
        draw["purpose"],
        draw["stage"],
        tuple(draw["parties"]),
        tuple(draw["committed"]),
        tuple(draw["revealed"]),
        relaxed,
        bool(draw["accepted"]),
        asked_by,
        str(draw["code"] or ""),
        len(request.get("seats") or ()),
        len(request.get("people") or request.get("items") or ()),
        may_accept=role == "witness" and draw["stage"] == "sealed" and relaxed > 0 and not draw["accepted"],
        may_cancel=role in RELEASERS and not over and asked_by != role,
    )


class DrawsPage(DeskPage):
    """One card a draw, the newest first; a card is built anew only when its draw changed."""

    page = PageName.DRAWS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._empty = self.add(NoticeLine(Notice(Tone.INFO, self.tr("Nothing has been drawn yet."))))
        self._list = Column(gap=Space.WIDE)
        self._list.fill()
        self.add(Scroll(self._list), 1)
        self._cards: dict[int, tuple[DrawShown, DrawCard]] = {}
        self._transcripts: dict[int, Json] = {}

    def open_draw(self, number: int, transcript: Json) -> None:
        """The whole transcript of a draw was told: how it was computed can be shown."""
        self._transcripts[number] = transcript
        if number in self._cards:
            self._cards[number][1].open_draw(transcript)

    def show_sight(self, sight: Sight) -> None:
        """Show every draw as it stands."""
        found = {draw.number: draw for draw in (shown(one, sight.role) for one in sight.draws)}
        self._empty.setVisible(not found)
        for number in [number for number in self._cards if number not in found]:
            self._list.drop(self._cards.pop(number)[1])
        for place, number in enumerate(sorted(found, reverse=True)):
            draw, old = found[number], self._cards.get(number)
            if old is None:
                card = self._list.insert(place, DrawCard(self.desk, draw))
                self._cards[number] = (draw, card)
                if number in self._transcripts:
                    card.open_draw(self._transcripts[number])
            elif old[0] != draw:
                old[1].show_draw(draw)
                self._cards[number] = (draw, old[1])

    def leave(self) -> None:
        """Nothing stays."""
        self._transcripts.clear()
        self.show_sight(Sight({}))


class DrawCard(Card):
    """One draw; what is typed into its form stays while it goes on."""

    def __init__(self, desk: Desk, draw: DrawShown, parent: QWidget | None = None) -> None:
        super().__init__(margin=(Space.PAGE, Space.WIDE, Space.PAGE, Space.WIDE), gap=Space.GAP, parent=parent)
        self._desk, self._number = desk, draw.number
        self._second = False
        self._state = self.add_beside_title(StatusPill())
        self._rail = self.add(StageRail())
        body = self.add(Row(gap=Space.PAGE))
        left = body.add(Column(gap=Space.SMALL), 1)
        self._parties = left.add(FactList())
        self._computed = left.add(Text(soft=True))
        self._code = left.add(Text("", Role.SECTION))
        self._relaxed = left.add(NoticeLine())
        self._asked = left.add(NoticeLine())
        self._qr = body.add(QrCode(side=150))
        self._transcript: Json | None = None
        self._ceremony: Ceremony | None = None
        self._how = self.add(Button(self.tr("Show how it was computed")))
        self._how.setObjectName(Name.DRAW_SHOW)
        self._how.clicked.connect(self._play)
        self._how.hide()
        self._stage = self.add(Column(gap=0))
        self._form = self.add(
            SentenceForm(
                desk,
                self.tr("Reason"),
                self.tr("Cancelling takes the centre and the witness; the transcript stays in the journal."),
                Name.DRAW_REASON,
            )
        )
        accept = PrimaryButton(self.tr("Confirm this draw"))
        cancel = DangerButton(self.tr("Cancel this draw"))
        self._accept = self._form.add_act(accept, Name.DRAW_ACCEPT, self._act("AcceptDraw"))
        self._cancel = self._form.add_act(cancel, Name.DRAW_CANCEL, self._act("CancelDraw"))
        self.show_draw(draw)

    def show_draw(self, draw: DrawShown) -> None:
        """Show how far it is."""
        self.set_title(
            self.tr("Draw {number}: {purpose}").format(number=draw.number, purpose=purpose_word(draw.purpose))
        )
        self._state.show_state(*self._stage_word(draw))
        self._rail.set_stages(self._stages(draw))
        self._parties.set_facts([Fact(role_word(party), self._party_state(draw, party)) for party in draw.parties])
        self._computed.setText(self._what_is_computed(draw))
        self._code.setText(self.tr("Code of the draw: {code}").format(code=draw.code))
        self._code.setVisible(bool(draw.code))
        content = f"kawei:draw:{draw.code.replace('-', '')}" if draw.code else ""
        self._qr.set_content(content, self.tr("QR code of the draw"))
        self._qr.setVisible(bool(content))
        self._relaxed.setVisible(draw.relaxed > 0)
        if draw.relaxed:
            self._relaxed.tell(self._relaxed_words(draw))
        self._asked.setVisible(bool(draw.asked_by) and draw.stage != "cancelled")
        if draw.asked_by:
            asked = self.tr("{role} asks for this draw to be cancelled.").format(role=role_word(draw.asked_by))
            self._asked.tell(Notice(Tone.ATTENTION, asked))
        self._accept.setVisible(draw.may_accept)
        self._cancel.setVisible(draw.may_cancel)
        self._second = draw.may_cancel and bool(draw.asked_by)
        self._form.password.setVisible(self._second)
        self._form.setVisible(draw.may_accept or draw.may_cancel)

    def open_draw(self, transcript: Json) -> None:
        """Its transcript is known now."""
        self._transcript = transcript
        self._how.setVisible(self._ceremony is None)

    def _play(self) -> None:
        transcript = self._transcript
        if transcript is not None and self._ceremony is None:
            self._how.setEnabled(False)
            self._desk.do(lambda: computed(transcript), self._begin, lambda _fault: self._begin(None))

    def _begin(self, replayed: object) -> None:
        if self._transcript is not None and self._ceremony is None:
            self._how.hide()
            made = Ceremony(self._transcript, replayed if isinstance(replayed, Replay) else None)
            self._ceremony = self._stage.add(made)
            made.setFocus()

    def _act(self, kind: str) -> Make:
        data = {"draw_no": self._number}
        return lambda words: Ready("room", kind, data | {"reason": words}, kind == "CancelDraw" and self._second)

    def _stage_word(self, draw: DrawShown) -> tuple[str, Tone, Symbol]:
        if draw.stage == "sealed" and draw.relaxed and not draw.accepted:
            return self.tr("Sealed, not confirmed yet"), Tone.ATTENTION, Symbol.WARNING
        return {
            "committing": (self.tr("Parties commit"), Tone.INFO, Symbol.PROGRESS),
            "revealing": (self.tr("Parties reveal"), Tone.INFO, Symbol.PROGRESS),
            "computing": (self.tr("Being computed"), Tone.INFO, Symbol.PROGRESS),
            "sealed": (self.tr("Sealed"), Tone.OK, Symbol.SEALED),
            "opened": (self.tr("Disclosed"), Tone.OK, Symbol.DONE),
            "cancelled": (self.tr("Cancelled"), Tone.QUIET, Symbol.ERROR),
        }[draw.stage]

    def _stages(self, draw: DrawShown) -> list[Stage]:
        order = ("committing", "revealing", "computing", "sealed", "opened")
        names = (
            self.tr("All commit"),
            self.tr("All reveal"),
            self.tr("Computed"),
            self.tr("Sealed"),
            self.tr("Disclosed"),
        )
        now = order.index(draw.stage) if draw.stage in order else len(order)
        done_to = now + 1 if draw.stage in {"sealed", "opened"} else now

        def state(at: int) -> StageState:
            if at < done_to and draw.stage != "cancelled":
                return StageState.DONE
            return StageState.CURRENT if at == now else StageState.COMING

        return [Stage(name, state(at)) for at, name in enumerate(names)]

    def _party_state(self, draw: DrawShown, party: str) -> str:
        if party in draw.revealed:
            return self.tr("committed ✓  revealed ✓")
        if party in draw.committed:
            return self.tr("committed ✓  waits for the others")
        return self.tr("not yet: its machine must be connected and logged in")

    def _what_is_computed(self, draw: DrawShown) -> str:
        if draw.seats:
            text = self.tr(
                "{people} slots to {seats} seats, nobody beside a colleague where the room allows it; "
                "from the numbers of all parties together, so that none of them alone decides."
            )
            return text.format(people=draw.people, seats=draw.seats)
        text = self.tr("The order of {people} items, from the numbers of all parties together.")
        return text.format(people=draw.people)

    def _relaxed_words(self, draw: DrawShown) -> Notice:
        text = self.tr("Rules of distance that could not be kept in this room: {count}.").format(count=draw.relaxed)
        if draw.accepted:
            return Notice(Tone.INFO, text + " " + self.tr("The witness has confirmed."))
        return Notice(Tone.ATTENTION, text + " " + self.tr("The witness must confirm or have it cancelled."))
