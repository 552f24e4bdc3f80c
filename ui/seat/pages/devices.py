"""Microphone, loudspeaker and camera of this seat: chosen here, tried here, kept on this machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.ports.device import DeviceState, Unsubscribe
from app.ports.sound import SoundDevices
from ui.bridge.errands import Errands
from ui.call.level_meter import LevelMeter
from ui.seat.kit import CameraFound, Kept, Kit, Tried
from ui.seat.names import Name
from ui.seat.page import Fittings, SeatPage, headline
from ui.seat.steps import Place
from ui.theme import Space, Tone, look
from ui.widgets.boxes import Column, Folding, Row, Scroll
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.camera_view import CameraView
from ui.widgets.card import Card
from ui.widgets.forms import Choice, ChoiceList, Chosen
from ui.widgets.notice import Notice, NoticeLine

SYSTEMS = ""
"""The key of whatever the system itself takes."""
PICTURE_MS = 200
PICTURE_PX = 300


class DevicesPage(SeatPage):
    """`left` says that the person goes back; the microphone is open here only while the page is shown."""

    left = Signal()
    camera_chosen = Signal()
    """The driver has been told another source: whoever owns the camera starts it anew."""

    def __init__(self, fittings: Fittings, place: Place) -> None:
        super().__init__(fittings, place)
        if fittings.kit is None:
            raise ValueError("this page is about a kit")
        self._kit: Kit = fittings.kit
        self._kept = self._kit.chosen
        self._shown: SoundDevices | None = None
        self._leave: Unsubscribe | None = None
        self._trying = False
        self._tried: Notice | None = None
        """What came of the last trial of these devices."""
        self._errands = Errands("kit", self)
        self._beat = QTimer(self)
        self._beat.setInterval(PICTURE_MS)
        self._beat.timeout.connect(self._look)
        head = self.add(Row(gap=Space.GAP))
        told = self.tr("What you choose counts at once and is kept on this machine.")
        head.add(headline(self.tr("Devices of this seat"), told), 1)
        again = head.add(Button(self.tr("Look again")))
        again.setObjectName(Name.DEVICES_AGAIN)
        again.clicked.connect(self._look_again)
        back = head.add(Button(self.tr("Back"), "Esc"))
        back.setObjectName(Name.DEVICES_BACK)
        back.clicked.connect(self.left)
        self.add(self.notice)
        body = self.add(Folding(gap=Space.WIDE), 1)
        self._ears = self._card(body, self.tr("Microphone"))
        self._mouths = self._card(body, self.tr("Loudspeaker"))
        self._eyes = self._card(body, self.tr("Camera"))
        self.meter = self._ears.foot.add(LevelMeter(lambda: self._kit.sound.levels.microphone))
        self.lacking = self._ears.foot.add(NoticeLine())
        self.test = self._mouths.foot.add(PrimaryButton(self.tr("Play a tone and listen")))
        self.test.setObjectName(Name.DEVICES_TEST)
        self.test.clicked.connect(self._try)
        self.result = self._mouths.foot.add(NoticeLine())
        self.result.hide()
        self.picture = self._eyes.foot.add(CameraView())
        self.picture.hide_guide()
        self.picture.setMaximumHeight(look().px(PICTURE_PX))

    def _card(self, body: Row, title: str) -> _Listed:
        card = body.add(_Listed(title), 1)
        card.chosen.connect(self._choose)
        return card

    # --- for the window

    def enter(self) -> None:
        """Open the microphone for its meter, and look what is plugged in."""
        self._take()
        self._find_cameras()
        self._beat.start()
        self._look()

    def leave(self) -> None:
        """No microphone stays open."""
        self._beat.stop()
        self._give_back()

    def discard(self) -> None:
        """Nothing runs any more."""
        self.leave()
        self._errands.stop()
        super().discard()

    def first_focus(self) -> QWidget | None:
        """The test."""
        return self.test

    # --- what is there

    def _take(self) -> None:
        if self._leave is None and not self._trying:
            self._leave = self._kit.uses.take(self._kit.sound)

    def _give_back(self) -> None:
        if self._leave is not None:
            self._leave()
            self._leave = None

    def _look(self) -> None:
        sound = self._kit.sound
        if sound.devices != self._shown and not self._trying:
            self._shown = sound.devices
            self._ears.offer(self._sounds(sound.devices.microphones, self._kept.sound.microphone), "microphone")
            self._mouths.offer(self._sounds(sound.devices.speakers, self._kept.sound.speaker), "speaker")
        levels = sound.levels
        self._ears.choose(self._kept.sound.microphone or SYSTEMS)
        self._mouths.choose(self._kept.sound.speaker or SYSTEMS)
        opening = self._trying or (sound.status.state is not DeviceState.RUNNING and self._shown is None)
        self.meter.setVisible(levels.microphone is not None)
        self.lacking.setVisible(levels.microphone is None and not opening)
        self.lacking.tell(
            Notice(Tone.ATTENTION, self.tr("No such microphone is there; plug it in, or choose another."))
        )
        busy = self._kit.uses.users > (self._leave is not None)
        self.test.setEnabled(not self._trying and not busy)
        if busy and not self._trying:
            self._tell_result(Notice(Tone.INFO, self.tr("While you are in a call nothing is tried.")))
        elif not self._trying:
            self._tell_result(self._tried)
        frame = self.fit.camera.latest if self.fit.camera.status.state is DeviceState.RUNNING else None
        if frame is None:
            self.picture.show_nothing()
        else:
            self.picture.show_frame(frame.width, frame.height, frame.rgb)

    def _sounds(self, names: Sequence[str], wanted: str | None) -> list[Choice]:
        choices = [Choice(SYSTEMS, self.tr("The system's own")), *(Choice(name, name) for name in names)]
        if wanted is not None and wanted not in names:
            choices.append(Choice(wanted, self.tr("{name} (not plugged in)").format(name=wanted)))
        return choices

    def _find_cameras(self) -> None:
        self._errands.run(self._kit.cameras, self._show_cameras, lambda _fault: self._show_cameras(()))

    def _show_cameras(self, found: tuple[CameraFound, ...]) -> None:
        closed = self.tr("not enrolled; ask the centre")
        choices = [Choice(one.source, one.name, "" if one.allowed else closed) for one in found]
        if all(one.source != self._kept.camera for one in found):
            # Not by its address: that often holds a password.
            choices.append(Choice(self._kept.camera, self.tr("The camera of the settings (not plugged in)")))
        self._eyes.offer(choices, "camera")
        self._eyes.choose(self._kept.camera)

    def _look_again(self) -> None:
        """Open the devices anew: a list of what is plugged in is only made then."""
        self._shown = None
        self._tried = None
        self._give_back()
        self._take()
        self._find_cameras()
        self._look()

    # --- what is chosen and tried

    def _choose(self, what: str, key: str) -> None:
        named = key if key != SYSTEMS else None
        sound = self._kept.sound
        kept = {
            "microphone": Kept(replace(sound, microphone=named), self._kept.camera),
            "speaker": Kept(replace(sound, speaker=named), self._kept.camera),
            "camera": Kept(sound, key),
        }[what]
        if kept == self._kept:
            return
        self._kept = kept
        if what == "camera":
            self._kit.take_camera(key)
            self.camera_chosen.emit()
        else:
            self._tried = None
            # Whether a microphone is open is not chosen here.
            self._kit.sound.choose(kept.sound)
        self._errands.run(lambda: self._kit.keep(kept), self._is_kept, self._not_kept)

    def _is_kept(self, _nothing: object) -> None:
        self.say(Notice(Tone.OK, self.tr("Kept on this machine.")))

    def _not_kept(self, fault: Exception) -> None:
        told = self.tr("It counts now, but cannot be kept on this machine ({why}); call staff.")
        self.say(Notice(Tone.ATTENTION, told.format(why=fault)))

    def _try(self) -> None:
        self._trying = True
        self._give_back()
        self._tell_result(Notice(Tone.INFO, self.tr("A tone is played and listened for; about three seconds.")))
        self.test.setEnabled(False)
        sound, choice = self._kit.sound, self._kept.sound

        def work() -> Tried:
            sound.join(3.0)  # two at once would take the devices from each other
            return self._kit.try_sound(choice)

        self._errands.run(work, self._has_tried, self._not_tried)

    def _has_tried(self, tried: Tried) -> None:
        if tried.over_db is None:
            told = self.tr("Nothing to try: microphone and loudspeaker must both be there.")
            notice = Notice(Tone.ERROR, told)
        elif not tried.heard:
            told = self.tr("The tone was not heard; turn the volume up, or hold the earpiece to the microphone.")
            notice = Notice(Tone.ERROR, told)
        else:
            told = self.tr("This seat heard itself: {db} dB over the room.")
            notice = Notice(Tone.OK, told.format(db=round(tried.over_db)))
        self._tell_tried(notice)

    def _not_tried(self, _fault: Exception) -> None:
        self._tell_tried(Notice(Tone.ERROR, self.tr("It could not be tried; look again, or call staff.")))

    def _tell_tried(self, notice: Notice) -> None:
        self._trying, self._tried = False, notice
        if self._beat.isActive():
            self._take()
        self._look()

    def _tell_result(self, notice: Notice | None) -> None:
        self.result.tell(notice)
        self.result.setVisible(notice is not None)


class _Listed(Card):
    """One kind of device: its choices, and below them what shows whether it works. `chosen` carries kind and key."""

    chosen = Signal(str, str)

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._name = title
        self._list: ChoiceList | None = None
        self._holder = Column(gap=0)
        self._holder.fill()
        self.add(Scroll(self._holder), 1)
        self.foot = self.add(Column(gap=Space.GAP))

    def offer(self, choices: Sequence[Choice], what: str) -> None:
        """List these."""
        if self._list is not None:
            self._holder.drop(self._list)
        self._list = self._holder.insert(0, ChoiceList(self._name, choices))
        self._list.changed.connect(lambda chosen: self._tell(what, chosen))

    def choose(self, key: str) -> None:
        """Show which one is taken."""
        if self._list is not None and self._list.chosen() != (key,):
            self._list.blockSignals(True)
            self._list.choose(key)
            self._list.blockSignals(False)

    def _tell(self, what: str, chosen: Chosen) -> None:
        if chosen.keys:
            self.chosen.emit(what, chosen.keys[0])
