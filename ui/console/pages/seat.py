"""One seat: who works there by alias, its machine and its line, a call to answer, a machine to replace."""

from __future__ import annotations

from app.link import Failed
from ui.console.calls import ConsoleCalls
from ui.console.desk import Desk, DeskPage, sentence_of
from ui.console.names import Name, PageName, part
from ui.console.seat_sights import seat_sights
from ui.console.sentence_form import Ready, SentenceForm
from ui.console.sight import Sight, Target
from ui.console.words import lock_word, means_word, member_word, seat_word
from ui.models.room_time import to_the_second
from ui.theme import Role, Space, Tone
from ui.widgets.boxes import Folding, Scroll
from ui.widgets.buttons import Button, DangerButton, PrimaryButton, QuietButton
from ui.widgets.card import Card
from ui.widgets.notice import Notice, NoticeLine, StatusPill
from ui.widgets.seat_tile import line_word
from ui.widgets.text import Fact, FactList, Text

_MOST_SPARES = 3
"""Most spare seats that are offered at once."""


class SeatPage(DeskPage):
    """About the seat of the target."""

    page = PageName.SEAT

    def __init__(self, desk: Desk, calls: ConsoleCalls | None = None) -> None:
        super().__init__(desk)
        self._calls = calls
        card = Card(margin=Space.PAGE, gap=Space.WIDE)
        self.add(Scroll(card), 1)
        head = card.add(Folding())
        self._title = head.add(Text("", Role.PAGE, wrap=False))
        self._state = head.add(StatusPill())
        head.fill()
        back = head.add(QuietButton(self.tr("Back to the room")))
        back.setObjectName(Name.BACK)
        back.clicked.connect(lambda: self.desk.go(Target(PageName.ROOM)))
        self._facts = card.add(FactList())
        self._call = card.add(Text("", Role.STRONG))
        self._talk = card.add(Folding(gap=Space.GAP))
        self._ring = self._talk.add(PrimaryButton(""))
        self._ring.setObjectName(Name.CALL_SEAT)
        self._ring.clicked.connect(self._ring_up)
        self._why = self._talk.add(NoticeLine(), 1)
        self._answer = card.add(
            SentenceForm(desk, self.tr("Answer"), self.tr("One sentence; it appears at the seat."), Name.HELP_ANSWER)
        )
        self._answer.add_act(PrimaryButton(self.tr("Send the answer")), Name.HELP_SEND, self._answer_call)
        self._decide = card.add(Button(self.tr("Decide on opening this seat")))
        self._decide.clicked.connect(self._to_release)
        self._replace = card.add(
            SentenceForm(
                desk,
                self.tr("The machine is broken or suspect"),
                self.tr("Shut it out with a reason; then enrol another one for this seat."),
                Name.REVOKE_REASON,
            )
        )
        self._replace.add_act(DangerButton(self.tr("Shut this machine out")), Name.REVOKE, self._revoke)
        self._move = card.add(
            SentenceForm(
                desk,
                self.tr("The member goes on at a spare seat"),
                self.tr("With a reason; this machine is shut out, and the member shows the face at the other seat."),
                Name.MOVE_REASON,
            )
        )
        self._spares = [self._way_to(number) for number in range(_MOST_SPARES)]
        card.fill()
        self._free: list[str] = []
        """The seats that are offered, in the order of their buttons."""
        self._sight = Sight({})

    def open(self, target: Target) -> None:
        """Another seat is looked at."""
        if target.seat != self.target.seat:
            self._answer.clear()
            self._replace.clear()
            self._move.clear()
            self._why.tell(None)
        super().open(target)

    def leave(self) -> None:
        """Nothing of the seat stays."""
        self._answer.clear()
        self._replace.clear()
        self._move.clear()
        self._facts.set_facts(())
        self._call.setText("")
        self._why.tell(None)

    def show_sight(self, sight: Sight) -> None:
        """How the seat is now."""
        self._sight = sight
        number = self.target.seat
        self._title.setText(seat_word(number))
        shown = seat_sights(sight).get(number)
        if shown is None:
            return
        self._state.show_state(shown.word, shown.tone, shown.symbol)
        self._facts.set_facts(self._told(sight, number, line_word(shown.line)))
        called = sight.call_from(number)
        self._call.setVisible(called is not None)
        self._answer.setVisible(called is not None and sight.role in {"centre", "witness"})
        if called is not None:
            said = self.tr("Called at {time}: “{text}”")
            self._call.setText(said.format(time=to_the_second(called[1]["at"]), text=called[1]["text"]))
        self._show_talk(sight)
        self._decide.setVisible(self._release(sight) is not None)
        self._replace.setVisible(sight.role == "centre" and self._machine(sight) is not None)
        self._show_spares(sight)

    def _show_talk(self, sight: Sight) -> None:
        """Whoever has a seat can be rung up; a call that another console of the centre holds is taken over."""
        held = sight.at_seat(self.target.seat)
        able = self._calls is not None and held is not None and bool(held[1]["alias"])
        offered = held is not None and sight.role in sight.offered_to(*held)
        able = able and (sight.role == "centre" or offered)
        self._talk.setVisible(able)
        if self._calls is None or held is None or not able:
            return
        evaluation, member = held
        taken = offered or ("centre" in sight.in_help_call(evaluation, member) and not self._calls.talking)
        self._ring.set_caption(self.tr("Take over the call") if taken else self.tr("Call this seat"))
        self._ring.setEnabled(not self._calls.talking)

    def _ring_up(self) -> None:
        held = self._sight.at_seat(self.target.seat)
        if self._calls is not None and held is not None:
            self._ring.setEnabled(False)
            self._why.tell(None)
            self._calls.ring(held[0]["stream"], held[1]["alias"], self._not_rung)

    def _not_rung(self, failure: Failed) -> None:
        self._ring.setEnabled(True)
        self._why.tell(Notice(Tone.ERROR, sentence_of(failure)))

    def _told(self, sight: Sight, number: str, line: str) -> list[Fact]:
        facts = []
        held = sight.at_seat(number)
        shown = seat_sights(sight)[number]
        if held is not None:
            evaluation, member = held
            facts.append(Fact(self.tr("Member"), " · ".join(part for part in (shown.alias, shown.note) if part)))
            facts.append(Fact(self.tr("Step"), member_word(member["stage"], evaluation["words"])))
            facts.append(Fact(self.tr("Admitted by"), means_word(member["means"])))
            project = evaluation["project"]
            if project is not None:
                facts.append(Fact(str(evaluation["words"].get("tender", "")), project["name"]))
        lock = sight.lock_at(number)
        if lock is not None:
            told = self.tr("{why}, since {time}")
            why, since = lock_word(lock["kind"]), to_the_second(lock["at"])
            facts.append(Fact(self.tr("Locked"), told.format(why=why, time=since)))
        machine = self._machine(sight)
        if machine is not None:
            facts.append(Fact(self.tr("Machine"), str(machine)))
        seat = sight.seat(number) or {}
        if line:
            since = to_the_second(seat.get("since"))
            facts.append(Fact(self.tr("Line"), self.tr("{line}, since {time}").format(line=line, time=since)))
        return facts

    def _machine(self, sight: Sight) -> str | None:
        return next((str(one["id"]) for one in sight.devices if one.get("seat") == self.target.seat), None)

    def _release(self, sight: Sight) -> Target | None:
        held = sight.at_seat(self.target.seat)
        if held is None:
            return None
        evaluation, member = held
        found = (one for one in evaluation["releases"] if one["member"] == member["member"])
        asked = next(found, None)
        if asked is None:
            return None
        return Target(PageName.RELEASE, evaluation["stream"], what=asked["what"], member=member["member"])

    def _to_release(self) -> None:
        target = self._release(self._sight)
        if target is not None:
            self.desk.go(target)

    def _answer_call(self, words: str) -> Ready | None:
        called = self._sight.call_from(self.target.seat)
        if called is None:
            return None
        return Ready(called[0]["stream"], "AnswerHelp", {"alias": called[1]["alias"], "text": words})

    # --- a spare seat

    def _way_to(self, number: int) -> Button:
        button = self._move.add_act(Button(""), Name.MOVE, lambda words: self._move_to(number, words))
        button.setObjectName(part(Name.MOVE, str(number)))
        return button

    def _show_spares(self, sight: Sight) -> None:
        """The first free seats whose machine is connected."""
        held = sight.at_seat(self.target.seat)
        able = sight.role == "centre" and held is not None and bool(held[1]["alias"])
        free = [s["id"] for s in sight.seats if s["device_state"] == "connected" and sight.at_seat(s["id"]) is None]
        self._free = free[:_MOST_SPARES] if able else []
        self._move.setVisible(bool(self._free))
        for number, button in enumerate(self._spares):
            button.setVisible(number < len(self._free))
            if number < len(self._free):
                button.set_caption(self.tr("Move to {seat}").format(seat=seat_word(self._free[number])))

    def _move_to(self, number: int, words: str) -> Ready | None:
        held = self._sight.at_seat(self.target.seat)
        if held is None or number >= len(self._free):
            return None
        evaluation, member = held
        data = {"alias": member["alias"], "seat": self._free[number], "reason": words}
        return Ready(evaluation["stream"], "MoveSeat", data)

    def _revoke(self, words: str) -> Ready | None:
        machine = self._machine(self._sight)
        return None if machine is None else Ready("room", "RevokeDevice", {"device": machine, "reason": words})
