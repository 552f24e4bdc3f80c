"""What was recorded at the moment of an entry of the journal: whose recordings there are, and a player for one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QButtonGroup

from app.link import Failed
from app.ports.ambient import Clock
from app.ports.camera import Frame
from app.ports.film import ReelMaker
from ui.console.desk import Desk, DeskPage, sentence_of
from ui.console.names import Name, PageName, part
from ui.console.player import Player, Standing
from ui.console.recorded import Hole, Recorded, hole_word, recorded
from ui.console.replay_bar import ReplayBar
from ui.console.replay_sound import Hearing, ReplaySound
from ui.console.sight import Sight, Target
from ui.console.words import party_word
from ui.theme import Space, Tone, look
from ui.widgets.buttons import Button, PrimaryButton, QuietButton
from ui.widgets.camera_view import CameraView
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.text import Beside

JUMP_S = 10.0
MUTE_KEY = "M"


class _Picture(CameraView):
    def sizeHint(self) -> QSize:
        """It takes what the controls leave: on a low screen with the largest type that is little."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Lower than a camera's: the controls have to stay in sight."""
        return QSize(look().px(160), look().px(72))


class ReplayPage(DeskPage):
    """Every segment that is shown here was asked of the room, which made an entry of that look before it answered."""

    page = PageName.REPLAY

    def __init__(self, desk: Desk, clock: Clock, reel: ReelMaker, voice: ReplaySound) -> None:
        super().__init__(desk)
        self._sight = Sight({})
        self._entry: datetime | None = None
        self._waiting: list[str] = []
        self._found: list[Recorded] = []
        self._chosen: tuple[str, str, str] | None = None
        self._asked = ""
        self._open_now: frozenset[tuple[str, str]] = frozenset()
        self._refused = ""
        self.player = Player(desk, clock, reel, voice, self)
        card = self._card = self.add(Card(self.tr("Recordings"), margin=Space.WIDE, gap=Space.GAP), 1)
        self._leave_button = card.add_beside_title(QuietButton(self.tr("Back to the journal"), "Esc"))
        self._leave_button.setObjectName(part(Name.BACK, "replay"))
        self._leave_button.clicked.connect(lambda: desk.go(Target(PageName.JOURNAL)))
        self._line = card.add(NoticeLine())
        self._picture = card.add(_Picture(mirrored=False, whole=True, absent=self.tr("No picture")), 1)
        self._picture.hide_guide()
        self._picture.setObjectName(Name.REPLAY)
        self._bar = card.add(ReplayBar())
        self._bar.setObjectName(Name.REPLAY_BAR)
        self._build_controls(card)
        self._whose = card.add(Flow(gap=Space.HAIR))
        self._group = QButtonGroup(self)
        self._buttons: list[QuietButton] = []
        self._connect()

    def _build_controls(self, card: Card) -> None:
        row = card.add(Flow(gap=Space.SMALL))
        self._before = self._control(row, self.tr("Segment before"), "", Name.REPLAY_BEFORE)
        self._back = self._control(row, "−10", self.tr("Ten seconds back"), Name.REPLAY_BACK)
        self._play = row.add(PrimaryButton(self.tr("Play")))
        self._play.setObjectName(Name.REPLAY_PLAY)
        self._on = self._control(row, "+10", self.tr("Ten seconds on"), Name.REPLAY_ON)
        self._next = self._control(row, self.tr("Next segment"), "", Name.REPLAY_NEXT)
        self._mute = row.add(QuietButton(self.tr("Sound off"), MUTE_KEY))
        self._mute.setObjectName(Name.REPLAY_MUTE)
        self._mute.clicked.connect(self._mute_or_not)
        self._sound_word = row.add(Beside("", soft=True, wrap=False))
        self._ask = row.add(Button(self.tr("Ask for it to be opened")))
        self._ask.setObjectName(Name.REPLAY_ASK)
        self._ask.clicked.connect(lambda: self.desk.go(Target(PageName.ACTS)))

    def _control(self, row: Flow, caption: str, name: str, as_: Name) -> QuietButton:
        button = row.add(QuietButton(caption))
        if name:
            button.setAccessibleName(name)
            button.setToolTip(name)
        button.setObjectName(as_)
        return button

    def _connect(self) -> None:
        self._before.clicked.connect(self.player.before)
        self._back.clicked.connect(lambda: self.player.step(-JUMP_S))
        self._play.clicked.connect(self._switch)
        self._on.clicked.connect(lambda: self.player.step(JUMP_S))
        self._next.clicked.connect(self.player.next)
        self._bar.sought.connect(self.player.seek)
        self._bar.stepped.connect(self.player.step)
        self._bar.switched.connect(self._switch)
        self.player.moved.connect(self._say)
        self.player.voice.changed.connect(self._say)
        self.player.came.connect(self._show)

    # --- the desk's page

    def open(self, target: Target) -> None:
        """What was recorded at the moment `target.what`, of this evaluation or, without one, of every one here."""
        super().open(target)
        self._entry = datetime.fromisoformat(target.what) if target.what else None
        self._chosen, self._asked = None, ""
        self.player.close()

    def leave(self) -> None:
        """Nobody looks any more: nothing shown stays."""
        self.player.close()
        self._found, self._waiting, self._entry, self._chosen, self._asked = [], [], None, None, ""
        self._show_whose()

    def show_sight(self, sight: Sight) -> None:
        """Ask again when something else may be looked at than before: it may be shut as well as opened."""
        self._sight = sight
        here = [str(one["stream"]) for one in sight.evaluations]
        streams = [self.target.stream] if self.target.stream in here else here
        open_now = frozenset((s, p) for s in streams for p in _open(sight, s))
        asked = f"{self._entry} {streams}"
        if self._entry is None or (asked == self._asked and open_now == self._open_now):
            return
        self._asked, self._open_now, self._refused = asked, open_now, ""
        self._found, self._waiting = [], streams
        self._ask_next()

    # --- what there is

    def _ask_next(self) -> None:
        if not self._waiting:
            self._settle()
            return
        stream, asked = self._waiting.pop(0), self._asked
        self.desk.ask(
            "recordings",
            lambda client: client.recordings(stream),
            lambda told: self._heard(asked, stream, told),
            lambda failure: self._not_heard(asked, failure),
        )

    def _heard(self, asked: str, stream: str, told: dict[str, Any]) -> None:
        if asked == self._asked:
            self._found += recorded(stream, told["recordings"])
            self._ask_next()

    def _not_heard(self, asked: str, failure: Failed) -> None:
        if asked == self._asked:
            self._refused = sentence_of(failure)
            self._ask_next()

    def _settle(self) -> None:
        """Show whom there is something of at this moment first; play the one that was chosen before, or the first."""
        entry = self._entry
        if entry is not None:
            self._found.sort(key=lambda one: (one.at(entry) is None, one.stream, one.party, one.device))
        self._show_whose()
        chosen = next((one for one in self._found if _key(one) == self._chosen), None)
        first = chosen or (self._found[0] if self._found else None)
        if first is None:
            self.player.close()
            self._bar.show_film(None, None)
            self._say()
        elif self.player.film != first:
            self._choose(first)

    def _show_whose(self) -> None:
        for button in self._buttons:
            self._group.removeButton(button)
            self._whose.drop(button)
        self._buttons = []
        for one in self._found:
            button = self._whose.add(QuietButton(self._name(one)))
            button.setCheckable(True)
            button.setObjectName(part(Name.REPLAY_OF, one.party))
            button.clicked.connect(lambda _on=False, of=one: self._choose(of))
            self._group.addButton(button)
            self._buttons.append(button)

    def _name(self, one: Recorded) -> str:
        evaluation = self._sight.evaluation(one.stream) or {}
        name = party_word(one.party, evaluation.get("words") or {})
        several = sum(other.party == one.party and other.stream == one.stream for other in self._found) > 1
        return f"{name} · {one.device}" if several else name

    def _choose(self, one: Recorded) -> None:
        self._chosen = _key(one)
        self._buttons[self._found.index(one)].setChecked(True)
        self._bar.show_film(one, self._entry)
        if one.open:
            self.player.load(one, self._entry or one.begin)
            self._bar.setFocus()
        else:
            self.player.close()
        self._say()

    # --- what is shown

    def _switch(self) -> None:
        if self.player.standing is Standing.PLAYING:
            self.player.pause()
        else:
            self.player.play()

    def _mute_or_not(self) -> None:
        voice = self.player.voice
        voice.mute(muted=not voice.muted)
        self._mute.set_caption(self.tr("Sound on") if voice.muted else self.tr("Sound off"))

    def _show(self, frame: Frame | None) -> None:
        if frame is None:
            self._picture.show_nothing()
        else:
            self._picture.show_frame(frame.width, frame.height, frame.rgb)

    def _say(self) -> None:
        player, film = self.player, self.player.film
        chosen = next((one for one in self._found if _key(one) == self._chosen), None)
        self._line.tell(self._notice(chosen))
        self._bar.show_position(player.position, self._place())
        plays = player.standing is Standing.PLAYING
        self._play.set_caption(self.tr("Pause") if plays else self.tr("Play"))
        for button in (self._before, self._back, self._play, self._on, self._next):
            button.setEnabled(film is not None)
        self._mute.setEnabled(film is not None)
        self._sound_word.setText(self._hearing_words())
        self._ask.setVisible(chosen is not None and not chosen.open)
        note = self.tr("at {time}").format(time=self._time(self._entry)) if self._entry is not None else ""
        self._card.set_title(self.tr("Recordings"), note)

    def _place(self) -> str:
        player = self.player
        if player.film is None or player.position is None:
            return ""
        told = self._time(player.position)
        if player.segment is None:
            return told
        count = len(player.film.segments)
        return self.tr("{time} · segment {seq} of {count}").format(time=told, seq=player.segment.seq, count=count)

    def _notice(self, chosen: Recorded | None) -> Notice:
        player = self.player
        if self._refused and not self._found:
            return Notice(Tone.ERROR, self._refused)
        if chosen is None:
            return Notice(Tone.INFO, self.tr("The room has no recording of this evaluation yet."))
        if not chosen.open:
            told = self.tr("Sealed: it opens when the evaluation has ended, or by two people; never during marking.")
            return Notice(Tone.ATTENTION, told)
        if player.standing is Standing.FAILED:
            return Notice(Tone.ERROR, player.sentence)
        if player.standing is Standing.HOLE:
            return Notice(Tone.ATTENTION, self._hole_words(player.hole))
        if player.standing is Standing.FETCHING:
            return Notice(Tone.INFO, self.tr("The room opens the segment …"))
        if self._entry is not None and not chosen.begin <= self._entry <= chosen.end:
            told = self.tr("Nothing of this seat was recorded at that moment; shown is the nearest there is.")
            return Notice(Tone.ATTENTION, told)
        return Notice(Tone.INFO, self.tr("Each segment looked at is an entry of the journal. Times: the seat's clock."))

    def _hearing_words(self) -> str:
        """What to know of the sound; nothing while it is as one expects."""
        player = self.player
        if player.silent:
            return self.tr("No sound was recorded here")
        return {
            Hearing.NO_SPEAKER: self.tr("No loudspeaker found; pictures go on"),
            Hearing.CALL: self.tr("No sound while a call has the microphone"),
            Hearing.OPENING: self.tr("Opening the loudspeaker …"),
        }.get(player.voice.hearing, "")

    def _hole_words(self, hole: Hole | None) -> str:
        if hole is None:
            return hole_word("")
        begin, end = self._time(hole.begin), self._time(hole.end)
        return self.tr("{begin} to {end}: {why}").format(begin=begin, end=end, why=hole_word(hole.why))

    def _time(self, moment: datetime) -> str:
        """In the room's time, as the entry has it."""
        return moment.astimezone(self._entry.tzinfo if self._entry is not None else None).strftime("%H:%M:%S")


def _key(one: Recorded) -> tuple[str, str, str]:
    return one.stream, one.party, one.device


def _open(sight: Sight, stream: str) -> tuple[str, ...]:
    evaluation = sight.evaluation(stream) or {}
    return tuple(((evaluation.get("matters") or {}).get("recording") or {}).get("open") or ())
